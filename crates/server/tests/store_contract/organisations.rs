use palier_domain::journey::Answers;
use palier_domain::values::Date;
use palier_server::store::kept_files::{self, NewFile};
use palier_server::store::memberships::{self, Agreement};
use palier_server::store::organisations::{self, Details};
use palier_server::store::sign_ups::{self, NewSignUp, Subject};
use palier_server::store::{Conflict, Store, StoreError, promo_uses};

use crate::support::{DAY, HERE, THERE, at, keep_account, keep_lease, new_sign_up, twenty};

fn details(siren: &str, name: &str) -> Details {
    Details {
        siren: siren.to_owned(),
        siret: None,
        name: name.to_owned(),
        first_name: "Anne-Lise".to_owned(),
        surname: "Le Goff".to_owned(),
        birth_date: Date::new(1972, 2, 29).expect("a day"),
    }
}

/// Keeps an organisation with its correspondent's account and gives its id.
async fn keep(store: &Store, siren: &str, name: &str, number: u8) -> i64 {
    let account = keep_account(store, HERE, &format!("c{number}@exemple.fr"), number).await;
    let conn = store.write();
    organisations::insert(conn, HERE, account, &details(siren, name), at(0), at(1)).await.unwrap()
}

async fn keep_file(store: &Store, content: &str) -> i64 {
    let file = NewFile {
        portal: HERE.to_owned(),
        media_type: "application/pdf".to_owned(),
        name: "contrat.pdf".to_owned(),
        content: content.as_bytes().to_vec(),
        now: at(0),
    };
    kept_files::keep(store.write(), file).await.unwrap()
}

fn agreement(reference: &str, second: i64, file_id: i64) -> Agreement {
    Agreement {
        reference: reference.to_owned(),
        joined_at: at(second),
        first_name: "Anne-Lise".to_owned(),
        surname: "Le Goff".to_owned(),
        partner: Some("USH".to_owned()),
        promo_code: Some("USH2017".to_owned()),
        contract_version: "2026-11".to_owned(),
        contract_sha256: "ab".repeat(32),
        terms_version: "mediation-2026-11".to_owned(),
        terms_sha256: "cd".repeat(32),
        file_id,
        terms_file_id: file_id,
    }
}

async fn joins(store: &Store, organisation: i64, reference: &str, second: i64) -> bool {
    let file = keep_file(store, reference).await;
    let transaction = store.begin().await.unwrap();
    let membership = memberships::held(&transaction, HERE, organisation, at(second)).await.unwrap();
    let joined = memberships::join(&transaction, membership.id, &agreement(reference, second, file)).await;
    transaction.commit().await.unwrap();
    joined.unwrap()
}

pub(crate) async fn have_one_identity_each(store: Store) {
    let id = keep(&store, "784671695", "Habitat du Val", 1).await;
    let read = store.read();
    let kept = organisations::by_siren(read, HERE, "784671695").await.unwrap().expect("kept");
    assert_eq!((kept.id, &kept.details), (id, &details("784671695", "Habitat du Val")));
    assert_eq!((kept.created_at, kept.certified_at, kept.reminded), (at(0), at(1), 0));
    assert_eq!(organisations::by_account(read, HERE, kept.account_id).await.unwrap(), Some(kept));
    assert_eq!(organisations::by_siren(read, THERE, "784671695").await.unwrap(), None);
    let other = keep_account(&store, HERE, "autre@exemple.fr", 2).await;
    let same = details("784671695", "Autre");
    let again = organisations::insert(store.write(), HERE, other, &same, at(0), at(2));
    assert!(matches!(again.await, Err(StoreError::Conflict(Conflict::Organisation))));
}

pub(crate) async fn sign_up_beside_tenants(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let tenant =
        sign_ups::insert(store.write(), new_sign_up(HERE, lease_id, "a@exemple.fr", 1)).await.unwrap();
    let subject = Subject::Organisation(Box::new(details("784671695", "Habitat du Val")));
    let new = |handle| NewSignUp {
        subject: subject.clone(),
        ..new_sign_up(HERE, lease_id, "a@exemple.fr", handle)
    };
    let first = sign_ups::insert(store.write(), new(2)).await.unwrap();
    let second = sign_ups::insert(store.write(), new(3)).await.unwrap();
    let state = async |id| sign_ups::by_id(store.read(), HERE, id).await.unwrap().unwrap().state;
    // The newer one of the same organisation supersedes; that of the lease is another matter.
    assert_eq!(state(tenant).await, sign_ups::State::Open);
    assert_eq!(state(first).await, sign_ups::State::Superseded);
    assert_eq!(state(second).await, sign_ups::State::Open);
    let kept = sign_ups::by_id(store.read(), HERE, second).await.unwrap().unwrap();
    assert_eq!(kept.subject, subject);
    let waiting = sign_ups::pending_organisations(store.read(), HERE).await.unwrap();
    assert_eq!(waiting, [kept]);
}

pub(crate) async fn keep_their_answers_until_they_join(store: Store) {
    let organisation = keep(&store, "784671695", "Habitat du Val", 1).await;
    assert_eq!(memberships::of(store.read(), organisation).await.unwrap(), None);
    let answers: Answers = [("federation".to_owned(), "non".to_owned())].into();
    let transaction = store.begin().await.unwrap();
    let begun = memberships::held(&transaction, HERE, organisation, at(5)).await.unwrap();
    memberships::save(&transaction, begun.id, &answers, at(6)).await.unwrap();
    transaction.commit().await.unwrap();
    let kept = memberships::of(store.read(), organisation).await.unwrap().expect("begun");
    assert_eq!((kept.answers.clone(), kept.changes, kept.changed_at), (answers, 1, at(6)));
    assert!(joins(&store, organisation, "M-1", 10).await);
    // Once is enough: neither joining again nor answering changes anything.
    assert!(!joins(&store, organisation, "M-2", 11).await);
    memberships::save(store.write(), kept.id, &Answers::new(), at(12)).await.unwrap();
    let joined = memberships::of(store.read(), organisation).await.unwrap().expect("a member");
    assert_eq!(joined.answers, kept.answers);
    let agreed = joined.joined.expect("a member");
    assert_eq!(agreed, agreement("M-1", 10, agreed.file_id));
}

pub(crate) async fn join_once_of_twenty_at_once(store: Store) {
    let organisation = keep(&store, "784671695", "Habitat du Val", 1).await;
    let file = keep_file(&store, "contrat").await;
    let joined = twenty(&store, move |store, number| async move {
        let transaction = store.begin().await.unwrap();
        let held = memberships::held(&transaction, HERE, organisation, at(0)).await.unwrap();
        let reference = format!("M-{number}");
        let joined = memberships::join(&transaction, held.id, &agreement(&reference, 1, file)).await.unwrap();
        transaction.commit().await.unwrap();
        joined
    });
    assert_eq!(joined.await.into_iter().filter(|joined| *joined).count(), 1);
}

pub(crate) async fn are_listed_once_they_are_members(store: Store) {
    let val = keep(&store, "784671695", "Habitat du Val", 1).await;
    keep(&store, "356000000", "Logis de l'Est", 2).await;
    let before = memberships::mark(store.read(), HERE).await.unwrap();
    assert!(memberships::members(store.read(), HERE).await.unwrap().is_empty());
    assert!(joins(&store, val, "M-1", 10).await);
    assert_ne!(memberships::mark(store.read(), HERE).await.unwrap(), before);
    let listed = memberships::members(store.read(), HERE).await.unwrap();
    let [member] = listed.as_slice() else { panic!("one member, not {listed:?}") };
    assert_eq!((member.id, member.name.as_str(), member.joined_at), (val, "Habitat du Val", at(10)));
    assert!(memberships::members(store.read(), THERE).await.unwrap().is_empty());
    let all = organisations::all(store.read(), HERE).await.unwrap();
    let joined: Vec<_> = all
        .iter()
        .map(|whole| (whole.organisation.details.name.as_str(), whole.membership.is_some()))
        .collect();
    assert_eq!(joined, [("Habitat du Val", true), ("Logis de l'Est", false)]);
    assert_eq!(all[0].account.address(), "c1@exemple.fr");
}

pub(crate) async fn are_reminded_while_they_are_no_members(store: Store) {
    let val = keep(&store, "784671695", "Habitat du Val", 1).await;
    let est = keep(&store, "356000000", "Logis de l'Est", 2).await;
    let due = async |before| -> Vec<i64> {
        let due = organisations::to_remind(store.read(), HERE, at(before), 2).await.unwrap();
        due.into_iter().map(|whole| whole.organisation.id).collect()
    };
    assert_eq!(due(0).await, Vec::<i64>::new());
    assert_eq!(due(DAY).await, [val, est]);
    // Counted once, by whoever is first.
    assert!(organisations::count_reminder(store.write(), val, 0, 1).await.unwrap());
    assert!(!organisations::count_reminder(store.write(), val, 0, 1).await.unwrap());
    assert!(organisations::count_reminder(store.write(), val, 1, 2).await.unwrap());
    assert_eq!(due(DAY).await, [est]);
    organisations::stop_reminders(store.write(), est, at(DAY)).await.unwrap();
    assert!(!organisations::count_reminder(store.write(), est, 0, 1).await.unwrap());
    assert_eq!(due(DAY).await, Vec::<i64>::new());
    let member = keep(&store, "552100554", "Toits du Nord", 3).await;
    assert_eq!(due(DAY).await, [member]);
    assert!(joins(&store, member, "M-1", 10).await);
    assert_eq!(due(DAY).await, Vec::<i64>::new());
}

pub(crate) async fn spend_the_last_use_of_a_code_once(store: Store) {
    for _ in 0..2 {
        assert!(promo_uses::spend(store.write(), HERE, "USH2017", Some(3)).await.unwrap());
    }
    let spent = twenty(&store, |store, _| async move {
        promo_uses::spend(store.write(), HERE, "USH2017", Some(3)).await.unwrap()
    });
    assert_eq!(spent.await.into_iter().filter(|spent| *spent).count(), 1);
    assert_eq!(promo_uses::uses(store.read(), HERE, "USH2017").await.unwrap(), 3);
    assert_eq!(promo_uses::uses(store.read(), THERE, "USH2017").await.unwrap(), 0);
    assert!(promo_uses::spend(store.write(), HERE, "LIBRE", None).await.unwrap());
    // What is undone isn't spent.
    let transaction = store.begin().await.unwrap();
    assert!(promo_uses::spend(&transaction, HERE, "LIBRE", None).await.unwrap());
    drop(transaction);
    assert_eq!(promo_uses::uses(store.read(), HERE, "LIBRE").await.unwrap(), 1);
}
