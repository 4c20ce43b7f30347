use palier_server::store::Store;
use palier_server::store::client_users::{ClientUser, administrators, insert, of_account};

use crate::support::{HERE, THERE, at, is_conflict, keep_account, keep_client, rows};

pub(crate) async fn are_told_by_their_account(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let mut users = Vec::new();
    for (number, administrator) in [(1, true), (2, false), (3, true)] {
        let account_id = keep_account(&store, HERE, &format!("u{number}@exemple.fr"), number).await;
        let user = ClientUser { client_id: client, account_id, administrator };
        insert(store.write(), HERE, user, at(0)).await.unwrap();
        users.push(user);
    }
    let nobody = keep_account(&store, HERE, "locataire@exemple.fr", 4).await;
    let read = store.read();
    for user in users {
        assert_eq!(of_account(read, HERE, user.account_id).await.unwrap(), Some(user));
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
    let user = ClientUser { client_id: client, account_id, administrator: true };
    insert(store.write(), HERE, user, at(0)).await.unwrap();
    let second = ClientUser { client_id: other, ..user };
    assert!(is_conflict(&insert(store.write(), HERE, second, at(1)).await));
    assert_eq!(of_account(store.read(), HERE, account_id).await.unwrap(), Some(user));
    assert_eq!(rows(&store, "client_users").await, 1);
}
