//! The text of letters to legal representatives (A4).

use std::collections::BTreeMap;

use super::{Library, Written};
use crate::config::Faults;
use crate::texts::LANGUAGES;

/// Where the template puts the code, with its QR code, where to type it, and until when.
const CODE_ALONE: &str = "`{code}`";
/// Without these nobody knows what a letter is about, nor how to refuse.
const SAID_IN_LETTERS: [&str; 5] = ["applicant", "organisation", "phone", "reference", "refusal"];

fn letter_path(language: &str) -> String {
    format!("courrier/{language}.md")
}

impl Library {
    /// The text of letters to legal representatives, for paper: `own` is what this letter says.
    pub fn letter(&self, slug: &str, language: &str, own: &BTreeMap<&str, String>) -> Option<Written> {
        let (known, language) = (self.portals.get(slug)?, crate::texts::language(language));
        let source = self.sources.get(&letter_path(language))?;
        let value = |name: &str| own.get(name).map(String::as_str).or_else(|| known.value(language, name));
        Some(Written::new(&source.text, &known.home, &value))
    }

    /// Notes what is wrong with the text of letters. `own` are the values that each letter gives.
    pub fn check_letter(&self, slug: &str, own: &[&str], faults: &Faults) {
        let Some(known) = self.portals.get(slug) else { return };
        for language in LANGUAGES {
            let path = letter_path(language);
            let Some(source) = self.sources.get(&path) else {
                faults.add(&format!("documents/{path}"), None, "this document is missing");
                continue;
            };
            if !source.text.lines().any(|line| line.trim() == CODE_ALONE) {
                let reason = format!("the letter must have {CODE_ALONE} as a paragraph of its own");
                faults.add(&source.place, 1, reason);
            }
            for name in SAID_IN_LETTERS {
                if !source.text.contains(&format!("{{{name}}}")) {
                    faults.add(&source.place, 1, format!("the letter must say {{{name}}}"));
                }
            }
            let given = |name: &str| own.contains(&name) || known.value(language, name).is_some();
            for (line, unknown) in source.unknown_placeholders(given) {
                let reason = format!("nobody gives a value for {{{unknown}}}");
                faults.add(&source.place, line, reason);
            }
        }
    }
}
