use jiff::SignedDuration;
use palier_server::store::Store;
use palier_server::store::throttles::{Usage, hit, usage};

use crate::support::{HERE, HOUR, THERE, at, rows, twenty};

async fn hit_at(store: &Store, seconds: i64) -> u32 {
    hit(store.write(), HERE, "mail", "marie@exemple.fr", SignedDuration::from_hours(1), at(seconds))
        .await
        .unwrap()
}

async fn usage_at(store: &Store, seconds: i64) -> Usage {
    usage(store.read(), HERE, "mail", "marie@exemple.fr", at(seconds)).await.unwrap()
}

pub(crate) async fn give_twenty_at_once_a_number_each(store: Store) {
    let mut numbers = twenty(&store, |store, _| async move { hit_at(&store, 0).await }).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    assert_eq!(rows(&store, "throttles").await, 1);
}

pub(crate) async fn begin_again_after_their_window(store: Store) {
    assert_eq!(usage_at(&store, 0).await, Usage { count: 0, until: None });
    assert_eq!(hit_at(&store, 0).await, 1);
    assert_eq!(hit_at(&store, HOUR - 1).await, 2);
    assert_eq!(usage_at(&store, HOUR - 1).await, Usage { count: 2, until: Some(at(HOUR)) });
    assert_eq!(usage_at(&store, HOUR).await, Usage { count: 0, until: None });
    assert_eq!(hit_at(&store, HOUR).await, 1);
    assert_eq!(hit_at(&store, HOUR + 1).await, 2);
    assert_eq!(usage_at(&store, HOUR + 1).await, Usage { count: 2, until: Some(at(2 * HOUR)) });
}

pub(crate) async fn begin_again_when_the_clock_went_back(store: Store) {
    hit_at(&store, 100 * HOUR).await;
    assert_eq!(usage_at(&store, 0).await, Usage { count: 0, until: None });
    assert_eq!(hit_at(&store, 0).await, 1);
    assert_eq!(usage_at(&store, 0).await, Usage { count: 1, until: Some(at(HOUR)) });
}

pub(crate) async fn keep_portals_kinds_and_keys_apart(store: Store) {
    assert_eq!(hit_at(&store, 0).await, 1);
    for (portal, kind, key) in
        [(THERE, "mail", "marie@exemple.fr"), (HERE, "look", "marie@exemple.fr"), (HERE, "mail", "m")]
    {
        let hour = SignedDuration::from_hours(1);
        assert_eq!(usage(store.read(), portal, kind, key, at(1)).await.unwrap(), Usage::default());
        assert_eq!(hit(store.write(), portal, kind, key, hour, at(1)).await.unwrap(), 1);
    }
    assert_eq!(hit_at(&store, 2).await, 2);
}
