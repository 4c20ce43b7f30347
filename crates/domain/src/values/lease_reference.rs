use std::fmt;

use super::reference::{ReferenceError, ReferenceFormat};

/// The number by which a landlord knows a lease (*référence client*, *numéro de compte client*): digits, without the
/// landlord's prefix and without leading zeros (T2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeaseReference(String);

impl LeaseReference {
    /// Reads what a person typed: spaces, dashes, dots, the prefix in any case and leading zeros are forgiven.
    pub fn parse(typed: &str, format: &ReferenceFormat) -> Result<Self, ReferenceError> {
        format.read(typed).map(Self)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Coded as _;
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
