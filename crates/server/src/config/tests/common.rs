//! What portals share, and documents.

use super::super::{Environment, Loaded};
use super::{Files, PALIER, RIVES};

#[test]
fn the_environment_goes_first() {
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", RIVES)]);
    let environment = Environment {
        listen: Some("[::1]:9000".into()),
        database_url: Some("postgres://palier:secret@localhost/palier".into()),
        smtp_url: Some("file:///tmp/mails".into()),
        demo: true,
        ..Environment::default()
    };
    let config = files.load(&environment).expect("no fault").config;
    assert_eq!(config.listen.to_string(), "[::1]:9000");
    assert_eq!(config.public_url.as_str(), "http://[::1]:9000/");
    assert_eq!(config.database_url, "postgres://palier:secret@localhost/palier");
    assert_eq!(config.smtp_url, "file:///tmp/mails");
    assert!(config.demo);
}

#[test]
fn common_settings_are_checked() {
    for (text, reason) in [
        ("listen = \"8080\"", "must be an address and a port"),
        ("metrics_listen = \"here\"", "must be an address and a port"),
        ("public_url = \"espace.exemple.fr\"", "`public_url` must be"),
        ("public_url = \"https://exemple.fr/palier\"", "`public_url` must be"),
        ("public_url = \"ftp://exemple.fr\"", "`public_url` must be"),
        ("database_url = \"mysql://localhost/palier\"", "`database_url` must be"),
        ("database_url = \"sqlite://\"", "`database_url` must be"),
        ("database_url = \"postgres://localhost\"", "`database_url` must be"),
        ("trusted_proxies = [\"10.0.0.0/40\"]", "`trusted_proxies`"),
        ("time_zone = \"Europe/Beauvais\"", "there is no time zone"),
        ("drain_seconds = 121", "`drain_seconds` must be"),
        ("mail_from = \"Rives <a@exemple.fr>\"", "must be an e-mail address alone"),
        ("documents = \"absent\"", "there is no folder"),
        ("portals = 3", "unknown key `portals`"),
    ] {
        let faults =
            Files::new(&[("palier.toml", &format!("{PALIER}{text}\n")), ("rives.toml", RIVES)]).faults();
        assert_eq!(faults.len(), 1, "{text}: {faults:#?}");
        assert!(faults[0].starts_with("palier.toml:2: ") && faults[0].contains(reason), "{faults:#?}");
    }
    let faults = Files::new(&[("palier.toml", "smtp_url = \"mailhost\"\n"), ("rives.toml", RIVES)]).faults();
    assert!(faults[0].starts_with("palier.toml:1: `smtp_url` must be"), "{faults:#?}");
}

#[test]
fn a_wrong_environment_is_named_and_its_secrets_arent_repeated() {
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", RIVES)]);
    let environment = Environment {
        listen: Some("8080".into()),
        database_url: Some("mysql://palier:s3cret@localhost/palier".into()),
        ..Environment::default()
    };
    let faults = files.load(&environment).expect_err("faults");
    let text = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(text.contains("PALIER_LISTEN: `listen`"), "{text}");
    assert!(text.contains("PALIER_DATABASE_URL: `database_url`"), "{text}");
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn documents_of_a_folder_are_checked_too() {
    let files =
        Files::new(&[("palier.toml", &format!("{PALIER}documents = \"docs\"\n")), ("rives.toml", RIVES)]);
    std::fs::create_dir_all(files.path("docs/pages")).expect("made");
    std::fs::write(files.path("docs/pages/aide.fr.md"), "# Aide\n\nÀ {legal_name}.\n\nDemandez {qui}.\n")
        .expect("written");
    assert_eq!(files.faults().len(), 1);
    let fault = &files.faults()[0];
    assert!(fault.starts_with("docs/pages/aide.fr.md:5: nobody gives a value for {qui}"), "{fault}");
    std::fs::write(files.path("docs/pages/aide.fr.md"), "# Aide à nous\n\nÀ {legal_name}.\n")
        .expect("written");
    let loaded = files.load(&Environment::default()).expect("no fault");
    assert_eq!(loaded.documents.get("extranet", "aide", "fr").expect("the page").title, "Aide à nous");
    std::fs::create_dir_all(files.path("docs/paper")).expect("made");
    std::fs::write(files.path("docs/paper/document.typ"), "#let x = 1\n\n#let y = (\n").expect("written");
    assert_eq!(files.faults().len(), 1);
    let fault = &files.faults()[0];
    assert!(fault.starts_with("docs/paper/document.typ:3: unclosed delimiter"), "{fault}");
}

#[test]
fn the_text_of_letters_is_checked_where_letters_are_sent() {
    let sends = format!(
        "{RIVES}\n[onboarding]\npicture = \"/avis-extranet.svg\"\n\n[onboarding.number]\nmin_digits = 5\n\
         max_digits = 6\nexample = \"41877\"\n"
    );
    let palier = format!("{PALIER}documents = \"docs\"\n");
    let files = Files::new(&[("palier.toml", &palier), ("rives.toml", &sends)]);
    std::fs::create_dir_all(files.path("docs/courrier")).expect("made");
    files.load(&Environment::default()).expect("no fault in ours");
    let write = |text: &str| std::fs::write(files.path("docs/courrier/fr.md"), text).expect("written");
    write("# {organisation}\n\n{applicant}, {phone}, {reference}, {refusal} : `{code}`, {qui}.\n");
    assert_eq!(
        files.faults(),
        [
            "docs/courrier/fr.md:1: the letter must have `{code}` as a paragraph of its own",
            "docs/courrier/fr.md:3: nobody gives a value for {qui}",
        ]
    );
    write("# Bonjour\n\n`{code}`\n");
    let faults = files.faults();
    assert_eq!(faults.len(), 5, "{faults:?}");
    assert!(faults.iter().all(|fault| fault.starts_with("docs/courrier/fr.md:1: the letter must say {")));
    std::fs::write(files.path("rives.toml"), RIVES).expect("written");
    files.load(&Environment::default()).expect("no letter, no fault");
}

#[test]
fn the_hash_of_the_terms_is_that_of_the_exact_text() {
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", RIVES)]);
    let one = files.load(&Environment::default()).expect("no fault");
    let files =
        Files::new(&[("palier.toml", PALIER), ("rives.toml", &RIVES.replacen("Beauvais\"", "Senlis\"", 1))]);
    let other = files.load(&Environment::default()).expect("no fault");
    let hash = |loaded: &Loaded, language| {
        loaded
            .documents
            .get("extranet", "cgu", language)
            .and_then(|terms| terms.sha256.clone())
            .expect("a hash")
    };
    assert_eq!(hash(&one, "fr"), hash(&one, "en"), "the French text is the binding one");
    assert_ne!(hash(&one, "fr"), hash(&other, "fr"), "another address, another text");
}
