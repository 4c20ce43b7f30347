use palier_server::store::Store;
use palier_server::store::idempotency::{Claim, claim, settle};

use crate::support::{HERE, THERE, at, hash, rows, twenty};

pub(crate) async fn gives_one_new_and_nineteen_answers(store: Store) {
    let claims = twenty(&store, |store, _| async move {
        let transaction = store.begin().await.unwrap();
        let claimed = claim(&transaction, HERE, "key", &hash(1), at(0)).await.unwrap();
        if claimed == Claim::New {
            // Give the others time to come and wait.
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            settle(&transaction, HERE, "key", "{\"handle\":\"é\"}").await.unwrap();
        }
        transaction.commit().await.unwrap();
        claimed
    })
    .await;
    assert_eq!(claims.iter().filter(|claim| **claim == Claim::New).count(), 1);
    let answer = Claim::Same("{\"handle\":\"é\"}".to_owned());
    assert_eq!(claims.iter().filter(|claim| **claim == answer).count(), 19, "{claims:?}");
    assert_eq!(rows(&store, "idempotency").await, 1);
}

pub(crate) async fn gives_the_turn_when_the_first_is_undone(store: Store) {
    let first = store.begin().await.unwrap();
    assert_eq!(claim(&first, HERE, "key", &hash(1), at(0)).await.unwrap(), Claim::New);
    let second = tokio::spawn({
        let store = store.clone();
        async move {
            let transaction = store.begin().await.unwrap();
            let claimed = claim(&transaction, HERE, "key", &hash(1), at(0)).await.unwrap();
            transaction.commit().await.unwrap();
            claimed
        }
    });
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    assert!(!second.is_finished());
    first.rollback().await.unwrap();
    assert_eq!(second.await.unwrap(), Claim::New);
}

pub(crate) async fn tells_another_request_from_the_same(store: Store) {
    let transaction = store.begin().await.unwrap();
    claim(&transaction, HERE, "key", &hash(1), at(0)).await.unwrap();
    settle(&transaction, HERE, "key", "done").await.unwrap();
    transaction.commit().await.unwrap();
    let transaction = store.begin().await.unwrap();
    assert_eq!(claim(&transaction, HERE, "key", &hash(2), at(1)).await.unwrap(), Claim::Other);
    assert_eq!(
        claim(&transaction, HERE, "key", &hash(1), at(1)).await.unwrap(),
        Claim::Same("done".to_owned())
    );
    assert_eq!(claim(&transaction, HERE, "other key", &hash(1), at(1)).await.unwrap(), Claim::New);
}

pub(crate) async fn keeps_portals_apart(store: Store) {
    let transaction = store.begin().await.unwrap();
    for portal in [HERE, THERE] {
        assert_eq!(claim(&transaction, portal, "key", &hash(1), at(0)).await.unwrap(), Claim::New);
    }
    settle(&transaction, HERE, "key", "here").await.unwrap();
    settle(&transaction, THERE, "key", "there").await.unwrap();
    assert_eq!(
        claim(&transaction, HERE, "key", &hash(1), at(0)).await.unwrap(),
        Claim::Same("here".to_owned())
    );
}
