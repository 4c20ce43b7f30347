//! Cells that several kinds of files have, and what may be in them.

use palier_domain::fold::{is_hidden, tidy};
use palier_domain::problem::{FieldProblem, data};
use palier_domain::values::{AddressError, Email, PostalAddress};

use super::table::{Fault, Line};

/// The lines of a postal address.
pub(super) const LINES: [&str; PostalAddress::LINES] =
    ["ligne_1", "ligne_2", "ligne_3", "ligne_4", "ligne_5", "ligne_6"];

/// Characters of a name.
pub(super) const NAME: usize = 200;

/// Words that must be there.
pub(super) fn needed(
    line: &Line<'_>,
    column: &'static str,
    name: &str,
    most: usize,
) -> Result<String, Fault> {
    let words = words(line, column, name, most)?;
    if words.is_empty() { Err((column, FieldProblem::plain(name, "required"))) } else { Ok(words) }
}

/// Words that can be printed: all of them seen, and not too many.
pub(super) fn words(line: &Line<'_>, column: &'static str, name: &str, most: usize) -> Result<String, Fault> {
    let words = tidy(line.cell(column));
    if words.chars().any(is_hidden) {
        return Err((column, FieldProblem::plain(name, "invisible")));
    }
    if words.chars().count() > most {
        let problem =
            FieldProblem { data: data([("max", most.into())]), ..FieldProblem::plain(name, "too_long") };
        return Err((column, problem));
    }
    Ok(words)
}

/// An e-mail address that may be left out.
pub(super) fn email(line: &Line<'_>) -> Result<Option<Email>, Fault> {
    optional(line.cell("email"), |text| {
        Email::parse(text).map_err(|error| ("email", FieldProblem::new("email", &error)))
    })
}

/// A postal address, made of its lines by `read`.
pub(super) fn address<'l>(
    line: &Line<'l>,
    read: impl FnOnce([&'l str; PostalAddress::LINES]) -> Result<PostalAddress, AddressError>,
) -> Result<PostalAddress, Fault> {
    read(LINES.map(|column| line.cell(column))).map_err(|error| {
        let column = LINES.get(error.line().saturating_sub(1)).copied().unwrap_or_default();
        (column, FieldProblem::new("address", &error))
    })
}

/// An empty cell is no value; anything else must be a right one.
pub(super) fn optional<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}
