use palier_domain::onboarding::{Level, Rights};
use palier_server::store::Store;
use palier_server::store::client_users::{
    ClientUser, UserState, administrators, insert, list, of_account, update,
};

use crate::support::{HERE, THERE, at, is_conflict, keep_account, keep_client, rows};

fn user_of(client_id: i64, account_id: i64) -> ClientUser {
    ClientUser {
        client_id,
        account_id,
        administrator: true,
        state: UserState::Active,
        rights: Rights::default(),
        since: at(0),
    }
}

pub(crate) async fn are_told_by_their_account(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let mut users = Vec::new();
    for (number, administrator) in [(1, true), (2, false), (3, true)] {
        let account_id = keep_account(&store, HERE, &format!("u{number}@exemple.fr"), number).await;
        let user = ClientUser { administrator, ..user_of(client, account_id) };
        insert(store.write(), HERE, &user).await.unwrap();
        users.push(user);
    }
    let nobody = keep_account(&store, HERE, "locataire@exemple.fr", 4).await;
    let read = store.read();
    for user in &users {
        assert_eq!(of_account(read, HERE, user.account_id).await.unwrap(), Some(user.clone()));
        assert_eq!(of_account(read, THERE, user.account_id).await.unwrap(), None);
    }
    assert_eq!(of_account(read, HERE, nobody).await.unwrap(), None);
    assert_eq!(administrators(read, HERE, client).await.unwrap(), 2);
    assert_eq!(administrators(read, HERE, other).await.unwrap(), 0);
    assert_eq!(administrators(read, THERE, client).await.unwrap(), 0);
}

pub(crate) async fn have_one_organisation_each(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let account_id = keep_account(&store, HERE, "u@exemple.fr", 1).await;
    let user = user_of(client, account_id);
    insert(store.write(), HERE, &user).await.unwrap();
    let second = ClientUser { client_id: other, ..user.clone() };
    assert!(is_conflict(&insert(store.write(), HERE, &second).await));
    assert_eq!(of_account(store.read(), HERE, account_id).await.unwrap(), Some(user.clone()));
    assert_eq!(rows(&store, "client_users").await, 1);
}

pub(crate) async fn are_what_was_decided_last(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let mut users = Vec::new();
    for number in 1..=2 {
        let account_id = keep_account(&store, HERE, &format!("u{number}@exemple.fr"), number).await;
        let user = user_of(client, account_id);
        insert(store.write(), HERE, &user).await.unwrap();
        users.push(user);
    }
    let [untouched, mut user] = users.try_into().unwrap();
    let rights = Rights::of([("prets", Level::Act), ("documents", Level::Consult)]);
    let decided = [
        ClientUser { rights: rights.clone(), ..user.clone() },
        ClientUser { state: UserState::Suspended, ..user.clone() },
        ClientUser { administrator: false, rights, ..user.clone() },
        ClientUser { state: UserState::Removed, ..user.clone() },
    ];
    for (after, administrators_left) in decided.into_iter().zip([2, 1, 1, 1]) {
        assert!(update(store.write(), HERE, &after).await.unwrap());
        user = after;
        assert_eq!(of_account(store.read(), HERE, user.account_id).await.unwrap(), Some(user.clone()));
        assert_eq!(administrators(store.read(), HERE, client).await.unwrap(), administrators_left);
    }
    // Nobody's: removed, another portal's, another organisation's, one that never was.
    let elsewhere = ClientUser { client_id: other, ..untouched.clone() };
    let nobody = ClientUser { account_id: 9_999, ..untouched.clone() };
    let again = ClientUser { state: UserState::Active, ..user.clone() };
    for (portal, after) in [(HERE, &again), (THERE, &untouched), (HERE, &elsewhere), (HERE, &nobody)] {
        assert!(!update(store.write(), portal, after).await.unwrap(), "{after:?}");
    }
    assert_eq!(of_account(store.read(), HERE, user.account_id).await.unwrap(), Some(user));
    assert_eq!(of_account(store.read(), HERE, untouched.account_id).await.unwrap(), Some(untouched));
}

pub(crate) async fn are_listed_until_they_are_removed(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    for (number, client_id) in [(1, client), (2, client), (3, client), (4, other)] {
        let account_id = keep_account(&store, HERE, &format!("u{number}@exemple.fr"), number).await;
        insert(store.write(), HERE, &user_of(client_id, account_id)).await.unwrap();
    }
    let addresses = async |portal, client_id| -> Vec<String> {
        let listed = list(store.read(), portal, client_id).await.unwrap();
        assert!(listed.iter().all(|(user, account)| user.account_id == account.id));
        let mut addresses: Vec<String> = listed.into_iter().map(|(_, account)| account.address()).collect();
        addresses.sort();
        addresses
    };
    assert_eq!(addresses(HERE, client).await, ["u1@exemple.fr", "u2@exemple.fr", "u3@exemple.fr"]);
    assert_eq!(addresses(HERE, other).await, ["u4@exemple.fr"]);
    assert_eq!(addresses(THERE, client).await, [""; 0]);
    let listed = list(store.read(), HERE, client).await.unwrap();
    for ((user, _), state) in listed.iter().zip([UserState::Suspended, UserState::Removed]) {
        assert!(update(store.write(), HERE, &ClientUser { state, ..user.clone() }).await.unwrap());
    }
    assert_eq!(addresses(HERE, client).await.len(), 2, "who is suspended is a user");
}

pub(crate) async fn come_back_after_they_were_removed(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let account_id = keep_account(&store, HERE, "u@exemple.fr", 1).await;
    let user = user_of(client, account_id);
    insert(store.write(), HERE, &user).await.unwrap();
    let there = ClientUser {
        client_id: other,
        administrator: false,
        rights: Rights::of([("prets", Level::Consult)]),
        since: at(60),
        ..user.clone()
    };
    for state in [UserState::Active, UserState::Suspended] {
        let now = ClientUser { state, ..user.clone() };
        assert!(update(store.write(), HERE, &now).await.unwrap());
        assert!(is_conflict(&insert(store.write(), HERE, &there).await), "{state:?}");
    }
    let removed = ClientUser { state: UserState::Removed, ..user.clone() };
    assert!(update(store.write(), HERE, &removed).await.unwrap());
    assert!(is_conflict(&insert(store.write(), THERE, &there).await), "an account is of one portal");
    insert(store.write(), HERE, &there).await.unwrap();
    assert_eq!(of_account(store.read(), HERE, account_id).await.unwrap(), Some(there.clone()));
    assert!(is_conflict(&insert(store.write(), HERE, &there).await));
    assert_eq!(rows(&store, "client_users").await, 1);
}
