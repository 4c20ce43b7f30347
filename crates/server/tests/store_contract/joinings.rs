use jiff::Timestamp;
use palier_domain::onboarding::{JoiningState, JoiningStep, Level, Rights};
use palier_server::store::joinings::{
    Grant, Joining, NewJoining, accept, by_id, insert, open_at, open_of, overdue, sent_again, step,
};
use palier_server::store::{Conflict, Store};

use crate::support::{DAY, HERE, HOUR, THERE, at, email, keep_client, rows, twenty};

fn new_joining(portal: &str, client_id: i64, address: &str) -> NewJoining {
    NewJoining {
        portal: portal.to_owned(),
        client_id,
        state: JoiningState::Asked,
        first_name: "Nadia".to_owned(),
        surname: "Bensaïd".to_owned(),
        email: email(address),
        language: "en".to_owned(),
        consent: Some(("organismes-2026-11".to_owned(), "ab".repeat(32), at(0))),
        grant: Grant::default(),
        now: at(HOUR),
        expires_at: at(DAY),
    }
}

fn granted() -> Grant {
    Grant { administrator: true, rights: Rights::of([("prets", Level::Act)]), by: Some(7) }
}

async fn keep(store: &Store, client_id: i64, address: &str) -> Joining {
    let id = insert(store.write(), new_joining(HERE, client_id, address)).await.unwrap();
    by_id(store.read(), HERE, id).await.unwrap().unwrap()
}

async fn state(store: &Store, id: i64) -> JoiningState {
    by_id(store.read(), HERE, id).await.unwrap().unwrap().state
}

pub(crate) async fn are_kept_whole(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let new = new_joining(HERE, client, "Nadia+hlm@exemple.fr");
    let id = insert(store.write(), new.clone()).await.unwrap();
    let read = store.read();
    let kept = by_id(read, HERE, id).await.unwrap().unwrap();
    assert_eq!((kept.id, kept.client_id, kept.state), (id, client, JoiningState::Asked));
    assert_eq!((&kept.first_name, &kept.surname, &kept.email), (&new.first_name, &new.surname, &new.email));
    assert_eq!((kept.language.as_str(), &kept.consent, &kept.grant), ("en", &new.consent, &new.grant));
    assert_eq!((kept.created_at, kept.sent_at, kept.expires_at), (at(HOUR), None, at(DAY)));
    let second = NewJoining {
        state: JoiningState::Invited,
        consent: None,
        grant: granted(),
        ..new_joining(HERE, client, "deux@exemple.fr")
    };
    let second = insert(store.write(), second).await.unwrap();
    let invited = by_id(read, HERE, second).await.unwrap().unwrap();
    assert_eq!((invited.state, invited.sent_at), (JoiningState::Invited, Some(at(HOUR))));
    assert_eq!((&invited.consent, &invited.grant), (&None, &granted()));
    let key = kept.email.key();
    assert_eq!(open_at(read, HERE, client, &key).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(open_of(read, HERE, client).await.unwrap(), [kept.clone(), invited]);
    // Another portal's is absent, by its ids too.
    assert_eq!(by_id(read, THERE, id).await.unwrap(), None);
    assert_eq!(open_at(read, THERE, client, &key).await.unwrap(), None);
    assert_eq!(open_of(read, THERE, client).await.unwrap(), []);
    // So is another organisation's.
    let other = keep_client(&store, HERE, "48213").await;
    assert_eq!(open_at(read, HERE, other, &key).await.unwrap(), None);
}

async fn conflict(store: &Store, portal: &str, client: i64, address: &str) -> Option<Conflict> {
    let inserted = insert(store.write(), new_joining(portal, client, address)).await;
    inserted.err().map(|error| error.conflict().unwrap())
}

pub(crate) async fn are_one_open_an_address_and_organisation(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let there = keep_client(&store, THERE, "48213").await;
    let first = keep(&store, client, "nadia@exemple.fr").await;
    assert_eq!(conflict(&store, HERE, client, "NADIA@exemple.fr").await, Some(Conflict::Joining));
    assert_eq!(conflict(&store, HERE, other, "nadia@exemple.fr").await, None, "of another organisation");
    assert_eq!(conflict(&store, THERE, there, "nadia@exemple.fr").await, None, "of another portal");
    // A refused attempt leaves its transaction good.
    let transaction = store.begin().await.unwrap();
    let refused = insert(&transaction, new_joining(HERE, client, "nadia@exemple.fr")).await.unwrap_err();
    assert_eq!(refused.conflict(), Some(Conflict::Joining));
    insert(&transaction, new_joining(HERE, client, "deux@exemple.fr")).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(step(store.write(), &first, JoiningStep::Refuse, Some("Non"), at(DAY)).await.unwrap());
    assert_eq!(open_at(store.read(), HERE, client, &first.email.key()).await.unwrap(), None);
    assert_eq!(conflict(&store, HERE, client, "nadia@exemple.fr").await, None);
}

pub(crate) async fn are_made_once_by_twenty_at_once(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let made = twenty(&store, move |store, _| async move {
        let new = new_joining(HERE, client, "nadia@exemple.fr");
        insert(store.write(), new).await.map_err(|error| error.conflict())
    })
    .await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    let refused = made.iter().filter(|made| **made == Err(Some(Conflict::Joining)));
    assert_eq!(refused.count(), 19, "{made:?}");
    assert_eq!(rows(&store, "joinings").await, 1);
}

pub(crate) async fn are_decided_once_by_twenty_at_once(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let joining = keep(&store, client, "nadia@exemple.fr").await;
    let seen = joining.clone();
    let decided = twenty(&store, move |store, number| {
        let joining = seen.clone();
        async move {
            let yes = number.is_multiple_of(2);
            let done = if yes {
                accept(store.write(), &joining, &granted(), at(2 * HOUR), at(9 * DAY)).await
            } else {
                step(store.write(), &joining, JoiningStep::Refuse, Some("Non"), at(2 * HOUR)).await
            };
            (yes, done.unwrap())
        }
    })
    .await;
    let winners: Vec<bool> = decided.iter().filter(|(_, done)| *done).map(|(yes, _)| *yes).collect();
    assert_eq!(winners.len(), 1, "{decided:?}");
    let kept = by_id(store.read(), HERE, joining.id).await.unwrap().unwrap();
    if winners[0] {
        assert_eq!(
            (kept.state, kept.grant, kept.expires_at),
            (JoiningState::Invited, granted(), at(9 * DAY))
        );
        assert_eq!(kept.sent_at, Some(at(2 * HOUR)));
    } else {
        assert_eq!((kept.state, kept.sent_at), (JoiningState::Refused, None));
        assert_eq!(rows(&store, "joinings WHERE reason = 'Non' AND ended_at IS NOT NULL").await, 1);
    }
}

pub(crate) async fn take_the_steps_of_the_domain_and_no_others(store: Store) {
    use JoiningStep as T;
    let client = keep_client(&store, HERE, "237517").await;
    let asked = keep(&store, client, "nadia@exemple.fr").await;
    let write = store.write();
    for illegal in [T::Cancel, T::Activate] {
        assert!(!step(write, &asked, illegal, None, at(HOUR)).await.unwrap(), "{illegal:?}");
    }
    assert!(!sent_again(write, asked.id, at(HOUR), at(9 * DAY)).await.unwrap(), "it is no invitation");
    assert!(accept(write, &asked, &granted(), at(2 * HOUR), at(9 * DAY)).await.unwrap());
    // What was read before it was accepted can't be decided on any more.
    assert!(!step(write, &asked, T::Refuse, Some("Non"), at(3 * HOUR)).await.unwrap());
    assert!(!step(write, &asked, T::Expire, None, at(3 * HOUR)).await.unwrap());
    let invited = by_id(store.read(), HERE, asked.id).await.unwrap().unwrap();
    assert!(!accept(write, &invited, &Grant::default(), at(3 * HOUR), at(DAY)).await.unwrap());
    assert!(!step(write, &invited, T::Refuse, None, at(3 * HOUR)).await.unwrap());
    assert!(sent_again(write, asked.id, at(4 * HOUR), at(10 * DAY)).await.unwrap());
    let again = by_id(store.read(), HERE, asked.id).await.unwrap().unwrap();
    assert_eq!((again.sent_at, again.expires_at), (Some(at(4 * HOUR)), at(10 * DAY)));
    assert!(step(write, &again, T::Activate, None, at(5 * HOUR)).await.unwrap());
    assert_eq!(state(&store, asked.id).await, JoiningState::Active);
    let active = by_id(store.read(), HERE, asked.id).await.unwrap().unwrap();
    for over in [T::Refuse, T::Cancel, T::Activate, T::Expire] {
        assert!(!step(write, &active, over, None, at(DAY)).await.unwrap(), "{over:?}");
    }
    assert!(!sent_again(write, asked.id, at(DAY), at(10 * DAY)).await.unwrap());
    assert_eq!(open_of(store.read(), HERE, client).await.unwrap(), []);
}

pub(crate) async fn are_overdue_from_their_last_second_on(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let there = keep_client(&store, THERE, "48213").await;
    let here = keep(&store, client, "nadia@exemple.fr").await;
    insert(store.write(), new_joining(THERE, there, "deux@exemple.fr")).await.unwrap();
    let late = NewJoining { expires_at: at(2 * DAY), ..new_joining(HERE, client, "trois@exemple.fr") };
    insert(store.write(), late).await.unwrap();
    let addresses = async |now: Timestamp, most| -> Vec<String> {
        let found = overdue(store.read(), now, most).await.unwrap();
        found.into_iter().map(|(portal, joining)| format!("{portal} {}", joining.email)).collect()
    };
    assert!(addresses(at(DAY - 1), 10).await.is_empty());
    let both = [format!("{HERE} nadia@exemple.fr"), format!("{THERE} deux@exemple.fr")];
    assert_eq!(addresses(at(DAY), 10).await, both);
    assert_eq!(addresses(at(DAY), 1).await, both[..1]);
    assert!(step(store.write(), &here, JoiningStep::Expire, None, at(DAY)).await.unwrap());
    assert_eq!(state(&store, here.id).await, JoiningState::Expired);
    assert_eq!(addresses(at(DAY), 10).await, both[1..]);
    assert_eq!(addresses(at(2 * DAY), 10).await.len(), 2);
}

pub(crate) async fn are_overdue_when_invited_thirty_days_later(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let asked = keep(&store, client, "nadia@exemple.fr").await;
    let invited = NewJoining { state: JoiningState::Invited, ..new_joining(HERE, client, "deux@exemple.fr") };
    let invited = insert(store.write(), invited).await.unwrap();
    let invited = by_id(store.read(), HERE, invited).await.unwrap().unwrap();
    assert_eq!((asked.ends_at(), invited.ends_at()), (at(DAY), at(31 * DAY)));
    let due = async |now: Timestamp| -> Vec<i64> {
        let found = overdue(store.read(), now, 10).await.unwrap();
        found.into_iter().map(|(_, joining)| joining.id).collect()
    };
    assert_eq!(due(at(31 * DAY - 1)).await, [asked.id]);
    assert_eq!(due(at(31 * DAY)).await, [asked.id, invited.id]);
    // Sent again, it has all of its time again.
    assert!(sent_again(store.write(), invited.id, at(31 * DAY), at(38 * DAY)).await.unwrap());
    assert_eq!(due(at(68 * DAY - 1)).await, [asked.id]);
    assert_eq!(due(at(68 * DAY)).await, [asked.id, invited.id]);
}
