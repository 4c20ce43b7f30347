//! The section `[partners]` (P1, D5).

use super::super::{Environment, Partners};
use super::{Files, PALIER, RIVES, line_of, only_fault};

fn partners(section: &str) -> Option<Partners> {
    let changed = format!("{RIVES}\n{section}");
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", &changed)]);
    let loaded = files.load(&Environment::default()).unwrap_or_else(|faults| panic!("{section}: {faults:?}"));
    loaded.config.portals[0].partners
}

#[test]
fn p1_a_portal_has_partners_when_it_has_the_section() {
    assert_eq!(partners(""), None);
    assert_eq!(partners("[partners]\n"), Some(Partners { delivery_days: 7, a_day: 500 }));
    let own = Partners { delivery_days: 3, a_day: 2_000 };
    assert_eq!(partners("[partners]\ndelivery_days = 3\na_day = 2000\n"), Some(own));
}

#[test]
fn p1_each_fault_has_its_line() {
    for (key, words) in [
        ("delivery_days = 31", "`delivery_days` must be a whole number from 1 to 30"),
        ("a_day = 0", "`a_day` must be a whole number from 1 to 100000"),
        ("per_client = 3", "unknown key `per_client` in `[partners]`; there are `a_day`, `delivery_days`"),
    ] {
        let (line, reason) = only_fault("[terms]", &format!("[partners]\n{key}\n[terms]"));
        assert_eq!(line, line_of("[terms]") + 1, "{reason}");
        assert!(reason.starts_with(words), "{reason}");
    }
    let section = "[columns.partners]\nref_tiers = \"Tiers\"\nreference = \"N°\"\n";
    let (line, reason) = only_fault("[terms]", &format!("{section}[terms]"));
    assert_eq!(line, line_of("[terms]") + 2, "{reason}");
    assert!(reason.starts_with("unknown key `reference` in `[columns.partners]`"), "{reason}");
}
