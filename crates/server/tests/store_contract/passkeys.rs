use palier_domain::profile::Device;
use palier_server::store::Store;
use palier_server::store::passkeys::{
    NewChallenge, NewPasskey, by_credential, insert, keep_challenge, note_used, of_account, remove,
    remove_all, take_challenge,
};
use palier_server::store::sessions::{self, NewSession};
use sea_orm::ConnectionTrait as _;

use crate::support::{DAY, HERE, THERE, at, hash, keep_account, rows, twenty};

fn new(portal: &str, account_id: i64, credential: &str) -> NewPasskey {
    NewPasskey {
        portal: portal.to_owned(),
        account_id,
        credential: credential.to_owned(),
        key: "{\"key\":1}".to_owned(),
        device: Device::of("Firefox/143.0 (Windows)"),
        now: at(0),
    }
}

async fn marie(store: &Store) -> i64 {
    keep_account(store, HERE, "marie@exemple.fr", 1).await
}

pub(crate) async fn are_found_by_what_their_device_calls_them(store: Store) {
    let marie = marie(&store).await;
    let id = insert(store.write(), new(HERE, marie, "AbC")).await.unwrap().unwrap();
    let found = by_credential(store.read(), HERE, "AbC").await.unwrap().unwrap();
    assert_eq!((found.id, found.account_id, found.key.as_str()), (id, marie, "{\"key\":1}"));
    assert_eq!((found.device.browser(), found.device.system()), ("Firefox", "Windows"));
    assert_eq!((found.created_at, found.used_at), (at(0), None));
    for (portal, credential) in [(HERE, "abc"), (HERE, "AbCd"), (THERE, "AbC")] {
        assert_eq!(by_credential(store.read(), portal, credential).await.unwrap(), None, "{credential}");
    }
}

pub(crate) async fn are_kept_once_a_portal_by_twenty_at_once(store: Store) {
    let marie = marie(&store).await;
    let kept = twenty(&store, |store, _| async move {
        insert(store.write(), new(HERE, marie, "AbC")).await.unwrap().is_some()
    })
    .await;
    assert_eq!(kept.into_iter().filter(|kept| *kept).count(), 1);
    let claire = keep_account(&store, THERE, "claire@exemple.fr", 2).await;
    assert!(insert(store.write(), new(THERE, claire, "AbC")).await.unwrap().is_some());
}

pub(crate) async fn are_removed_by_their_owner_alone(store: Store) {
    let marie = marie(&store).await;
    let paul = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    let mut ids = Vec::new();
    for credential in ["a", "b", "c"] {
        ids.push(insert(store.write(), new(HERE, marie, credential)).await.unwrap().unwrap());
    }
    insert(store.write(), new(HERE, paul, "d")).await.unwrap().unwrap();
    assert!(!remove(store.write(), paul, ids[0]).await.unwrap());
    assert!(remove(store.write(), marie, ids[0]).await.unwrap());
    assert!(!remove(store.write(), marie, ids[0]).await.unwrap());
    let left = of_account(store.read(), marie).await.unwrap();
    assert_eq!(left.iter().map(|passkey| passkey.id).collect::<Vec<_>>(), ids[1..]);
    assert_eq!(remove_all(store.write(), marie).await.unwrap(), 2);
    assert_eq!(remove_all(store.write(), marie).await.unwrap(), 0);
    assert_eq!(of_account(store.read(), paul).await.unwrap().len(), 1);
}

pub(crate) async fn go_with_their_account(store: Store) {
    let marie = marie(&store).await;
    insert(store.write(), new(HERE, marie, "a")).await.unwrap().unwrap();
    store.write().execute_unprepared("DELETE FROM accounts").await.unwrap();
    assert_eq!(rows(&store, "passkeys").await, 0);
}

pub(crate) async fn note_when_they_were_used(store: Store) {
    let marie = marie(&store).await;
    let id = insert(store.write(), new(HERE, marie, "a")).await.unwrap().unwrap();
    insert(store.write(), new(HERE, marie, "b")).await.unwrap().unwrap();
    note_used(store.write(), id, "{\"key\":2}", at(DAY)).await.unwrap();
    let [used, other] = &of_account(store.read(), marie).await.unwrap()[..] else { panic!("two") };
    assert_eq!((used.key.as_str(), used.used_at), ("{\"key\":2}", Some(at(DAY))));
    assert_eq!((other.key.as_str(), other.used_at), ("{\"key\":1}", None));
}

fn challenge(handle: u8, session_id: Option<i64>) -> NewChallenge {
    NewChallenge {
        portal: HERE.to_owned(),
        handle_hash: hash(handle),
        session_id,
        state: format!("state {handle}"),
        expires_at: at(300),
    }
}

async fn session(store: &Store, account_id: i64, token: u8) -> i64 {
    let new = NewSession {
        portal: HERE.to_owned(),
        account_id,
        token_hash: hash(token),
        stay: false,
        device: Device::default(),
        now: at(0),
        expires_at: at(DAY),
    };
    sessions::insert(store.write(), new).await.unwrap()
}

pub(crate) async fn have_challenges_that_one_of_twenty_takes(store: Store) {
    keep_challenge(store.write(), challenge(1, None)).await.unwrap();
    assert_eq!(take_challenge(store.write(), THERE, &hash(1), None, at(0)).await.unwrap(), None);
    let taken = twenty(&store, |store, _| async move {
        take_challenge(store.write(), HERE, &hash(1), None, at(0)).await.unwrap()
    })
    .await;
    assert_eq!(taken.into_iter().flatten().collect::<Vec<_>>(), ["state 1"]);
}

pub(crate) async fn have_challenges_of_one_session(store: Store) {
    let marie = marie(&store).await;
    let (here, elsewhere) = (session(&store, marie, 1).await, session(&store, marie, 2).await);
    keep_challenge(store.write(), challenge(1, Some(here))).await.unwrap();
    keep_challenge(store.write(), challenge(2, Some(elsewhere))).await.unwrap();
    for session in [None, Some(elsewhere)] {
        assert_eq!(take_challenge(store.write(), HERE, &hash(1), session, at(0)).await.unwrap(), None);
    }
    // A newer one takes the place of the one before.
    keep_challenge(store.write(), challenge(3, Some(here))).await.unwrap();
    assert_eq!(take_challenge(store.write(), HERE, &hash(1), Some(here), at(0)).await.unwrap(), None);
    let taken = take_challenge(store.write(), HERE, &hash(3), Some(here), at(0)).await.unwrap();
    assert_eq!(taken.as_deref(), Some("state 3"));
    sessions::end_all(store.write(), marie).await.unwrap();
    assert_eq!(rows(&store, "passkey_challenges").await, 0, "they end with their session");
}

pub(crate) async fn have_challenges_that_end(store: Store) {
    for (handle, second, expected) in [(1, 299, Some("state 1")), (2, 300, None)] {
        keep_challenge(store.write(), challenge(handle, None)).await.unwrap();
        let taken = take_challenge(store.write(), HERE, &hash(handle), None, at(second)).await.unwrap();
        assert_eq!(taken.as_deref(), expected);
    }
    assert_eq!(rows(&store, "passkey_challenges").await, 0, "taken too late, it is gone too");
}
