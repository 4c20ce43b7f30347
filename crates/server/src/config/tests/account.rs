//! The section `[account]` (T10, D5).

use super::super::{AccountRules, Environment};
use super::{Files, PALIER, RIVES, line_of, only_fault};

fn account(section: &str) -> AccountRules {
    let changed = RIVES.replacen("[account]\npaperless = true\nanswer_days = 10\n", section, 1);
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", &changed)]);
    let loaded = files.load(&Environment::default()).unwrap_or_else(|faults| panic!("{section}: {faults:?}"));
    loaded.config.portals[0].account
}

#[test]
fn t10_notices_are_on_paper_unless_it_is_said() {
    for (section, paperless, answer_days) in [
        ("", false, 10),
        ("[account]\n", false, 10),
        ("[account]\npaperless = true\n", true, 10),
        ("[account]\nanswer_days = 60\n", false, 60),
    ] {
        assert_eq!(account(section), AccountRules { paperless, answer_days }, "{section}");
    }
}

#[test]
fn t10_each_fault_has_its_line() {
    for (key, words) in [
        ("answer_days = 0", "`answer_days` must be a whole number from 1 to 60"),
        ("answer_days = 61", "`answer_days` must be a whole number from 1 to 60"),
        ("paperless = 1", "`paperless` must be true or false"),
        ("paper = true", "unknown key `paper` in `[account]`; there are `answer_days`, `paperless`"),
        ("answer_days = 1.5", "`answer_days` must be a whole number from 1 to 60"),
    ] {
        let said = if key.starts_with("answer") { "answer_days = 10" } else { "paperless = true" };
        let (line, reason) = only_fault(said, key);
        assert_eq!(line, line_of(said), "{reason}");
        assert!(reason.starts_with(words), "{reason}");
    }
}
