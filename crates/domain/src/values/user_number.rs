use std::fmt;

use serde_json::Value;

use crate::problem::{Coded, Data, FieldProblem, data};

/// The number of a partner's account (*numéro utilisateur*, P1): fourteen digits, `07802700750001`.
///
/// It is made of three parts: the office's code, three digits (078); the third-party reference (*Réf. Tiers*), seven
/// digits, zeros put before it (0270075); and the landlord's rank (*rang bailleur*), four digits (0001). Zeros count
/// everywhere: it is a text, not a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserNumber(String);

/// A part of a [`UserNumber`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The office's code (*code organisme*).
    Office,
    /// The third-party reference (*Réf. Tiers*).
    ThirdParty,
    /// The landlord's rank (*rang bailleur*).
    Rank,
}

/// Why a text isn't a user number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserNumberError {
    /// Nothing typed.
    Required,
    /// Something that isn't a digit.
    NotDigits,
    /// Not fourteen digits.
    Length {
        /// How many were typed.
        found: usize,
    },
}

/// Why a text isn't a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartError {
    /// Nothing typed.
    Required,
    /// Something that isn't a digit.
    NotDigits,
    /// More digits than this part has, or fewer where none may be left out.
    Length {
        /// How many were typed.
        found: usize,
        /// How many it has.
        wanted: usize,
    },
    /// Nothing but zeros: nobody has such a number.
    Zero,
}

const LENGTH: usize = 14;

impl Coded for UserNumberError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NotDigits => "user_number_digits",
            Self::Length { .. } => "user_number_length",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Length { found } => data([("found", Value::from(*found)), ("wanted", Value::from(LENGTH))]),
            Self::Required | Self::NotDigits => Data::new(),
        }
    }
}

impl Coded for PartError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NotDigits => "user_number_digits",
            Self::Length { .. } => "part_length",
            Self::Zero => "part_zero",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Length { found, wanted } => {
                data([("found", Value::from(*found)), ("wanted", Value::from(*wanted))])
            }
            Self::Required | Self::NotDigits | Self::Zero => Data::new(),
        }
    }
}

impl Part {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Office, Self::ThirdParty, Self::Rank];

    /// The name of its field on the wire, and of its column in the file of accounts to make.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Office => "code_organisme",
            Self::ThirdParty => "ref_tiers",
            Self::Rank => "rang",
        }
    }

    /// How many digits it has.
    pub const fn digits(self) -> usize {
        match self {
            Self::Office => 3,
            Self::ThirdParty => 7,
            Self::Rank => 4,
        }
    }

    /// Reads what was typed. Zeros are put before a reference and a rank, which people write without; an office's code
    /// is always written whole, and one that is too short would be another office's.
    fn read(self, typed: &str) -> Result<String, PartError> {
        let digits = bare(typed);
        if digits.is_empty() {
            return Err(PartError::Required);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PartError::NotDigits);
        }
        let wanted = self.digits();
        if digits.len() > wanted || (self == Self::Office && digits.len() < wanted) {
            return Err(PartError::Length { found: digits.len(), wanted });
        }
        if digits.bytes().all(|byte| byte == b'0') {
            return Err(PartError::Zero);
        }
        Ok(format!("{digits:0>wanted$}"))
    }
}

impl UserNumber {
    /// Reads what a person typed: spaces, dashes and dots are forgiven, wherever they are.
    ///
    /// # Errors
    /// What is wrong with it. No zero is put before it: of thirteen digits nobody knows which one is missing.
    pub fn parse(typed: &str) -> Result<Self, UserNumberError> {
        let digits = bare(typed);
        match digits.len() {
            0 => Err(UserNumberError::Required),
            _ if !digits.bytes().all(|byte| byte.is_ascii_digit()) => Err(UserNumberError::NotDigits),
            LENGTH => Ok(Self(digits)),
            found => Err(UserNumberError::Length { found }),
        }
    }

    /// Makes one of its three parts, as the desk types them.
    ///
    /// # Errors
    /// Everything that is wrong, each problem at the field of its part.
    pub fn of_parts(office: &str, third_party: &str, rank: &str) -> Result<Self, Vec<FieldProblem>> {
        let mut digits = String::with_capacity(LENGTH);
        let mut problems = Vec::new();
        for (part, typed) in Part::ALL.into_iter().zip([office, third_party, rank]) {
            match part.read(typed) {
                Ok(read) => digits.push_str(&read),
                Err(error) => problems.push(FieldProblem::new(part.name(), &error)),
            }
        }
        if problems.is_empty() { Ok(Self(digits)) } else { Err(problems) }
    }

    /// The fourteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One of its parts.
    pub fn part(&self, wanted: Part) -> &str {
        let before: usize = Part::ALL.into_iter().take_while(|part| *part != wanted).map(Part::digits).sum();
        &self.0[before..before + wanted.digits()]
    }

    /// In its three parts, as people read it out: `078 0270075 0001`.
    pub fn in_parts(&self) -> String {
        Part::ALL.map(|part| self.part(part)).join(" ")
    }
}

impl fmt::Display for UserNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn bare(typed: &str) -> String {
    typed.chars().filter(|character| !super::reference::is_separator(*character)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problems(office: &str, third_party: &str, rank: &str) -> Vec<(String, String)> {
        let found = UserNumber::of_parts(office, third_party, rank).expect_err("not a number");
        found.into_iter().map(|problem| (problem.name, problem.code)).collect()
    }

    #[test]
    fn p1_the_documents_example() {
        let number = UserNumber::parse("07802700750001").expect("a number");
        assert_eq!(UserNumber::of_parts("078", "270075", "1"), Ok(number.clone()));
        assert_eq!(Part::ALL.map(|part| number.part(part)), ["078", "0270075", "0001"]);
        assert_eq!(number.in_parts(), "078 0270075 0001");
        for typed in [" 078 0270075 0001 ", "078-0270075-0001", "078\u{a0}027 0075\u{202f}00.01"] {
            assert_eq!(UserNumber::parse(typed).as_ref(), Ok(&number), "{typed}");
        }
    }

    #[test]
    fn p1_says_what_is_wrong() {
        assert_eq!(UserNumber::parse(" - "), Err(UserNumberError::Required));
        for typed in ["0780270075000l", "O7802700750001", "٠٧٨٠٢٧٠٠٧٥٠٠٠١", "n° 07802700750001"]
        {
            assert_eq!(UserNumber::parse(typed), Err(UserNumberError::NotDigits), "{typed}");
        }
        for (typed, found) in [("7802700750001", 13), ("078027007500010", 15), ("0", 1)] {
            assert_eq!(UserNumber::parse(typed), Err(UserNumberError::Length { found }), "{typed}");
        }
        let told = UserNumberError::Length { found: 13 }.data();
        assert_eq!(told, data([("found", 13.into()), ("wanted", 14.into())]));
        let told = PartError::Length { found: 2, wanted: 3 }.data();
        assert_eq!(told, data([("found", 2.into()), ("wanted", 3.into())]));
    }

    #[test]
    fn p1_each_part_is_told_apart() {
        let both = |name: &str, code: &str| vec![(name.to_owned(), code.to_owned())];
        assert_eq!(problems("78", "270075", "1"), both("code_organisme", "part_length"));
        assert_eq!(problems("078", "12345678", "1"), both("ref_tiers", "part_length"));
        assert_eq!(problems("078", "270075", "00001"), both("rang", "part_length"));
        assert_eq!(problems("078", "27OO75", "1"), both("ref_tiers", "user_number_digits"));
        assert_eq!(problems("078", "270075", "0000"), both("rang", "part_zero"));
        let all = problems("", " ", "x");
        let codes = ["required", "required", "user_number_digits"];
        assert_eq!(all.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>(), codes);
    }

    proptest! {
        #[test]
        fn never_panics(typed in "\\PC{0,40}") {
            let _ = UserNumber::parse(&typed);
            let _ = UserNumber::of_parts(&typed, &typed, &typed);
        }

        #[test]
        fn what_is_kept_is_read_again(digits in "[0-9]{14}", at in 0_usize..14) {
            let mut typed = digits.clone();
            typed.insert(at, ' ');
            let number = UserNumber::parse(&typed).expect("a number");
            prop_assert_eq!(number.as_str(), &digits);
            prop_assert_eq!(UserNumber::parse(&number.in_parts()), Ok(number));
        }

        #[test]
        fn its_parts_make_it_again(office in "[0-9]{2}[1-9]", third_party in 1_u32..10_000_000, rank in 1_u16..10_000) {
            let number = UserNumber::of_parts(&office, &third_party.to_string(), &rank.to_string()).expect("a number");
            let [office, third_party, rank] = Part::ALL.map(|part| number.part(part));
            prop_assert_eq!(UserNumber::of_parts(office, third_party, rank), Ok(number.clone()));
        }
    }
}
