//! Moments as people read them, on the clock of their own device.

use js_sys::Date;
use wasm_bindgen::JsValue;

/// `14 h 10` (French), `14:10`; the text itself when it isn't RFC 3339.
pub(crate) fn time_of_day(moment: &str, language: &str) -> String {
    read(moment).map_or_else(|| moment.to_owned(), |date| time(&date, language))
}

/// `22/11/2026 à 14 h 10`; the text itself when it isn't RFC 3339.
#[cfg(any(feature = "mediation", feature = "office", feature = "account"))]
pub(crate) fn date_and_time(moment: &str, language: &str) -> String {
    read(moment).map_or_else(
        || moment.to_owned(),
        |date| {
            let (day, month, year) = (date.get_date(), date.get_month() + 1, date.get_full_year());
            let between = if language == "fr" { " à " } else { ", " };
            format!("{day:02}/{month:02}/{year}{between}{}", time(&date, language))
        },
    )
}

fn read(moment: &str) -> Option<Date> {
    let date = Date::new(&JsValue::from_str(moment));
    (!date.get_time().is_nan()).then_some(date)
}

fn time(date: &Date, language: &str) -> String {
    let (hours, minutes) = (date.get_hours(), date.get_minutes());
    if language == "fr" {
        format!("{hours}\u{a0}h\u{a0}{minutes:02}")
    } else {
        format!("{hours}:{minutes:02}")
    }
}
