use std::collections::HashSet;

use palier_server::store::Store;
use palier_server::store::kept_files::{KeptFile, NewFile, by_id, digest, keep};
use palier_server::store::outbox::{NewMail, claim_due, enqueue, mark_failed, mark_sent};
use sea_orm::ConnectionTrait as _;

use crate::outbox::{LEASE, mail};
use crate::support::{HERE, THERE, at, rows, twenty};

/// Every byte there is, among them those that end a text.
fn content() -> Vec<u8> {
    (0..=u8::MAX).cycle().take(70_000).collect()
}

fn file(portal: &str, content: Vec<u8>) -> NewFile {
    NewFile {
        portal: portal.to_owned(),
        media_type: "application/pdf".to_owned(),
        name: "Accord de médiation.pdf".to_owned(),
        content,
        now: at(7),
    }
}

pub(crate) async fn are_kept_whole_in_their_portal(store: Store) {
    let id = keep(store.write(), file(HERE, content())).await.unwrap();
    let kept = by_id(store.read(), HERE, id).await.unwrap();
    let expected = KeptFile {
        id,
        sha256: digest(&content()),
        media_type: "application/pdf".to_owned(),
        name: "Accord de médiation.pdf".to_owned(),
        content: content(),
        created_at: at(7),
    };
    assert_eq!(kept, Some(expected));
    assert_eq!(by_id(store.read(), THERE, id).await.unwrap(), None);
    assert_eq!(by_id(store.read(), HERE, id + 1).await.unwrap(), None);
}

pub(crate) async fn are_one_a_content_and_portal(store: Store) {
    let first = keep(store.write(), file(HERE, content())).await.unwrap();
    let again = NewFile { name: "Autre.pdf".to_owned(), now: at(9), ..file(HERE, content()) };
    assert_eq!(keep(store.write(), again).await.unwrap(), first);
    let elsewhere = keep(store.write(), file(THERE, content())).await.unwrap();
    let other = keep(store.write(), file(HERE, b"other".to_vec())).await.unwrap();
    assert_eq!(HashSet::from([first, elsewhere, other]).len(), 3);
    let kept = by_id(store.read(), HERE, first).await.unwrap().unwrap();
    assert_eq!((kept.name.as_str(), kept.created_at), ("Accord de médiation.pdf", at(7)));
}

pub(crate) async fn are_kept_once_by_twenty_at_once(store: Store) {
    let ids = twenty(&store, |store, _| async move {
        let transaction = store.begin().await.unwrap();
        let id = keep(&transaction, file(HERE, content())).await.unwrap();
        transaction.commit().await.unwrap();
        id
    })
    .await;
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 1, "{ids:?}");
    assert_eq!(rows(&store, "kept_files").await, 1);
}

pub(crate) async fn are_not_given_out_damaged(store: Store) {
    let id = keep(store.write(), file(HERE, content())).await.unwrap();
    store.write().execute_unprepared("UPDATE kept_files SET sha256 = 'another'").await.unwrap();
    assert!(by_id(store.read(), HERE, id).await.is_err());
}

pub(crate) async fn stay_while_an_email_carries_them(store: Store) {
    let mut files = Vec::new();
    for number in 0..3 {
        let id = keep(store.write(), file(HERE, vec![number])).await.unwrap();
        let new = NewMail { attachment: Some(id), ..mail(number.into(), 0) };
        enqueue(store.write(), new).await.unwrap();
        files.push(id);
    }
    let claimed = claim_due(store.write(), at(0), "worker", LEASE, 10).await.unwrap();
    let carried: Vec<_> = claimed.iter().filter_map(|mail| mail.attachment).collect();
    assert_eq!(carried, files);
    let delete = |id: i64| format!("DELETE FROM kept_files WHERE id = {id}");
    for id in &files {
        assert!(store.write().execute_unprepared(&delete(*id)).await.is_err());
    }
    mark_sent(store.write(), "0@exemple.fr", at(1)).await.unwrap();
    mark_failed(store.write(), "1@exemple.fr", at(1), None, "no such mailbox").await.unwrap();
    mark_failed(store.write(), "2@exemple.fr", at(1), at(31), "connection refused").await.unwrap();
    for (id, may_go) in [(files[0], true), (files[1], true), (files[2], false)] {
        assert_eq!(store.write().execute_unprepared(&delete(id)).await.is_ok(), may_go);
    }
    assert_eq!(rows(&store, "outbox").await, 3);
    let absent = NewMail { attachment: Some(files[0]), ..mail(9, 0) };
    assert!(enqueue(store.write(), absent).await.is_err());
}
