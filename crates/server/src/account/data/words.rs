//! The lists as files: one for programs, one for each spreadsheet, and one that says what they are.

use jiff::Timestamp;
use palier_domain::texts::Texts;
use serde_json::{Map, Value, json};

use super::archive::Named;
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::export::{Cell, List};
use crate::table::table;
use crate::texts::placeholders;

/// Of `donnees.json`: more when a name in it means something else, or is gone.
const SCHEMA: u32 = 1;
/// Lists of which there is one row at most: objects for programs.
const SINGLE: [&str; 2] = ["account", "partner"];

/// All files, what they are first.
pub(super) fn files(post: Post<'_>, lists: &[List]) -> Result<Vec<Named>, ApiError> {
    let own = Words { post, texts: post.state.texts().portal(post.portal.slug(), post.language) };
    let json = serde_json::to_vec_pretty(&own.json(lists)).map_err(|error| ApiError::internal(&error))?;
    let mut files = vec![
        (own.texts.get("data_file.readme").to_owned(), own.readme(lists).into_bytes()),
        ("donnees.json".to_owned(), json),
    ];
    for list in lists.iter().filter(|list| !list.rows.is_empty()) {
        files.push((own.file(list), own.csv(list).map_err(|error| ApiError::internal(&error))?));
    }
    Ok(files)
}

/// A text as the beginning of a line.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[derive(Clone, Copy)]
struct Words<'a> {
    post: Post<'a>,
    texts: &'a Texts,
}

impl Words<'_> {
    fn time(self, moment: Timestamp, format: &str) -> String {
        moment.to_zoned(self.post.portal.time_zone.clone()).strftime(format).to_string()
    }

    /// ISO 8601, with the difference from UTC.
    fn exact(self, moment: Timestamp) -> String {
        self.time(moment, "%Y-%m-%dT%H:%M:%S%:z")
    }

    /// As spreadsheets of the language read it.
    fn local(self, moment: Timestamp) -> String {
        self.time(moment, self.texts.get("data_file.time"))
    }

    fn json(self, lists: &[List]) -> Value {
        let mut whole = Map::new();
        whole.insert("schema".into(), SCHEMA.into());
        whole.insert("made_at".into(), self.exact(self.post.now).into());
        let portal = self.post.portal;
        whole.insert("portal".into(), json!({ "name": portal.public.name, "address": portal.home }));
        let cut: Vec<&str> = lists.iter().filter(|list| list.cut).map(|list| list.name).collect();
        whole.insert("cut".into(), json!(cut));
        for list in lists {
            let mut rows = list.rows.iter().map(|row| {
                let cells = list.columns.iter().zip(row);
                Value::Object(cells.map(|(name, cell)| ((*name).to_owned(), self.value(cell))).collect())
            });
            let value = if SINGLE.contains(&list.name) {
                rows.next().unwrap_or_default()
            } else {
                Value::Array(rows.collect())
            };
            whole.insert(list.name.to_owned(), value);
        }
        Value::Object(whole)
    }

    fn value(self, cell: &Cell) -> Value {
        match cell {
            Cell::None => Value::Null,
            Cell::Text(text) | Cell::Name(text) => text.as_str().into(),
            Cell::Time(moment) => self.exact(*moment).into(),
            Cell::Flag(whether) => (*whether).into(),
            Cell::Number(number) => (*number).into(),
        }
    }

    fn file(self, list: &List) -> String {
        format!("{}.csv", self.texts.get(&format!("data_file.file.{}", list.name)))
    }

    fn csv(self, list: &List) -> anyhow::Result<Vec<u8>> {
        let headers: Vec<String> = list
            .columns
            .iter()
            .map(|name| self.texts.get(&format!("data_file.column.{name}")).to_owned())
            .collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let rows: Vec<Vec<String>> = list
            .rows
            .iter()
            .map(|row| list.columns.iter().zip(row).map(|(name, cell)| self.cell(list, name, cell)).collect())
            .collect();
        table(&headers, rows.iter().map(Vec::as_slice))
    }

    fn cell(self, list: &List, column: &str, cell: &Cell) -> String {
        match cell {
            Cell::None => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Name(name) if list.name == "emails" && column == "kind" => self.subject(name),
            Cell::Name(name) => self.name(name),
            Cell::Time(moment) => self.local(*moment),
            Cell::Flag(whether) => self.name(if *whether { "yes" } else { "no" }),
            Cell::Number(number) => number.to_string(),
        }
    }

    /// A name that the program has for something, in words where there are some.
    fn name(self, name: &str) -> String {
        let key = format!("data_file.value.{name}");
        self.texts.find(&key).unwrap_or(name).to_owned()
    }

    /// What an e-mail is about: its subject, without what it said of the case.
    fn subject(self, kind: &str) -> String {
        let key = format!("mail.{kind}.subject");
        let Some(text) = self.texts.find(&key) else { return kind.to_owned() };
        let own = self.post.portal.public.name.as_str();
        let values: Vec<(&str, &str)> = placeholders(text)
            .into_iter()
            .map(|name| (name, if name == "portal" { own } else { "…" }))
            .collect();
        self.texts.with(&key, &values)
    }

    fn readme(self, lists: &[List]) -> String {
        let portal = self.post.portal;
        let made = self.local(self.post.now);
        let values = [
            ("portal", portal.public.name.as_str()),
            ("made", made.as_str()),
            ("dpo", portal.dpo_email.as_str()),
            ("phone", portal.public.contact.phone.as_str()),
        ];
        let said = |part: &str| self.texts.with(&format!("data_file.readme_text.{part}"), &values);
        let mut lines = vec![said("title"), String::new(), said("made"), String::new(), said("files")];
        lines.push(format!("- donnees.json{}{}", said("colon"), said("json")));
        for list in lists {
            let key = format!("data_file.title.{}", list.name);
            let title = self.texts.get(&key);
            let line = if list.rows.is_empty() {
                let none = said("none");
                format!("- {title}{}{none}", said("colon"))
            } else {
                format!("- {}{}{title} ({})", self.file(list), said("colon"), list.rows.len())
            };
            lines.push(if list.cut { format!("{line} {}", said("cut")) } else { line });
        }
        for part in ["left_out", "places", "emails", "times", "care", "questions"] {
            lines.extend([String::new(), said(part)]);
        }
        // As the editors of all systems show it.
        let text = lines.join("\r\n");
        format!("\u{feff}{text}\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::export::TABLES;
    use crate::texts::{Catalog, LANGUAGES};

    #[test]
    fn lines_begin_with_a_capital() {
        assert_eq!(capital("état"), "État");
        assert_eq!(capital(""), "");
    }

    #[test]
    fn d4_every_table_is_given_or_has_its_reason() {
        use crate::store::export::Treatment;
        let catalog = Catalog::new();
        for (table, treatment) in TABLES {
            match treatment {
                Treatment::Out(why) => assert!(why.len() > 5, "{table}"),
                Treatment::In(lists) => {
                    let known = |part: &str, name: &str, language: &str| {
                        catalog.shared(language).find(&format!("data_file.{part}.{name}")).is_some()
                    };
                    let named = |name: &&str, language: &str| {
                        known("file", name, language) && known("title", name, language)
                    };
                    assert!(
                        LANGUAGES.iter().all(|language| lists.iter().all(|name| named(name, language))),
                        "{table}"
                    );
                }
            }
        }
    }
}
