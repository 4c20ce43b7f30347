//! The texts of the language shown.

use std::collections::BTreeMap;

use palier_domain::portal::Portal;
use palier_domain::problem::FieldProblem;
use palier_domain::texts::Texts;
use palier_domain::wording;

use crate::var::Var;

/// The languages there are, with their own names.
pub const LANGUAGES: [(&str, &str); 2] = [("fr", "Français"), ("en", "English")];

/// The texts of the language shown, and those of the other one once it was asked for.
///
/// Reading a text doesn't follow it: the whole page is made again when the language changes ([`I18n::track`]).
/// Texts live as long as the page does, twice at most, so they are plain references.
#[derive(Clone, Copy, Debug)]
pub struct I18n {
    /// The languages known; the one shown is the first.
    known: Var<Vec<(&'static str, &'static Texts)>>,
}

impl I18n {
    /// Starts with one language, French when it is unknown.
    pub fn new(language: &str, texts: BTreeMap<String, String>) -> Self {
        Self { known: Var::new(vec![(named(language), keep(texts))]) }
    }

    /// Shows a language that wasn't known.
    pub fn learn(self, language: &str, texts: BTreeMap<String, String>) {
        self.known.update(|known| known.insert(0, (named(language), keep(texts))));
    }

    /// Shows a language, if it is known; says whether it is.
    pub fn switch(self, language: &str) -> bool {
        let known = self.known.peek(|known| known.iter().position(|(name, _)| *name == language));
        if let Some(at) = known {
            self.known.update(|known| known.swap(0, at));
        }
        known.is_some()
    }

    /// Follows the language.
    pub fn track(self) {
        self.known.with(|_| ());
    }

    /// `fr` or `en`.
    pub fn language(self) -> &'static str {
        self.known.peek(|known| known.first().map_or(LANGUAGES[0].0, |(name, _)| name))
    }

    /// All texts of the language shown.
    pub fn texts(self) -> &'static Texts {
        static NONE: Texts = Texts::new(BTreeMap::new());
        self.known.peek(|known| known.first().map_or(&NONE, |(_, texts)| texts))
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
        self.texts().error(problem, &wording::values(self.texts(), portal))
    }
}

fn named(language: &str) -> &'static str {
    LANGUAGES.iter().map(|(name, _)| *name).find(|name| *name == language).unwrap_or(LANGUAGES[0].0)
}

fn keep(texts: BTreeMap<String, String>) -> &'static Texts {
    Box::leak(Box::new(Texts::new(texts)))
}
