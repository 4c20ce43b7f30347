use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fold::{compose, fold, is_letter, is_number, key};
use crate::problem::{Coded, Data, data};

/// A password that follows a landlord's policy, composed (NFC), never shown, never logged (T4).
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// The two named sets of rules of `standards.md`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordProfile {
    /// The documents' rules exactly: length, letters and digits, not starting with who one is.
    Historique,
    /// Those plus today's guidance: not containing who one is, at least 50 bits, long ones freed from composition.
    #[default]
    Recommande,
}

/// What a landlord asks of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordPolicy {
    /// The set of rules.
    pub profile: PasswordProfile,
    /// Fewest characters; never below 8.
    pub min_length: usize,
}

/// Who the password's owner is, as far as known where the check is made; empty texts are ignored.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The surname typed, or on the lease.
    pub surname: &'a str,
    /// The first name on the lease: known to the server only.
    pub first_name: &'a str,
    /// The e-mail address.
    pub email: &'a str,
}

/// Why a password is refused. None carries the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordError {
    /// Nothing typed.
    Required,
    /// Fewer characters than asked.
    TooShort {
        /// Fewest characters.
        min: usize,
        /// How many were typed.
        found: usize,
    },
    /// More than 256 characters.
    TooLong,
    /// No letter.
    NeedsLetter,
    /// No digit.
    NeedsDigit,
    /// Starts with the surname, first name or e-mail address: which one.
    StartsWith(&'static str),
    /// Contains one of them: which one.
    Contains(&'static str),
    /// Too easy to guess: fewer than 50 bits by estimate.
    Guessable,
    /// Among the passwords everybody uses. Found by the server, which has the lists.
    WellKnown,
}

/// Most characters; longer than any password manager's default, shorter than what would tie up the server.
const MAX: usize = 256;
/// From so many characters on, `recommande` asks for no digits or letters: passphrases are welcome.
const WAIVED_FROM: usize = 15;
/// What `recommande` asks for, in bits.
const MIN_BITS: u32 = 50;

impl Coded for PasswordError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort { .. } => "password_short",
            Self::TooLong => "too_long",
            Self::NeedsLetter => "password_letter",
            Self::NeedsDigit => "password_digit",
            Self::StartsWith("surname") => "password_starts_surname",
            Self::StartsWith("first_name") => "password_starts_first_name",
            Self::StartsWith(_) => "password_starts_email",
            Self::Contains("surname") => "password_contains_surname",
            Self::Contains("first_name") => "password_contains_first_name",
            Self::Contains(_) => "password_contains_email",
            Self::Guessable => "password_guessable",
            Self::WellKnown => "password_well_known",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::TooShort { min, found } => {
                data([("min", Value::from(*min)), ("found", Value::from(*found))])
            }
            Self::TooLong => data([("max", Value::from(MAX))]),
            _ => Data::new(),
        }
    }
}

impl Password {
    /// Checks a new password. Spaces count, also at the ends; nothing is cut off.
    pub fn parse(typed: &str, policy: PasswordPolicy, about: About<'_>) -> Result<Self, PasswordError> {
        let password = compose(typed);
        let length = password.chars().count();
        if length == 0 {
            return Err(PasswordError::Required);
        }
        if length > MAX {
            return Err(PasswordError::TooLong);
        }
        if length < policy.min_length.max(8) {
            return Err(PasswordError::TooShort { min: policy.min_length.max(8), found: length });
        }
        let recommended = policy.profile == PasswordProfile::Recommande;
        if !(recommended && length >= WAIVED_FROM) {
            if !password.chars().any(is_letter) {
                return Err(PasswordError::NeedsLetter);
            }
            if !password.chars().any(is_number) {
                return Err(PasswordError::NeedsDigit);
            }
        }
        about.refuse(&password, recommended)?;
        if recommended && bits(&password) < MIN_BITS {
            return Err(PasswordError::Guessable);
        }
        Ok(Self(password))
    }

    /// A password given to sign in: composed as it was when chosen, checked by nothing else than the stored hash.
    pub fn given(typed: &str) -> Self {
        // Composed first: an accent typed as a character of its own isn't one that is counted when it is chosen.
        Self(compose(typed).chars().take(MAX + 1).collect())
    }

    /// The characters, to hash. Never to log.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

impl About<'_> {
    /// Names of one or two letters are not looked for: they would refuse a quarter of all passwords for nothing.
    fn refuse(&self, password: &str, also_inside: bool) -> Result<(), PasswordError> {
        let (folded, letters) = (fold(password), key(password));
        let local = self.email.split('@').next().unwrap_or_default();
        let names = [
            ("surname", self.surname),
            ("first_name", self.first_name),
            ("email", local),
            ("email", self.email),
        ];
        for (what, name) in names {
            let name = name.trim();
            let (whole, bare) = (fold(name), key(name));
            if bare.chars().count() >= 3 && (folded.starts_with(&whole) || letters.starts_with(&bare)) {
                return Err(PasswordError::StartsWith(what));
            }
            if also_inside && bare.chars().count() >= 4 && letters.contains(&bare) {
                return Err(PasswordError::Contains(what));
            }
        }
        Ok(())
    }
}

/// How strong a password is, in words for the meter shown while it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Found in a moment: fewer than 36 bits.
    Weak,
    /// Fewer than 50 bits.
    Fair,
    /// Fewer than 70 bits.
    Good,
    /// At least 70 bits.
    Strong,
}

impl Strength {
    /// An estimate; the server, which has word lists, may know worse.
    pub fn of(password: &str) -> Self {
        match bits(&compose(password)) {
            0..36 => Self::Weak,
            36..MIN_BITS => Self::Fair,
            MIN_BITS..70 => Self::Good,
            _ => Self::Strong,
        }
    }

    /// The name used in the texts (`password.strength.<name>`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Good => "good",
            Self::Strong => "strong",
        }
    }
}

/// A cautious estimate of a password's bits: each new character counts for its alphabet, a repeated one for half,
/// one that continues a run (`aaa`, `123`, `cba`) or the keyboard's row for one bit.
fn bits(password: &str) -> u32 {
    let characters: Vec<char> = password.chars().collect();
    let each = tenths_of_log2(alphabet(&characters));
    let mut total = 0;
    for (index, character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| characters[index]);
        total += match before {
            Some(before) if continues(before, *character) => 10,
            _ if characters[..index].contains(character) => each / 2,
            _ => each,
        };
    }
    total / 10
}

/// How many characters the classes in use have, all together.
fn alphabet(characters: &[char]) -> u32 {
    let uses = |class: fn(&char) -> bool| characters.iter().any(class);
    let size = |used: bool, size: u32| if used { size } else { 0 };
    size(uses(char::is_ascii_lowercase), 26)
        + size(uses(char::is_ascii_uppercase), 26)
        + size(uses(char::is_ascii_digit), 10)
        + size(uses(|c| c.is_ascii() && !c.is_ascii_alphanumeric()), 33)
        + size(uses(|c| !c.is_ascii()), 100)
}

fn continues(before: char, next: char) -> bool {
    const ROWS: [&str; 6] = ["azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let (before, next) = (before.to_ascii_lowercase(), next.to_ascii_lowercase());
    let run = u32::from(before).abs_diff(u32::from(next)) <= 1;
    run || ROWS
        .iter()
        .any(|row| row.find(before).zip(row.find(next)).is_some_and(|(a, b)| a.abs_diff(b) == 1))
}

/// Without floating point: `10 × log2(n)`, rounded down to the nearest half of the doubling it lies in.
fn tenths_of_log2(number: u32) -> u32 {
    let whole = number.max(1).ilog2();
    let base = 1_u32 << whole;
    whole * 10 + (number.max(1) - base) * 10 / base
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ABOUT: About<'static> =
        About { surname: "Lefèvre", first_name: "Zoé", email: "zlef.75@exemple.fr" };

    fn check(typed: &str, profile: PasswordProfile) -> Result<(), PasswordError> {
        Password::parse(typed, PasswordPolicy { profile, min_length: 8 }, ABOUT).map(|_| ())
    }

    #[test]
    fn the_documents_rules() {
        use PasswordError::{NeedsDigit, NeedsLetter, Required, StartsWith, TooLong, TooShort};
        for (typed, expected) in [
            ("", Err(Required)),
            ("abc4567", Err(TooShort { min: 8, found: 7 })),
            ("abcd5678", Ok(())),
            ("abcdefgh", Err(NeedsDigit)),
            ("12345678", Err(NeedsLetter)),
            ("lefevre2026", Err(StartsWith("surname"))),
            ("LEFÈVRE-2026", Err(StartsWith("surname"))),
            ("Lefe\u{300}vre2026", Err(StartsWith("surname"))),
            ("zoe20262026", Err(StartsWith("first_name"))),
            ("zlef.75@exemple.fr1", Err(StartsWith("email"))),
            ("zlef75-secret", Err(StartsWith("email"))),
            ("mon-lefevre-2026", Ok(())),
            ("passé 1 été", Ok(())),
        ] {
            assert_eq!(check(typed, PasswordProfile::Historique), expected, "{typed}");
        }
        assert_eq!(check(&"é1".repeat(128), PasswordProfile::Historique), Ok(()));
        assert_eq!(check(&"a1".repeat(129), PasswordProfile::Historique), Err(TooLong));
    }

    #[test]
    fn todays_guidance() {
        use PasswordError::{Contains, Guessable};
        for (typed, expected) in [
            ("mon-lefevre-2026", Err(Contains("surname"))),
            ("monLefèvre2026!x", Err(Contains("surname"))),
            ("abcd5678", Err(Guessable)),
            ("azertyuiop1", Err(Guessable)),
            ("aaaaaaaaaaaaaaaaaaaa1", Err(Guessable)),
            ("tram Bleu 47 Vigne", Ok(())),
            ("correct cheval batterie", Ok(())),
            ("qH7-zT2w!kP", Ok(())),
        ] {
            assert_eq!(check(typed, PasswordProfile::Recommande), expected, "{typed}");
        }
    }

    #[test]
    fn letters_and_digits_are_asked_for_but_of_long_ones_today() {
        use PasswordError::{NeedsDigit, NeedsLetter};
        use PasswordProfile::{Historique, Recommande};
        for (typed, profile, expected) in [
            ("qHz-zTwkP!vB", Recommande, Err(NeedsDigit)),
            ("47-92_61!83?", Recommande, Err(NeedsLetter)),
            ("qHz-zTwkP!vBnE", Recommande, Err(NeedsDigit)),
            ("qHz-zTwkP!vBnEs", Recommande, Ok(())),
            ("qHz-zTwkP!vBnEs", Historique, Err(NeedsDigit)),
        ] {
            assert_eq!(check(typed, profile), expected, "{typed}");
        }
    }

    #[test]
    fn says_how_long_it_may_be() {
        let short = PasswordError::TooShort { min: 12, found: 7 }.data();
        assert_eq!(short, data([("min", 12.into()), ("found", 7.into())]));
        assert_eq!(PasswordError::TooLong.data(), data([("max", MAX.into())]));
        assert_eq!(PasswordError::Guessable.data(), Data::new());
        let (most, more) = ("é".repeat(MAX), "é".repeat(MAX + 1));
        assert_ne!(Password::given(&more), Password::given(&most), "one too many isn't cut off");
    }

    #[test]
    fn one_or_two_letter_names_refuse_nothing() {
        let about = About { surname: "O", first_name: "Ly", email: "o@exemple.fr" };
        let policy = PasswordPolicy { profile: PasswordProfile::Recommande, min_length: 8 };
        assert!(Password::parse("ordinaire lys 47 Vigne", policy, about).is_ok());
    }

    #[test]
    fn composed_and_decomposed_are_one_password() {
        assert_eq!(Password::given("e\u{301}te\u{301}2026"), Password::given("été2026"));
        let (apart, whole) = (format!("1{}", "e\u{301}".repeat(200)), format!("1{}", "é".repeat(200)));
        assert_eq!(Password::given(&apart), Password::given(&whole), "more characters typed than counted");
        assert_eq!(check(&apart, PasswordProfile::Historique), Ok(()));
    }

    #[test]
    fn strength_grows_with_what_is_typed() {
        let strengths =
            ["azerty", "Vigne-2026", "tram Bleu 47", "tram Bleu 47 Vigne rouge"].map(Strength::of);
        assert!(strengths.is_sorted(), "{strengths:?}");
        assert_eq!(strengths[0], Strength::Weak);
        assert_eq!(strengths[3], Strength::Strong);
    }

    #[test]
    fn bits_count_what_is_new_by_its_alphabet() {
        for (characters, size) in
            [("a", 26), ("A", 26), ("1", 10), ("-", 33), ("é", 100), ("aA1", 62), ("aA1-é", 195)]
        {
            assert_eq!(alphabet(&characters.chars().collect::<Vec<_>>()), size, "{characters}");
        }
        for (number, tenths) in [(0, 0), (1, 0), (2, 10), (16, 40), (26, 46), (36, 51), (62, 59), (195, 75)] {
            assert_eq!(tenths_of_log2(number), tenths, "{number}");
        }
        // Small letters and digits count 5.1 each; what was there before half of it, what continues one.
        for (typed, expected, strength) in [
            ("q7mt4zb", 35, "weak"),
            ("q7mt4zb9", 40, "fair"),
            ("q7mt4zb9xq", 48, "fair"),
            ("q7mt4zb9xqqq", 50, "good"),
            ("q7mt4zb9xfkp2c", 71, "strong"),
        ] {
            assert_eq!((bits(typed), Strength::of(typed).name()), (expected, strength), "{typed}");
        }
        assert_eq!(check("q7mt4zb9xqqq", PasswordProfile::Recommande), Ok(()), "fifty bits are enough");
    }

    proptest! {
        #[test]
        fn never_below_eight_whatever_is_configured(typed in "\\PC{0,7}", min_length in 0_usize..20) {
            // A few characters have no composed form and count for two.
            prop_assume!(compose(&typed).chars().count() < 8);
            let policy = PasswordPolicy { profile: PasswordProfile::Historique, min_length };
            prop_assert!(Password::parse(&typed, policy, ABOUT).is_err());
        }

        #[test]
        fn never_shows_itself(typed in "[a-z]{8,20}[0-9]{2}") {
            let shown = format!("{:?}", Password::given(&typed));
            prop_assert_eq!(shown, "Password(…)");
        }

        #[test]
        fn never_panics(typed in "\\PC{0,300}", surname in "\\PC{0,20}", email in "\\PC{0,20}") {
            let about = About { surname: &surname, first_name: "", email: &email };
            let _ = Password::parse(&typed, PasswordPolicy { profile: PasswordProfile::Recommande, min_length: 8 }, about);
            Strength::of(&typed);
        }
    }
}
