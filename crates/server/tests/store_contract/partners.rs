use palier_domain::credentials::{Access, Channel, Event, Held, Kind, Pass, Refusal};
use palier_domain::values::{PostalAddress, UserNumber};
use palier_server::store::partners::{
    NewPartner, Opening, Partner, by_id, by_number, count, held, set_opening, upsert_many,
};
use palier_server::store::{Counts, Store, StoreError};

use crate::support::{DAY, HERE, HOUR, THERE, at, email, hash, keep_account, rows, twenty};

fn number(digits: &str) -> UserNumber {
    UserNumber::parse(digits).expect("a number")
}

/// One by e-mail, whose user number ends with these digits.
fn partner(rank: u16, name: &str) -> NewPartner {
    NewPartner {
        number: UserNumber::of_parts("078", "270075", &rank.to_string()).expect("a number"),
        name: name.to_owned(),
        email: Some(email("bailleur@exemple.fr")),
        address: None,
        channel: Channel::Mail,
    }
}

fn by_letter() -> NewPartner {
    let name = "SCI « L’Été » \"HLM\"";
    let lines = ["", "Bâtiment B", "3 bis rue du Palier", "", "1000 BRUXELLES", "BELGIQUE"];
    let address = PostalAddress::parse(name, lines).expect("an address");
    NewPartner {
        name: name.to_owned(),
        email: None,
        address: Some(address),
        channel: Channel::Letter,
        ..partner(1, name)
    }
}

/// Keeps one and gives it.
async fn keep(store: &Store, portal: &str) -> Partner {
    upsert_many(store.write(), portal, &[by_letter()], at(0)).await.unwrap();
    by_number(store.read(), portal, &by_letter().number).await.unwrap().expect("the partner")
}

async fn again(store: &Store, partner: &Partner) -> Partner {
    by_id(store.read(), &partner.portal, partner.id).await.unwrap().expect("the partner")
}

pub(crate) async fn are_found_by_number_and_id(store: Store) {
    for portal in [HERE, THERE] {
        upsert_many(store.write(), portal, &[partner(1, portal)], at(0)).await.unwrap();
    }
    let read = store.read();
    let found = by_number(read, HERE, &number("078 0270075 0001")).await.unwrap().unwrap();
    assert_eq!((found.portal.as_str(), found.known.name.as_str()), (HERE, HERE));
    assert_eq!(found.opening, Opening::NEW);
    assert_eq!(by_id(read, HERE, found.id).await.unwrap(), Some(found.clone()));
    // Another portal's is absent, by its id too.
    assert_eq!(by_id(read, THERE, found.id).await.unwrap(), None);
    assert_eq!(by_number(read, HERE, &number("07802700750002")).await.unwrap(), None);
    assert_eq!((count(read, HERE).await.unwrap(), count(read, THERE).await.unwrap()), (1, 1));
    let transaction = store.begin().await.unwrap();
    assert_eq!(held(&transaction, THERE, found.id).await.unwrap(), None);
    assert_eq!(held(&transaction, HERE, found.id).await.unwrap(), Some(found));
}

pub(crate) async fn are_kept_whole(store: Store) {
    let kept = keep(&store, HERE).await;
    assert_eq!(kept.known, by_letter());
    let both = NewPartner { email: Some(email("ete+hlm@exemple.fr")), ..by_letter() };
    for changed in [both, partner(1, "Autre")] {
        upsert_many(store.write(), HERE, std::slice::from_ref(&changed), at(1)).await.unwrap();
        let after = again(&store, &kept).await;
        assert_eq!((after.id, after.known), (kept.id, changed));
    }
}

pub(crate) async fn say_what_changed(store: Store) {
    let write = store.write();
    let one = partner(2, "Un");
    let created = upsert_many(write, HERE, &[one.clone(), by_letter()], at(0)).await.unwrap();
    assert_eq!(created, Counts { created: 2, ..Counts::default() });
    let again = upsert_many(write, HERE, &[one.clone(), by_letter()], at(1)).await.unwrap();
    assert_eq!(again, Counts { unchanged: 2, ..Counts::default() });
    let moved = NewPartner { email: Some(email("autre@exemple.fr")), ..one };
    let mixed = upsert_many(write, HERE, &[moved, by_letter(), partner(3, "A")], at(2)).await.unwrap();
    assert_eq!(mixed, Counts { created: 1, updated: 1, unchanged: 1 });
    let twice = [partner(4, "A"), partner(4, "A"), partner(4, "B")];
    let counts = upsert_many(write, HERE, &twice, at(3)).await.unwrap();
    assert_eq!(counts, Counts { created: 1, updated: 1, unchanged: 1 });
    let last = by_number(write, HERE, &twice[0].number).await.unwrap().unwrap();
    assert_eq!(last.known.name, "B");
}

pub(crate) async fn come_in_wholly_or_not_at_all(store: Store) {
    let given: Vec<_> = (1..=1_201).map(|rank| partner(rank, "SCI")).collect();
    let transaction = store.begin().await.unwrap();
    let counts = upsert_many(&transaction, HERE, &given, at(0)).await.unwrap();
    assert_eq!(counts, Counts { created: 1_201, ..Counts::default() });
    transaction.rollback().await.unwrap();
    assert_eq!(rows(&store, "partners").await, 0);
}

pub(crate) async fn come_in_once_from_twenty_files_at_once(store: Store) {
    let taken = twenty(&store, |store, file| async move {
        // Each in another order: rows are locked in the same one all the same.
        let mut given: Vec<_> = (1..=40).map(|rank| partner(rank, &format!("SCI {file}"))).collect();
        given.rotate_left(usize::from(file) * 2);
        let transaction = store.begin().await.unwrap();
        upsert_many(&transaction, HERE, &given, at(0)).await.unwrap();
        transaction.commit().await.unwrap();
    })
    .await;
    assert_eq!(taken.len(), 20);
    assert_eq!(count(store.read(), HERE).await.unwrap(), 40);
    // The last file to come in is whole.
    let name = by_number(store.read(), HERE, &partner(1, "").number).await.unwrap().unwrap().known.name;
    assert_eq!(rows(&store, &format!("partners WHERE name = '{name}'")).await, 40);
}

/// Every way in which an account can be opened, with what it is proven with.
fn openings(account: i64) -> Vec<Opening> {
    let pass = Pass { issued: at(HOUR), until: at(DAY) };
    let proven = |held, reset, secret: Option<u8>, account_id| Opening {
        access: Access { held, reset },
        secret_hash: secret.map(hash),
        link_until: None,
        account_id,
    };
    vec![
        proven(Held::Ordered, None, None, None),
        proven(Held::Provisional { kind: Kind::Letter, pass }, None, Some(1), None),
        proven(Held::Nothing, None, None, None),
        proven(Held::Provisional { kind: Kind::Mail, pass }, None, Some(2), None),
        Opening {
            link_until: Some(at(2 * HOUR)),
            ..proven(Held::Provisional { kind: Kind::Mail, pass }, None, Some(3), None)
        },
        proven(Held::Personal { since: at(HOUR), until: None }, None, None, Some(account)),
        proven(Held::Personal { since: at(HOUR), until: Some(at(DAY)) }, Some(pass), None, Some(account)),
    ]
}

pub(crate) async fn keep_what_they_are_opened_with(store: Store) {
    let account = keep_account(&store, HERE, "ete@exemple.fr", 1).await;
    let mut kept = keep(&store, HERE).await;
    for opening in openings(account) {
        assert!(set_opening(store.write(), &kept, &opening).await.unwrap());
        // From a partner that was read before, nothing is kept any more.
        assert!(!set_opening(store.write(), &kept, &Opening::NEW).await.unwrap());
        // A file that comes in changes nothing of it, nor whether it can be changed.
        let renamed = NewPartner { name: format!("{} bis", kept.known.name), ..by_letter() };
        kept = again(&store, &kept).await;
        upsert_many(store.write(), HERE, std::slice::from_ref(&renamed), at(DAY)).await.unwrap();
        let after = again(&store, &kept).await;
        assert_eq!((after.opening, &after.known), (opening, &renamed));
        kept.known = renamed;
        assert_eq!(after, kept);
    }
}

pub(crate) async fn are_not_opened_without_a_proof(store: Store) {
    let account = keep_account(&store, HERE, "ete@exemple.fr", 1).await;
    let kept = keep(&store, HERE).await;
    for opening in openings(account) {
        // One that is wanted left out, or one that isn't added.
        let secret = if opening.secret_hash.is_some() { None } else { Some(hash(3)) };
        let owner = if opening.account_id.is_some() { None } else { Some(account) };
        for wrong in [Opening { secret_hash: secret, ..opening }, Opening { account_id: owner, ..opening }] {
            let refused = set_opening(store.write(), &kept, &wrong).await;
            assert!(matches!(refused, Err(StoreError::Unreadable("partners"))), "{wrong:?}");
        }
    }
    assert_eq!(again(&store, &kept).await, kept);
}

pub(crate) async fn are_given_one_secret_by_twenty_who_read_before(store: Store) {
    let kept = keep(&store, HERE).await;
    let seen = kept.clone();
    let given = twenty(&store, move |store, secret| {
        let seen = seen.clone();
        async move {
            let access = seen.opening.access.after(Event::Mail { until: at(DAY) }, at(0)).unwrap();
            let opening = Opening { access, secret_hash: Some(hash(secret)), ..seen.opening };
            (secret, set_opening(store.write(), &seen, &opening).await.unwrap())
        }
    })
    .await;
    let winners: Vec<u8> = given.iter().filter(|(_, given)| *given).map(|(secret, _)| *secret).collect();
    assert_eq!(winners.len(), 1, "{given:?}");
    assert_eq!(again(&store, &kept).await.opening.secret_hash, Some(hash(winners[0])));
}

pub(crate) async fn are_ordered_one_letter_by_twenty_who_hold_them(store: Store) {
    let kept = keep(&store, HERE).await;
    let id = kept.id;
    let asked = twenty(&store, move |store, _| async move {
        let transaction = store.begin().await.unwrap();
        let seen = held(&transaction, HERE, id).await.unwrap().unwrap();
        let access = seen.opening.access.after(Event::Order, at(0))?;
        let opening = Opening { access, ..seen.opening };
        assert!(set_opening(&transaction, &seen, &opening).await.unwrap(), "nobody else has it");
        transaction.commit().await.unwrap();
        Ok::<_, Refusal<jiff::Timestamp>>(())
    })
    .await;
    assert_eq!(asked.iter().filter(|asked| asked.is_ok()).count(), 1, "{asked:?}");
    assert_eq!(asked.iter().filter(|asked| **asked == Err(Refusal::Coming)).count(), 19, "{asked:?}");
    assert_eq!(again(&store, &kept).await.opening.access.held, Held::Ordered);
}
