//! The texts of pages, e-mails and letters, each portal's own wording laid over them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use palier_domain::texts::Texts;

/// The languages there are; the first is the one of those who chose none and whose portal says nothing.
pub const LANGUAGES: [&str; 2] = ["fr", "en"];

/// The language called `name`, or French.
pub fn language(name: &str) -> &'static str {
    LANGUAGES.into_iter().find(|known| *known == name).unwrap_or(LANGUAGES[0])
}

/// Bytes in lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// All texts: by language, and by portal where it has its own wording.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    shared: BTreeMap<&'static str, Texts>,
    portals: BTreeMap<(String, &'static str), Texts>,
    empty: Texts,
}

impl Catalog {
    /// The texts of a language, server-only ones included, as no portal in particular words them.
    pub fn shared(&self, language: &str) -> &Texts {
        self.shared.get(self::language(language)).unwrap_or(&self.empty)
    }

    /// The texts of a language as a portal words them, server-only ones included.
    pub fn portal(&self, slug: &str, language: &str) -> &Texts {
        self.portals.get(&(slug.to_owned(), self::language(language))).unwrap_or_else(|| self.shared(language))
    }
}
