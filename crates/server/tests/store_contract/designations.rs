use palier_server::store::designations::{
    End, NewDesignation, by_id, end, held, insert, open_by_email, open_of,
};
use palier_server::store::{Conflict, Store};

use crate::support::{
    DAY, HERE, HOUR, THERE, at, keep_account, keep_client, keep_designation, new_designation, rows, twenty,
};

pub(crate) async fn are_kept_whole(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let new = new_designation(HERE, client, "Eve+hlm@exemple.fr");
    let id = insert(store.write(), new.clone()).await.unwrap();
    let read = store.read();
    let kept = by_id(read, HERE, id).await.unwrap().unwrap();
    assert_eq!((kept.id, kept.client_id, kept.open, kept.refused), (id, client, true, false));
    assert_eq!((&kept.first_name, &kept.surname, &kept.email), (&new.first_name, &new.surname, &new.email));
    assert_eq!((kept.language.as_str(), kept.ended_at), ("en", None));
    assert_eq!((&kept.terms_version, &kept.terms_sha256), (&new.terms_version, &new.terms_sha256));
    assert_eq!((kept.consented_at, kept.created_at), (at(0), at(HOUR)));
    assert_eq!(open_of(read, HERE, client).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(open_by_email(read, HERE, &kept.email.key()).await.unwrap(), Some(kept.clone()));
    // Another portal's is absent, by its ids too.
    assert_eq!(by_id(read, THERE, id).await.unwrap(), None);
    assert_eq!(open_of(read, THERE, client).await.unwrap(), None);
    assert_eq!(open_by_email(read, THERE, &kept.email.key()).await.unwrap(), None);
}

async fn conflict(store: &Store, portal: &str, client: i64, address: &str) -> Option<Conflict> {
    let inserted = insert(store.write(), new_designation(portal, client, address)).await;
    inserted.err().map(|error| error.conflict().unwrap())
}

pub(crate) async fn are_one_open_an_organisation(store: Store) {
    let (client, id) = keep_designation(&store, HERE, "237517").await;
    assert_eq!(conflict(&store, HERE, client, "autre@exemple.fr").await, Some(Conflict::Designation));
    assert!(end(store.write(), id, End::Lapsed, at(DAY)).await.unwrap());
    assert_eq!(conflict(&store, HERE, client, "autre@exemple.fr").await, None);
    // A refused attempt leaves its transaction good.
    let other = keep_client(&store, HERE, "48213").await;
    let transaction = store.begin().await.unwrap();
    let refused = insert(&transaction, new_designation(HERE, client, "tiers@exemple.fr")).await.unwrap_err();
    assert_eq!(refused.conflict(), Some(Conflict::Designation));
    let id = insert(&transaction, new_designation(HERE, other, "tiers@exemple.fr")).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(open_of(store.read(), HERE, other).await.unwrap().unwrap().id, id);
}

pub(crate) async fn are_one_open_an_address(store: Store) {
    let (_, id) = keep_designation(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let there = keep_client(&store, THERE, "48213").await;
    assert_eq!(conflict(&store, HERE, other, "EVE237517@exemple.fr").await, Some(Conflict::Email));
    assert_eq!(conflict(&store, THERE, there, "eve237517@exemple.fr").await, None, "of another portal");
    assert!(end(store.write(), id, End::Refused, at(DAY)).await.unwrap());
    assert_eq!(conflict(&store, HERE, other, "eve237517@exemple.fr").await, None);
}

pub(crate) async fn are_made_once_by_twenty_at_once(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let made = twenty(&store, move |store, number| async move {
        let new = new_designation(HERE, client, &format!("eve{number}@exemple.fr"));
        insert(store.write(), new).await.map_err(|error| error.conflict())
    })
    .await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    let refused = made.iter().filter(|made| **made == Err(Some(Conflict::Designation)));
    assert_eq!(refused.count(), 19, "{made:?}");
    assert_eq!(rows(&store, "designations").await, 1);
}

pub(crate) async fn end_once_of_twenty_at_once(store: Store) {
    let (client, id) = keep_designation(&store, HERE, "237517").await;
    let ended = twenty(&store, move |store, number| async move {
        let how = if number.is_multiple_of(2) { End::Refused } else { End::Lapsed };
        (number, end(store.write(), id, how, at(DAY + i64::from(number))).await.unwrap())
    })
    .await;
    let winners: Vec<u8> = ended.iter().filter(|(_, ended)| *ended).map(|(number, _)| *number).collect();
    assert_eq!(winners.len(), 1, "{ended:?}");
    let kept = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    assert_eq!((kept.open, kept.refused), (false, winners[0].is_multiple_of(2)));
    assert_eq!(kept.ended_at, Some(at(DAY + i64::from(winners[0]))));
    assert_eq!(open_of(store.read(), HERE, client).await.unwrap(), None);
}

pub(crate) async fn say_what_became_of_them(store: Store) {
    let account = keep_account(&store, HERE, "eve@exemple.fr", 1).await;
    for (digits, how, refused) in
        [("48213", End::Active(account), false), ("48214", End::Refused, true), ("48215", End::Lapsed, false)]
    {
        let (client, id) = keep_designation(&store, HERE, digits).await;
        assert!(end(store.write(), id, how, at(DAY)).await.unwrap());
        let kept = by_id(store.read(), HERE, id).await.unwrap().unwrap();
        assert_eq!((kept.open, kept.refused, kept.ended_at), (false, refused, Some(at(DAY))), "{how:?}");
        assert_eq!(kept.lapsed, how == End::Lapsed, "{how:?}");
        assert_eq!(open_by_email(store.read(), HERE, &kept.email.key()).await.unwrap(), None);
        assert_eq!(open_of(store.read(), HERE, client).await.unwrap(), None);
    }
    assert_eq!(rows(&store, &format!("designations WHERE account_id = {account}")).await, 1);
}

pub(crate) async fn are_held_as_long_as_administrators_can_object(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    keep_designation(&store, HERE, "48213").await;
    let new = new_designation(HERE, client, "eve@exemple.fr");
    let new = NewDesignation { objection_until: Some(at(DAY)), ..new };
    let id = insert(store.write(), new).await.unwrap();
    let kept = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    for (now, until) in [(DAY - 1, Some(at(DAY))), (DAY, None)] {
        assert_eq!(kept.held_until(at(now)), until);
        let wanted: Vec<_> = until.map(|until| (id, until)).into_iter().collect();
        let found: Vec<_> = held(store.read(), HERE, at(now)).await.unwrap().into_iter().collect();
        assert_eq!(found, wanted);
    }
    assert!(held(store.read(), THERE, at(0)).await.unwrap().is_empty());
    assert!(end(store.write(), id, End::Objected, at(HOUR)).await.unwrap());
    assert!(held(store.read(), HERE, at(HOUR)).await.unwrap().is_empty());
    let ended = by_id(store.read(), HERE, id).await.unwrap().unwrap();
    assert_eq!((ended.open, ended.objected, ended.held_until(at(HOUR))), (false, true, None));
}
