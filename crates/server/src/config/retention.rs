//! The section `[retention]` of a portal's file: how long what isn't needed any more is kept (T11).

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use palier_domain::retention::{Kind, Periods, Rule, Unit};

use super::reader::Section;

/// The retention table of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Months that a tenant's account stays open after the last day in the home: 1 to 24.
    pub open_months: u32,
    /// How long each kind is kept.
    pub kept: Periods,
}

impl Default for Retention {
    fn default() -> Self {
        Self { open_months: 3, kept: Periods::default() }
    }
}

/// Reads the section.
pub(super) fn read(section: &Section<'_>) -> Retention {
    let usual = Retention::default();
    let Some(section) = section.section("retention") else { return usual };
    let open_months = section.number("open_months", 1..=24, usual.open_months);
    let mut short = None;
    let kept = Periods::of(|Rule { kind, key, usual, range: (least, most), .. }| {
        let said = section.whole(key, least..=most);
        let period = said.as_ref().map_or(usual, |said| said.value);
        if kind == Kind::Leases && period < open_months {
            short = said.map(|said| said.line);
            return open_months;
        }
        period
    });
    if let Some(line) = short {
        section.file().fault(line, "`lease_months` must not be shorter than `open_months`");
    }
    section.end();
    Retention { open_months, kept }
}

/// What happened at that moment or before is kept no longer: a period before the present moment, by the calendar of where
/// the portal is. None where no calendar reaches.
pub fn past(unit: Unit, period: u32, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let span = match unit {
        Unit::Days => Span::new().try_days(period),
        Unit::Months => Span::new().try_months(period),
        Unit::Years => Span::new().try_years(period),
    };
    now.to_zoned(zone.clone()).checked_sub(span.ok()?).ok().map(|past| past.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Paris").expect("a zone")
    }

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn t11_a_period_is_the_calendars() {
        for (unit, period, now, expected) in [
            (Unit::Days, 30, "2027-04-10T08:00:00Z", "2027-03-11T09:00:00Z"),
            (Unit::Months, 12, "2027-11-22T08:00:00Z", "2026-11-22T08:00:00Z"),
            // A month without such a day: its last one. What happened on the 29th to 31st waits for the next month.
            (Unit::Months, 1, "2027-03-31T08:00:00Z", "2027-02-28T09:00:00Z"),
            (Unit::Years, 3, "2028-02-29T08:00:00Z", "2025-02-28T08:00:00Z"),
        ] {
            assert_eq!(past(unit, period, &zone(), time(now)), Some(time(expected)), "{unit:?} {period}");
        }
    }

    proptest! {
        #[test]
        fn t11_nothing_goes_early_and_nothing_stays_long(
            second in 1_700_000_000_i64..2_200_000_000, period in 1_u32..120, unit in 0_usize..3,
        ) {
            let unit = [Unit::Days, Unit::Months, Unit::Years][unit];
            let now = Timestamp::from_second(second).expect("a time");
            let gone = past(unit, period, &zone(), now).expect("a time");
            let days = |least: i64, most: i64| (least * i64::from(period), most * i64::from(period));
            let (least, most) = match unit {
                Unit::Days => days(1, 1),
                Unit::Months => days(28, 31),
                Unit::Years => days(365, 366),
            };
            let kept = now.duration_since(gone).as_hours();
            prop_assert!((least * 24 - 1..=most * 24 + 4 * 24).contains(&kept), "{kept}");
            // Time goes on, and what is kept only becomes less.
            let later = past(unit, period, &zone(), Timestamp::from_second(second + 1).expect("a time"));
            prop_assert!(later.expect("a time") >= gone);
        }
    }
}
