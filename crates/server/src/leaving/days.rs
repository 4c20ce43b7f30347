//! When the account of a home that was left closes, and when its owner is warned, as pure functions of the clock.

use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use palier_domain::values::Date;

/// How many days before the closing its owner is warned.
pub const NOTICES: [u32; 3] = [30, 14, 3];
/// Nobody's account closes sooner after the first warning, in days: a landlord's file may come late.
const AT_LEAST: i32 = 3;

/// The last day on which the account of a home that was left on a day is open. Months are the calendar's: the last day of
/// one that is too short.
pub fn last_day(left_on: Date, open_months: u32) -> Option<Date> {
    let months = Span::new().try_months(open_months).ok()?;
    from_civil(to_civil(left_on)?.checked_add(months).ok()?)
}

/// An account's closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The last day on which the account is open.
    pub last_day: Date,
}

impl Closing {
    /// The moment from which on it is closed: the end of its last day, where the portal is.
    pub fn at(self, zone: &TimeZone) -> Timestamp {
        self.before(zone, 0)
    }

    /// How many warnings are due.
    pub fn due(self, zone: &TimeZone, now: Timestamp) -> u32 {
        let due = NOTICES.into_iter().filter(|days| self.before(zone, *days) <= now).count();
        u32::try_from(due).unwrap_or(u32::MAX)
    }

    /// The same closing for who is first warned on a day, which may be late.
    #[must_use]
    pub fn warned_on(self, today: Date) -> Self {
        let soonest = to_civil(today).and_then(|today| today.checked_add(Span::new().days(AT_LEAST)).ok());
        let soonest = soonest.and_then(from_civil).unwrap_or(self.last_day);
        Self { last_day: self.last_day.max(soonest) }
    }

    /// So many days before the closing, at midnight.
    fn before(self, zone: &TimeZone, days: u32) -> Timestamp {
        let moment = || {
            let day = to_civil(self.last_day)?.tomorrow().ok()?;
            let day = day.checked_sub(Span::new().try_days(days).ok()?).ok()?;
            day.to_zoned(zone.clone()).ok()
        };
        moment().map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }
}

/// The last day in a home, on or before which an account can be concerned on a day: its closing is near, or over.
pub(super) fn horizon(today: Date, open_months: u32) -> Date {
    let near = || {
        let near = to_civil(today)?.checked_add(Span::new().try_days(NOTICES[0] + 1).ok()?).ok()?;
        // Months of 28 days at least: too many are looked at rather than too few.
        from_civil(near.checked_sub(Span::new().try_days(i64::from(open_months) * 28).ok()?).ok()?)
    };
    near().unwrap_or(today)
}

fn to_civil(date: Date) -> Option<civil::Date> {
    let (year, month, day) =
        (i16::try_from(date.year()), i8::try_from(date.month()), i8::try_from(date.day()));
    civil::Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
}

fn from_civil(date: civil::Date) -> Option<Date> {
    let number = |part: i8| u8::try_from(part).ok();
    Date::new(u16::try_from(date.year()).ok()?, number(date.month())?, number(date.day())?)
}
