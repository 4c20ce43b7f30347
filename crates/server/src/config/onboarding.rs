//! The section `[onboarding]` of a portal's file: client numbers, letters to legal representatives (A1, A4, A5).

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use palier_domain::portal::OnboardingRules;
use palier_domain::values::{PasswordProfile, ReferenceFormat};

use super::draft::{picture, reference};
use super::reader::Section;

/// What only the server knows of how client organisations get their administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onboarding {
    /// The letters (*courriers*) to legal representatives.
    pub letters: Letters,
}

/// How letters are sent, and how many: each costs money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters {
    /// Days for which a code counts, from its printing on: 1 to 60. None: two months, the rule of the documents.
    pub valid_days: Option<u32>,
    /// Days that the post takes at most, from the posting on: 1 to 30.
    pub delivery_days: u32,
    /// Letters for one organisation in 30 days: 1 to 20.
    pub per_client: u32,
    /// Letters of the portal in 24 hours: 1 to 100,000.
    pub a_day: u32,
}

impl Letters {
    /// When a code that is printed now stops counting: at the same hour, that many days or two months later.
    pub fn valid_until(&self, printed: Timestamp, zone: &TimeZone) -> Timestamp {
        let span = self.valid_days.map_or_else(|| Span::new().months(2), |days| Span::new().days(days));
        let until = printed.to_zoned(zone.clone()).checked_add(span);
        until.map_or(Timestamp::MAX, |until| until.timestamp())
    }
}

/// A section as read.
pub(super) struct Draft {
    pub(super) rules: OnboardingRules,
    pub(super) own: Onboarding,
}

/// Reads the section; a code counts for two months under the rules of the documents, and for 30 days under today's
/// (`standards.md`, Passwords and codes), unless the file says otherwise.
pub(super) fn read(section: Section<'_>, profile: PasswordProfile, pictures: &dyn Fn(&str) -> bool) -> Draft {
    let number = section.need_section("number").map_or_else(ReferenceFormat::any, reference);
    let picture = picture(&section, pictures);
    let valid_days = match profile {
        PasswordProfile::Historique => None,
        PasswordProfile::Recommande => Some(30),
    };
    let default = Letters { valid_days, delivery_days: 7, per_client: 3, a_day: 500 };
    let letters = section.section("letters").map_or(default, |section| {
        let valid_days = if section.has("valid_days") {
            Some(section.number("valid_days", 1..=60, 30))
        } else {
            default.valid_days
        };
        let letters = Letters {
            valid_days,
            delivery_days: section.number("delivery_days", 1..=30, default.delivery_days),
            per_client: section.number("per_client", 1..=20, default.per_client),
            a_day: section.number("a_day", 1..=100_000, default.a_day),
        };
        section.end();
        letters
    });
    section.end();
    Draft { rules: OnboardingRules { number, picture }, own: Onboarding { letters } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_for_days_or_for_two_months() {
        let zone = TimeZone::get("Europe/Paris").expect("a zone");
        let printed: Timestamp = "2026-12-30T09:00:00Z".parse().expect("a time");
        let until = |valid_days| {
            let letters = Letters { valid_days, delivery_days: 7, per_client: 3, a_day: 10 };
            letters.valid_until(printed, &zone).to_string()
        };
        assert_eq!(until(Some(30)), "2027-01-29T09:00:00Z");
        // February has no 30th.
        assert_eq!(until(None), "2027-02-28T09:00:00Z");
    }

    #[test]
    fn in_spring_the_hour_stays_the_same() {
        let zone = TimeZone::get("Europe/Paris").expect("a zone");
        let printed: Timestamp = "2027-03-01T09:00:00Z".parse().expect("a time");
        let letters = Letters { valid_days: Some(30), delivery_days: 7, per_client: 3, a_day: 10 };
        assert_eq!(letters.valid_until(printed, &zone).to_string(), "2027-03-31T08:00:00Z");
    }
}
