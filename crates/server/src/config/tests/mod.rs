//! Each fault is told with its file and line, all of them at once (D5).

mod account;
mod common;
mod credentials;
mod mediation;
mod onboarding;
mod partners;
mod retention;

use std::path::PathBuf;

use tempfile::TempDir;

use super::{Environment, Fault, Loaded, load};

const RIVES: &str = include_str!("../../../../../demo/extranet.toml");
const PALIER: &str = "smtp_url = \"smtp://127.0.0.1:25\"\n";

fn pictures(path: &str) -> bool {
    ["/avis-extranet.svg", "/courrier-prets.svg"].contains(&path)
}

struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn load(&self, environment: &Environment) -> Result<Loaded, Vec<Fault>> {
        load(self.0.path(), environment, &pictures)
    }

    /// Faults as `file:line: reason`, without the folder.
    fn faults(&self) -> Vec<String> {
        let faults = self.load(&Environment::default()).expect_err("faults");
        let folder = format!("{}/", self.0.path().display());
        faults.iter().map(|fault| fault.to_string().replace(&folder, "")).collect()
    }
}

/// The line of the only fault of a portal's file in which `from` became `to`, and its reason.
#[track_caller]
fn only_fault(from: &str, to: &str) -> (usize, String) {
    assert!(RIVES.contains(from), "the sample has no {from}");
    let changed = RIVES.replacen(from, to, 1);
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", &changed)]);
    let faults = files.load(&Environment::default()).expect_err("a fault");
    let [fault] = faults.as_slice() else { panic!("one fault wanted: {faults:#?}") };
    assert!(fault.place.ends_with("/rives.toml"), "{fault}");
    (fault.line.expect("a line"), fault.reason.clone())
}

fn line_of(text: &str) -> usize {
    1 + RIVES.lines().position(|line| line.contains(text)).expect("in the sample")
}

#[test]
fn a_right_configuration_is_read() {
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", RIVES)]);
    let loaded = files.load(&Environment::default()).expect("no fault");
    let portal = loaded.config.portal("extranet").expect("the portal");
    assert_eq!(portal.public.base, "", "a portal alone has no prefix");
    assert_eq!(portal.link("/cgu"), "http://127.0.0.1:8080/cgu");
    assert_eq!(portal.public.terms.sha256.len(), 64);
    assert_eq!(portal.public.contact.phone, "03 53 01 18 00");
    assert_eq!(portal.session_cookie(), "palier-extranet");
}

#[test]
fn several_portals_lie_below_their_names_or_on_their_hosts() {
    let other = RIVES.replacen("slug = \"extranet\"", "slug = \"autre\"", 1).replacen(
        "hosts = []",
        "hosts = [\"Espace.Exemple.fr\"]",
        1,
    );
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", RIVES), ("autre.toml", &other)]);
    let environment =
        Environment { public_url: Some("https://palier.example:8443/".into()), ..Environment::default() };
    let config = files.load(&environment).expect("no fault").config;
    let [autre, rives] = config.portals.as_slice() else { panic!("two portals") };
    assert_eq!(rives.link("/cgu"), "https://palier.example:8443/extranet/cgu");
    assert_eq!(autre.link("/cgu"), "https://espace.exemple.fr:8443/cgu");
    assert_eq!(autre.hosts, ["espace.exemple.fr"]);
    assert_eq!(rives.session_cookie(), "__Host-palier-extranet");
    assert_ne!(rives.public.terms.sha256, "", "terms are hashed");
}

#[test]
fn one_file_is_a_portal_alone_with_the_common_settings_beside_it() {
    let other = RIVES.replacen("slug = \"extranet\"", "slug = \"autre\"", 1);
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", RIVES), ("autre.toml", &other)]);
    let loaded = load(&files.path("rives.toml"), &Environment::default(), &pictures).expect("no fault");
    assert_eq!(loaded.config.portals.len(), 1);
    assert_eq!(loaded.config.smtp_url, "smtp://127.0.0.1:25");
    let all = load(&files.path("palier.toml"), &Environment::default(), &pictures).expect("no fault");
    assert_eq!(all.config.portals.len(), 2);
}

#[test]
fn unknown_keys_are_refused_with_their_line() {
    let (line, reason) = only_fault("language = \"fr\"", "langue = \"fr\"");
    assert_eq!(line, line_of("language = \"fr\""));
    assert!(reason.starts_with("unknown key `langue`") && reason.contains("`language`"), "{reason}");
    let (line, reason) = only_fault("min_length = 8", "minimum = 8");
    assert_eq!(line, line_of("min_length = 8"));
    assert!(reason.contains("unknown key `minimum` in `[password]`"), "{reason}");
    let (line, _) = only_fault("prefix = \"L\"", "prefix = \"L\"\nsuffix = \"M\"");
    assert_eq!(line, line_of("prefix = \"L\"") + 1);
}

#[test]
fn every_wrong_value_is_told_with_its_line() {
    for (from, to, reason) in [
        ("slug = \"extranet\"", "slug = \"Extranet!\"", "lower-case letters"),
        ("slug = \"extranet\"", "slug = \"api\"", "address of the server itself"),
        ("language = \"fr\"", "language = \"de\"", "one of \"fr\", \"en\""),
        ("light = \"#1f5a63\"", "light = \"#86cbd4\"", "4.5:1 is needed"),
        ("dark = \"#86cbd4\"", "dark = \"#1f5a63\"", "4.5:1 is needed"),
        ("light = \"#1f5a63\"", "light = \"bleu\"", "must be a colour"),
        ("min_length = 8", "min_length = 7", "from 8 to 64"),
        ("min_length = 8", "min_length = \"8\"", "whole number"),
        ("profile = \"historique\"", "profile = \"libre\"", "one of"),
        ("confirm_hours = 24", "confirm_hours = 0", "from 1 to 168"),
        ("reset_hours = 24", "reset_hours = 25", "from 1 to 24"),
        ("min_digits = 6", "min_digits = 0", "from 1 to 18"),
        ("max_digits = 10", "max_digits = 19", "from 1 to 18"),
        ("example = \"4821730\"", "example = \"48217\"", "isn't right under these very rules"),
        ("prefix = \"L\"", "prefix = \"L-\"", "letters without accents"),
        ("picture = \"/avis-extranet.svg\"", "picture = \"/absent.svg\"", "no file /absent.svg"),
        ("version = \"2026-11\"", "version = \"2020-01\"", "there are no terms"),
        ("phone = \"03 53 01 18 00\"", "phone = \"voir le site\"", "must be a number"),
        (
            "email = \"locataires@habitat-des-rives.example\"",
            "email = \"locataires\"",
            "must be an e-mail address",
        ),
        ("hosts = []", "hosts = [\"https://exemple.fr/\"]", "must be a host name alone"),
        ("asks_birth_date = false", "asks_birth_date = \"non\"", "true or false"),
        ("name_rule = \"one_part\"", "name_rule = \"part\"", "one of"),
        ("name = \"Habitat des Rives\"", "name = \"  \"", "not empty"),
        ("complaints = \"Médiation", "complaints = 3 # ", "must be a text"),
    ] {
        let (line, found) = only_fault(from, to);
        assert_eq!(line, line_of(from), "{to}: {found}");
        assert!(found.contains(reason), "{to}: {found}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for key in ["legal_name", "publisher", "dpo_email"] {
        let kept: Vec<&str> = RIVES.lines().filter(|line| !line.starts_with(key)).collect();
        let changed = kept.join(
            "
",
        );
        let faults = Files::new(&[("palier.toml", PALIER), ("rives.toml", &changed)]).faults();
        assert_eq!(faults, [format!("rives.toml:1: `{key}` is missing from the file")]);
    }
    let (line, reason) = only_fault("hours_en = ", "# hours_en = ");
    assert_eq!((line, reason.as_str()), (line_of("[contact]"), "`hours_en` is missing from `[contact]`"));
    let (_, reason) = only_fault("max_digits = 10", "");
    assert_eq!(reason, "`max_digits` is missing from `[tenancy.reference]`");
}

#[test]
fn all_faults_are_told_at_once() {
    let changed = RIVES
        .replacen("language = \"fr\"", "langue = \"fr\"", 1)
        .replacen("min_length = 8", "min_length = 2", 1)
        .replacen("version = \"2026-11\"", "version = \"1999\"", 1);
    let faults = Files::new(&[("palier.toml", "listen = \"nowhere\"\n"), ("rives.toml", &changed)]).faults();
    assert_eq!(faults.len(), 5, "{faults:#?}");
    assert!(faults[0].starts_with("palier.toml:1: `listen`"), "{faults:#?}");
    assert!(faults[1].starts_with("palier.toml:1: `smtp_url` is missing"), "{faults:#?}");
}

#[test]
fn what_isnt_toml_is_told_with_its_line() {
    let faults =
        Files::new(&[("palier.toml", PALIER), ("rives.toml", &RIVES.replacen("[contact]", "[contact", 1))])
            .faults();
    let place = format!("rives.toml:{}: ", line_of("[contact]"));
    assert!(faults.iter().any(|fault| fault.starts_with(&place)), "{faults:#?}");
}

#[test]
fn two_portals_share_neither_name_nor_host() {
    let one = RIVES.replacen("hosts = []", "hosts = [\"a.exemple.fr\"]", 1);
    let faults = Files::new(&[("palier.toml", PALIER), ("a.toml", &one), ("b.toml", &one)]).faults();
    assert_eq!(faults.len(), 2, "{faults:#?}");
    assert!(faults[0].contains("`slug`: extranet is the name of the portal in"), "{faults:#?}");
    assert!(faults[1].contains("`hosts`: a.exemple.fr is named in"), "{faults:#?}");
}

#[test]
fn own_wording_replaces_known_texts_and_keeps_their_values() {
    let with = |text: &str| format!("{RIVES}\n[texts.fr]\n{text}\n");
    let last = RIVES.lines().count() + 3;
    for (text, reason) in [
        ("\"no.such.text\" = \"x\"", "there is no text `no.such.text`"),
        ("\"error.too_long\" = \"Trop long.\"", "must keep {"),
        ("\"problem.internal\" = \"Zut {alors}.\"", "nobody gives a value for {alors}"),
        ("\"problem.internal\" = \" \"", "is empty"),
        ("\"problem.internal\" = 3", "must be a text"),
    ] {
        let faults = Files::new(&[("palier.toml", PALIER), ("rives.toml", &with(text))]).faults();
        assert_eq!(faults.len(), 1, "{text}: {faults:#?}");
        assert!(
            faults[0].starts_with(&format!("rives.toml:{last}: ")) && faults[0].contains(reason),
            "{faults:#?}"
        );
    }
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", &with("problem.internal = \"Zut.\""))]);
    let loaded = files.load(&Environment::default()).expect("no fault");
    assert_eq!(loaded.texts.portal("extranet", "fr").get("problem.internal"), "Zut.");
}

#[test]
fn a_folder_without_portals_is_refused() {
    let faults = Files::new(&[("palier.toml", PALIER)]).faults();
    assert!(faults[0].contains("there is no portal here"), "{faults:#?}");
    let missing =
        load(&PathBuf::from("/no/such/folder"), &Environment::default(), &pictures).expect_err("a fault");
    assert_eq!(missing[0].to_string(), "/no/such/folder: there is no such file or folder");
}
