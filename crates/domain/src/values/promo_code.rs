use std::fmt;

use crate::fold::compose;
use crate::problem::{Coded, Data, data};

/// A promotional code (*code promotionnel*): capital letters and digits, 3 to 32 of them (M5).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PromoCode(String);

/// Why a text can't be a code at all; whether there is such a code is the server's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromoCodeError {
    /// Something that is neither a letter without accent nor a digit.
    Character,
    /// Fewer than 3 or more than 32 characters.
    Length {
        /// How many were typed.
        found: usize,
    },
}

impl Coded for PromoCodeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Character => "code_character",
            Self::Length { .. } => "code_length",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Length { found } => data([("found", (*found).into())]),
            Self::Character => Data::new(),
        }
    }
}

impl PromoCode {
    /// Reads what a person typed in any case, with spaces or dashes; none when nothing was typed.
    pub fn parse(typed: &str) -> Result<Option<Self>, PromoCodeError> {
        let separates = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '_' | '.');
        let code: String =
            compose(typed).chars().filter(|c| !separates(*c)).map(|c| c.to_ascii_uppercase()).collect();
        if code.is_empty() {
            return Ok(None);
        }
        if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(PromoCodeError::Character);
        }
        if !(3..=32).contains(&code.len()) {
            return Err(PromoCodeError::Length { found: code.len() });
        }
        Ok(Some(Self(code)))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PromoCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Result<Option<String>, PromoCodeError> {
        PromoCode::parse(typed).map(|code| code.map(|code| code.to_string()))
    }

    #[test]
    fn case_spaces_and_dashes_are_forgiven() {
        for typed in ["USH2017", "ush2017", " Ush 2017 ", "ush-2017", "U.S.H. — 2017", "ush\u{a0}2017"] {
            assert_eq!(read(typed), Ok(Some("USH2017".to_owned())), "{typed}");
        }
        assert_eq!(read("  "), Ok(None));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(read("ÉTÉ2017"), Err(PromoCodeError::Character));
        assert_eq!(read("USH2017!"), Err(PromoCodeError::Character));
        assert_eq!(read("AB"), Err(PromoCodeError::Length { found: 2 }));
        assert_eq!(read(&"A".repeat(33)), Err(PromoCodeError::Length { found: 33 }));
        assert_eq!(PromoCodeError::Length { found: 33 }.data(), data([("found", 33.into())]));
    }

    proptest! {
        #[test]
        fn a_code_however_typed_is_one_code(code in "[A-Z0-9]{3,32}", place in 0_usize..32) {
            let at = place.min(code.len());
            let typed = format!(" {} - {}", code[..at].to_lowercase(), &code[at..]);
            prop_assert_eq!(read(&typed), Ok(Some(code)));
        }

        #[test]
        fn never_panics(typed in "\\PC{0,50}") {
            let _ = PromoCode::parse(&typed);
        }
    }
}
