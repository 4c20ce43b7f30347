use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::{Coded, Data, data};

/// The number by which a landlord knows a lease (*référence client*, *numéro de compte client*): digits, without the
/// landlord's prefix and without leading zeros (T2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeaseReference(String);

/// How a landlord writes its references.
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
    /// A reference as a tenant would type it, shown as the example.
    pub example: String,
}

/// Why a text isn't a reference of this landlord.
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

impl LeaseReference {
    /// Reads what a person typed: spaces, dashes, dots, the prefix in any case and leading zeros are forgiven.
    pub fn parse(typed: &str, format: &ReferenceFormat) -> Result<Self, ReferenceError> {
        let bare: String = typed.chars().filter(|c| !is_separator(*c)).collect();
        if bare.is_empty() {
            return Err(ReferenceError::Required);
        }
        let has_prefix =
            bare.get(..format.prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(&format.prefix));
        let digits = if has_prefix { &bare[format.prefix.len()..] } else { &bare };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ReferenceError::NotDigits { example: format.example.clone() });
        }
        let significant = digits.trim_start_matches('0');
        if !(format.min_digits..=format.max_digits).contains(&significant.len()) {
            return Err(ReferenceError::Length {
                min: format.min_digits,
                max: format.max_digits,
                found: significant.len(),
                example: format.example.clone(),
            });
        }
        Ok(Self(significant.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LeaseReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '‐' | '‑' | '–' | '.' | '/' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn format() -> ReferenceFormat {
        ReferenceFormat { prefix: "L".into(), min_digits: 6, max_digits: 10, example: "482135".into() }
    }

    #[test]
    fn what_people_type_is_understood() {
        for typed in [
            "482135",
            "L482135",
            "l 482135",
            " L-00482135",
            "48 21 35",
            "0000482135",
            "L\u{a0}482\u{202f}135",
        ] {
            assert_eq!(
                LeaseReference::parse(typed, &format()).as_ref().map(LeaseReference::as_str),
                Ok("482135"),
                "{typed}"
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(LeaseReference::parse("  ", &format()), Err(ReferenceError::Required));
        for typed in ["L", "48A135", "LL482135", "٤٨٢١٣٥", "482135😀", "é82135"] {
            assert!(
                matches!(LeaseReference::parse(typed, &format()), Err(ReferenceError::NotDigits { .. })),
                "{typed}"
            );
        }
        for (typed, digits) in [("0000", 0), ("48213", 5), ("12345678901", 11)] {
            assert!(
                matches!(LeaseReference::parse(typed, &format()), Err(ReferenceError::Length { found, .. }) if found == digits),
                "{typed}"
            );
        }
    }

    #[test]
    fn without_a_prefix_letters_are_refused() {
        let format =
            ReferenceFormat { prefix: String::new(), min_digits: 5, max_digits: 5, example: "48213".into() };
        assert!(LeaseReference::parse("0048213", &format).is_ok());
        assert!(LeaseReference::parse("L48213", &format).is_err());
        let code = LeaseReference::parse("4821", &format).map_err(|error| error.code());
        assert_eq!(code, Err("reference_length_exact"));
    }

    proptest! {
        #[test]
        fn never_panics(typed in "\\PC{0,40}") {
            let _ = LeaseReference::parse(&typed, &format());
        }

        #[test]
        fn zeros_prefix_and_spaces_change_nothing(digits in "[1-9][0-9]{5,9}", zeros in "0{0,4}", prefix in "[Ll]? ?") {
            let plain = LeaseReference::parse(&digits, &format());
            prop_assert!(plain.is_ok());
            prop_assert_eq!(LeaseReference::parse(&format!("{prefix}{zeros}{digits}"), &format()), plain);
        }
    }
}
