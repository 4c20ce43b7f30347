//! Which passwords everybody tries first: the lists of zxcvbn (English words, names, leaked passwords, keyboards,
//! dates) and a list of French ones.

use std::collections::HashSet;
use std::sync::LazyLock;

use palier_domain::fold::{fold, key};
use palier_domain::values::About;
use zxcvbn::zxcvbn;

/// Fewer guesses than this and the password is among those tried first (zxcvbn's score 0 or 1).
const GUESSES: u64 = 1_000_000;
/// zxcvbn's time grows with the square of the length, and what is longer than this isn't found in a list.
const LONGEST: usize = 64;
/// More decoration around a word than this isn't decoration any more.
const DECORATION: usize = 8;

static FRENCH: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/well-known-fr.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Whether a password is in a list, as such or lightly disguised.
pub(super) fn is(password: &str, about: About<'_>) -> bool {
    let beginning: String = password.chars().take(LONGEST).collect();
    let local = about.email.split('@').next().unwrap_or_default();
    let names = [about.surname, about.first_name, local].map(|name| [name.to_owned(), fold(name)]);
    let names: Vec<&str> =
        names.as_flattened().iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    is_french(&beginning) || zxcvbn(&beginning, &names).guesses() < GUESSES
}

/// Looks the password up as it is, without what surrounds the word, and without letters written as digits.
fn is_french(password: &str) -> bool {
    let folded = fold(password);
    [Some(folded.as_str()), undecorated(&folded)].into_iter().flatten().any(|form| {
        let spellings = [form.to_owned(), plain(form, 'i'), plain(form, 'l')];
        spellings.iter().any(|spelling| listed(spelling) || undecorated(spelling).is_some_and(listed))
    })
}

fn listed(form: &str) -> bool {
    let letters = key(form);
    let half = letters.len() / 2;
    let twice = letters.split_at_checked(half).filter(|(one, other)| one == other).map(|(one, _)| one);
    FRENCH.contains(letters.as_str()) || twice.is_some_and(|word| FRENCH.contains(word))
}

/// `2024-soleil!` gives `soleil`; nothing when there is no letter or more around the word than decoration.
fn undecorated(folded: &str) -> Option<&str> {
    let word = folded.trim_matches(|character: char| !character.is_alphabetic());
    let around = folded.chars().count() - word.chars().count();
    (!word.is_empty() && around <= DECORATION).then_some(word)
}

/// Letters written as digits or signs, read back; a `1` stands for `one`.
fn plain(form: &str, one: char) -> String {
    form.chars()
        .map(|character| match character {
            '0' => 'o',
            '1' | '!' | '|' => one,
            '3' | '€' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            '8' => 'b',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn well_known(password: &str) -> bool {
        is(password, About { surname: "Lefèvre", first_name: "Aurélie", email: "aurelie75@exemple.fr" })
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for password in [
            "motdepasse1",
            "Mot de passe 1",
            "M0td3p4sse!",
            "m0td3p4ss3",
            "azertyuiop1",
            "Azerty123",
            "azerty2026!",
            "soleil2026",
            "Soleil-13",
            "JeTaime75",
            "je t'aime 2",
            "Doudou2019!",
            "marseille13",
            "13marseille",
            "Noël2026",
            "ch0uch0u69",
            "l0ul0u2000",
            "password1",
            "Passw0rd!",
            "iloveyou2",
            "qwerty123",
            "12345678a",
            "abcd1234",
            "a1z2e3r4t5",
            "aaaaaaaa1",
            "soleilsoleil1",
            "aurelie1985",
            "lefevre75",
        ] {
            assert!(well_known(password), "{password}");
        }
    }

    #[test]
    fn what_nobody_else_has_is_accepted() {
        for password in [
            "tram Bleu 47 Vigne",
            "correct cheval batterie",
            "qH7-zT2w!kP",
            "escalier-bleu-47",
            "Peniche7Granit",
            "vivelesquais1987etlaMer",
            "paul#93-27!61*48",
            "mon-lefevre-2026",
        ] {
            assert!(!well_known(password), "{password}");
        }
    }

    #[test]
    fn the_list_is_written_as_it_is_compared() {
        for word in FRENCH.iter() {
            assert_eq!(key(word), **word, "folded, letters and digits only");
        }
        assert!(FRENCH.len() > 1_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_decoration_of_a_listed_word_is_seen_through(before in "[0-9!.-]{0,3}", after in "[0-9!?*]{0,5}") {
            let decorated = format!("{before}Chouchou{after}");
            prop_assert!(is_french(&decorated));
        }

        #[test]
        fn never_panics(password in "\\PC{0,80}") {
            well_known(&password);
        }
    }
}
