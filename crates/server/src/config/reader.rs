//! TOML read key by key, so that all faults are found in one go, each with its line.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use palier_domain::values::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Faults;

/// A file: its name for messages, and its text.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) faults: &'a Faults,
}

impl File<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    /// Notes a fault at a line.
    pub(super) fn fault(&self, line: usize, reason: impl Into<String>) {
        self.faults.add(self.name, line, reason);
    }
}

/// A value and the line it stands on.
#[derive(Clone, Debug)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

/// A table of the file, its keys taken out one by one.
pub(super) struct Section<'a> {
    file: File<'a>,
    /// `[contact]`, or nothing for the file itself.
    title: String,
    /// The line where it begins.
    pub(super) line: usize,
    entries: BTreeMap<String, (usize, Spanned<DeValue<'a>>)>,
    known: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Section<'a> {
    /// The whole file; faults of writing (a missing quote…) are noted, and what could be read is read.
    pub(super) fn open(file: File<'a>) -> Self {
        let (table, errors) = DeTable::parse_recoverable(file.text);
        for error in errors {
            let line = error.span().map_or(1, |span| file.line(span.start));
            file.fault(line, error.message().replace('\n', " "));
        }
        Self::new(file, String::new(), 1, table.into_inner())
    }

    fn new(file: File<'a>, title: String, line: usize, table: DeTable<'a>) -> Self {
        let entries = table
            .into_iter()
            .map(|(key, value)| (key.get_ref().to_string(), (file.line(key.span().start), value)))
            .collect();
        Self { file, title, line, entries, known: RefCell::default() }
    }

    /// The file it is in.
    pub(super) const fn file(&self) -> File<'a> {
        self.file
    }

    fn take(&self, key: &'static str) -> Option<(usize, &DeValue<'a>)> {
        self.known.borrow_mut().insert(key);
        self.entries.get(key).map(|(line, value)| (*line, value.get_ref()))
    }

    fn read<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&DeValue<'a>) -> Option<T>,
    ) -> Option<Located<T>> {
        let (line, value) = self.take(key)?;
        let read = read(value);
        if read.is_none() {
            self.file.fault(line, format!("`{key}` must be {wanted}"));
        }
        read.map(|value| Located { value, line })
    }

    /// A text that may be absent; an empty one is a fault.
    pub(super) fn text(&self, key: &'static str) -> Option<Located<String>> {
        self.read(key, "a text between quotes, not empty", |value| {
            value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        })
    }

    /// A text that may be absent or empty.
    pub(super) fn text_or_empty(&self, key: &'static str) -> Option<Located<String>> {
        self.read(key, "a text between quotes", |value| value.as_str().map(|text| text.trim().to_owned()))
    }

    /// A text that must be there; the empty text once its absence is noted.
    pub(super) fn need(&self, key: &'static str) -> Located<String> {
        let absent = !self.entries.contains_key(key);
        if absent {
            self.known.borrow_mut().insert(key);
            self.missing(key);
        }
        self.text(key).unwrap_or(Located { value: String::new(), line: self.line })
    }

    /// Notes that a key must be there.
    pub(super) fn missing(&self, key: &str) {
        let place = if self.title.is_empty() { "the file".to_owned() } else { format!("`{}`", self.title) };
        self.file.fault(self.line, format!("`{key}` is missing from {place}"));
    }

    /// A whole number in a range; `default` where it is absent or wrong.
    pub(super) fn number(&self, key: &'static str, range: RangeInclusive<u32>, default: u32) -> u32 {
        self.whole(key, range).map_or(default, |found| found.value)
    }

    /// A whole number in a range, that may be absent.
    pub(super) fn whole(&self, key: &'static str, range: RangeInclusive<u32>) -> Option<Located<u32>> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        self.read(key, &wanted, |value| whole(value, &range))
    }

    /// The same, or a word that stands for no number; none too where it is absent or wrong.
    pub(super) fn whole_or(
        &self,
        key: &'static str,
        range: RangeInclusive<u32>,
        word: &'static str,
    ) -> Option<u32> {
        let wanted = format!("a whole number from {} to {}, or \"{word}\"", range.start(), range.end());
        let found = self.read(key, &wanted, |value| match value.as_str() {
            Some(text) => (text == word).then_some(None),
            None => whole(value, &range).map(Some),
        });
        found.and_then(|found| found.value)
    }

    /// A day that may be absent: `2026-11-21`, with or without quotes.
    pub(super) fn day(&self, key: &'static str) -> Option<Located<Date>> {
        self.read(key, "a day such as 2026-11-21", |value| match value {
            DeValue::Datetime(day) => Date::parse_text(&day.to_string()),
            other => other.as_str().and_then(Date::parse_text),
        })
    }

    /// A list of whole numbers in a range; empty where it is absent.
    pub(super) fn numbers(&self, key: &'static str, range: RangeInclusive<u32>) -> Located<Vec<u32>> {
        let wanted = format!("a list of whole numbers from {} to {}", range.start(), range.end());
        let found = self.read(key, &wanted, |value| {
            let number = |item: &Spanned<DeValue<'a>>| {
                let number: u32 = item.get_ref().as_integer()?.as_str().parse().ok()?;
                range.contains(&number).then_some(number)
            };
            value.as_array()?.iter().map(number).collect()
        });
        found.unwrap_or(Located { value: Vec::new(), line: self.line })
    }

    /// The tables of a list of tables (`[[…]]`), that may be absent.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Section<'a>> {
        let Some((line, value)) = self.take(key) else { return Vec::new() };
        let title = format!("[{}]", self.inner_title(key));
        let Some(items) = value.as_array() else {
            self.file.fault(line, format!("`{key}` must be a list of tables: `[{title}]`"));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            let line = self.file.line(item.span().start);
            match item.get_ref().as_table() {
                Some(table) => found.push(Self::new(self.file, title.clone(), line, table.clone())),
                None => self.file.fault(line, format!("`{key}` must be a list of tables: `[{title}]`")),
            }
        }
        found
    }

    fn inner_title(&self, key: &str) -> String {
        match self.title.strip_prefix('[').and_then(|title| title.strip_suffix(']')) {
            Some(outer) => format!("{outer}.{key}"),
            None => key.to_owned(),
        }
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// `true` or `false`; `false` where it is absent.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        self.read(key, "true or false", DeValue::as_bool).is_some_and(|found| found.value)
    }

    /// One of a few words; the first where it is absent or wrong.
    pub(super) fn choice(&self, key: &'static str, words: &[&'static str]) -> &'static str {
        let wanted = format!(
            "one of {}",
            words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
        );
        let find = |value: &DeValue<'_>| {
            value.as_str().and_then(|text| words.iter().find(|word| **word == text)).copied()
        };
        let first = words.first().copied().unwrap_or_default();
        self.read(key, &wanted, find).map_or(first, |found| found.value)
    }

    /// A list of texts; empty where it is absent.
    pub(super) fn list(&self, key: &'static str) -> Vec<Located<String>> {
        let Some((line, value)) = self.take(key) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.file.fault(line, format!("`{key}` must be a list of texts"));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            let line = self.file.line(item.span().start);
            match item.get_ref().as_str() {
                Some(text) => found.push(Located { value: text.trim().to_owned(), line }),
                None => self.file.fault(line, format!("`{key}` must be a list of texts")),
            }
        }
        found
    }

    /// A table inside this one, that may be absent.
    pub(super) fn section(&self, key: &'static str) -> Option<Section<'a>> {
        let (line, value) = self.take(key)?;
        let title = format!("[{}]", self.inner_title(key));
        let Some(table) = value.as_table() else {
            self.file.fault(line, format!("`{key}` must be a table: `{title}`"));
            return None;
        };
        Some(Self::new(self.file, title, line, table.clone()))
    }

    /// A table that must be there; an empty one once its absence is noted.
    pub(super) fn need_section(&self, key: &'static str) -> Option<Section<'a>> {
        let found = self.section(key);
        if found.is_none() && !self.has(key) {
            self.missing(&format!("[{key}]"));
        }
        found
    }

    /// All of this table as texts by dotted key, whatever the keys are.
    pub(super) fn texts(&self) -> BTreeMap<String, Located<String>> {
        let mut found = BTreeMap::new();
        let mut pending: Vec<(String, usize, DeValue<'a>)> = self
            .entries
            .iter()
            .map(|(key, (line, value))| (key.clone(), *line, value.get_ref().clone()))
            .collect();
        while let Some((key, line, value)) = pending.pop() {
            match value {
                DeValue::String(text) => {
                    found.insert(key, Located { value: text.into_owned(), line });
                }
                DeValue::Table(table) => {
                    for (name, value) in table {
                        let line = self.file.line(name.span().start);
                        pending.push((format!("{key}.{}", name.get_ref()), line, value.into_inner()));
                    }
                }
                _ => self.file.fault(line, format!("`{key}` must be a text between quotes")),
            }
        }
        found
    }

    /// Notes every key that nobody asked for. Call it last.
    pub(super) fn end(self) {
        let known = self.known.into_inner();
        for (key, (line, _)) in &self.entries {
            if known.contains(key.as_str()) {
                continue;
            }
            let place = if self.title.is_empty() { String::new() } else { format!(" in `{}`", self.title) };
            let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.file.fault(*line, format!("unknown key `{key}`{place}; there are {list}"));
        }
    }
}

fn whole(value: &DeValue<'_>, range: &RangeInclusive<u32>) -> Option<u32> {
    let number = value.as_integer()?;
    let number = u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()?;
    range.contains(&number).then_some(number)
}
