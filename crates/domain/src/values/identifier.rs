use std::fmt;

use crate::problem::Coded;

/// The identifier by which a tenant can sign in without the e-mail address (*identifiant*, T7): eight characters
/// without look-alikes, shown as `K7TM-94PX`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LoginIdentifier(String);

/// Why a text isn't an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierError {
    /// Not eight characters of the alphabet.
    Shape,
}

impl Coded for IdentifierError {
    fn code(&self) -> &'static str {
        "identifier_shape"
    }
}

/// Thirty characters that can't be taken for one another: no 0 O, 1 I L, U V, and no vowels that make words.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

impl LoginIdentifier {
    /// Reads what a person typed, in any case, with or without spaces and dashes.
    pub fn parse(typed: &str) -> Result<Self, IdentifierError> {
        let bare: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let right = bare.len() == LENGTH && bare.bytes().all(|byte| ALPHABET.contains(&byte));
        if right { Ok(Self(bare)) } else { Err(IdentifierError::Shape) }
    }

    /// Makes one from random bytes; each is used modulo the alphabet, which for a name (not a secret) is even enough.
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        Self(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect())
    }

    /// The eight characters, without the dash: what is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As shown to people: `K7TM-94PX`.
impl fmt::Display for LoginIdentifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = self.0.split_at(LENGTH / 2);
        write!(formatter, "{start}-{end}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn is_read_in_any_case_with_spaces() {
        for typed in ["K7TM-94PX", "k7tm94px", " k7tm 94px ", "K7TM–94PX"] {
            assert_eq!(LoginIdentifier::parse(typed).as_ref().map(LoginIdentifier::as_str), Ok("K7TM94PX"));
        }
        for typed in ["", "K7TM-94P", "K7TM-94PXX", "K7TM-94P0", "marie@exemple.fr"] {
            assert!(LoginIdentifier::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn is_shown_in_two_groups_and_made_of_the_whole_alphabet() {
        let made = LoginIdentifier::from_random([0, 1, 29, 30, 59, 60, 254, 255]);
        assert_eq!(made.to_string(), "23Z2-Z2GH");
    }

    #[test]
    fn what_is_wrong_has_a_code_of_its_own() {
        assert_eq!(IdentifierError::Shape.code(), "identifier_shape");
    }

    proptest! {
        #[test]
        fn each_one_made_is_read_back(bytes: [u8; 8]) {
            let made = LoginIdentifier::from_random(bytes);
            prop_assert_eq!(LoginIdentifier::parse(&made.to_string()), Ok(made));
        }
    }
}
