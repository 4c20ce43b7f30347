use palier_server::store::Store;
use palier_server::store::links::{Kind, Link, consume, find, issue, issue_to, supersede};

use crate::support::{DAY, HERE, THERE, at, hash, rows, twenty};

async fn give(store: &Store, kind: Kind, subject_id: i64, number: u8) {
    issue(store.write(), HERE, kind, subject_id, &hash(number), at(0), at(DAY)).await.unwrap();
}

async fn get(store: &Store, kind: Kind, number: u8) -> Link {
    find(store.read(), HERE, kind, &hash(number)).await.unwrap().unwrap()
}

pub(crate) async fn are_found_in_their_portal_and_kind(store: Store) {
    give(&store, Kind::ConfirmSignUp, 7, 1).await;
    let link = get(&store, Kind::ConfirmSignUp, 1).await;
    assert_eq!((link.subject_id, link.expires_at), (7, at(DAY)));
    assert_eq!((link.used_at, link.superseded_at), (None, None));
    assert_eq!(find(store.read(), HERE, Kind::ConfirmSignUp, &hash(2)).await.unwrap(), None);
    assert_eq!(find(store.read(), HERE, Kind::ResetPassword, &hash(1)).await.unwrap(), None);
    assert_eq!(find(store.read(), THERE, Kind::ConfirmSignUp, &hash(1)).await.unwrap(), None);
}

pub(crate) async fn are_used_once(store: Store) {
    give(&store, Kind::ResetPassword, 7, 1).await;
    let link = get(&store, Kind::ResetPassword, 1).await;
    assert!(consume(store.write(), link.id, at(60)).await.unwrap());
    assert!(!consume(store.write(), link.id, at(61)).await.unwrap());
    let used = get(&store, Kind::ResetPassword, 1).await;
    assert_eq!((used.used_at, used.superseded_at), (Some(at(60)), None));
    // A newer one doesn't make a used one superseded.
    give(&store, Kind::ResetPassword, 7, 2).await;
    assert_eq!(get(&store, Kind::ResetPassword, 1).await, used);
    assert!(!consume(store.write(), link.id + 1_000, at(60)).await.unwrap());
}

pub(crate) async fn are_used_by_one_of_twenty_at_once(store: Store) {
    give(&store, Kind::ConfirmSignUp, 7, 1).await;
    let id = get(&store, Kind::ConfirmSignUp, 1).await.id;
    let used = twenty(&store, |store, _| async move {
        let transaction = store.begin().await.unwrap();
        let used = consume(&transaction, id, at(60)).await.unwrap();
        transaction.commit().await.unwrap();
        used
    })
    .await;
    assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
}

pub(crate) async fn are_dead_once_expired(store: Store) {
    give(&store, Kind::ConfirmSignUp, 7, 1).await;
    let link = get(&store, Kind::ConfirmSignUp, 1).await;
    assert!(!consume(store.write(), link.id, at(DAY)).await.unwrap());
    assert_eq!(get(&store, Kind::ConfirmSignUp, 1).await, link);
    assert!(consume(store.write(), link.id, at(DAY - 1)).await.unwrap());
}

pub(crate) async fn are_superseded_by_newer_ones(store: Store) {
    give(&store, Kind::ConfirmSignUp, 7, 1).await;
    give(&store, Kind::ConfirmSignUp, 8, 2).await;
    give(&store, Kind::ResetPassword, 7, 3).await;
    issue(store.write(), THERE, Kind::ConfirmSignUp, 7, &hash(1), at(0), at(DAY)).await.unwrap();
    issue(store.write(), HERE, Kind::ConfirmSignUp, 7, &hash(4), at(60), at(DAY)).await.unwrap();
    let old = get(&store, Kind::ConfirmSignUp, 1).await;
    assert_eq!(old.superseded_at, Some(at(60)));
    assert!(!consume(store.write(), old.id, at(61)).await.unwrap());
    // Those of another subject, kind and portal aren't.
    assert_eq!(get(&store, Kind::ConfirmSignUp, 2).await.superseded_at, None);
    assert_eq!(get(&store, Kind::ResetPassword, 3).await.superseded_at, None);
    let there = find(store.read(), THERE, Kind::ConfirmSignUp, &hash(1)).await.unwrap().unwrap();
    assert_eq!(there.superseded_at, None);
    let new = get(&store, Kind::ConfirmSignUp, 4).await;
    assert!(consume(store.write(), new.id, at(61)).await.unwrap());
}

pub(crate) async fn have_one_live_of_twenty_made_at_once(store: Store) {
    twenty(&store, |store, number| async move {
        let transaction = store.begin().await.unwrap();
        let kind = Kind::ResetPassword;
        issue(&transaction, HERE, kind, 7, &hash(number), at(0), at(DAY)).await.unwrap();
        transaction.commit().await.unwrap();
    })
    .await;
    assert_eq!(rows(&store, "links").await, 20);
    assert_eq!(rows(&store, "links WHERE superseded_at IS NULL").await, 1);
}

async fn give_to(store: &Store, holder: Option<i64>, number: u8, now: i64) {
    let (hash, now) = (hash(number), at(now));
    issue_to(store.write(), HERE, Kind::Objection, 7, holder, &hash, now, at(DAY)).await.unwrap();
}

pub(crate) async fn are_live_once_for_each_who_holds_one(store: Store) {
    for (holder, number) in [(Some(1), 1), (Some(2), 2), (None, 3)] {
        give_to(&store, holder, number, 0).await;
        assert_eq!(get(&store, Kind::Objection, number).await.holder_id, holder);
    }
    give_to(&store, Some(2), 4, 60).await;
    give_to(&store, None, 5, 61).await;
    let superseded = [(1, None), (2, Some(at(60))), (3, Some(at(61))), (4, None), (5, None)];
    for (number, since) in superseded {
        assert_eq!(get(&store, Kind::Objection, number).await.superseded_at, since, "{number}");
    }
    twenty(&store, |store, number| async move { give_to(&store, Some(1), 100 + number, 62).await }).await;
    assert_eq!(rows(&store, "links WHERE superseded_at IS NULL AND holder_id = 1").await, 1);
    assert_eq!(rows(&store, "links WHERE superseded_at IS NULL").await, 3);
}

pub(crate) async fn end_for_all_who_hold_one(store: Store) {
    give_to(&store, Some(1), 1, 0).await;
    give_to(&store, None, 2, 0).await;
    give_to(&store, Some(3), 3, 0).await;
    give(&store, Kind::Objection, 8, 4).await;
    give(&store, Kind::Joining, 7, 5).await;
    let used = get(&store, Kind::Objection, 3).await;
    assert!(consume(store.write(), used.id, at(60)).await.unwrap());
    supersede(store.write(), THERE, Kind::Objection, 7, at(61)).await.unwrap();
    supersede(store.write(), HERE, Kind::Objection, 7, at(62)).await.unwrap();
    for number in [1, 2] {
        let link = get(&store, Kind::Objection, number).await;
        assert_eq!(link.superseded_at, Some(at(62)));
        assert!(!consume(store.write(), link.id, at(63)).await.unwrap());
    }
    for (kind, number) in [(Kind::Objection, 3), (Kind::Objection, 4), (Kind::Joining, 5)] {
        assert_eq!(get(&store, kind, number).await.superseded_at, None, "{number}");
    }
}
