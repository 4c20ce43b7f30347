use palier_domain::profile::Device;
use palier_server::store::Store;
use palier_server::store::sessions::{
    NewSession, end, end_all, end_one, end_others, find, insert, of_account, renew, touch,
};

use crate::support::{DAY, HERE, THERE, at, hash, is_conflict, keep_account};

fn new(account_id: i64, number: u8) -> NewSession {
    NewSession {
        portal: HERE.to_owned(),
        account_id,
        token_hash: hash(number),
        stay: number % 2 == 1,
        device: Device::of("Firefox/143.0 Linux"),
        now: at(0),
        expires_at: at(DAY),
    }
}

pub(crate) async fn are_found_with_their_account(store: Store) {
    let account_id = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    let id = insert(store.write(), new(account_id, 1)).await.unwrap();
    let (session, account) = find(store.read(), HERE, &hash(1)).await.unwrap().unwrap();
    assert_eq!((session.id, account.id, account.surname.as_str()), (id, account_id, "LEFÈVRE"));
    assert_eq!(
        (session.stay, session.created_at, session.seen_at, session.expires_at),
        (true, at(0), at(0), at(DAY))
    );
    touch(store.write(), id, at(60)).await.unwrap();
    let (session, _) = find(store.read(), HERE, &hash(1)).await.unwrap().unwrap();
    assert_eq!((session.created_at, session.seen_at), (at(0), at(60)));
    assert_eq!(find(store.read(), HERE, &hash(2)).await.unwrap(), None);
    assert_eq!(find(store.read(), THERE, &hash(1)).await.unwrap(), None);
    assert!(is_conflict(&insert(store.write(), new(account_id, 1)).await));
}

pub(crate) async fn end_one_by_one(store: Store) {
    let account_id = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    for number in [1, 2] {
        insert(store.write(), new(account_id, number)).await.unwrap();
    }
    end(store.write(), THERE, &hash(1)).await.unwrap();
    assert!(find(store.read(), HERE, &hash(1)).await.unwrap().is_some());
    end(store.write(), HERE, &hash(1)).await.unwrap();
    end(store.write(), HERE, &hash(1)).await.unwrap();
    assert_eq!(find(store.read(), HERE, &hash(1)).await.unwrap(), None);
    assert!(find(store.read(), HERE, &hash(2)).await.unwrap().is_some());
}

pub(crate) async fn end_together(store: Store) {
    let one = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let other = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    for (account_id, number) in [(one, 1), (one, 2), (other, 3)] {
        insert(store.write(), new(account_id, number)).await.unwrap();
    }
    assert_eq!(end_all(store.write(), one).await.unwrap(), 2);
    assert_eq!(end_all(store.write(), one).await.unwrap(), 0);
    assert_eq!(find(store.read(), HERE, &hash(2)).await.unwrap(), None);
    assert!(find(store.read(), HERE, &hash(3)).await.unwrap().is_some());
}

pub(crate) async fn are_listed_and_ended_by_their_owner(store: Store) {
    let one = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let other = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    let mut ids = Vec::new();
    for (account_id, number) in [(one, 1), (one, 2), (one, 3), (other, 4)] {
        ids.push(insert(store.write(), new(account_id, number)).await.unwrap());
    }
    touch(store.write(), ids[1], at(60)).await.unwrap();
    let rows = of_account(store.read(), one).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1], ids[2], ids[0]]);
    assert_eq!((rows[0].device.browser(), rows[0].device.system()), ("Firefox", "Linux"));
    assert!(!end_one(store.write(), one, ids[3]).await.unwrap());
    assert!(end_one(store.write(), one, ids[0]).await.unwrap());
    assert!(!end_one(store.write(), one, ids[0]).await.unwrap());
    assert_eq!(end_others(store.write(), one, ids[1]).await.unwrap(), 1);
    assert_eq!(of_account(store.read(), one).await.unwrap().len(), 1);
    assert_eq!(of_account(store.read(), other).await.unwrap().len(), 1);
}

pub(crate) async fn go_on_under_another_token(store: Store) {
    let account_id = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let id = insert(store.write(), new(account_id, 1)).await.unwrap();
    assert!(renew(store.write(), id, &hash(9)).await.unwrap());
    assert_eq!(find(store.read(), HERE, &hash(1)).await.unwrap(), None);
    let (session, _) = find(store.read(), HERE, &hash(9)).await.unwrap().unwrap();
    assert_eq!((session.id, session.stay, session.expires_at), (id, true, at(DAY)));
    assert!(!renew(store.write(), id + 1, &hash(8)).await.unwrap());
}
