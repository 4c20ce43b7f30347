//! The section `[credentials]` (P2, D5).

use palier_domain::credentials::{Periods, Span};

use super::super::Environment;
use super::{Files, PALIER, RIVES, line_of, only_fault};

const OWN: &str = "[credentials]\nreset_hours = 24\n# This landlord's document knows of no end of a password of one's own.\n\
                   personal_months = \"none\"\n";

/// The table of a portal whose section is this, and whose passwords follow that profile.
fn periods(profile: &str, section: &str) -> Periods {
    let changed =
        RIVES.replacen(OWN, section, 1).replacen("\"historique\"\nmin", &format!("{profile}\nmin"), 1);
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", &changed)]);
    let loaded = files.load(&Environment::default()).unwrap_or_else(|faults| panic!("{section}: {faults:?}"));
    loaded.config.portals[0].credentials.periods
}

#[test]
fn p2_the_profile_is_that_of_passwords_unless_it_is_said() {
    for (profile, section, wanted) in [
        ("\"historique\"", "", Periods::HISTORIQUE),
        ("\"recommande\"", "", Periods::RECOMMANDE),
        ("\"historique\"", "[credentials]\n", Periods::HISTORIQUE),
        ("\"recommande\"", "[credentials]\n", Periods::RECOMMANDE),
        ("\"historique\"", "[credentials]\nprofile = \"recommande\"\n", Periods::RECOMMANDE),
        ("\"recommande\"", "[credentials]\nprofile = \"historique\"\n", Periods::HISTORIQUE),
    ] {
        assert_eq!(periods(profile, section), wanted, "{profile} {section}");
    }
}

#[test]
fn p2_each_period_can_be_another() {
    let old = Periods::HISTORIQUE;
    for (key, wanted) in [
        ("letter_days = 60", Periods { letter: Span::Days(60), ..old }),
        ("letter_months = 1", Periods { letter: Span::Months(1), ..old }),
        ("mail_days = 2", Periods { mail: Span::Days(2), ..old }),
        ("mail_link_hours = 12", Periods { mail_link_hours: Some(12), ..old }),
        ("reset_hours = 1", Periods { reset_hours: 1, ..old }),
        ("personal_months = 12", Periods { personal: Some(Span::Months(12)), ..old }),
        ("personal_months = \"none\"", Periods { personal: None, ..old }),
    ] {
        assert_eq!(periods("\"historique\"", &format!("[credentials]\n{key}\n")), wanted, "{key}");
    }
    let ends = Periods { personal: Some(Span::Months(6)), ..Periods::RECOMMANDE };
    assert_eq!(periods("\"recommande\"", "[credentials]\npersonal_months = 6\n"), ends);
}

#[test]
fn p2_nothing_is_valid_longer_than_it_may_be() {
    let profile = |name: &str, key: &str| format!("profile = \"{name}\"\n{key}");
    for (name, key, words) in [
        ("historique", "letter_days = 61", "from 1 to 60"),
        ("historique", "letter_days = 0", "from 1 to 60"),
        ("historique", "letter_months = 3", "from 1 to 2"),
        ("recommande", "letter_months = 2", "from 1 to 1"),
        ("historique", "mail_days = 15", "from 1 to 14"),
        ("recommande", "mail_link_hours = 25", "from 1 to 24, or \"none\""),
        ("historique", "reset_hours = 25", "from 1 to 24"),
        ("historique", "personal_months = 25", "from 1 to 24, or \"none\""),
        ("historique", "personal_months = \"never\"", "from 1 to 24, or \"none\""),
        (
            "historique",
            "letter_hours = 2",
            "unknown key `letter_hours` in `[credentials]`; there are `letter_days`",
        ),
    ] {
        let present = ["reset_hours = 24", "personal_months = \"none\""];
        let present = present[usize::from(key.starts_with("personal"))];
        let (line, reason) = only_fault(present, &profile(name, key));
        assert_eq!(line, line_of(present) + 1, "{key}: {reason}");
        assert!(reason.contains(words), "{key}: {reason}");
    }
    let (line, reason) = only_fault("reset_hours = 24", "letter_days = 30\nletter_months = 1");
    assert_eq!(line, line_of("reset_hours = 24") + 1);
    assert!(reason.contains("not both"), "{reason}");
    let (line, reason) = only_fault("reset_hours = 24", "profile = \"libre\"");
    assert_eq!(line, line_of("reset_hours = 24"));
    assert!(reason.contains("one of \"historique\", \"recommande\""), "{reason}");
}
