//! The directory of members finds organisations as people look for them (M6).

mod names;

use std::sync::LazyLock;

use palier_domain::fold;
use palier_server::mediation::directory::{Entry, Found, Index, MOST_CHARACTERS};
use proptest::prelude::*;
use proptest::sample::Index as Any;

const MANY: usize = 600;

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names::names(MANY));
static INDEX: LazyLock<Index> = LazyLock::new(|| index(&NAMES));

fn index<S: AsRef<str>>(names: &[S]) -> Index {
    let entries = (1..).zip(names).map(|(id, name)| Entry { id, name: name.as_ref().to_owned() });
    Index::new(entries.collect())
}

fn found(names: &[&str], query: &str) -> Vec<String> {
    index(names).search(query, 10).hits.into_iter().map(|hit| hit.name).collect()
}

const FEW: [&str; 10] = [
    "Office public de l’habitat des Rives",
    "Rives Habitat",
    "SA d’HLM Les Rivages",
    "Office public de l’habitat de Saint-Éloi",
    "O.P.H. de Quimper",
    "Immobilière 3F",
    "in’li Sologne",
    "Habitat 77",
    "Le Toit de la Meuse",
    "L’Habitat public",
];

#[test]
fn words_stand_in_any_order_and_common_ones_may_be_left_out_or_be_wrong() {
    for query in ["rives office public", "Rives, OFFICE", "office hlm rives", "societe des rives office"] {
        assert_eq!(
            found(&FEW, query)[..2],
            ["Office public de l’habitat des Rives", "Rives Habitat"],
            "{query}"
        );
    }
    assert_eq!(found(&FEW, "office public de quimper"), ["O.P.H. de Quimper"]);
    assert_eq!(found(&FEW, "toit meuse"), ["Le Toit de la Meuse"]);
}

#[test]
fn common_words_decide_when_nothing_else_is_typed() {
    assert_eq!(found(&FEW, "l'habitat public")[0], "L’Habitat public");
    let offices = found(&FEW, "office public");
    assert_eq!(offices.len(), 2, "{offices:?}");
}

#[test]
fn typing_on_narrows_down() {
    let index = index(&FEW);
    assert_eq!(index.search("r", 10), Found::default());
    for (query, total) in [("ri", 3), ("riv", 3), ("riva", 1), ("rivages", 1), ("rive", 2), ("rivagw", 1)] {
        assert_eq!(index.search(query, 10).total, total, "{query}");
    }
    // The finished word goes before the one that has more letters.
    assert_eq!(found(&["Valence Habitat", "Le Val"], "val")[0], "Le Val");
}

#[test]
fn spellings_of_one_name_find_it() {
    for (query, name) in [
        ("o.p.h. quimper", "O.P.H. de Quimper"),
        ("OPH QUIMPER", "O.P.H. de Quimper"),
        ("st eloi", "Office public de l’habitat de Saint-Éloi"),
        ("saint-éloi", "Office public de l’habitat de Saint-Éloi"),
        ("saint elio", "Office public de l’habitat de Saint-Éloi"),
        ("imobiliere 3f", "Immobilière 3F"),
        ("3f", "Immobilière 3F"),
        ("inli", "in’li Sologne"),
        ("in li", "in’li Sologne"),
        ("habitat77", "Habitat 77"),
        ("letoit", "Le Toit de la Meuse"),
        ("le toit de la muese", "Le Toit de la Meuse"),
    ] {
        assert_eq!(found(&FEW, query).first().map(String::as_str), Some(name), "{query}");
    }
}

#[test]
fn other_organisations_are_not_found() {
    for query in ["", "  ", "a", "é", "'", "….", "marseille", "rives-de-seine marseille lyon", "zz", "3g"]
    {
        assert_eq!(index(&FEW).search(query, 10), Found::default(), "{query}");
    }
    assert_eq!(Index::new(Vec::new()).search("rives", 10), Found::default());
}

#[test]
fn the_best_are_kept_and_all_are_counted() {
    let all = INDEX.search("habitat", MANY);
    assert_eq!(all.total, all.hits.len());
    assert!(all.total > 20);
    let some = INDEX.search("habitat", 7);
    assert_eq!((some.total, &some.hits[..]), (all.total, &all.hits[..7]));
    assert_eq!(INDEX.search("habitat", 0).hits, []);
}

#[test]
fn the_order_of_entries_changes_nothing() {
    let entries = |names: &[String]| -> Vec<Entry> {
        (1..).zip(names).map(|(id, name)| Entry { id, name: name.clone() }).collect()
    };
    let mut turned = entries(&NAMES);
    turned.reverse();
    let (one, other) = (Index::new(entries(&NAMES)), Index::new(turned));
    for query in ["habitat", "saint", "office de bray", "sologne"] {
        assert_eq!(one.search(query, 50), other.search(query, 50), "{query}");
    }
}

/// Whether a query finds a name among all.
fn finds(query: &str, name: &str) -> bool {
    INDEX.search(query, MANY).hits.iter().any(|hit| hit.name == name)
}

/// A name first, or one that people would write the same.
fn is_first(query: &str, name: &str) -> bool {
    let found = INDEX.search(query, 1);
    found.hits.first().is_some_and(|hit| fold::key(&hit.name) == fold::key(name))
}

/// The words of a name that people look for it by, as the generator makes them.
fn telling(name: &str) -> Vec<String> {
    let common =
        ["office", "public", "habitat", "societe", "anonyme", "habitations", "loyer", "modere", "metropole"];
    let words = fold::fold(name);
    words
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4 && !common.contains(word))
        .map(str::to_owned)
        .collect()
}

/// The word with one slip: a letter left out, doubled, put for another, or swapped with its neighbour.
fn slipped(word: &str, kind: u8, place: Any) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = place.index(letters.len() - 1);
    match kind {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = if letters[at] == 'w' { 'k' } else { 'w' },
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

proptest! {
    #[test]
    fn every_name_is_found_by_itself(which: Any) {
        let name = which.get(&NAMES);
        prop_assert!(is_first(name, name), "{name}");
        prop_assert!(is_first(&name.to_uppercase(), name), "{name}");
        prop_assert!(is_first(&fold::fold(name), name), "{name}");
    }

    #[test]
    fn every_name_is_found_by_the_first_letters_of_a_telling_word(which: Any, word: Any, letters in 4_usize..12) {
        let name = which.get(&NAMES);
        let words = telling(name);
        prop_assume!(!words.is_empty());
        let typed: String = word.get(&words).chars().take(letters).collect();
        prop_assert!(finds(&typed, name), "{name} by {typed}");
    }

    #[test]
    fn every_name_is_found_in_spite_of_a_slip(which: Any, word: Any, kind in 0_u8..4, place: Any) {
        let name = which.get(&NAMES);
        let words = telling(name);
        prop_assume!(!words.is_empty());
        let chosen = word.index(words.len());
        let mut typed = words.clone();
        typed[chosen] = slipped(&words[chosen], kind, place);
        prop_assert!(finds(&typed[chosen], name), "{name} by {}", typed[chosen]);
        prop_assert!(finds(&typed.join(" "), name), "{name} by {}", typed.join(" "));
    }

    #[test]
    fn a_name_of_any_letters_is_found_by_itself(name in "\\PC{2,40}", others in prop::collection::vec("\\PC{0,12}", 0..6)) {
        prop_assume!(fold::key(&name).chars().count() >= 2);
        let mut all = others;
        all.push(name.clone());
        let first = index(&all).search(&name, 1).hits.into_iter().next();
        let key = first.map(|hit| fold::key(&hit.name));
        prop_assert_eq!(key, Some(fold::key(&name)));
    }

    #[test]
    fn nothing_typed_is_too_much(start in any::<String>(), more in any::<String>(), limit in 0_usize..20) {
        let long = start.repeat(60) + &more;
        let read: String = long.chars().take(MOST_CHARACTERS).collect();
        let found = INDEX.search(&long, limit);
        prop_assert_eq!(&found, &INDEX.search(&read, limit));
        prop_assert!(found.hits.len() == found.total.min(limit));
    }
}
