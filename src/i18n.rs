//! The texts of the language shown.

use std::collections::BTreeMap;

use leptos::prelude::*;
use palier_domain::portal::Portal;
use palier_domain::problem::FieldProblem;
use palier_domain::texts::Texts;
use palier_domain::wording;
use serde_json::Value;

/// The languages there are, with their own names.
pub const LANGUAGES: [(&str, &str); 2] = [("fr", "Français"), ("en", "English")];

/// The texts of the language shown, and those of the other one once it was asked for.
///
/// Reading a text doesn't subscribe to it: the whole page is made again when the language changes ([`I18n::track`]).
/// Texts live as long as the page does, twice at most, so they are plain references.
#[derive(Clone, Copy)]
pub struct I18n {
    shown: RwSignal<(&'static str, &'static Texts)>,
    known: StoredValue<Vec<(&'static str, &'static Texts)>>,
}

impl I18n {
    /// Starts with one language, French when it is unknown.
    pub fn new(language: &str, texts: BTreeMap<String, String>) -> Self {
        let first = (named(language), keep(texts));
        Self { shown: RwSignal::new(first), known: StoredValue::new(vec![first]) }
    }

    /// Shows another language. `texts` is none when it was shown before.
    pub fn switch(self, language: &str, texts: Option<BTreeMap<String, String>>) {
        let language = named(language);
        if let Some(texts) = texts {
            self.known.update_value(|known| known.push((language, keep(texts))));
        }
        if let Some(texts) = self.find(language) {
            self.shown.set((language, texts));
        }
    }

    /// Whether a language can be shown without asking the server.
    pub fn knows(self, language: &str) -> bool {
        self.find(language).is_some()
    }

    fn find(self, language: &str) -> Option<&'static Texts> {
        self.known
            .with_value(|known| known.iter().find(|(name, _)| *name == language).map(|(_, texts)| *texts))
    }

    /// Subscribes to the language.
    pub fn track(self) {
        self.shown.track();
    }

    /// `fr` or `en`.
    pub fn language(self) -> &'static str {
        self.shown.get_untracked().0
    }

    /// All texts of the language shown.
    pub fn texts(self) -> &'static Texts {
        self.shown.get_untracked().1
    }

    /// A text without values.
    pub fn t(self, key: &'static str) -> &'static str {
        self.texts().get(key)
    }

    /// A text whose key is put together.
    pub fn text(self, key: &str) -> String {
        self.texts().get(key).to_owned()
    }

    /// A text, if there is one.
    pub fn find_text(self, key: &str) -> Option<String> {
        self.texts().find(key).map(str::to_owned)
    }

    /// A text with its values.
    pub fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        self.texts().with(key, values)
    }

    /// A text with the values of a portal.
    pub fn portal(self, key: &str, portal: &Portal) -> String {
        wording::text(self.texts(), key, portal)
    }

    /// What is wrong with a field, in words; they may name what the portal's texts name.
    pub fn error(self, problem: &FieldProblem, portal: &Portal) -> String {
        let mut problem = problem.clone();
        for (name, value) in wording::values(self.texts(), portal) {
            problem.data.entry(name.to_owned()).or_insert_with(|| Value::from(value));
        }
        self.texts().error(&problem)
    }
}

fn named(language: &str) -> &'static str {
    LANGUAGES.iter().map(|(name, _)| *name).find(|name| *name == language).unwrap_or(LANGUAGES[0].0)
}

fn keep(texts: BTreeMap<String, String>) -> &'static Texts {
    Box::leak(Box::new(Texts::new(texts)))
}
