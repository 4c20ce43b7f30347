use palier_server::store::accounts::{self, Account};
use palier_server::store::email_changes::{State, account_of_former, ask, asked, by_id, note_done, object};
use palier_server::store::{Conflict, Store};

use crate::support::{HERE, THERE, at, email, keep_account};

async fn marie(store: &Store) -> Account {
    let id = keep_account(store, HERE, "marie@exemple.fr", 1).await;
    accounts::by_id(store.read(), HERE, id).await.unwrap().unwrap()
}

async fn state(store: &Store, id: i64) -> State {
    by_id(store.read(), HERE, id).await.unwrap().unwrap().state
}

pub(crate) async fn are_asked_for_one_at_a_time(store: Store) {
    let marie = marie(&store).await;
    let first = ask(store.write(), HERE, &marie, &email("un@exemple.fr"), at(0)).await.unwrap();
    let second = ask(store.write(), HERE, &marie, &email("deux@exemple.fr"), at(1)).await.unwrap();
    let change = asked(store.read(), marie.id).await.unwrap().unwrap();
    assert_eq!(
        (change.id, change.former.as_ref(), change.former_shared),
        (second, marie.email.as_ref(), false)
    );
    assert_eq!((change.wanted, change.asked_at, change.done_at), (email("deux@exemple.fr"), at(1), None));
    assert_eq!(state(&store, first).await, State::Stopped);
    assert_eq!(by_id(store.read(), THERE, second).await.unwrap(), None);
    note_done(store.write(), second, at(2)).await.unwrap();
    assert_eq!(asked(store.read(), marie.id).await.unwrap(), None);
    assert_eq!(by_id(store.read(), HERE, second).await.unwrap().unwrap().done_at, Some(at(2)));
}

pub(crate) async fn are_undone_with_those_that_came_after(store: Store) {
    let marie = marie(&store).await;
    let mut ids = Vec::new();
    for wanted in ["un@exemple.fr", "deux@exemple.fr"] {
        let id = ask(store.write(), HERE, &marie, &email(wanted), at(0)).await.unwrap();
        note_done(store.write(), id, at(0)).await.unwrap();
        ids.push(id);
    }
    let last = ask(store.write(), HERE, &marie, &email("trois@exemple.fr"), at(0)).await.unwrap();
    let second = by_id(store.read(), HERE, ids[1]).await.unwrap().unwrap();
    object(store.write(), &second).await.unwrap();
    assert_eq!(state(&store, ids[0]).await, State::Done);
    assert_eq!(state(&store, ids[1]).await, State::Undone);
    assert_eq!(state(&store, last).await, State::Stopped);
}

pub(crate) async fn tell_whose_an_address_was(store: Store) {
    let marie = marie(&store).await;
    let key = email("marie@exemple.fr").key();
    let id = ask(store.write(), HERE, &marie, &email("un@exemple.fr"), at(10)).await.unwrap();
    assert_eq!(account_of_former(store.read(), HERE, &key, at(0)).await.unwrap(), None);
    note_done(store.write(), id, at(20)).await.unwrap();
    assert_eq!(account_of_former(store.read(), HERE, &key, at(20)).await.unwrap(), Some(marie.id));
    assert_eq!(account_of_former(store.read(), HERE, &key, at(21)).await.unwrap(), None);
    assert_eq!(account_of_former(store.read(), THERE, &key, at(0)).await.unwrap(), None);
}

pub(crate) async fn never_take_another_accounts_address(store: Store) {
    let marie = marie(&store).await;
    keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    keep_account(&store, THERE, "marie2@exemple.fr", 3).await;
    let taken = accounts::set_email(store.write(), &marie, Some(&email("PAUL@exemple.fr")), false).await;
    assert_eq!(taken.unwrap_err().conflict(), Some(Conflict::Other));
    accounts::set_email(store.write(), &marie, Some(&email("marie2@exemple.fr")), false).await.unwrap();
    let key = email("marie2@exemple.fr").key();
    let found = accounts::by_email_key(store.read(), HERE, &key).await.unwrap().unwrap();
    assert_eq!((found.id, found.email), (marie.id, Some(email("marie2@exemple.fr"))));
    // Shared, it is written to and not signed in with.
    accounts::set_email(store.write(), &marie, Some(&email("paul@exemple.fr")), true).await.unwrap();
    let found = accounts::by_id(store.read(), HERE, marie.id).await.unwrap().unwrap();
    assert_eq!((found.email, found.email_shared), (Some(email("paul@exemple.fr")), true));
}
