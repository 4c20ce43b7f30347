use palier_domain::values::Date;
use palier_server::store::Store;
use palier_server::store::guards::{
    Guard, clear_subject, knows_place, load, load_for_update, remember_place, save,
};

use crate::support::{HERE, THERE, at, rows, twenty};

pub(crate) async fn count_twenty_failures_at_once(store: Store) {
    twenty(&store, |store, _| async move {
        let transaction = store.begin().await.unwrap();
        let [guard, _] = load_for_update(&transaction, HERE, "7", ["192.0.2.1", "*"]).await.unwrap();
        let guard = Guard { failures: guard.failures + 1, day_failures: guard.day_failures + 2, ..guard };
        save(&transaction, HERE, "7", &[("192.0.2.1", &guard)]).await.unwrap();
        transaction.commit().await.unwrap();
    })
    .await;
    let guard = load(store.read(), HERE, "7", "192.0.2.1").await.unwrap();
    assert_eq!((guard.failures, guard.day_failures), (20, 40));
}

pub(crate) async fn keep_everything(store: Store) {
    let none = Guard::default();
    assert_eq!(load(store.read(), HERE, "7", "*").await.unwrap(), none);
    let some = Guard {
        failures: 3,
        locks: 2,
        locked_until: Some(at(600)),
        day: Date::new(2026, 11, 21),
        day_failures: u32::MAX >> 1,
    };
    save(store.write(), HERE, "7", &[("*", &some)]).await.unwrap();
    assert_eq!(load(store.read(), HERE, "7", "*").await.unwrap(), some);
    for (portal, subject, source) in [(THERE, "7", "*"), (HERE, "8", "*"), (HERE, "7", "192.0.2.1")] {
        assert_eq!(load(store.read(), portal, subject, source).await.unwrap(), none);
    }
    let transaction = store.begin().await.unwrap();
    assert_eq!(
        load_for_update(&transaction, HERE, "7", ["192.0.2.1", "*"]).await.unwrap(),
        [none.clone(), some]
    );
    save(&transaction, HERE, "7", &[("*", &none)]).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(load(store.read(), HERE, "7", "*").await.unwrap(), none);
}

pub(crate) async fn are_undone_with_their_transaction(store: Store) {
    let transaction = store.begin().await.unwrap();
    load_for_update(&transaction, HERE, "7", ["*"]).await.unwrap();
    save(&transaction, HERE, "7", &[("*", &Guard { failures: 1, ..Guard::default() })]).await.unwrap();
    drop(transaction);
    let transaction = store.begin().await.unwrap();
    assert_eq!(load_for_update(&transaction, HERE, "7", ["*"]).await.unwrap(), [Guard::default()]);
    transaction.rollback().await.unwrap();
    assert_eq!(rows(&store, "guards").await, 0);
}

pub(crate) async fn forget_a_subject_and_nobody_else(store: Store) {
    let failed = Guard { failures: 4, ..Guard::default() };
    for (portal, subject, source) in
        [(HERE, "7", "*"), (HERE, "7", "192.0.2.1"), (HERE, "8", "*"), (THERE, "7", "*")]
    {
        save(store.write(), portal, subject, &[(source, &failed)]).await.unwrap();
    }
    clear_subject(store.write(), HERE, "7").await.unwrap();
    assert_eq!(load(store.read(), HERE, "7", "192.0.2.1").await.unwrap(), Guard::default());
    assert_eq!(load(store.read(), HERE, "8", "*").await.unwrap(), failed);
    assert_eq!(load(store.read(), THERE, "7", "*").await.unwrap(), failed);
}

pub(crate) async fn know_places(store: Store) {
    remember_place(store.write(), HERE, "7", "192.0.2.1", at(0)).await.unwrap();
    remember_place(store.write(), HERE, "7", "192.0.2.1", at(60)).await.unwrap();
    clear_subject(store.write(), HERE, "7").await.unwrap();
    assert!(knows_place(store.read(), HERE, "7", "192.0.2.1").await.unwrap());
    for (portal, subject, source) in
        [(THERE, "7", "192.0.2.1"), (HERE, "8", "192.0.2.1"), (HERE, "7", "192.0.2.2")]
    {
        assert!(!knows_place(store.read(), portal, subject, source).await.unwrap());
    }
    assert_eq!(rows(&store, "places").await, 1);
}
