use palier_domain::values::{ClientNumber, PostalAddress, ReferenceFormat};
use palier_server::store::clients::{NewClient, by_id, by_number, count, upsert_many};
use palier_server::store::{Counts, Store};

use crate::support::{HERE, THERE, at, rows};

pub(crate) fn number(digits: &str) -> ClientNumber {
    ClientNumber::parse(digits, &ReferenceFormat::any()).expect("a number")
}

pub(crate) fn client(digits: &str, name: &str) -> NewClient {
    let lines = ["", "", "1 place de l’Hôtel-de-Ville", "", "", "02100 SAINT-QUENTIN"];
    NewClient {
        number: number(digits),
        name: name.to_owned(),
        legal_form: None,
        representative: "Maire".to_owned(),
        address: PostalAddress::parse(name, lines).expect("an address"),
    }
}

fn whole() -> NewClient {
    let name = "SOCIÉTÉ « L’Été » \"HLM\"";
    let lines = ["", "Bâtiment B", "3 bis rue du Palier", "", "1000 BRUXELLES", "BELGIQUE"];
    NewClient {
        legal_form: Some("Société coopérative".to_owned()),
        representative: "Présidente".to_owned(),
        address: PostalAddress::parse(name, lines).expect("an address"),
        ..client("237517", name)
    }
}

pub(crate) async fn are_found_by_number_and_id(store: Store) {
    for portal in [HERE, THERE] {
        upsert_many(store.write(), portal, &[client("237517", portal)], at(0)).await.unwrap();
    }
    let read = store.read();
    let found = by_number(read, HERE, &number("000237517")).await.unwrap().unwrap();
    assert_eq!((found.portal.as_str(), found.known.name.as_str()), (HERE, HERE));
    assert_eq!(by_id(read, HERE, found.id).await.unwrap(), Some(found.clone()));
    // Another portal's is absent, by its id too.
    assert_eq!(by_id(read, THERE, found.id).await.unwrap(), None);
    assert_eq!(by_number(read, HERE, &number("237518")).await.unwrap(), None);
    assert_eq!((count(read, HERE).await.unwrap(), count(read, THERE).await.unwrap()), (1, 1));
}

pub(crate) async fn are_kept_whole(store: Store) {
    upsert_many(store.write(), HERE, &[whole()], at(0)).await.unwrap();
    let kept = by_number(store.read(), HERE, &whole().number).await.unwrap().unwrap();
    assert_eq!(kept.known, whole());
    let changed = NewClient { legal_form: None, ..client("237517", "Autre") };
    upsert_many(store.write(), HERE, std::slice::from_ref(&changed), at(1)).await.unwrap();
    let after = by_number(store.read(), HERE, &whole().number).await.unwrap().unwrap();
    assert_eq!((after.id, after.known), (kept.id, changed));
}

pub(crate) async fn say_what_changed(store: Store) {
    let write = store.write();
    let one = client("1", "Un");
    let created = upsert_many(write, HERE, &[one.clone(), whole()], at(0)).await.unwrap();
    assert_eq!(created, Counts { created: 2, ..Counts::default() });
    let again = upsert_many(write, HERE, &[one.clone(), whole()], at(1)).await.unwrap();
    assert_eq!(again, Counts { unchanged: 2, ..Counts::default() });
    let moved = NewClient { representative: "Maire délégué".to_owned(), ..one.clone() };
    let mixed = upsert_many(write, HERE, &[moved, whole(), client("2", "Deux")], at(2)).await.unwrap();
    assert_eq!(mixed, Counts { created: 1, updated: 1, unchanged: 1 });
    let twice =
        upsert_many(write, HERE, &[client("3", "A"), client("3", "A"), client("3", "B")], at(3)).await;
    assert_eq!(twice.unwrap(), Counts { created: 1, updated: 1, unchanged: 1 });
    assert_eq!(by_number(write, HERE, &number("3")).await.unwrap().unwrap().known.name, "B");
}

pub(crate) async fn come_in_wholly_or_not_at_all(store: Store) {
    let given: Vec<_> = (1..=1_201).map(|number| client(&number.to_string(), "Mairie")).collect();
    let transaction = store.begin().await.unwrap();
    let counts = upsert_many(&transaction, HERE, &given, at(0)).await.unwrap();
    assert_eq!(counts, Counts { created: 1_201, ..Counts::default() });
    transaction.rollback().await.unwrap();
    assert_eq!(rows(&store, "clients").await, 0);
}
