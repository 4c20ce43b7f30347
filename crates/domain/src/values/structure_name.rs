use std::fmt;

use serde_json::Value;

use crate::fold::{is_hidden, is_letter, is_number, tidy};
use crate::problem::{Coded, Data, data};

/// The name under which consumers find an organisation (*dénomination de la structure*, M2): 2 to 150 characters, at
/// least one of them a letter or a digit. Kept as typed, spaces tidied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureName(String);

/// Why a text isn't such a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructureNameError {
    /// Nothing typed.
    Required,
    /// A single character, or no letter and no digit.
    TooShort,
    /// Longer than 150 characters.
    TooLong,
    /// A character that can't be seen: a control of writing direction, say.
    Invisible,
}

const MAX: usize = 150;

impl Coded for StructureNameError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort => "structure_short",
            Self::TooLong => "too_long",
            Self::Invisible => "structure_invisible",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::TooLong => data([("max", Value::from(MAX))]),
            _ => Data::new(),
        }
    }
}

impl StructureName {
    /// Reads what a person typed.
    pub fn parse(typed: &str) -> Result<Self, StructureNameError> {
        let name = tidy(typed);
        if name.is_empty() {
            return Err(StructureNameError::Required);
        }
        let length = name.chars().count();
        if length > MAX {
            return Err(StructureNameError::TooLong);
        }
        if name.chars().any(is_hidden) {
            return Err(StructureNameError::Invisible);
        }
        if length < 2 || !name.chars().any(|c| is_letter(c) || is_number(c)) {
            return Err(StructureNameError::TooShort);
        }
        Ok(Self(name))
    }

    /// The name as typed, tidied.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StructureName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Result<String, StructureNameError> {
        StructureName::parse(typed).map(|name| name.to_string())
    }

    #[test]
    fn names_are_kept_as_typed() {
        for (typed, kept) in [
            ("  Office  public de l’habitat du Val ", "Office public de l’habitat du Val"),
            ("3F Sud-Est", "3F Sud-Est"),
            ("Habitat & Cie <b>", "Habitat & Cie <b>"),
            ("#Logis + $toit$", "#Logis + $toit$"),
        ] {
            assert_eq!(read(typed), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(read(" "), Err(StructureNameError::Required));
        assert_eq!(read("A"), Err(StructureNameError::TooShort));
        assert_eq!(read("--"), Err(StructureNameError::TooShort));
        assert_eq!(read("Habitat\u{202e}tatibaH"), Err(StructureNameError::Invisible));
        assert_eq!(read(&"É".repeat(151)), Err(StructureNameError::TooLong));
        assert_eq!(read(&"É".repeat(150)), Ok("É".repeat(150)));
        assert_eq!(read("3F"), Ok("3F".to_owned()));
        assert_eq!(StructureNameError::TooLong.data(), data([("max", 150.into())]));
        assert_eq!(StructureNameError::TooShort.data(), Data::new());
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_again(typed in "\\PC{0,160}") {
            if let Ok(name) = StructureName::parse(&typed) {
                prop_assert_eq!(StructureName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
