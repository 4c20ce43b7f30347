//! One at a time for each key, without making all others wait.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use tokio::sync::{Mutex, MutexGuard};

/// Keys share these: two that fall together wait for each other for the time of a query.
const PLACES: usize = 256;

/// Gives each key to one holder at a time.
#[derive(Debug)]
pub(crate) struct Turns(Vec<Mutex<()>>);

/// Held until dropped.
pub(crate) struct Turn<'a> {
    _held: Vec<MutexGuard<'a, ()>>,
}

impl Default for Turns {
    fn default() -> Self {
        Self((0..PLACES).map(|_| Mutex::default()).collect())
    }
}

impl Turns {
    /// Waits until nobody else holds any of the keys.
    pub(crate) async fn of(&self, keys: &[(&str, &str)]) -> Turn<'_> {
        let mut places: Vec<usize> = keys.iter().map(|key| self.place(key)).collect();
        // In the same order for everybody: two that need the same places never wait for each other for ever.
        places.sort_unstable();
        places.dedup();
        let mut held = Vec::with_capacity(places.len());
        for place in places.into_iter().filter_map(|place| self.0.get(place)) {
            held.push(place.lock().await);
        }
        Turn { _held: held }
    }

    fn place(&self, key: &(&str, &str)) -> usize {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let places = u64::try_from(self.0.len()).unwrap_or(1).max(1);
        usize::try_from(hasher.finish() % places).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_key_is_held_by_one_at_a_time() {
        let turns = Turns::default();
        let (one, two) = (("place", "192.0.2.1"), ("reference", "482173"));
        let held = turns.of(&[one, two, one]).await;
        for key in [one, two] {
            assert!(turns.0[turns.place(&key)].try_lock().is_err(), "{key:?}");
        }
        drop(held);
        let _both = turns.of(&[two, one]).await;
    }

    #[tokio::test]
    async fn keys_spread_over_all_places() {
        let turns = Turns::default();
        let mut used: Vec<usize> =
            (0..2_000).map(|number| turns.place(&("reference", &number.to_string()))).collect();
        used.sort_unstable();
        used.dedup();
        assert!(used.len() > PLACES * 9 / 10, "{}", used.len());
    }
}
