//! The text of letters: to legal representatives (A4), to partners (P2).

use std::collections::BTreeMap;

use super::{Library, Written};
use crate::config::Faults;
use crate::paper::{LETTER_VALUES, PARTNER_VALUES};
use crate::texts::LANGUAGES;

/// Where the template puts the code, with its QR code, where to type it, and until when.
const CODE_ALONE: &str = "`{code}`";
/// A kind of letters, and what its text is made of.
#[derive(Clone, Copy, Debug)]
pub struct LetterText {
    /// Where it is below `documents/`: `FOLDER/LANGUAGE.md`.
    pub folder: &'static str,
    /// The values that each letter gives.
    pub given: &'static [&'static str],
    /// What it must say: without these nobody knows what it is about, nor what to do.
    pub said: &'static [&'static str],
}

/// Letters to legal representatives.
pub const TO_REPRESENTATIVES: LetterText = LetterText {
    folder: "courrier",
    given: &LETTER_VALUES,
    said: &["applicant", "organisation", "phone", "reference", "refusal"],
};

/// Letters to partners.
pub const TO_PARTNERS: LetterText = LetterText {
    folder: "identifiants",
    given: &PARTNER_VALUES,
    said: &["user_number", "activation", "help", "phone", "valid_until"],
};

impl Library {
    /// The text of letters of a kind, for paper: `own` is what this letter says.
    pub fn letter(
        &self,
        slug: &str,
        folder: &str,
        language: &str,
        own: &BTreeMap<&str, String>,
    ) -> Option<Written> {
        let (known, language) = (self.portals.get(slug)?, crate::texts::language(language));
        let source = self.sources.get(&format!("{folder}/{language}.md"))?;
        let value = |name: &str| own.get(name).map(String::as_str).or_else(|| known.value(language, name));
        Some(Written::new(&source.text, &known.home, &value))
    }

    /// Notes what is wrong with the text of letters of a kind.
    pub fn check_letter(&self, slug: &str, kind: LetterText, faults: &Faults) {
        let Some(known) = self.portals.get(slug) else { return };
        for language in LANGUAGES {
            let path = format!("{}/{language}.md", kind.folder);
            let Some(source) = self.sources.get(&path) else {
                faults.add(&format!("documents/{path}"), None, "this document is missing");
                continue;
            };
            if !source.text.lines().any(|line| line.trim() == CODE_ALONE) {
                let reason = format!("the letter must have {CODE_ALONE} as a paragraph of its own");
                faults.add(&source.place, 1, reason);
            }
            for name in kind.said {
                if !source.text.contains(&format!("{{{name}}}")) {
                    faults.add(&source.place, 1, format!("the letter must say {{{name}}}"));
                }
            }
            let given = |name: &str| kind.given.contains(&name) || known.value(language, name).is_some();
            for (line, unknown) in source.unknown_placeholders(given) {
                let reason = format!("nobody gives a value for {{{unknown}}}");
                faults.add(&source.place, line, reason);
            }
        }
    }
}
