//! The section `[onboarding]`, and the tutorial that comes with it (A1, D5).

use palier_domain::credentials::Periods;

use super::super::Environment;
use super::{Files, PALIER};

const BANK: &str = include_str!("../../../../../demo/prets.toml");

#[test]
fn the_sample_is_document_001() {
    let files = Files::new(&[("palier.toml", PALIER), ("prets.toml", BANK)]);
    let loaded = files.load(&Environment::default()).expect("no fault");
    let portal = &loaded.config.portals[0];
    let rules = portal.public.onboarding.as_ref().expect("client organisations");
    assert_eq!((rules.number.min_digits, rules.number.max_digits), (5, 6));
    let own = portal.onboarding.clone().expect("letters");
    assert_eq!(own.objection_days, 10);
    assert_eq!(own.letters.delivery_days, 7);
    assert_eq!(portal.credentials.periods, Periods::RECOMMANDE);
    let title = |name| loaded.documents.get("prets", name, "fr").map(|page| page.html.clone());
    assert!(title("aide").is_some_and(|html| html.contains("De 5 à 6 chiffres")), "its own help");
    let tutorial = loaded.documents.tutorial("prets", "en").expect("a tutorial");
    assert!(tutorial.title.contains("tutorial"));
}

#[test]
fn each_fault_has_its_line() {
    for (from, to, words) in [
        ("picture = \"/courrier-prets.svg\"", "picture = \"/none.svg\"", "there is no file /none.svg"),
        ("letter_days = 30", "letter_days = 61", "`letter_days`"),
        ("objection_days = 10", "objection_days = 0", "`objection_days`"),
        ("max_digits = 6", "max_digits = 19", "`max_digits`"),
        ("a_day = 500", "daily = 500", "unknown key `daily`"),
    ] {
        let changed = BANK.replacen(from, to, 1);
        let files = Files::new(&[("palier.toml", PALIER), ("prets.toml", &changed)]);
        let faults = files.faults();
        let line = 1 + BANK.lines().position(|line| line == from).expect("in the sample");
        assert!(faults[0].starts_with(&format!("prets.toml:{line}: ")), "{faults:?}");
        assert!(faults.len() == 1 && faults[0].contains(words), "{faults:?}");
    }
}

#[test]
fn a_tutorial_that_names_what_nobody_gives_is_a_fault() {
    let palier = format!("{PALIER}documents = \"docs\"\n");
    let files = Files::new(&[("palier.toml", &palier), ("prets.toml", BANK)]);
    std::fs::create_dir_all(files.path("docs/tutoriel")).expect("a folder");
    std::fs::write(files.path("docs/tutoriel/fr.md"), "# Le tutoriel\n\nAvec {digits} et {siren}.\n")
        .expect("written");
    let faults = files.faults();
    assert!(faults.len() == 1, "{faults:?}");
    assert!(faults[0].ends_with("docs/tutoriel/fr.md:3: nobody gives a value for {siren}"), "{faults:?}");
}
