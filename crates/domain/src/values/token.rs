use std::fmt;

use crate::problem::Coded;

/// A secret that a link carries in its fragment: 256 random bits, as 43 characters of URL-safe base 64.
///
/// Stored hashed only; single use; superseded by newer ones (`standards.md`, passwords and codes).
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a text isn't a token: the link was cut or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// Not 43 characters of the alphabet.
    Shape,
}

impl Coded for TokenError {
    fn code(&self) -> &'static str {
        "link_broken"
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LENGTH: usize = 43;

impl Token {
    /// Reads the fragment of a link; the sign `#` and spaces around are forgiven.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim().trim_start_matches('#');
        let right = text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        if right { Ok(Self(text.to_owned())) } else { Err(TokenError::Shape) }
    }

    /// Makes one from 256 random bits.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        let mut text = String::with_capacity(LENGTH);
        for chunk in bytes.chunks(3) {
            let group = chunk.iter().fold(0_u32, |group, byte| (group << 8) | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            for place in 0..=chunk.len() {
                let index = (group >> (18 - 6 * place)) & 63;
                text.push(char::from(ALPHABET[index as usize]));
            }
        }
        Self(text)
    }

    /// The characters, to put in a link or to hash. Never to log.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn is_base_64_for_urls() {
        assert_eq!(Token::from_random([0; 32]).reveal(), "A".repeat(43));
        assert_eq!(Token::from_random([255; 32]).reveal(), format!("{}8", "_".repeat(42)));
        assert!(!format!("{:?}", Token::from_random([7; 32])).contains("Bw"));
    }

    #[test]
    fn a_link_that_was_cut_or_changed_is_none() {
        for text in [
            "",
            &"A".repeat(42),
            &"A".repeat(44),
            &format!("{}é", "A".repeat(41)),
            &format!("{}+", "A".repeat(42)),
        ] {
            assert_eq!(Token::parse(text), Err(TokenError::Shape), "{text}");
        }
        assert_eq!(TokenError::Shape.code(), "link_broken");
    }

    proptest! {
        #[test]
        fn each_one_made_is_read_back(bytes: [u8; 32]) {
            let made = Token::from_random(bytes);
            prop_assert_eq!(Token::parse(&format!("#{}", made.reveal())), Ok(made));
        }

        #[test]
        fn never_panics(text in "\\PC{0,50}") {
            let _ = Token::parse(&text);
        }
    }
}
