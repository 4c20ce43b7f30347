//! The section `[retention]` (T11, D5).

use super::super::Environment;
use super::{Files, PALIER, RIVES, line_of, only_fault};

fn open_months(section: &str) -> u32 {
    let changed = format!("{RIVES}\n{section}");
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", &changed)]);
    let loaded = files.load(&Environment::default()).unwrap_or_else(|faults| panic!("{section}: {faults:?}"));
    loaded.config.portals[0].retention.open_months
}

#[test]
fn t11_three_months_unless_it_is_said() {
    for (section, months) in [
        ("", 3),
        ("[retention]\n", 3),
        ("[retention]\nopen_months = 1\n", 1),
        ("[retention]\nopen_months = 24\n", 24),
    ] {
        assert_eq!(open_months(section), months, "{section}");
    }
}

#[test]
fn t11_each_fault_has_its_line() {
    for (key, words) in [
        ("open_months = 0", "`open_months` must be a whole number from 1 to 24"),
        ("open_months = 25", "`open_months` must be a whole number from 1 to 24"),
        ("months = 3", "unknown key `months` in `[retention]`; there are `open_months`"),
    ] {
        let (line, reason) = only_fault("[terms]", &format!("[retention]\n{key}\n[terms]"));
        assert_eq!(line, line_of("[terms]") + 1, "{reason}");
        assert!(reason.starts_with(words), "{reason}");
    }
}
