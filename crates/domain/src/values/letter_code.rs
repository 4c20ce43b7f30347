use std::fmt;

use crate::problem::{Coded, Data, data};

/// The temporary code that a letter carries (*code confidentiel temporaire*, A4, A5, P3): fourteen random characters,
/// 63.3 bits, and one that shows slips, in groups of five: `7K3MP-ACD4E-WXTRR`.
///
/// Stored hashed only. The sum of all places, each times its number from 1, is a multiple of the alphabet's size, a
/// prime: one wrong character is always found, and so are two that changed places.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterCode(String);

/// Why a text can't be the code of any letter: told without asking the server, so that a slip costs no try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCodeError {
    /// Nothing was typed.
    Required,
    /// A character that no code has, and that isn't plainly another.
    Character {
        /// The character, as typed.
        found: char,
    },
    /// Not fifteen characters.
    Length {
        /// How many were typed, without spaces and dashes.
        found: usize,
    },
    /// A character is wrong, or two changed places.
    Check,
}

impl Coded for LetterCodeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Character { .. } => "letter_code_character",
            Self::Length { .. } => "letter_code_length",
            Self::Check => "letter_code_check",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Character { found } => data([("found", found.to_string().into())]),
            Self::Length { found } => data([("found", (*found).into()), ("wanted", LENGTH.into())]),
            Self::Required | Self::Check => Data::new(),
        }
    }
}

/// As many characters as a prime number, no two of which are taken for one another.
const ALPHABET: &[u8; 23] = b"23456789ACDEFHJKMNPRTWX";
const SIZE: usize = ALPHABET.len();
const LENGTH: usize = 15;
const GROUP: usize = 5;

impl LetterCode {
    /// Reads what a person typed or a QR code carries: any case, with spaces, dashes and dots anywhere, and with those
    /// look-alikes of which only one is in the alphabet ([`place`]).
    ///
    /// # Errors
    /// What is wrong with it; nothing of the code but a character that is in no code.
    pub fn parse(typed: &str) -> Result<Self, LetterCodeError> {
        let mut code = String::with_capacity(LENGTH);
        let (mut sum, mut length) = (0, 0);
        for character in typed.chars().filter(|character| !separates(*character)) {
            let place = place(character).ok_or(LetterCodeError::Character { found: character })?;
            length += 1;
            sum = (sum + length % SIZE * place) % SIZE;
            if length <= LENGTH {
                code.push(char::from(ALPHABET[place]));
            }
        }
        match length {
            0 => Err(LetterCodeError::Required),
            LENGTH if sum == 0 => Ok(Self(code)),
            LENGTH => Err(LetterCodeError::Check),
            found => Err(LetterCodeError::Length { found }),
        }
    }

    /// Makes one from 128 random bits: the remainder after division by the number of codes, 23¹⁴. No code is likelier
    /// than another by more than one part in 2⁶⁴.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut rest = u128::from_le_bytes(bytes);
        let mut code = String::with_capacity(LENGTH);
        let mut sum = 0;
        for number in 1..LENGTH {
            let place = (rest % SIZE as u128) as usize;
            rest /= SIZE as u128;
            sum = (sum + number * place) % SIZE;
            code.push(char::from(ALPHABET[place]));
        }
        // What makes the whole sum a multiple of the size; there is one, because the size is a prime.
        let check = (0..SIZE).find(|check| (sum + LENGTH * check).is_multiple_of(SIZE)).unwrap_or_default();
        code.push(char::from(ALPHABET[check]));
        Self(code)
    }

    /// The fifteen characters, to hash or to put into the fragment of an address. Never to log.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As printed: `7K3MP-ACD4E-WXTRR`. Never to log, nor to show on a screen.
    pub fn reveal_in_groups(&self) -> String {
        let mut grouped = String::with_capacity(LENGTH + 2);
        for (place, character) in self.0.chars().enumerate() {
            if place > 0 && place % GROUP == 0 {
                grouped.push('-');
            }
            grouped.push(character);
        }
        grouped
    }
}

impl fmt::Debug for LetterCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LetterCode(…)")
    }
}

/// Spaces of all kinds, dashes, dots, the sign of a fragment, and what is invisible and comes along when text is copied.
fn separates(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '-' | '‐'..='―' | '−' | '_' | '.' | '·' | '•' | '#' | '\u{ad}' | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}

/// The place of a character in the alphabet; none for those that no code has.
///
/// | Typed | Read as | Why |
/// |---|---|---|
/// | `S` `Z` `B` `G` | `5` `2` `8` `6` | in print and in writing; the letter is in no code, so the digit was meant |
/// | `0` `O` `Q` | refused | `D` or `C` for one, `6`, `8` or `9` for another: a guess |
/// | `1` `I` `L` | refused | `7`, `T` or `J`, depending on the hand and the face |
/// | `U` `V` | refused | near to `W`, but nobody takes one for it in this face |
/// | `Y` | refused | between `X`, `4` and `7` |
/// | all others | refused | letters of other alphabets, signs |
///
/// A wrong reading can't pass for a right code: it is one wrong character, which the check finds. No two codes become
/// one, because each pair has one character in the alphabet.
fn place(character: char) -> Option<usize> {
    let meant = match character.to_ascii_uppercase() {
        'S' => '5',
        'Z' => '2',
        'B' => '8',
        'G' => '6',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(bytes: [u8; 16]) -> String {
        LetterCode::from_random(bytes).reveal().to_owned()
    }

    #[test]
    fn is_shown_in_groups_and_never_by_mistake() {
        let code = LetterCode::from_random([7; 16]);
        let shown = code.reveal_in_groups();
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5]);
        assert_eq!(shown.replace('-', ""), code.reveal());
        assert_eq!(format!("{code:?}"), "LetterCode(…)");
    }

    #[test]
    fn each_random_bit_counts() {
        // The lowest code, and the one with 1 in its first place: 1 · 1 + 15 · 3 is twice 23.
        assert_eq!(made([0; 16]), "222222222222222");
        let mut one = [0; 16];
        one[0] = 1;
        assert_eq!(made(one), "322222222222225");
        // 23¹⁴ codes before the first comes again, and not one more.
        let all = (SIZE as u128).pow(14);
        assert_eq!(made(all.to_le_bytes()), made([0; 16]));
        assert_eq!(&made((all - 1).to_le_bytes())[..14], "XXXXXXXXXXXXXX");
        assert!(u128::MAX / all > 1 << 64);
    }

    #[test]
    fn look_alikes_are_understood_where_one_is_meant() {
        let code = LetterCode::parse("52862-22222-2222R");
        assert!(code.is_ok(), "{code:?}");
        for typed in ["szbgz zzzzz zzzzr", "SZBGZ222222222R", "5.2.8.6.2·22222·2222r"] {
            assert_eq!(LetterCode::parse(typed), code, "{typed}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for nothing in ["", " - ", "\u{a0}\u{200b}"] {
            assert_eq!(LetterCode::parse(nothing), Err(LetterCodeError::Required));
        }
        for found in "0OoQq1IiLlUuVvYy!é/5️⃣Ａ山".chars().filter(|c| !separates(*c) && *c != '5') {
            let typed = format!("22222{found}");
            assert_eq!(LetterCode::parse(&typed), Err(LetterCodeError::Character { found }), "{typed}");
        }
        for (typed, found) in [("2", 1), ("2222-2", 5), ("22222222222222", 14), ("2222222222222222", 16)] {
            assert_eq!(LetterCode::parse(typed), Err(LetterCodeError::Length { found }), "{typed}");
        }
        assert_eq!(LetterCode::parse("222222222222223"), Err(LetterCodeError::Check));
        let told = LetterCodeError::Length { found: 14 }.data();
        assert_eq!(told, data([("found", 14.into()), ("wanted", 15.into())]));
    }

    proptest! {
        #[test]
        fn each_one_made_is_read_back_however_it_is_typed(
            bytes: [u8; 16],
            capitals: u16,
            between in prop::collection::vec("[ \u{a0}\u{202f}\u{2009}.·–—‑\u{2060}-]{0,2}", 16),
        ) {
            let code = LetterCode::from_random(bytes);
            let typed = code.reveal().chars().zip(&between).enumerate().map(|(place, (character, mark))| {
                let capital = capitals >> place & 1 == 1;
                format!("{mark}{}", if capital { character } else { character.to_ascii_lowercase() })
            });
            let typed = format!("{}{}", typed.collect::<String>(), between[15]);
            prop_assert_eq!(LetterCode::parse(&typed), Ok(code.clone()));
            prop_assert_eq!(LetterCode::parse(&format!("#{}", code.reveal_in_groups())), Ok(code));
        }

        #[test]
        fn one_wrong_character_is_always_found(bytes: [u8; 16], at in 0_usize..15, other in 0_usize..23) {
            let mut code = made(bytes);
            let other = char::from(ALPHABET[other]);
            prop_assume!(!code[at..].starts_with(other));
            code.replace_range(at..=at, &other.to_string());
            prop_assert_eq!(LetterCode::parse(&code), Err(LetterCodeError::Check));
        }

        #[test]
        fn two_that_changed_places_are_always_found(bytes: [u8; 16], one in 0_usize..15, other in 0_usize..15) {
            let mut code = made(bytes).into_bytes();
            prop_assume!(code[one] != code[other]);
            code.swap(one, other);
            let code = String::from_utf8(code).expect("ASCII");
            prop_assert_eq!(LetterCode::parse(&code), Err(LetterCodeError::Check));
        }

        #[test]
        fn never_panics(typed in "\\PC{0,50}") {
            let _ = LetterCode::parse(&typed);
        }

        #[test]
        fn any_fifteen_of_the_alphabet_are_right_or_a_slip(typed in "[2-9ACDEFHJKMNPRTWX]{15}") {
            match LetterCode::parse(&typed) {
                Ok(code) => prop_assert_eq!(code.reveal(), typed),
                Err(error) => prop_assert_eq!(error, LetterCodeError::Check),
            }
        }
    }
}
