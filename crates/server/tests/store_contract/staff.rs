use palier_domain::desk::Role;
use palier_server::store::Store;
use palier_server::store::staff::{
    self, StaffState, by_email, by_id, close, enrol, list, propose, recovery_left, use_recovery, use_step,
    welcome,
};
use palier_server::store::staff_sessions::{NewStaffSession, end, end_all, find, insert, touch};

use crate::support::{DAY, HERE, THERE, at, email, hash, is_conflict, twenty};

/// Lets somebody come, and gives their id.
pub(crate) async fn invited(store: &Store, portal: &str, address: &str, role: Role) -> i64 {
    let transaction = store.begin().await.unwrap();
    let id = staff::invite(&transaction, portal, &email(address), role, at(0)).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

/// Somebody with a password, an authenticator and two recovery codes.
async fn enrolled(store: &Store, address: &str) -> i64 {
    let id = invited(store, HERE, address, Role::Operator).await;
    let conn = store.write();
    assert!(welcome(conn, id, "Inès", "Moreau", "$argon2id$").await.unwrap());
    assert!(propose(conn, id, &[7; 20]).await.unwrap());
    assert!(enrol(conn, id, &[hash(1), hash(2)], at(60)).await.unwrap());
    id
}

fn session(staff_id: i64, number: u8, second_factor: bool) -> NewStaffSession {
    NewStaffSession {
        portal: HERE.to_owned(),
        staff_id,
        token_hash: hash(number),
        second_factor,
        now: at(0),
        expires_at: at(DAY),
    }
}

pub(crate) async fn are_found_by_address_and_id_in_their_portal(store: Store) {
    let id = invited(&store, HERE, "Ines@banque.example", Role::Support).await;
    let key = email("ines@BANQUE.example").key();
    let found = by_email(store.read(), HERE, &key).await.unwrap().unwrap();
    assert_eq!((found.id, found.role, found.state), (id, Role::Support, StaffState::Invited));
    assert_eq!((found.created_at, found.password_hash.clone(), found.enrolled_at), (at(0), None, None));
    assert_eq!(by_id(store.read(), HERE, id).await.unwrap(), Some(found));
    assert_eq!(by_email(store.read(), THERE, &key).await.unwrap(), None);
    assert_eq!(by_id(store.read(), THERE, id).await.unwrap(), None);
    // One of another portal is somebody else.
    assert_ne!(invited(&store, THERE, "ines@banque.example", Role::Operator).await, id);
}

pub(crate) async fn are_kept_whole(store: Store) {
    let id = enrolled(&store, "ines@banque.example").await;
    let known = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    assert_eq!((known.first_name.as_str(), known.surname.as_str()), ("Inès", "Moreau"));
    assert_eq!((known.state, known.password_hash.as_deref()), (StaffState::Active, Some("$argon2id$")));
    assert_eq!((known.totp_secret.clone(), known.enrolled_at), (Some(vec![7; 20]), Some(at(60))));
    let shown = format!("{known:?}");
    assert!(!shown.contains("argon2") && !shown.contains('['), "{shown}");
    // What counts already isn't replaced.
    assert!(!propose(store.write(), id, &[8; 20]).await.unwrap());
    assert!(!enrol(store.write(), id, &[hash(3)], at(61)).await.unwrap());
    assert!(!welcome(store.write(), id, "Paul", "Petit", "other").await.unwrap());
    assert_eq!(recovery_left(store.read(), id).await.unwrap(), 2);
    assert_eq!(by_id(store.read(), HERE, id).await.unwrap(), Some(known));
}

pub(crate) async fn begin_anew_when_invited_again(store: Store) {
    let id = enrolled(&store, "ines@banque.example").await;
    assert!(use_step(store.write(), id, 50).await.unwrap());
    assert_eq!(invited(&store, HERE, "INES@banque.example", Role::Landlord).await, id);
    let known = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    assert_eq!((known.role, known.state), (Role::Landlord, StaffState::Invited));
    assert_eq!((known.password_hash, known.totp_secret, known.enrolled_at), (None, None, None));
    assert_eq!(recovery_left(store.read(), id).await.unwrap(), 0);
    assert!(!propose(store.write(), id, &[8; 20]).await.unwrap(), "nobody is there yet");
}

pub(crate) async fn are_listed_until_they_are_removed(store: Store) {
    for address in ["paul@banque.example", "ines@banque.example"] {
        invited(&store, HERE, address, Role::Operator).await;
    }
    invited(&store, THERE, "other@banque.example", Role::Operator).await;
    let all = list(store.read(), HERE).await.unwrap();
    let addresses: Vec<String> = all.iter().map(|staff| staff.email.to_string()).collect();
    assert_eq!(addresses, ["ines@banque.example", "paul@banque.example"]);
    close(store.write(), all[0].id, StaffState::Removed).await.unwrap();
    let left = list(store.read(), HERE).await.unwrap();
    assert_eq!(left, all[1..]);
    let removed = by_id(store.read(), HERE, all[0].id).await.unwrap().unwrap();
    assert_eq!(removed.state, StaffState::Removed);
}

pub(crate) async fn use_a_step_once_of_twenty_at_once(store: Store) {
    let id = enrolled(&store, "ines@banque.example").await;
    let used = twenty(&store, |store, _| async move { use_step(store.write(), id, 100).await.unwrap() });
    assert_eq!(used.await.into_iter().filter(|used| *used).count(), 1);
    assert!(!use_step(store.write(), id, 99).await.unwrap(), "one before it");
    assert!(use_step(store.write(), id, 101).await.unwrap());
}

pub(crate) async fn use_a_recovery_code_once_of_twenty_at_once(store: Store) {
    let id = enrolled(&store, "ines@banque.example").await;
    let other = enrolled(&store, "paul@banque.example").await;
    let used =
        twenty(&store, |store, _| async move { use_recovery(store.write(), id, &hash(1)).await.unwrap() });
    assert_eq!(used.await.into_iter().filter(|used| *used).count(), 1);
    assert!(!use_recovery(store.write(), id, &hash(3)).await.unwrap());
    assert_eq!(recovery_left(store.read(), id).await.unwrap(), 1);
    assert_eq!(recovery_left(store.read(), other).await.unwrap(), 2);
}

pub(crate) async fn enrol_once_of_twenty_at_once(store: Store) {
    let id = invited(&store, HERE, "ines@banque.example", Role::Operator).await;
    assert!(welcome(store.write(), id, "Inès", "Moreau", "$argon2id$").await.unwrap());
    assert!(!enrol(store.write(), id, &[hash(1)], at(0)).await.unwrap(), "nothing was proposed");
    assert!(propose(store.write(), id, &[7; 20]).await.unwrap());
    let enrolled = twenty(&store, |store, number| async move {
        let transaction = store.begin().await.unwrap();
        let done = enrol(&transaction, id, &[hash(number), hash(100 + number)], at(60)).await.unwrap();
        transaction.commit().await.unwrap();
        done
    });
    assert_eq!(enrolled.await.into_iter().filter(|done| *done).count(), 1);
    assert_eq!(recovery_left(store.read(), id).await.unwrap(), 2);
}

pub(crate) async fn have_sessions_of_their_own(store: Store) {
    let id = enrolled(&store, "ines@banque.example").await;
    let other = enrolled(&store, "paul@banque.example").await;
    let half = insert(store.write(), session(id, 1, false)).await.unwrap();
    insert(store.write(), session(id, 2, true)).await.unwrap();
    insert(store.write(), session(other, 3, true)).await.unwrap();
    assert!(is_conflict(&insert(store.write(), session(other, 1, true)).await));
    let (row, whose) = find(store.read(), HERE, &hash(1)).await.unwrap().unwrap();
    assert_eq!((row.id, row.second_factor_at, whose.id), (half, None, id));
    assert_eq!((row.created_at, row.seen_at, row.expires_at), (at(0), at(0), at(DAY)));
    touch(store.write(), half, at(60)).await.unwrap();
    let (row, _) = find(store.read(), HERE, &hash(1)).await.unwrap().unwrap();
    assert_eq!((row.created_at, row.seen_at), (at(0), at(60)));
    let (row, _) = find(store.read(), HERE, &hash(2)).await.unwrap().unwrap();
    assert_eq!(row.second_factor_at, Some(at(0)));
    assert_eq!(find(store.read(), THERE, &hash(1)).await.unwrap(), None);
    assert!(end(store.write(), half).await.unwrap());
    assert!(!end(store.write(), half).await.unwrap());
    assert_eq!(find(store.read(), HERE, &hash(1)).await.unwrap(), None);
    assert_eq!(end_all(store.write(), id).await.unwrap(), 1);
    assert!(find(store.read(), HERE, &hash(3)).await.unwrap().is_some());
}
