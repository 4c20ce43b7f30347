use palier_domain::values::Date;
use palier_server::store::leases::{NewLease, by_id, count, find, upsert_many};
use palier_server::store::{Counts, Store};

use crate::support::{HERE, THERE, at, email, keep_lease, lease, reference, rows};

pub(crate) async fn are_found_by_reference_and_id(store: Store) {
    let id = keep_lease(&store, HERE, "482173").await;
    let read = store.read();
    assert_eq!(by_id(read, HERE, id).await.unwrap(), find(read, HERE, &reference("482173")).await.unwrap());
    assert_eq!(find(read, HERE, &reference("482174")).await.unwrap(), None);
    // Another portal's is absent, by its id too.
    assert_eq!(find(read, THERE, &reference("482173")).await.unwrap(), None);
    assert_eq!(by_id(read, THERE, id).await.unwrap(), None);
    let other = keep_lease(&store, THERE, "482173").await;
    assert_ne!(id, other);
    assert_eq!((count(read, HERE).await.unwrap(), count(read, THERE).await.unwrap()), (1, 1));
}

fn whole() -> NewLease {
    NewLease {
        first_name: Some("Thị Lan".to_owned()),
        other_names: vec!["D’ALMEIDA".to_owned(), "de \"La\" Tour, née\nDurand".to_owned()],
        birth_date: Date::new(1978, 2, 17),
        street: Some("3 bis rue de l’Escalier-Bleu".to_owned()),
        postal_code: Some("02100".to_owned()),
        town: Some("SAINT-QUENTIN".to_owned()),
        entered_on: Date::new(2019, 9, 15),
        left_on: Date::new(2026, 12, 31),
        email: Some(email("Lan+hlm@exemple.fr")),
        ..lease("12345", "Nguyễn")
    }
}

pub(crate) async fn are_kept_whole(store: Store) {
    upsert_many(store.write(), HERE, &[whole()], at(0)).await.unwrap();
    let kept = find(store.read(), HERE, &reference("12345")).await.unwrap().unwrap();
    assert_eq!(kept.portal, HERE);
    assert_eq!(NewLease::from(kept), whole());
}

pub(crate) async fn say_what_changed(store: Store) {
    let write = store.write();
    let created = upsert_many(write, HERE, &[lease("1", "Un"), whole()], at(0)).await.unwrap();
    assert_eq!(created, Counts { created: 2, ..Counts::default() });
    let id = find(store.read(), HERE, &reference("12345")).await.unwrap().unwrap().id;
    let again = upsert_many(write, HERE, &[lease("1", "Un"), whole()], at(1)).await.unwrap();
    assert_eq!(again, Counts { unchanged: 2, ..Counts::default() });
    let left = NewLease { left_on: None, other_names: Vec::new(), ..whole() };
    let mixed =
        upsert_many(write, HERE, &[left.clone(), lease("1", "Un"), lease("2", "Deux")], at(2)).await.unwrap();
    assert_eq!(mixed, Counts { created: 1, updated: 1, unchanged: 1 });
    let kept = find(store.read(), HERE, &reference("12345")).await.unwrap().unwrap();
    assert_eq!(kept.id, id);
    assert_eq!(NewLease::from(kept), left);
    assert_eq!(upsert_many(write, HERE, &[], at(3)).await.unwrap(), Counts::default());
}

pub(crate) async fn count_a_repeated_one_as_it_comes(store: Store) {
    let given =
        [lease("1", "Un"), lease("1", "Un"), lease("1", "Deux"), lease("1", "Un"), lease("1", "Trois")];
    let counts = upsert_many(store.write(), HERE, &given, at(0)).await.unwrap();
    assert_eq!(counts, Counts { created: 1, updated: 3, unchanged: 1 });
    assert_eq!(find(store.read(), HERE, &reference("1")).await.unwrap().unwrap().surname, "Trois");
}

pub(crate) async fn come_in_by_thousands(store: Store) {
    let given: Vec<_> = (1..=2_501).map(|number| lease(&number.to_string(), "Martin")).collect();
    let created = upsert_many(store.write(), HERE, &given, at(0)).await.unwrap();
    assert_eq!(created, Counts { created: 2_501, ..Counts::default() });
    let again = upsert_many(store.write(), HERE, &given, at(1)).await.unwrap();
    assert_eq!(again, Counts { unchanged: 2_501, ..Counts::default() });
    assert_eq!(count(store.read(), HERE).await.unwrap(), 2_501);
}

pub(crate) async fn come_in_wholly_or_not_at_all(store: Store) {
    let transaction = store.begin().await.unwrap();
    upsert_many(&transaction, HERE, &[lease("1", "Un")], at(0)).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(rows(&store, "leases").await, 0);
}

pub(crate) async fn come_in_from_two_imports_at_once(store: Store) {
    let up: Vec<_> = (1..=700).map(|number| lease(&number.to_string(), "Martin")).collect();
    let down: Vec<_> = up.iter().rev().cloned().collect();
    let import = |leases: Vec<NewLease>| {
        let store = store.clone();
        tokio::spawn(async move {
            let transaction = store.begin().await.unwrap();
            let counts = upsert_many(&transaction, HERE, &leases, at(0)).await;
            transaction.commit().await.unwrap();
            counts
        })
    };
    let (one, other) = (import(up[..500].to_vec()), import(down[..500].to_vec()));
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    assert_eq!(count(store.read(), HERE).await.unwrap(), 700);
}
