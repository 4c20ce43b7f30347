use std::fmt;

use super::reference::{ReferenceError, ReferenceFormat};

/// The number by which a bank knows a client organisation (*numéro client*): digits, without leading zeros (A1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientNumber(String);

impl ClientNumber {
    /// Reads what a person typed: spaces, dashes, dots, the prefix in any case and leading zeros are forgiven.
    pub fn parse(typed: &str, format: &ReferenceFormat) -> Result<Self, ReferenceError> {
        format.read(typed).map(Self)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Coded as _;
    use proptest::prelude::*;

    fn format() -> ReferenceFormat {
        ReferenceFormat { prefix: String::new(), min_digits: 5, max_digits: 6, example: "237517".into() }
    }

    fn read(typed: &str) -> Result<String, ReferenceError> {
        ClientNumber::parse(typed, &format()).map(|number| {
            assert_eq!(number.as_str(), number.to_string());
            number.to_string()
        })
    }

    #[test]
    fn a1_zeros_and_spaces_are_forgiven() {
        for typed in ["237517", "000237517", " 237 517 ", "000 237\u{a0}517", "237\u{202f}517", "00-237517"] {
            assert_eq!(read(typed).as_deref(), Ok("237517"), "{typed}");
        }
        assert_eq!(read("0048213").as_deref(), Ok("48213"));
    }

    #[test]
    fn a1_says_what_is_wrong() {
        assert_eq!(read(" "), Err(ReferenceError::Required));
        for typed in ["L237517", "23751O", "٢٣٧٥١٧", "n° 237517"] {
            assert_eq!(read(typed).map_err(|error| error.code()), Err("reference_digits"), "{typed}");
        }
        for (typed, digits) in [("0000", 0), ("2375", 4), ("0002375", 4), ("2375170", 7)] {
            assert!(
                matches!(read(typed), Err(ReferenceError::Length { min: 5, max: 6, found, .. }) if found == digits),
                "{typed}"
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(typed in "\\PC{0,40}") {
            let _ = read(&typed);
        }

        #[test]
        fn what_is_kept_is_read_again(digits in "[1-9][0-9]{4,5}", zeros in "0{0,4} ?") {
            prop_assert_eq!(read(&format!("{zeros}{digits}")), Ok(digits));
        }
    }
}
