use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fold::{is_letter, is_mark, key, tidy};
use crate::problem::{Coded, Data, data};

/// A surname or first name in any script: letters, marks, apostrophes, hyphens, full stops and spaces; at most 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

/// Why a text isn't a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Nothing typed.
    Required,
    /// A character that names don't have: a digit, an emoji, a control of writing direction…
    Character(char),
    /// No letter at all.
    NoLetter,
    /// Longer than 100 characters.
    TooLong,
}

const MAX: usize = 100;

impl Coded for NameError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Character(_) => "name_character",
            Self::NoLetter => "name_no_letter",
            Self::TooLong => "too_long",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::TooLong => data([("max", Value::from(MAX))]),
            // A character that can't be seen is shown by its number; showing it would change the message itself.
            Self::Character(found) if found.is_control() || is_invisible(*found) => {
                data([("found", Value::from(format!("U+{:04X}", u32::from(*found))))])
            }
            Self::Character(found) => data([("found", Value::from(found.to_string()))]),
            Self::Required | Self::NoLetter => Data::new(),
        }
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
}

/// How a landlord compares the surname typed with the main signatory's (*signataire principal*, T3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameRule {
    /// The whole name, as on the lease or as one of the other names known for it.
    #[default]
    Whole,
    /// One part of a compound is enough: `Martin` for `Martin-Durand`, and `Martin-Durand` for `Martin`.
    OnePart,
}

impl PersonName {
    /// Reads what a person typed: spaces are tidied, the typographic apostrophe is kept.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        let name = tidy(typed);
        if name.is_empty() {
            return Err(NameError::Required);
        }
        if name.chars().count() > MAX {
            return Err(NameError::TooLong);
        }
        let allowed = |c: &char| {
            is_letter(*c) || is_mark(*c) || matches!(c, ' ' | '-' | '‐' | '‑' | '\'' | '’' | 'ʼ' | '.')
        };
        if let Some(found) = name.chars().find(|character| !allowed(character)) {
            return Err(NameError::Character(found));
        }
        // Some accents are letters to Unicode; alone, they leave nothing that could be compared.
        if key(&name).is_empty() {
            return Err(NameError::NoLetter);
        }
        Ok(Self(name))
    }

    /// Whether this, typed by a person, is the name on the lease or one of its other names (T3).
    ///
    /// Case, accents, hyphens, apostrophes and the spacing of particles never matter.
    pub fn matches<'a>(&self, on_lease: impl IntoIterator<Item = &'a str>, rule: NameRule) -> bool {
        let typed = key(&self.0);
        on_lease.into_iter().any(|name| {
            let known = key(name);
            !known.is_empty()
                && (typed == known
                    || (rule == NameRule::OnePart
                        && (parts(name).contains(&typed) || parts(&self.0).contains(&known))))
        })
    }

    /// The name as typed, tidied.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Words that belong to the one after them: `de La Tour` is one part.
const PARTICLES: [&str; 24] = [
    "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el", "al", "ben",
    "l", "la", "le", "les", "mac", "van", "von", "y",
];

/// Words between the two names of a couple.
const AND: [&str; 3] = ["et", "ou", "and"];

/// The parts of a compound name, as keys: `Martin - de La Tour` gives `martin` and `delatour`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut pending = String::new();
    for word in name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '/' | '\'' | '’'))
    {
        let word = key(word);
        if word.is_empty() || AND.contains(&word.as_str()) {
            continue;
        }
        pending.push_str(&word);
        if !PARTICLES.contains(&word.as_str()) {
            parts.push(std::mem::take(&mut pending));
        }
    }
    if !pending.is_empty() {
        parts.push(pending);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(typed: &str) -> PersonName {
        PersonName::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error:?}"))
    }

    #[test]
    fn names_of_the_world_are_names() {
        for typed in [
            "Ly",
            "O",
            "D’Almeida",
            "d'Almeida",
            "Nguyễn",
            "محمد",
            "Şahin",
            "de La Tour",
            "O'Brien-Łukasz",
            "St. John",
        ] {
            assert!(PersonName::parse(typed).is_ok(), "{typed}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(PersonName::parse(" "), Err(NameError::Required));
        assert_eq!(PersonName::parse("Dur4nd"), Err(NameError::Character('4')));
        assert_eq!(PersonName::parse("Durand 😀"), Err(NameError::Character('😀')));
        assert_eq!(PersonName::parse("Durand\u{202e}"), Err(NameError::Character('\u{202e}')));
        assert_eq!(PersonName::parse("-'-"), Err(NameError::NoLetter));
        assert_eq!(PersonName::parse("\u{65e}"), Err(NameError::NoLetter), "an accent without a letter");
        assert_eq!(PersonName::parse(&"a".repeat(300)), Err(NameError::TooLong));
        assert!(PersonName::parse(&"a".repeat(100)).is_ok());
        assert_eq!(NameError::Character('\u{202e}').data()["found"], "U+202E");
        assert_eq!(NameError::Character('4').data()["found"], "4");
    }

    #[test]
    fn is_kept_as_typed_but_for_its_spaces() {
        assert_eq!(name("  de  La Tour ").as_str(), "de La Tour");
    }

    #[test]
    fn whole_names_match_whatever_their_spelling() {
        for (typed, on_lease) in [
            ("lefevre", "LEFÈVRE"),
            ("Delatour", "de La Tour"),
            ("dalmeida", "D'ALMEIDA"),
            ("D’Almeida", "D'ALMEIDA"),
            ("Martin Durand", "MARTIN-DURAND"),
        ] {
            assert!(name(typed).matches([on_lease], NameRule::Whole), "{typed} / {on_lease}");
        }
        assert!(!name("Martin").matches(["MARTIN-DURAND"], NameRule::Whole));
        assert!(name("Durand").matches(["MARTIN", "DURAND"], NameRule::Whole));
    }

    #[test]
    fn one_part_of_a_compound_is_enough_where_the_landlord_says_so() {
        for (typed, on_lease) in [
            ("Martin", "MARTIN-DURAND"),
            ("durand", "Martin ou Durand"),
            ("Martin-Durand", "Martin"),
            ("de la Tour", "Martin-de La Tour"),
        ] {
            assert!(name(typed).matches([on_lease], NameRule::OnePart), "{typed} / {on_lease}");
        }
        assert!(!name("de").matches(["de La Tour"], NameRule::OnePart));
        assert!(!name("Mart").matches(["Martin-Durand"], NameRule::OnePart));
        assert!(!name("Ou").matches(["Martin ou Durand"], NameRule::OnePart), "a word between two names");
        assert!(!name("de").matches(["de - La Tour"], NameRule::OnePart), "a particle, apart from its name");
        assert!(
            name("Van").matches(["Martin Van"], NameRule::OnePart),
            "a name that is a particle elsewhere"
        );
    }

    proptest! {
        #[test]
        fn a_name_matches_itself_in_capitals(typed in "[a-zà-ÿ]{1,12}([ '-][a-zà-ÿ]{1,12}){0,3}") {
            if let Ok(name) = PersonName::parse(&typed) {
                prop_assert!(name.matches([typed.to_uppercase().as_str()], NameRule::Whole));
            }
        }

        #[test]
        fn never_panics(typed in "\\PC{0,120}", on_lease in "\\PC{0,60}") {
            if let Ok(name) = PersonName::parse(&typed) {
                name.matches([on_lease.as_str()], NameRule::OnePart);
            }
        }
    }
}
