//! Whether what a person typed is what a lease says (T3), as a pure function.

use palier_domain::portal::TenancyRules;
use palier_domain::values::{Date, PersonName};

use crate::leaving::last_day;
use crate::store::leases::Lease;

/// Whether `lease` is the one of the main signatory called `surname`, born on `birth_date` where the landlord asks it.
///
/// `open_months` is how many months after its end its tenant may still sign up: the account stays open as long (T11).
///
/// A lease whose birth date the landlord doesn't know never matches where it is asked: only the landlord can help then.
pub fn is_of(
    lease: &Lease,
    surname: &PersonName,
    birth_date: Option<Date>,
    rules: &TenancyRules,
    (today, open_months): (Date, u32),
) -> bool {
    let known = std::iter::once(&lease.surname).chain(&lease.other_names).map(String::as_str);
    let is_named = surname.matches(known, rules.name_rule);
    let is_born = !rules.asks_birth_date || (birth_date.is_some() && lease.birth_date == birth_date);
    is_named && is_born && !is_over(lease, today, open_months)
}

/// Whether the tenant left too long ago to sign up.
pub fn is_over(lease: &Lease, today: Date, open_months: u32) -> bool {
    lease.left_on.and_then(|left_on| last_day(left_on, open_months)).is_some_and(|last| last < today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use palier_domain::values::{LeaseReference, NameRule, ReferenceFormat};

    fn rules(name_rule: NameRule, asks_birth_date: bool) -> TenancyRules {
        let reference =
            ReferenceFormat { prefix: "L".into(), min_digits: 6, max_digits: 10, example: "482135".into() };
        TenancyRules { reference, name_rule, asks_birth_date, picture: "/avis.svg".into() }
    }

    fn lease(surname: &str, other_names: &[&str]) -> Lease {
        let reference = LeaseReference::parse("482173", &rules(NameRule::Whole, false).reference);
        Lease {
            id: 1,
            portal: "essai".into(),
            reference: reference.expect("a reference"),
            surname: surname.into(),
            first_name: None,
            other_names: other_names.iter().map(|name| (*name).to_owned()).collect(),
            birth_date: day(1985, 7, 14),
            street: None,
            postal_code: None,
            town: None,
            entered_on: None,
            left_on: None,
            email: None,
        }
    }

    fn day(year: u16, month: u8, day: u8) -> Option<Date> {
        let date = Date::new(year, month, day);
        assert!(date.is_some(), "a day of the calendar");
        date
    }

    fn name(typed: &str) -> PersonName {
        PersonName::parse(typed).expect("a name")
    }

    fn today() -> Date {
        Date::new(2026, 11, 22).expect("a day")
    }

    #[test]
    fn the_name_is_compared_by_the_landlords_rule() {
        let couple = lease("MARTIN-DURAND", &["LE GOFF"]);
        for (typed, rule, expected) in [
            ("martin durand", NameRule::Whole, true),
            ("Le Goff", NameRule::Whole, true),
            ("legoff", NameRule::Whole, true),
            ("Martin", NameRule::Whole, false),
            ("Martin", NameRule::OnePart, true),
            ("Dupont", NameRule::OnePart, false),
        ] {
            let found = is_of(&couple, &name(typed), None, &rules(rule, false), (today(), 3));
            assert_eq!(found, expected, "{typed} {rule:?}");
        }
    }

    #[test]
    fn the_birth_date_counts_only_where_it_is_asked() {
        let mut known = lease("LEFÈVRE", &[]);
        let asked = rules(NameRule::Whole, true);
        assert!(is_of(&known, &name("Lefevre"), day(1985, 7, 14), &asked, (today(), 3)));
        assert!(!is_of(&known, &name("Lefevre"), day(1985, 7, 15), &asked, (today(), 3)));
        assert!(!is_of(&known, &name("Lefevre"), None, &asked, (today(), 3)));
        known.birth_date = None;
        assert!(
            !is_of(&known, &name("Lefevre"), None, &asked, (today(), 3)),
            "unknown on both sides is no match"
        );
        assert!(is_of(&known, &name("Lefevre"), None, &rules(NameRule::Whole, false), (today(), 3)));
    }

    #[test]
    fn a_lease_left_more_than_three_months_ago_is_unknown() {
        let mut left = lease("LEFÈVRE", &[]);
        for (on, expected) in [
            (day(2026, 12, 31), true),
            (day(2026, 11, 22), true),
            (day(2026, 8, 22), true),
            (day(2026, 8, 21), false),
            (day(2020, 1, 1), false),
        ] {
            left.left_on = on;
            let found = is_of(&left, &name("Lefèvre"), None, &rules(NameRule::Whole, false), (today(), 3));
            assert_eq!(found, expected, "{on:?}");
        }
    }
}
