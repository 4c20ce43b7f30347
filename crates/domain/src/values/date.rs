use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::problem::{Coded, Data, data};

/// A day of the Gregorian calendar between 1900 and 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why three fields aren't a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// All three fields are empty.
    Required,
    /// One or two fields are empty: which ones.
    Incomplete {
        /// The day is missing.
        day: bool,
        /// The month is missing.
        month: bool,
        /// The year is missing.
        year: bool,
    },
    /// No such day, such as 30 February.
    NoSuchDay,
    /// After today.
    Future,
    /// The year has two digits, or is before 1900.
    Year,
    /// Not yet eighteen years old on that day.
    Minor,
}

/// The age from which a person can run an organisation, in years.
const ADULT: u16 = 18;

impl Coded for DateError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Incomplete { day: true, .. } => "date_day_missing",
            Self::Incomplete { month: true, .. } => "date_month_missing",
            Self::Incomplete { .. } => "date_year_missing",
            Self::NoSuchDay => "date_no_such_day",
            Self::Future => "date_future",
            Self::Year => "date_year",
            Self::Minor => "date_minor",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Year => data([("min", Value::from(1900))]),
            Self::Minor => data([("min", Value::from(ADULT))]),
            _ => Data::new(),
        }
    }
}

impl Date {
    /// The first day there is: 1 January 1900.
    pub const FIRST: Self = Self { year: 1900, month: 1, day: 1 };

    /// A day by its numbers; nothing when there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1900..=2199).contains(&year)
            && (1..=12).contains(&month)
            && (1..=length(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads the three fields day, month and year of a birth date; leading zeros may be missing, spaces are forgiven.
    pub fn parse_past(day: &str, month: &str, year: &str, today: Self) -> Result<Self, DateError> {
        let (day, month, year) = (day.trim(), month.trim(), year.trim());
        match (day.is_empty(), month.is_empty(), year.is_empty()) {
            (true, true, true) => return Err(DateError::Required),
            (false, false, false) => {}
            (day, month, year) => return Err(DateError::Incomplete { day, month, year }),
        }
        let year: u16 = number(year).filter(|year| *year >= 1900).ok_or(DateError::Year)?;
        let small = |text: &str| {
            number(text).and_then(|number| u8::try_from(number).ok()).ok_or(DateError::NoSuchDay)
        };
        let date = Self::new(year, small(month)?, small(day)?).ok_or(DateError::NoSuchDay)?;
        if date > today { Err(DateError::Future) } else { Ok(date) }
    }

    /// The same for the birth date of somebody who must be of age (*majeur*): on the eighteenth birthday one is. Who was
    /// born on 29 February is on 1 March of other years.
    pub fn parse_adult(day: &str, month: &str, year: &str, today: Self) -> Result<Self, DateError> {
        let born = Self::parse_past(day, month, year, today)?;
        let of_age = (born.year + ADULT, born.month, born.day) <= (today.year, today.month, today.day);
        if of_age { Ok(born) } else { Err(DateError::Minor) }
    }

    /// Reads `2026-11-21` or `21/11/2026`, as files of landlords write them.
    pub fn parse_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, month, day) = if let Some((day, rest)) = text.split_once('/') {
            let (month, year) = rest.split_once('/')?;
            (year, month, day)
        } else {
            let (year, rest) = text.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            (year, month, day)
        };
        Self::new(number(year)?, u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?)
    }

    /// The day so many days later; the last one there is where that has none.
    pub fn after_days(self, days: u32) -> Self {
        let mut day = self;
        for _ in 0..days {
            let (year, month) = (day.year, day.month);
            let next = Self::new(year, month, day.day + 1)
                .or_else(|| Self::new(year, month + 1, 1))
                .or_else(|| Self::new(year + 1, 1, 1));
            let Some(next) = next else { return day };
            day = next;
        }
        day
    }

    /// The same day of the month so many months later, or that month's last one; the last day there is where that has
    /// none.
    pub fn after_months(self, months: u32) -> Self {
        let all = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months;
        let year = u16::try_from(all / 12).unwrap_or(u16::MAX);
        let month = u8::try_from(all % 12 + 1).unwrap_or(12);
        let day = self.day.min(length(year, month));
        Self::new(year, month, day).unwrap_or(Self { year: 2199, month: 12, day: 31 })
    }

    /// The year, 1900 to 2199.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }
}

/// ISO 8601: `2026-11-21`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse_text(&text).ok_or_else(|| serde::de::Error::custom("not a day"))
    }
}

fn number(text: &str) -> Option<u16> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

const fn length(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

    #[test]
    fn reads_three_fields() {
        assert_eq!(Date::parse_past("1", " 3 ", "1985", TODAY), Ok(Date { year: 1985, month: 3, day: 1 }));
        assert_eq!(
            Date::parse_past("29", "02", "2000", TODAY).map(|date| date.to_string()),
            Ok("2000-02-29".to_owned())
        );
        assert_eq!(Date::parse_past("22", "11", "2026", TODAY), Ok(TODAY));
    }

    #[test]
    fn says_what_is_wrong() {
        for (day, month, year, code) in [
            ("", "", "", "required"),
            ("", "3", "1985", "date_day_missing"),
            ("1", "", "1985", "date_month_missing"),
            ("1", "3", "", "date_year_missing"),
            ("29", "2", "1900", "date_no_such_day"),
            ("31", "4", "1985", "date_no_such_day"),
            ("0", "4", "1985", "date_no_such_day"),
            ("1", "13", "1985", "date_no_such_day"),
            ("un", "4", "1985", "date_no_such_day"),
            ("1", "4", "85", "date_year"),
            ("1", "4", "19855", "date_year"),
            ("23", "11", "2026", "date_future"),
        ] {
            assert_eq!(
                Date::parse_past(day, month, year, TODAY).map_err(|error| error.code()),
                Err(code),
                "{day}/{month}/{year}"
            );
        }
    }

    #[test]
    fn says_from_when_on() {
        let said = [DateError::Year, DateError::Minor, DateError::Future]
            .map(|error| error.data().get("min").cloned());
        assert_eq!(said, [Some(Value::from(1900)), Some(Value::from(18)), None]);
    }

    #[test]
    fn one_is_of_age_on_ones_eighteenth_birthday() {
        let adult = |day: &str, month: &str, year: &str, today: &str| {
            Date::parse_adult(day, month, year, Date::parse_text(today).unwrap()).map(|date| date.to_string())
        };
        assert_eq!(adult("22", "11", "2008", "2026-11-22"), Ok("2008-11-22".to_owned()));
        assert_eq!(adult("23", "11", "2008", "2026-11-22"), Err(DateError::Minor));
        assert_eq!(adult("29", "2", "2008", "2026-02-28"), Err(DateError::Minor));
        assert_eq!(adult("29", "2", "2008", "2026-03-01"), Ok("2008-02-29".to_owned()));
        assert_eq!(adult("29", "2", "2007", "2026-03-01"), Err(DateError::NoSuchDay));
        assert_eq!(adult("1", "1", "2027", "2026-11-22"), Err(DateError::Future));
    }

    proptest! {
        #[test]
        fn both_written_forms_are_read_back(year in 1900_u16..2200, month in 1_u8..13, day in 1_u8..32) {
            if let Some(date) = Date::new(year, month, day) {
                prop_assert_eq!(Date::parse_text(&date.to_string()), Some(date));
                prop_assert_eq!(Date::parse_text(&format!("{day}/{month}/{year}")), Some(date));
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            Date::parse_text(&text);
            let _ = Date::parse_past(&text, &text, &text, TODAY);
        }
    }
}
