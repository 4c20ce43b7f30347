use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::{Coded, Data, data};

/// How the numbers are written by which a portal knows leases or clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceFormat {
    /// Letters printed before the digits and not asked for, such as `L`; understood when typed.
    #[serde(default)]
    pub prefix: String,
    /// Fewest digits, leading zeros not counted; at least 1.
    pub min_digits: usize,
    /// Most digits, leading zeros not counted; at most 18.
    pub max_digits: usize,
    /// A number as people would type it, shown as the example.
    pub example: String,
}

/// Why a text isn't such a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceError {
    /// Nothing typed.
    Required,
    /// Something that isn't a digit, other than the prefix before them.
    NotDigits {
        /// What a right one looks like.
        example: String,
    },
    /// Too few or too many digits.
    Length {
        /// Fewest digits.
        min: usize,
        /// Most digits.
        max: usize,
        /// How many were typed, leading zeros not counted.
        found: usize,
        /// What a right one looks like.
        example: String,
    },
}

impl Coded for ReferenceError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NotDigits { .. } => "reference_digits",
            Self::Length { min, max, .. } if min == max => "reference_length_exact",
            Self::Length { .. } => "reference_length",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Required => Data::new(),
            Self::NotDigits { example } => data([("example", Value::from(example.as_str()))]),
            Self::Length { min, max, found, example } => data([
                ("min", Value::from(*min)),
                ("max", Value::from(*max)),
                ("found", Value::from(*found)),
                ("example", Value::from(example.as_str())),
            ]),
        }
    }
}

impl ReferenceFormat {
    /// Whatever can be kept: for numbers that were checked when they came in, by a format that may have changed since.
    pub fn any() -> Self {
        Self { prefix: String::new(), min_digits: 1, max_digits: 18, example: String::new() }
    }

    /// The digits that count of what a person typed: spaces, dashes, dots, the prefix in any case and leading zeros are
    /// forgiven.
    pub(super) fn read(&self, typed: &str) -> Result<String, ReferenceError> {
        let bare: String = typed.chars().filter(|c| !is_separator(*c)).collect();
        if bare.is_empty() {
            return Err(ReferenceError::Required);
        }
        let has_prefix =
            bare.get(..self.prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.prefix));
        let digits = if has_prefix { &bare[self.prefix.len()..] } else { &bare };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ReferenceError::NotDigits { example: self.example.clone() });
        }
        let significant = digits.trim_start_matches('0');
        if !(self.min_digits..=self.max_digits).contains(&significant.len()) {
            return Err(ReferenceError::Length {
                min: self.min_digits,
                max: self.max_digits,
                found: significant.len(),
                example: self.example.clone(),
            });
        }
        Ok(significant.to_owned())
    }
}

pub(super) fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '‐' | '‑' | '–' | '.' | '/' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_many_digits_there_are_and_what_a_right_one_looks_like() {
        let example = || "123456".to_owned();
        let length = |min, max| ReferenceError::Length { min, max, found: 3, example: example() };
        assert_eq!(length(6, 6).code(), "reference_length_exact");
        assert_eq!(length(6, 10).code(), "reference_length");
        let told =
            data([("min", 6.into()), ("max", 10.into()), ("found", 3.into()), ("example", example().into())]);
        assert_eq!(length(6, 10).data(), told);
        assert_eq!(
            ReferenceError::NotDigits { example: example() }.data(),
            data([("example", example().into())])
        );
        assert_eq!(ReferenceError::Required.data(), Data::new());
    }
}
