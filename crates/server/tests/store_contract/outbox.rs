use std::collections::HashSet;

use jiff::SignedDuration;
use palier_server::store::Store;
use palier_server::store::outbox::{
    Counts, NewMail, OutboxMail, claim_due, counts, enqueue, mark_failed, mark_sent, renew,
};
use sea_orm::ConnectionTrait as _;

use crate::support::{HERE, MINUTE, at, email, is_conflict, rows, twenty};

pub(crate) const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// The `Message-ID` of the first one.
const FIRST: &str = "1@exemple.fr";

pub(crate) fn mail(number: u32, seconds: i64) -> NewMail {
    NewMail {
        portal: HERE.to_owned(),
        kind: "confirm_sign_up",
        to: email("Marie@exemple.fr"),
        reply_to: Some("contact@exemple.fr".to_owned()),
        subject: "Confirmez votre adresse".to_owned(),
        text: "https://exemple.fr/#secret".to_owned(),
        html: "<a href=\"https://exemple.fr/#secret\">".to_owned(),
        language: "fr".to_owned(),
        message_id: format!("{number}@exemple.fr"),
        attachment: None,
        now: at(seconds),
    }
}

pub(crate) async fn write(store: &Store, number: u32, seconds: i64) -> i64 {
    enqueue(store.write(), mail(number, seconds)).await.unwrap()
}

async fn claim(store: &Store, seconds: i64) -> Vec<OutboxMail> {
    claim_due(store.write(), at(seconds), "worker", LEASE, 10).await.unwrap()
}

fn ids(mails: &[OutboxMail]) -> Vec<i64> {
    mails.iter().map(|mail| mail.id).collect()
}

pub(crate) async fn is_held_as_long_as_its_worker_says(store: Store) {
    let id = write(&store, 1, 0).await;
    assert_eq!(ids(&claim(&store, 0).await), [id]);
    renew(store.write(), FIRST, at(100), "worker", LEASE).await.unwrap();
    // Another one that lost it long ago says so in vain.
    renew(store.write(), FIRST, at(110), "another", LEASE).await.unwrap();
    assert_eq!(claim(&store, 219).await, []);
    assert_eq!(ids(&claim(&store, 220).await), [id]);
    mark_sent(store.write(), FIRST, at(221)).await.unwrap();
    renew(store.write(), FIRST, at(222), "worker", LEASE).await.unwrap();
    assert_eq!(claim(&store, 1000).await, []);
}

pub(crate) async fn gives_what_is_due_in_order(store: Store) {
    let late = write(&store, 1, 50).await;
    let early = write(&store, 2, 10).await;
    let future = write(&store, 3, 100).await;
    let same = write(&store, 4, 50).await;
    assert_eq!(claim(&store, 9).await, []);
    let first = claim_due(store.write(), at(60), "worker", LEASE, 2).await.unwrap();
    assert_eq!(ids(&first), [early, late]);
    let kept = &first[0];
    assert_eq!(
        (kept.portal.as_str(), kept.kind.as_str(), kept.language.as_str()),
        (HERE, "confirm_sign_up", "fr")
    );
    assert_eq!(
        (&kept.to, kept.reply_to.as_deref()),
        (&email("Marie@exemple.fr"), Some("contact@exemple.fr"))
    );
    assert_eq!(
        (&kept.subject, &kept.text, &kept.html),
        (&mail(2, 0).subject, &mail(2, 0).text, &mail(2, 0).html)
    );
    assert_eq!((kept.message_id.as_str(), kept.created_at, kept.attempts), ("2@exemple.fr", at(10), 1));
    assert_eq!(ids(&claim(&store, 60).await), [same]);
    assert_eq!(ids(&claim(&store, 100).await), [future]);
}

pub(crate) async fn gives_each_to_one_worker(store: Store) {
    for number in 0..60 {
        write(&store, number, 0).await;
    }
    let claimed = twenty(&store, |store, number| async move {
        claim_due(store.write(), at(0), &format!("worker {number}"), LEASE, 5).await.unwrap()
    })
    .await;
    let given: Vec<i64> = claimed.iter().flat_map(|mails| ids(mails)).collect();
    assert_eq!(given.iter().collect::<HashSet<_>>().len(), given.len(), "one was given twice");
    assert!(claimed.iter().all(|mails| mails.len() <= 5));
    // Rows that others hold are left out, so some workers may have come away with fewer; nothing is lost.
    let rest = claim_due(store.write(), at(0), "last", LEASE, 100).await.unwrap();
    assert_eq!(given.len() + rest.len(), 60);
}

pub(crate) async fn gives_again_what_a_worker_left(store: Store) {
    let id = write(&store, 1, 0).await;
    assert_eq!(claim(&store, 0).await[0].attempts, 1);
    assert_eq!(claim(&store, 2 * MINUTE - 1).await, []);
    let again = claim(&store, 2 * MINUTE).await;
    assert_eq!((ids(&again), again[0].attempts), (vec![id], 2));
    assert_eq!(again[0].message_id, "1@exemple.fr");
}

pub(crate) async fn erases_what_was_accepted(store: Store) {
    write(&store, 1, 0).await;
    let other = write(&store, 2, 5).await;
    claim(&store, 0).await;
    mark_sent(store.write(), FIRST, at(1)).await.unwrap();
    assert_eq!(rows(&store, "outbox WHERE text = '' AND html = '' AND subject = ''").await, 1);
    assert_eq!(rows(&store, "outbox WHERE text LIKE '%secret%'").await, 1);
    // A worker that lost its lease and comes late changes nothing.
    mark_failed(store.write(), FIRST, at(2), at(3), "time-out").await.unwrap();
    assert_eq!(rows(&store, "outbox WHERE failure IS NOT NULL").await, 0);
    assert_eq!(ids(&claim(&store, 10 * MINUTE).await), [other]);
    assert_eq!(counts(store.read()).await.unwrap(), Counts { waiting: 1, sent: 1, failing: 0 });
}

pub(crate) async fn is_not_marked_for_another(store: Store) {
    let lost = write(&store, 1, 0).await;
    claim(&store, 0).await;
    // What a standby that took over may do: the number of a lost row is given out again.
    run(&store, "DELETE FROM outbox").await;
    let other = write(&store, 2, 0).await;
    run(&store, &format!("UPDATE outbox SET id = {lost} WHERE id = {other}")).await;
    mark_sent(store.write(), FIRST, at(1)).await.unwrap();
    mark_failed(store.write(), FIRST, at(1), None, "no such mailbox").await.unwrap();
    assert_eq!(ids(&claim(&store, 1).await), [lost], "the other one still waits");
}

async fn run(store: &Store, statement: &str) {
    store.write().execute_unprepared(statement).await.unwrap();
}

pub(crate) async fn tries_again_when_told(store: Store) {
    let id = write(&store, 1, 0).await;
    claim(&store, 0).await;
    mark_failed(store.write(), FIRST, at(1), at(31), "connection refused").await.unwrap();
    assert_eq!(counts(store.read()).await.unwrap(), Counts { waiting: 0, sent: 0, failing: 1 });
    assert_eq!(claim(&store, 30).await, []);
    let again = claim(&store, 31).await;
    assert_eq!((ids(&again), again[0].attempts), (vec![id], 2));
    mark_sent(store.write(), FIRST, at(32)).await.unwrap();
    assert_eq!(counts(store.read()).await.unwrap(), Counts { waiting: 0, sent: 1, failing: 0 });
}

pub(crate) async fn gives_up_when_told(store: Store) {
    write(&store, 1, 0).await;
    claim(&store, 0).await;
    mark_failed(store.write(), FIRST, at(1), None, "no such mailbox").await.unwrap();
    assert_eq!(claim(&store, 100 * MINUTE).await, []);
    assert_eq!(counts(store.read()).await.unwrap(), Counts { waiting: 0, sent: 0, failing: 1 });
    assert_eq!(rows(&store, "outbox WHERE text LIKE '%secret%' OR html LIKE '%secret%'").await, 0);
}

pub(crate) async fn refuses_a_message_id_twice(store: Store) {
    write(&store, 1, 0).await;
    assert!(is_conflict(&enqueue(store.write(), mail(1, 0)).await));
}

pub(crate) async fn is_empty_when_its_cause_is_undone(store: Store) {
    let transaction = store.begin().await.unwrap();
    enqueue(&transaction, mail(1, 0)).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(claim(&store, 0).await, []);
    assert_eq!(counts(store.read()).await.unwrap(), Counts::default());
}
