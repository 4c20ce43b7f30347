//! The desk (*guichet*) of those who run a portal: coming in with a second factor, work lists (rows D2, D3).

mod accounts;
mod actions;
mod clients;
mod departures;
mod enrolment;
mod entry;
mod hall;
mod help;
mod idle;
mod letters;
mod list;
mod memberships;
mod new_account;
mod print;
mod query;
mod requests;
mod session;
mod sheet;
mod welcome;

pub(crate) use idle::IDLE;
pub(crate) use session::desk_view;
pub(crate) use welcome::welcome_view;

use crate::i18n::I18n;

/// A day as tables show it: `22/11/2026`; the text itself when it is none.
fn day(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [year, month, day] => format!("{day}/{month}/{year}"),
        _ => text.to_owned(),
    }
}

/// A day, or a dash where there is none.
fn day_or_none(i18n: I18n, text: Option<&String>) -> String {
    text.map_or_else(|| i18n.text("desk.no_day"), |text| day(text))
}
