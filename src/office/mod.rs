//! The pages of those who are signed in and work: an organisation's users, its journal, the link of an invitation,
//! that of an objection (rows A7–A9).

mod invitation;
mod journal;
mod objection;
mod users;

pub(crate) use invitation::invitation_view;
pub(crate) use journal::journal_view;
pub(crate) use objection::OBJECTION;
pub(crate) use users::users_view;

use palier_domain::values::Date;
use palier_domain::wording;

use crate::i18n::I18n;

/// A day in words; the text itself when it is none.
fn day(i18n: I18n, text: &str) -> String {
    Date::parse_text(text).map_or_else(|| text.to_owned(), |date| wording::day(i18n.texts(), date))
}
