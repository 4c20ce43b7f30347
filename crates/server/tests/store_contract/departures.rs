use palier_domain::departure::{Event, Kind, State};
use palier_server::store::departures::{
    Departure, NewDeparture, by_id, count_waiting, has_left, insert, newest, overtake, page_waiting,
    requests, settle, settle_all, since,
};
use palier_server::store::{Part, Store, accounts, leaving};

use crate::support::{DAY, HERE, THERE, at, keep_account, rows, twenty};

fn new(account_id: i64, kind: Kind, second: i64) -> NewDeparture<'static> {
    NewDeparture { portal: HERE, account_id, kind, note: "Je pars.", at_desk: false, now: at(second) }
}

async fn marie(store: &Store) -> i64 {
    keep_account(store, HERE, "marie@exemple.fr", 1).await
}

async fn states(store: &Store, account_id: i64) -> Vec<(Kind, &'static str)> {
    let known = newest(store.read(), account_id).await.unwrap();
    known.iter().map(|it| (it.kind, it.state.name())).collect()
}

pub(crate) async fn are_kept_whole(store: Store) {
    let marie = marie(&store).await;
    let id = insert(store.write(), new(marie, Kind::Whole, 0)).await.unwrap().unwrap();
    let expected = Departure {
        id,
        account_id: marie,
        kind: Kind::Whole,
        note: "Je pars.".to_owned(),
        at_desk: false,
        asked_at: at(0),
        state: State::Waiting { since: at(0) },
    };
    assert_eq!(by_id(store.read(), HERE, id).await.unwrap(), Some(expected.clone()));
    assert_eq!(by_id(store.read(), THERE, id).await.unwrap(), None);
    for state in [
        State::Accepted { at: at(5) },
        State::Refused { at: at(5), reason: "Un loyer reste dû.".to_owned() },
        State::Withdrawn { at: at(5) },
        State::Overtaken { at: at(5) },
    ] {
        let at_desk = NewDeparture { at_desk: true, ..new(marie, Kind::Paperless, 1) };
        let id = insert(store.write(), at_desk).await.unwrap().unwrap();
        assert!(settle(store.write(), id, &state).await.unwrap());
        let kept = by_id(store.read(), HERE, id).await.unwrap().unwrap();
        assert_eq!((kept.state, kept.at_desk, kept.asked_at), (state.clone(), true, at(1)));
        assert!(
            !settle(store.write(), id, &State::Withdrawn { at: at(6) }).await.unwrap(),
            "{state:?} stays"
        );
    }
    assert_eq!(states(&store, marie).await, [(Kind::Whole, "waiting"), (Kind::Paperless, "overtaken")]);
    let all = since(store.read(), HERE, at(5)).await.unwrap();
    assert_eq!(all.len(), 4, "what waits was asked before");
    assert_eq!(since(store.read(), THERE, at(0)).await.unwrap(), []);
}

pub(crate) async fn wait_once_a_kind_by_twenty_at_once(store: Store) {
    let marie = marie(&store).await;
    let paul = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    let kept =
        twenty(
            &store,
            |store, _| async move { insert(store.write(), new(marie, Kind::Whole, 0)).await.unwrap() },
        )
        .await;
    let [id] = kept.into_iter().flatten().collect::<Vec<_>>()[..] else { panic!("one") };
    assert!(insert(store.write(), new(marie, Kind::Paperless, 0)).await.unwrap().is_some());
    assert!(insert(store.write(), new(paul, Kind::Whole, 0)).await.unwrap().is_some());
    let settled = twenty(&store, |store, number| async move {
        let state = if number % 2 == 0 {
            State::Accepted { at: at(1) }
        } else {
            State::Refused { at: at(1), reason: "Non".to_owned() }
        };
        settle(store.write(), id, &state).await.unwrap()
    })
    .await;
    assert_eq!(settled.into_iter().filter(|done| *done).count(), 1);
    assert!(insert(store.write(), new(marie, Kind::Whole, 2)).await.unwrap().is_some());
}

/// Twenty agents and the person at once, each as the services do it: the account is held, then looked at.
pub(crate) async fn are_decided_once_while_the_account_is_held(store: Store) {
    let marie = marie(&store).await;
    insert(store.write(), new(marie, Kind::Whole, 0)).await.unwrap().unwrap();
    insert(store.write(), new(marie, Kind::Paperless, 0)).await.unwrap().unwrap();
    let done = twenty(&store, |store, number| async move {
        let transaction = store.begin().await.unwrap();
        accounts::hold(&transaction, HERE, marie).await.unwrap();
        let known = newest(&transaction, marie).await.unwrap();
        let event = match number % 3 {
            0 => Event::Accept(Kind::Whole),
            1 => Event::Refuse(Kind::Whole, "Non".to_owned()),
            _ => Event::Withdraw(Kind::Whole),
        };
        let Ok(after) = requests(&known).after(event, at(1)) else { return false };
        settle_all(&transaction, &known, &after).await.unwrap();
        transaction.commit().await.unwrap();
        true
    })
    .await;
    assert_eq!(done.into_iter().filter(|done| *done).count(), 1);
    let left = has_left(store.read(), marie).await.unwrap();
    let paperless = states(&store, marie).await[1].1;
    assert_eq!(paperless, if left { "overtaken" } else { "waiting" });
}

pub(crate) async fn are_overtaken_when_the_account_closes(store: Store) {
    let marie = marie(&store).await;
    let id = insert(store.write(), new(marie, Kind::Paperless, 0)).await.unwrap().unwrap();
    settle(store.write(), id, &State::Accepted { at: at(1) }).await.unwrap();
    insert(store.write(), new(marie, Kind::Whole, 2)).await.unwrap().unwrap();
    let transaction = store.begin().await.unwrap();
    leaving::close(&transaction, marie, at(3)).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(states(&store, marie).await, [(Kind::Whole, "overtaken"), (Kind::Paperless, "accepted")]);
    assert!(!has_left(store.read(), marie).await.unwrap(), "not by a wish");
    overtake(store.write(), marie, at(4)).await.unwrap();
    let kept = newest(store.read(), marie).await.unwrap();
    assert_eq!(kept[0].state, State::Overtaken { at: at(3) });
}

pub(crate) async fn are_listed_the_oldest_first(store: Store) {
    let mut expected = Vec::new();
    for number in 1..=5_u8 {
        let account = keep_account(&store, HERE, &format!("m{number}@exemple.fr"), number).await;
        let second = DAY - i64::from(number);
        expected.insert(0, insert(store.write(), new(account, Kind::Whole, second)).await.unwrap().unwrap());
    }
    let other = keep_account(&store, THERE, "autre@exemple.fr", 9).await;
    let there = NewDeparture { portal: THERE, ..new(other, Kind::Whole, 0) };
    insert(store.write(), there).await.unwrap().unwrap();
    settle(store.write(), expected.remove(2), &State::Withdrawn { at: at(DAY) }).await.unwrap();
    assert_eq!(count_waiting(store.read(), HERE).await.unwrap(), 4);
    let mut listed = Vec::new();
    for offset in [0, 3] {
        let part = page_waiting(store.read(), HERE, Part { offset, most: 3 }).await.unwrap();
        listed.extend(part.into_iter().map(|it| it.id));
    }
    assert_eq!(listed, expected);
    assert_eq!(rows(&store, "departures").await, 6);
}
