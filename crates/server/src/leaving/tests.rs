use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use palier_domain::values::Date;
use proptest::prelude::*;

use super::days::horizon;
use super::{Closing, NOTICES, last_day};

fn date(text: &str) -> Date {
    Date::parse_text(text).expect("a day")
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Paris").expect("a zone")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[test]
fn t11_three_months_of_the_calendar_later() {
    for (left_on, last) in [
        ("2026-08-22", "2026-11-22"),
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-10-31", "2027-01-31"),
    ] {
        assert_eq!(last_day(date(left_on), 3), Some(date(last)), "{left_on}");
    }
}

#[test]
fn t11_the_account_is_open_to_the_last_second_of_its_last_day() {
    // In winter Paris is an hour ahead of UTC, in summer two.
    for (last, closes) in [("2026-11-22", "2026-11-22T23:00:00Z"), ("2027-07-01", "2027-07-01T22:00:00Z")] {
        assert_eq!(Closing { last_day: date(last) }.at(&zone()), time(closes), "{last}");
    }
}

#[test]
fn t11_each_warning_is_due_from_its_first_second_on() {
    let closing = Closing { last_day: date("2026-12-31") };
    for (from, before, after) in
        [("2026-12-01T23:00:00Z", 0, 1), ("2026-12-17T23:00:00Z", 1, 2), ("2026-12-28T23:00:00Z", 2, 3)]
    {
        let from = time(from);
        assert_eq!(
            (closing.due(&zone(), from - SECOND), closing.due(&zone(), from)),
            (before, after),
            "{from}"
        );
    }
}

#[test]
fn t11_who_is_warned_late_still_has_three_days() {
    let closing = Closing { last_day: date("2026-11-22") };
    for (warned, last) in [
        ("2026-10-24", "2026-11-22"),
        ("2026-11-19", "2026-11-22"),
        ("2026-11-20", "2026-11-23"),
        ("2027-03-01", "2027-03-04"),
    ] {
        assert_eq!(closing.warned_on(date(warned)).last_day, date(last), "{warned}");
    }
}

fn days() -> impl Strategy<Value = Date> {
    (1950_u16..2150, 1_u8..=12, 1_u8..=31).prop_filter_map("a day", |(y, m, d)| Date::new(y, m, d))
}

proptest! {
    #[test]
    fn warnings_come_one_after_the_other_and_before_the_end(last in days()) {
        let (closing, zone) = (Closing { last_day: last }, zone());
        let at = closing.at(&zone);
        prop_assert_eq!(closing.due(&zone, at - SECOND), 3);
        let mut before = 0;
        for hours in (0..24 * 32).rev() {
            let due = closing.due(&zone, at - SignedDuration::from_hours(hours));
            prop_assert!(due == before || due == before + 1);
            before = due;
        }
        prop_assert_eq!(usize::try_from(before).unwrap(), NOTICES.len());
    }

    #[test]
    fn whoever_is_to_be_warned_is_looked_at(left in days(), months in 1_u32..=24, hours in 0_i64..24 * 40) {
        let (zone, last) = (zone(), last_day(left, months).unwrap());
        let now = Closing { last_day: last }.at(&zone) - SignedDuration::from_hours(hours);
        if (Closing { last_day: last }).due(&zone, now) > 0 {
            let today = now.to_zoned(zone).date().to_string();
            prop_assert!(left <= horizon(date(&today), months));
        }
    }

    #[test]
    fn a_late_file_never_brings_the_end_nearer(last in days(), warned in days()) {
        let closing = Closing { last_day: last };
        let late = closing.warned_on(warned);
        prop_assert!(late.last_day >= last && late.last_day > warned);
        prop_assert_eq!(late.warned_on(warned), late);
    }
}
