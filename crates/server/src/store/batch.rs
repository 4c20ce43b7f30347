//! Rows that come in by files: what each changes of those that are known.

use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

/// Rows a statement: at most 15 values each, far below what either engine binds (32,766 for SQLite), and little memory.
pub(super) const CHUNK: usize = 500;

/// What taking rows in changed; one met twice counts twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not known before.
    pub created: u64,
    /// Known, and something about them was different.
    pub updated: u64,
    /// Known, and the same.
    pub unchanged: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.created += more.created;
        self.updated += more.updated;
        self.unchanged += more.unchanged;
    }
}

/// Those that have to be written, of `given`: new ones, and those that differ from `known`. `key` says what each is
/// known by; the last of several with one key wins. Sorted by it, so that two imports at once lock rows in the same
/// order.
pub(super) fn changes<'g, T: PartialEq>(
    given: &'g [T],
    known: &HashMap<String, T>,
    key: impl Fn(&T) -> &str,
    counts: &mut Counts,
) -> BTreeMap<&'g str, &'g T> {
    let mut changed: BTreeMap<&str, &T> = BTreeMap::new();
    for row in given {
        let key = key(row);
        match changed.get(key).copied().or_else(|| known.get(key)) {
            None => counts.created += 1,
            Some(same) if same == row => {
                counts.unchanged += 1;
                continue;
            }
            Some(_) => counts.updated += 1,
        }
        changed.insert(key, row);
    }
    changed
}
