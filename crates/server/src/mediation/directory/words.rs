//! The words of a name, and of what is typed to find it, brought to one spelling.

use std::mem;

use palier_domain::fold;

/// How much of what is typed is read, in characters: names are shorter, and longer input is no search.
pub const MOST_CHARACTERS: usize = 100;
/// How many words of what is typed are looked for, those that tell names apart first.
pub const MOST_WORDS: usize = 8;

/// Words that link others: people leave them out, and no name is told from another by them.
const LINKS: [&str; 23] = [
    "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour",
    "qu", "s", "sous", "sur", "un", "une", "y",
];

/// What is written with an apostrophe after it and is a word of its own: `l'habitat` is two, `in'li` is one.
const ELIDED: [&str; 4] = ["d", "l", "qu", "s"];

/// Words that so many organisations have in their names that they don't tell one from another.
const COMMON: [&str; 50] = [
    "agglomeration",
    "anonyme",
    "association",
    "collectif",
    "commune",
    "communaute",
    "cooperative",
    "departement",
    "departemental",
    "departementale",
    "economie",
    "entreprise",
    "esh",
    "federation",
    "fondation",
    "groupe",
    "habitat",
    "habitation",
    "habitations",
    "hlm",
    "immobilier",
    "immobiliere",
    "interet",
    "locative",
    "logement",
    "logements",
    "loyer",
    "metropole",
    "mixte",
    "moderee",
    "modere",
    "municipal",
    "nationale",
    "office",
    "opac",
    "oph",
    "ophlm",
    "public",
    "publique",
    "regional",
    "regionale",
    "sa",
    "scic",
    "sem",
    "social",
    "sociale",
    "societe",
    "union",
    "urbaine",
    "ville",
];

/// A word that doesn't tell one organisation from another.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(&word)
}

/// The words of a name that say something, in their order and spelling of searches.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = split(&fold::fold(name));
    words.iter_mut().for_each(unabbreviate);
    words.retain(|word| !LINKS.contains(&word.as_str()));
    words
}

/// A word that is looked for.
#[derive(Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) letters: Vec<char>,
    /// It doesn't tell names apart.
    pub(super) common: bool,
    /// It is the last one, of which more letters may come.
    pub(super) unfinished: bool,
}

/// What is typed, in bounds.
#[derive(Debug, PartialEq)]
pub(super) struct Query {
    /// Its letters and digits without anything between.
    pub(super) key: String,
    /// At most [`MOST_WORDS`].
    pub(super) words: Vec<Wanted>,
}

impl Query {
    pub(super) fn new(typed: &str) -> Self {
        let typed: String = typed.chars().take(MOST_CHARACTERS).collect();
        // One character may fold to many.
        let folded: String = fold::fold(&typed).chars().take(2 * MOST_CHARACTERS).collect();
        let key = fold::key(&folded);
        let mut words: Vec<Wanted> = Vec::new();
        let split = split(&folded);
        let last = split.len().saturating_sub(1);
        for (place, mut word) in split.into_iter().enumerate() {
            let unfinished = place == last;
            if !unfinished {
                unabbreviate(&mut word);
            }
            // A link alone may be the beginning of a word: `sous` of `Soustons`.
            if !LINKS.contains(&word.as_str()) || (unfinished && words.is_empty()) {
                let common = is_common(&word);
                words.push(Wanted { letters: word.chars().collect(), common, unfinished });
            }
        }
        // One letter more of a second word says nothing yet.
        if words.len() > 1 && words.last().is_some_and(|word| word.unfinished && word.letters.len() < 2) {
            words.pop();
        }
        words.sort_by_key(|word| word.common);
        words.truncate(MOST_WORDS);
        Self { key, words }
    }
}

/// Saints are written in short as often as in full.
fn unabbreviate(word: &mut String) {
    match word.as_str() {
        "st" => "saint".clone_into(word),
        "ste" => "sainte".clone_into(word),
        _ => {}
    }
}

/// Runs of letters and digits; letters with dots between are one word, and so is what an apostrophe holds together.
fn split(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = pieces(folded).into_iter().peekable();
    while let Some((mut word, mut separator)) = rest.next() {
        let mut initials = is_letter(&word);
        while let Some((next, after)) = rest.peek_mut() {
            let spelt = initials && is_letter(next) && is_dot(&separator) && !is_apostrophe(after);
            let held = is_apostrophe(&separator) && !ELIDED.contains(&word.as_str());
            if !spelt && !held {
                break;
            }
            initials &= spelt;
            word.push_str(next);
            separator = mem::take(after);
            rest.next();
        }
        words.push(word);
    }
    words
}

/// Each run of letters and digits with what stands between it and the next one.
fn pieces(folded: &str) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    for character in folded.chars() {
        match (character.is_alphanumeric(), pieces.last_mut()) {
            (true, Some((word, separator))) if separator.is_empty() => word.push(character),
            (true, _) => pieces.push((character.to_string(), String::new())),
            (false, Some((_, separator))) => separator.push(character),
            (false, None) => {}
        }
    }
    pieces
}

fn is_letter(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

fn is_dot(separator: &str) -> bool {
    separator.trim_end() == "."
}

fn is_apostrophe(separator: &str) -> bool {
    matches!(separator, "'" | "’" | "ʼ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words_as_people_mean_them() {
        for (name, expected) in [
            ("Office public de l’habitat du Val-d’Oise", "office public habitat val oise"),
            ("S.A. d'H.L.M. de St-Éloi", "sa hlm saint eloi"),
            ("S.A.d'HLM", "sa hlm"),
            ("O. P. H. Ste Anne", "oph sainte anne"),
            ("in'li Île-de-France", "inli ile france"),
            ("Immobilière 3F", "immobiliere 3f"),
            ("Les A", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn what_tells_names_apart_is_kept_when_too_much_is_typed() {
        let query = Query::new("office public habitat hlm societe sa groupe union logement rives mariniers");
        let kept: Vec<String> = query.words.iter().map(|word| word.letters.iter().collect()).collect();
        assert_eq!(kept, ["rives", "mariniers", "office", "public", "habitat", "hlm", "societe", "sa"]);
    }

    #[test]
    fn the_last_word_alone_is_unfinished() {
        let unfinished = |typed: &str| -> Vec<(String, bool)> {
            let words = Query::new(typed).words.into_iter();
            words.map(|word| (word.letters.into_iter().collect(), word.unfinished)).collect()
        };
        assert_eq!(unfinished("St St"), [("saint".to_owned(), false), ("st".to_owned(), true)]);
        assert_eq!(unfinished("rives d"), [("rives".to_owned(), false)]);
        assert_eq!(unfinished("rives h"), [("rives".to_owned(), false)]);
        assert_eq!(unfinished("h"), [("h".to_owned(), true)]);
    }
}
