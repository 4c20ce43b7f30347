//! The section `[retention]` (T11, D5).

use palier_domain::retention::{Kind, TABLE};

use super::super::{Environment, Retention};
use super::{Files, PALIER, RIVES, line_of, only_fault};

fn retention(section: &str) -> Retention {
    let changed = format!("{RIVES}\n{section}");
    let files = Files::new(&[("palier.toml", PALIER), ("rives.toml", &changed)]);
    let loaded = files.load(&Environment::default()).unwrap_or_else(|faults| panic!("{section}: {faults:?}"));
    loaded.config.portals[0].retention
}

#[test]
fn t11_three_months_unless_it_is_said() {
    for (section, months) in [
        ("", 3),
        ("[retention]\n", 3),
        ("[retention]\nopen_months = 1\n", 1),
        ("[retention]\nopen_months = 24\n", 24),
    ] {
        assert_eq!(retention(section).open_months, months, "{section}");
    }
}

#[test]
fn t11_each_fault_has_its_line() {
    for (key, words) in [
        ("open_months = 0", "`open_months` must be a whole number from 1 to 24"),
        ("open_months = 25", "`open_months` must be a whole number from 1 to 24"),
        ("lease_months = 2", "`lease_months` must be a whole number from 3 to 60"),
        ("mail_days = 366", "`mail_days` must be a whole number from 7 to 365"),
        (
            "months = 3",
            "unknown key `months` in `[retention]`; there are `closed_account_months`, `departure_months`",
        ),
    ] {
        let (line, reason) = only_fault("[terms]", &format!("[retention]\n{key}\n[terms]"));
        assert_eq!(line, line_of("[terms]") + 1, "{reason}");
        assert!(reason.starts_with(words), "{reason}");
    }
}

#[test]
fn t11_each_row_of_the_table_has_a_key_and_a_usual_period() {
    for rule in TABLE {
        assert_eq!(retention("").kept.of_kind(rule.kind), rule.usual, "{rule:?}");
        for said in [rule.range.0, rule.range.1] {
            let section = format!("[retention]\n{} = {said}\n", rule.key);
            assert_eq!(retention(&section).kept.of_kind(rule.kind), said, "{section}");
        }
    }
}

#[test]
fn t11_a_lease_is_kept_as_long_as_one_may_sign_up_with_it() {
    assert_eq!(retention("[retention]\nopen_months = 24\n").kept.of_kind(Kind::Leases), 24);
    let (_, reason) = only_fault("[terms]", "[retention]\nopen_months = 6\nlease_months = 5\n[terms]");
    assert_eq!(reason, "`lease_months` must not be shorter than `open_months`");
}

#[test]
fn t11_the_table_is_documented_as_it_is() {
    let documented = include_str!("../../../../../docs/OPERATIONS.md");
    for rule in TABLE {
        let (least, most) = rule.range;
        let row = format!("| `{}` | {} | {least} to {most} |", rule.key, rule.usual);
        assert!(documented.contains(&row), "{row}");
    }
}
