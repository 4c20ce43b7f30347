use palier_server::store::accounts::{
    NewAccount, add_consent, by_email_key, by_id, by_identifier, by_lease, consents, count_found, insert,
    page, reopen, set_email, set_password,
};
use palier_server::store::{Conflict, Part, Store, StoreError, password_ends};

use crate::support::{
    DAY, HERE, THERE, at, email, identifier, is_conflict, keep_account, keep_lease, new_account, rows, twenty,
};

pub(crate) async fn are_found_by_all_that_names_them(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let id = insert(store.write(), new_account(HERE, Some(lease_id), "Marie@exemple.fr", 1)).await.unwrap();
    let read = store.read();
    let kept = by_id(read, HERE, id).await.unwrap().unwrap();
    assert_eq!((kept.id, kept.portal.as_str(), kept.lease_id), (id, HERE, Some(lease_id)));
    assert_eq!(
        (kept.email.clone(), kept.identifier.clone()),
        (Some(email("Marie@exemple.fr")), identifier(1))
    );
    assert_eq!((kept.first_name.as_deref(), kept.surname.as_str()), (Some("Aurélie"), "LEFÈVRE"));
    assert_eq!((kept.password_hash.as_str(), kept.language.as_str()), ("$argon2id$…", "fr"));
    assert_eq!((kept.created_at, kept.password_changed_at), (at(0), at(0)));
    let kept = Some(kept);
    assert_eq!(by_email_key(read, HERE, "marie@exemple.fr").await.unwrap(), kept);
    assert_eq!(by_identifier(read, HERE, &identifier(1)).await.unwrap(), kept);
    assert_eq!(by_lease(read, HERE, lease_id).await.unwrap(), kept);
    assert_eq!(by_email_key(read, HERE, "paul@exemple.fr").await.unwrap(), None);
    assert_eq!(by_identifier(read, HERE, &identifier(2)).await.unwrap(), None);
    assert_eq!(by_id(read, THERE, id).await.unwrap(), None);
    assert_eq!(by_email_key(read, THERE, "marie@exemple.fr").await.unwrap(), None);
    assert_eq!(by_identifier(read, THERE, &identifier(1)).await.unwrap(), None);
    assert_eq!(by_lease(read, THERE, lease_id).await.unwrap(), None);
}

pub(crate) async fn are_opened_without_an_address_of_their_own(store: Store) {
    insert(store.write(), new_account(HERE, None, "marie@exemple.fr", 1)).await.unwrap();
    let shared = NewAccount { email_shared: true, ..new_account(HERE, None, "Marie@exemple.fr", 2) };
    let none = NewAccount { email: None, ..new_account(HERE, None, "nobody@exemple.fr", 3) };
    for (new, address) in [(&shared, "Marie@exemple.fr"), (&none, "")] {
        let id = insert(store.write(), new.clone()).await.unwrap();
        let kept = by_identifier(store.read(), HERE, &new.identifier).await.unwrap().unwrap();
        assert_eq!((kept.id, kept.address(), kept.email_shared), (id, address.to_owned(), new.email_shared));
        let again = insert(store.write(), new.clone()).await;
        assert!(matches!(again, Err(StoreError::Conflict(Conflict::Identifier))), "{again:?}");
    }
    let found = by_email_key(store.read(), HERE, "marie@exemple.fr").await.unwrap().unwrap();
    assert_eq!(found.identifier, identifier(1), "the one who has it alone");
    assert_eq!(by_email_key(store.read(), HERE, "").await.unwrap(), None);
}

pub(crate) async fn are_one_a_lease_an_address_and_an_identifier(store: Store) {
    let (one, two) = (keep_lease(&store, HERE, "1").await, keep_lease(&store, HERE, "2").await);
    insert(store.write(), new_account(HERE, Some(one), "marie@exemple.fr", 1)).await.unwrap();
    for (new, conflict) in [
        (new_account(HERE, Some(one), "paul@exemple.fr", 2), Conflict::Lease),
        (new_account(HERE, Some(two), "MARIE@EXEMPLE.FR", 2), Conflict::Email),
        (new_account(HERE, None, "marie@exemple.fr", 2), Conflict::Email),
        (new_account(HERE, Some(two), "paul@exemple.fr", 1), Conflict::Identifier),
        (new_account(HERE, Some(one), "marie@exemple.fr", 1), Conflict::Lease),
    ] {
        let refused = insert(store.write(), new).await.map_err(|error| error.conflict());
        assert_eq!(refused, Err(Some(conflict)));
    }
    // Portals are apart, and only a lease that there is can be taken.
    keep_account(&store, THERE, "marie@exemple.fr", 1).await;
    keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    keep_account(&store, HERE, "lan@exemple.fr", 3).await;
    assert_eq!(rows(&store, "accounts").await, 4);
    let nowhere = insert(store.write(), new_account(HERE, Some(two + 1_000), "awa@exemple.fr", 4)).await;
    assert!(matches!(nowhere, Err(StoreError::Database(_))), "{nowhere:?}");
}

pub(crate) async fn leave_the_transaction_good_when_refused(store: Store) {
    keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let transaction = store.begin().await.unwrap();
    let refused = insert(&transaction, new_account(HERE, None, "paul@exemple.fr", 1)).await;
    assert!(is_conflict(&refused));
    let id = insert(&transaction, new_account(HERE, None, "paul@exemple.fr", 2)).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(by_id(store.read(), HERE, id).await.unwrap().unwrap().identifier, identifier(2));
}

pub(crate) async fn are_made_once_by_twenty_at_once(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    let made = twenty(&store, |store, number| async move {
        let transaction = store.begin().await.unwrap();
        let address = format!("marie{number}@exemple.fr");
        let made = insert(&transaction, new_account(HERE, Some(lease_id), &address, number)).await;
        transaction.commit().await.unwrap();
        made.map_err(|error| error.conflict())
    })
    .await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    assert_eq!(made.iter().filter(|made| **made == Err(Some(Conflict::Lease))).count(), 19, "{made:?}");
}

pub(crate) async fn keep_a_new_password(store: Store) {
    let id = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let other = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    set_password(store.write(), id, "$argon2id$new", Some(at(90)), at(60)).await.unwrap();
    let kept = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    assert_eq!((kept.password_hash.as_str(), kept.password_changed_at), ("$argon2id$new", at(60)));
    assert_eq!(kept.created_at, at(0));
    let other = by_id(store.read(), HERE, other).await.unwrap().unwrap();
    assert_eq!((other.password_hash.as_str(), other.password_changed_at), ("$argon2id$…", at(0)));
}

pub(crate) async fn keep_consents_newest_first(store: Store) {
    let id = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let other = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    for (version, seconds) in [("2026-11", 0), ("2027-02", 60)] {
        add_consent(store.write(), id, version, &"0a".repeat(32), at(seconds)).await.unwrap();
    }
    let kept = consents(store.read(), id).await.unwrap();
    let seen: Vec<_> = kept.iter().map(|consent| (consent.version.as_str(), consent.accepted_at)).collect();
    assert_eq!(seen, [("2027-02", at(60)), ("2026-11", at(0))]);
    assert_eq!(kept[0].sha256, "0a".repeat(32));
    assert_eq!(consents(store.read(), other).await.unwrap(), []);
    assert!(add_consent(store.write(), other + 1_000, "2026-11", "", at(0)).await.is_err());
}

pub(crate) async fn are_given_again_with_another_password(store: Store) {
    let id = keep_account(&store, HERE, "nadia@exemple.fr", 1).await;
    let other = keep_account(&store, HERE, "autre@exemple.fr", 2).await;
    let before = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    let untouched = by_id(store.read(), HERE, other).await.unwrap();
    let new = NewAccount {
        password_hash: "$argon2id$other".to_owned(),
        first_name: Some("Nadia".to_owned()),
        surname: "Le Goff".to_owned(),
        language: "en".to_owned(),
        now: at(DAY),
        ..new_account(HERE, None, "nadia@exemple.fr", 3)
    };
    reopen(store.write(), id, &NewAccount { portal: THERE.to_owned(), ..new.clone() }).await.unwrap();
    assert_eq!(by_id(store.read(), HERE, id).await.unwrap().as_ref(), Some(&before), "of another portal");
    reopen(store.write(), id, &new).await.unwrap();
    let after = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    assert_eq!((after.first_name.as_deref(), after.surname.as_str()), (Some("Nadia"), "Le Goff"));
    assert_eq!((after.password_hash.as_str(), after.password_changed_at), ("$argon2id$other", at(DAY)));
    assert_eq!((after.language.as_str(), after.created_at), ("en", before.created_at));
    assert_eq!((&after.identifier, &after.email), (&before.identifier, &before.email), "they stay");
    assert_eq!(by_id(store.read(), HERE, other).await.unwrap(), untouched);
}

pub(crate) async fn are_found_at_the_desk_by_what_names_them(store: Store) {
    let id = keep_account(&store, HERE, "Elodie@exemple.fr", 1).await;
    let other = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    keep_account(&store, THERE, "elodie@exemple.fr", 3).await;
    let named = NewAccount {
        first_name: Some("Élodie".to_owned()),
        surname: "D’Été".to_owned(),
        ..new_account(HERE, None, "elodie@exemple.fr", 1)
    };
    reopen(store.write(), id, &named).await.unwrap();
    let all = Part { offset: 0, most: 50 };
    let found = async |text: &str| {
        let page = page(store.read(), HERE, text, all).await.unwrap();
        assert_eq!(count_found(store.read(), HERE, text).await.unwrap(), page.len() as u64, "{text}");
        page.into_iter().map(|account| account.id).collect::<Vec<_>>()
    };
    for text in ["elodiedete", "deteelodie", "elodieexemplefr"] {
        assert_eq!(found(text).await, [id], "{text}");
    }
    assert_eq!(found("exemplefr").await.len(), 2);
    let account = by_id(store.read(), HERE, other).await.unwrap().unwrap();
    let moved = palier_domain::values::Email::parse("nouveau@exemple.fr").unwrap();
    set_email(store.write(), &account, Some(&moved), false).await.unwrap();
    assert_eq!((found("paulexemple").await, found("nouveauexemple").await), (vec![], vec![other]));
}

pub(crate) async fn tell_when_their_passwords_end(store: Store) {
    let mut ids = Vec::new();
    for (number, until) in [(1, None), (2, Some(at(DAY))), (3, Some(at(2 * DAY))), (4, Some(at(3 * DAY)))] {
        let address = format!("nom{number}@exemple.fr");
        let new = NewAccount { password_until: until, ..new_account(HERE, None, &address, number) };
        ids.push(insert(store.write(), new).await.unwrap());
    }
    let ending = async |now, until| {
        let some = password_ends::some(store.read(), HERE, (now, until), 0, 9).await.unwrap();
        some.into_iter().map(|found| (found.account.id, found.told)).collect::<Vec<_>>()
    };
    assert_eq!(ending(at(0), at(2 * DAY)).await, [(ids[1], 0), (ids[2], 0)]);
    assert_eq!(ending(at(DAY), at(2 * DAY)).await, [(ids[2], 0)], "what has ended is over");
    let transaction = store.begin().await.unwrap();
    assert_eq!(password_ends::hold(&transaction, THERE, ids[2]).await.unwrap(), None);
    assert!(password_ends::hold(&transaction, HERE, ids[2]).await.unwrap().is_some());
    password_ends::tell(&transaction, ids[2], 2).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(ending(at(DAY), at(2 * DAY)).await, [(ids[2], 2)]);
    set_password(store.write(), ids[2], "$argon2id$new", Some(at(2 * DAY)), at(60)).await.unwrap();
    assert_eq!(ending(at(DAY), at(2 * DAY)).await, [(ids[2], 0)], "warnings begin anew");
}
