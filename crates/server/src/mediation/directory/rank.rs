//! Which names are meant, best first.

use std::collections::BTreeMap;

use palier_domain::fold;

use super::typo::{forgiven, letters, slips, slips_to_start};
use super::words::{MOST_WORDS, Query, Wanted, is_common, words};

/// Shorter queries find nothing: they would find nearly everything.
const FEWEST_CHARACTERS: usize = 2;
/// A word that has more letters than were typed.
const UNFINISHED: u8 = 1;
/// Each slip: worse than a word that isn't finished.
const SLIP: u8 = 4;
/// A word that a name doesn't have.
const ABSENT: u8 = u8::MAX;

/// An organisation to be found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// What the caller knows it by.
    pub id: i64,
    /// Its name, as people see it.
    pub name: String,
}

/// An organisation that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hit {
    /// The entry's.
    pub id: i64,
    /// The entry's.
    pub name: String,
}

/// What a search found.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Found {
    /// How many names fit.
    pub total: usize,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
}

/// The names of all members, ready to be searched. Built anew when one of them changes.
#[derive(Debug, Default)]
pub struct Index {
    /// In alphabetical order, which decides between equally good ones.
    names: Vec<Name>,
    terms: Vec<Term>,
}

#[derive(Debug)]
struct Name {
    entry: Entry,
    key: String,
    /// How many of its words tell it from others.
    telling: usize,
}

/// A word and the places of the names that have it.
#[derive(Debug)]
struct Term {
    letters: Vec<char>,
    set: u64,
    names: Vec<usize>,
}

/// How well a name fits: the less the better, the first difference decides.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Rank {
    /// It isn't just what was typed.
    differs: bool,
    /// Words it must have and hasn't.
    missing: usize,
    /// For slips and unfinished words.
    cost: u16,
    /// Common words that were typed and that it hasn't.
    missing_common: usize,
    /// It doesn't begin with what was typed.
    elsewhere: bool,
    /// Telling words it has that weren't typed.
    others: usize,
    place: usize,
}

impl Index {
    /// An index of the entries, in any order.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut names: Vec<(Name, Vec<String>)> = entries
            .into_iter()
            .map(|entry| {
                let mut words = words(&entry.name);
                words.sort_unstable();
                words.dedup();
                let telling = words.iter().filter(|word| !is_common(word)).count();
                (Name { key: fold::key(&entry.name), entry, telling }, words)
            })
            .collect();
        names.sort_by(|(one, _), (other, _)| {
            (&one.key, &one.entry.name, one.entry.id).cmp(&(&other.key, &other.entry.name, other.entry.id))
        });
        let mut places: BTreeMap<Vec<char>, Vec<usize>> = BTreeMap::new();
        for (place, (_, words)) in names.iter().enumerate() {
            for word in words {
                places.entry(word.chars().collect()).or_default().push(place);
            }
        }
        let term = |(word, names): (Vec<char>, _)| Term { set: letters(&word), letters: word, names };
        Self {
            names: names.into_iter().map(|(name, _)| name).collect(),
            terms: places.into_iter().map(term).collect(),
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names meant by what somebody is typing, `limit` of them at most.
    ///
    /// Words may stand in any order, the last one may be unfinished, and slips are forgiven. Names must have the words
    /// that tell organisations apart; when none has them all, those that have the most, and half of them at least.
    /// Common words (`office`, `habitat`…) only change the order, unless nothing else is typed. Only the first 100
    /// characters and 8 words count; fewer than 2 letters or digits find nothing.
    pub fn search(&self, query: &str, limit: usize) -> Found {
        let query = Query::new(query);
        if query.key.chars().nth(FEWEST_CHARACTERS - 1).is_none() {
            return Found::default();
        }
        let costs = self.costs(&query.words);
        let mut ranks: Vec<Rank> = (0..).zip(&self.names).zip(&costs).filter_map(fit(&query)).collect();
        let fewest = ranks.iter().map(|rank| rank.missing).min();
        ranks.retain(|rank| Some(rank.missing) == fewest);
        let total = ranks.len();
        if limit < total {
            ranks.select_nth_unstable(limit);
            ranks.truncate(limit);
        }
        ranks.sort_unstable();
        let entries = ranks.iter().filter_map(|rank| self.names.get(rank.place)).map(|name| &name.entry);
        Found { total, hits: entries.map(|entry| Hit { id: entry.id, name: entry.name.clone() }).collect() }
    }

    /// For each name, what each wanted word costs there.
    fn costs(&self, wanted: &[Wanted]) -> Vec<[u8; MOST_WORDS]> {
        let mut costs = vec![[ABSENT; MOST_WORDS]; self.names.len()];
        for (place, word) in wanted.iter().take(MOST_WORDS).enumerate() {
            for (term, cost) in self.terms_like(word) {
                for name in &term.names {
                    costs[*name][place] = costs[*name][place].min(cost);
                }
            }
        }
        costs
    }

    /// The words that may be meant by one, with what each costs.
    fn terms_like(&self, wanted: &Wanted) -> Vec<(&Term, u8)> {
        let set = letters(&wanted.letters);
        let mut found = Vec::new();
        let mut spelt_so = false;
        for term in &self.terms {
            if wanted.unfinished && term.letters.starts_with(&wanted.letters) {
                let cost = if term.letters.len() == wanted.letters.len() { 0 } else { UNFINISHED };
                found.push((term, cost));
                spelt_so = true;
                continue;
            }
            let most = forgiven(term.letters.len());
            if (term.set ^ set).count_ones() <= 2 * u32::from(most)
                && let Some(slips) = slips(&wanted.letters, &term.letters, most)
            {
                found.push((term, slips * SLIP));
            }
        }
        // A slip in a word that isn't finished either is a guess: only where nothing begins with what is typed.
        let most = forgiven(wanted.letters.len());
        if wanted.unfinished && !spelt_so && most > 0 {
            for term in &self.terms {
                if (set & !term.set).count_ones() <= u32::from(most)
                    && let Some(slips) = slips_to_start(&wanted.letters, &term.letters, most)
                {
                    found.push((term, slips * SLIP + UNFINISHED));
                }
            }
        }
        found
    }
}

/// How a name fits a query, nothing when it doesn't.
fn fit(query: &Query) -> impl Fn(((usize, &Name), &[u8; MOST_WORDS])) -> Option<Rank> {
    // Common words stand at the end.
    let telling = query.words.iter().filter(|word| !word.common).count();
    let (needed, all) = (if telling > 0 { telling } else { query.words.len() }, query.words.len());
    move |((place, name), costs)| {
        let begins = name.key.starts_with(&query.key);
        let (must, may) = costs[..all.min(MOST_WORDS)].split_at(needed);
        let missing = must.iter().filter(|cost| **cost == ABSENT).count();
        let cost = must.iter().filter(|cost| **cost != ABSENT).map(|cost| u16::from(*cost)).sum();
        // Whatever the spaces between words, a name that begins so is meant.
        let (missing, cost) = match (begins, missing) {
            (true, 0) => (0, u16::min(cost, UNFINISHED.into())),
            (true, _) => (0, UNFINISHED.into()),
            (false, _) => (missing, cost),
        };
        let fits = begins || (needed > 0 && missing <= needed / 2);
        fits.then(|| Rank {
            differs: name.key != query.key,
            missing,
            cost,
            missing_common: may.iter().filter(|cost| **cost == ABSENT).count(),
            elsewhere: !begins,
            others: name.telling.saturating_sub(telling - missing.min(telling)),
            place,
        })
    }
}
