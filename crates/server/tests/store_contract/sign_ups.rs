use palier_server::store::Store;
use palier_server::store::sign_ups::{
    NewSignUp, Purpose, State, Subject, by_handle, by_id, extend, insert, mark_used, open_by_email,
};

use crate::support::{
    DAY, HERE, THERE, at, email, hash, keep_account, keep_lease, new_sign_up, rows, twenty,
};

pub(crate) async fn are_found_by_all_that_names_them(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let new =
        NewSignUp { purpose: Purpose::EmailHasAccount, ..new_sign_up(HERE, lease_id, "Marie@exemple.fr", 1) };
    let id = insert(store.write(), new).await.unwrap();
    let read = store.read();
    let kept = by_id(read, HERE, id).await.unwrap().unwrap();
    assert_eq!((kept.id, kept.portal.as_str(), kept.subject.clone()), (id, HERE, Subject::Lease(lease_id)));
    assert_eq!(
        (kept.email.clone(), kept.purpose, kept.state),
        (email("Marie@exemple.fr"), Purpose::EmailHasAccount, State::Open)
    );
    assert_eq!((kept.password_hash.as_str(), kept.language.as_str()), ("$argon2id$…", "fr"));
    assert_eq!(
        (kept.terms_version.as_str(), kept.terms_sha256.as_str()),
        ("2026-11", "ab".repeat(32).as_str())
    );
    assert_eq!(
        (kept.created_at, kept.expires_at, kept.used_at, kept.account_id),
        (at(0), at(DAY), None, None)
    );
    assert_eq!(kept.handle_hash, hash(1));
    assert_eq!(by_handle(read, HERE, &hash(1)).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(open_by_email(read, HERE, "marie@exemple.fr").await.unwrap(), Some(kept));
    assert_eq!(by_handle(read, HERE, &hash(2)).await.unwrap(), None);
    assert_eq!(by_id(read, THERE, id).await.unwrap(), None);
    assert_eq!(by_handle(read, THERE, &hash(1)).await.unwrap(), None);
    assert_eq!(open_by_email(read, THERE, "marie@exemple.fr").await.unwrap(), None);
}

pub(crate) async fn supersede_those_of_the_same_lease_and_address(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let first = insert(store.write(), new_sign_up(HERE, lease_id, "marie@exemple.fr", 1)).await.unwrap();
    let second = insert(store.write(), new_sign_up(HERE, lease_id, "MARIE@exemple.fr", 2)).await.unwrap();
    let first = by_id(store.read(), HERE, first).await.unwrap().unwrap();
    assert_eq!((first.state, first.password_hash.as_str()), (State::Superseded, ""));
    let open = open_by_email(store.read(), HERE, "marie@exemple.fr").await.unwrap().unwrap();
    assert_eq!((open.id, open.state), (second, State::Open));
    assert!(!mark_used(store.write(), first.id, Some(1), at(1)).await.unwrap());
}

pub(crate) async fn stay_beside_those_of_others(store: Store) {
    let (one, two) = (keep_lease(&store, HERE, "1").await, keep_lease(&store, HERE, "2").await);
    let there = keep_lease(&store, THERE, "1").await;
    for new in [
        new_sign_up(HERE, one, "marie@exemple.fr", 1),
        new_sign_up(HERE, one, "paul@exemple.fr", 2),
        new_sign_up(HERE, two, "marie@exemple.fr", 3),
        new_sign_up(THERE, there, "marie@exemple.fr", 1),
    ] {
        insert(store.write(), new).await.unwrap();
    }
    assert_eq!(rows(&store, "sign_ups WHERE state = 'open'").await, 4);
    // The newest of several with one address.
    let open = open_by_email(store.read(), HERE, "marie@exemple.fr").await.unwrap().unwrap();
    assert_eq!(open.subject, Subject::Lease(two));
}

pub(crate) async fn are_used_by_one_of_twenty_at_once(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let account_id = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let id = insert(store.write(), new_sign_up(HERE, lease_id, "marie@exemple.fr", 1)).await.unwrap();
    let used = twenty(&store, |store, _| async move {
        mark_used(store.write(), id, Some(account_id), at(60)).await.unwrap()
    })
    .await;
    assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
    let kept = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.account_id, kept.used_at), (State::Used, Some(account_id), Some(at(60))));
    assert_eq!(kept.password_hash, "");
    assert_eq!(open_by_email(store.read(), HERE, "marie@exemple.fr").await.unwrap(), None);
}

pub(crate) async fn have_one_open_of_twenty_made_at_once(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let ids = twenty(&store, |store, number| async move {
        let transaction = store.begin().await.unwrap();
        let id = insert(&transaction, new_sign_up(HERE, lease_id, "marie@exemple.fr", number)).await.unwrap();
        transaction.commit().await.unwrap();
        id
    })
    .await;
    assert_eq!(rows(&store, "sign_ups").await, 20);
    assert_eq!(rows(&store, "sign_ups WHERE state = 'open'").await, 1);
    let open = open_by_email(store.read(), HERE, "marie@exemple.fr").await.unwrap().unwrap();
    assert!(ids.contains(&open.id));
}

pub(crate) async fn can_be_given_more_time(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let id = insert(store.write(), new_sign_up(HERE, lease_id, "marie@exemple.fr", 1)).await.unwrap();
    assert!(extend(store.write(), id, at(3 * DAY)).await.unwrap());
    assert_eq!(by_id(store.read(), HERE, id).await.unwrap().unwrap().expires_at, at(3 * DAY));
    insert(store.write(), new_sign_up(HERE, lease_id, "marie@exemple.fr", 2)).await.unwrap();
    assert!(!extend(store.write(), id, at(4 * DAY)).await.unwrap());
}
