use std::fmt;

use crate::problem::{Coded, Data, data};

/// The number by which an organisation is known in France: its SIREN (9 digits), or the SIRET (14 digits) of one of its
/// establishments, which begins with the SIREN. Checked by Luhn's formula (M2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrganisationNumber(String);

/// Why a text isn't such a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing typed.
    Required,
    /// Something that isn't a digit.
    NotDigits,
    /// Neither 9 nor 14 digits.
    Length {
        /// How many were typed.
        found: usize,
    },
    /// A digit is wrong, or two are swapped.
    Checksum,
}

/// Digits of a SIREN.
const SIREN: usize = 9;
/// Digits of a SIRET.
const SIRET: usize = 14;
/// La Poste: the SIRETs of most of its establishments follow another rule.
const LA_POSTE: &str = "356000000";

impl Coded for NumberError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NotDigits => "number_digits",
            Self::Length { .. } => "number_length",
            Self::Checksum => "number_checksum",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Length { found } => data([("found", (*found).into())]),
            _ => Data::new(),
        }
    }
}

impl OrganisationNumber {
    /// Reads what a person typed: spaces, dots and dashes are forgiven.
    pub fn parse(typed: &str) -> Result<Self, NumberError> {
        let separates = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '‐' | '‑' | '–' | '_' | '/');
        let digits: String = typed.chars().filter(|c| !separates(*c)).collect();
        if digits.is_empty() {
            return Err(NumberError::Required);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberError::NotDigits);
        }
        if !matches!(digits.len(), SIREN | SIRET) {
            return Err(NumberError::Length { found: digits.len() });
        }
        // A number of zeros passes the formula and is nobody's.
        let siren = &digits[..SIREN];
        let of_someone = siren.bytes().any(|digit| digit != b'0');
        let right = luhn(siren) && (digits.len() == SIREN || luhn(&digits) || of_la_poste(&digits));
        if of_someone && right { Ok(Self(digits)) } else { Err(NumberError::Checksum) }
    }

    /// The SIREN, nine digits: an organisation has one.
    pub fn siren(&self) -> &str {
        &self.0[..SIREN]
    }

    /// The SIRET, fourteen digits, when that was given.
    pub fn siret(&self) -> Option<&str> {
        (self.0.len() == SIRET).then_some(&self.0)
    }
}

/// In groups, as people read it: `784 671 695`, `784 671 695 00103`.
impl fmt::Display for OrganisationNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} {}", &self.0[..3], &self.0[3..6], &self.0[6..SIREN])?;
        if self.0.len() == SIRET { write!(formatter, " {}", &self.0[SIREN..]) } else { Ok(()) }
    }
}

/// Luhn's formula: every second digit from the right counts double, and the sum ends with zero.
fn luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (place, digit) in digits.bytes().rev().enumerate() {
        let digit = u32::from(digit - b'0');
        sum += match (place % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit < 5 => 2 * digit,
            (_, digit) => 2 * digit - 9,
        };
    }
    sum % 10 == 0
}

/// La Poste's establishments: the sum of the fourteen digits is a multiple of five.
fn of_la_poste(digits: &str) -> bool {
    let sum: u32 = digits.bytes().map(|digit| u32::from(digit - b'0')).sum();
    digits.starts_with(LA_POSTE) && sum.is_multiple_of(5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_numbers_are_read() {
        for (typed, siren, shown) in [
            ("784671695", "784671695", "784 671 695"),
            (" 784 671 695 ", "784671695", "784 671 695"),
            ("784.671.695-00103", "784671695", "784 671 695 00103"),
            ("356000000", "356000000", "356 000 000"),
            // La Poste, an establishment whose number Luhn's formula refuses.
            ("35600000000001", "356000000", "356 000 000 00001"),
        ] {
            let number = OrganisationNumber::parse(typed);
            assert_eq!(number.as_ref().map(OrganisationNumber::siren), Ok(siren), "{typed}");
            assert_eq!(number.map(|number| number.to_string()), Ok(shown.to_owned()), "{typed}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (typed, error) in [
            ("", NumberError::Required),
            (" - ", NumberError::Required),
            ("78467169A", NumberError::NotDigits),
            ("FR 784671695", NumberError::NotDigits),
            ("7846716950", NumberError::Length { found: 10 }),
            ("784671696", NumberError::Checksum),
            ("874671695", NumberError::Checksum),
            ("78467169500104", NumberError::Checksum),
            ("35600000000012", NumberError::Checksum),
            ("000000000", NumberError::Checksum),
        ] {
            assert_eq!(OrganisationNumber::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn an_establishment_is_known_only_by_fourteen_digits() {
        let siret = |typed| OrganisationNumber::parse(typed).map(|number| number.siret().map(str::to_owned));
        assert_eq!(siret("784 671 695"), Ok(None));
        assert_eq!(siret("784 671 695 00103"), Ok(Some("78467169500103".to_owned())));
    }

    #[test]
    fn a_wrong_length_says_how_many_were_typed() {
        assert_eq!(NumberError::Length { found: 5 }.data(), data([("found", 5.into())]));
        assert_eq!(NumberError::Checksum.data(), Data::new());
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_seen(at in 0_usize..9, other in 0_u8..10) {
            let mut digits = b"784671695".to_vec();
            let before = digits[at];
            digits[at] = b'0' + other;
            let typed = String::from_utf8(digits).unwrap_or_default();
            prop_assert_eq!(OrganisationNumber::parse(&typed).is_ok(), before == b'0' + other);
        }

        #[test]
        fn what_is_shown_is_read_back(first in 10_000_000_u32..100_000_000) {
            let right = (0..10).map(|last| format!("{first}{last}")).find(|digits| luhn(digits));
            let number = OrganisationNumber::parse(&right.unwrap_or_default());
            prop_assert!(number.is_ok());
            if let Ok(number) = number {
                prop_assert_eq!(OrganisationNumber::parse(&number.to_string()), Ok(number));
            }
        }

        #[test]
        fn never_panics(typed in "\\PC{0,20}") {
            let _ = OrganisationNumber::parse(&typed);
        }
    }
}
