use palier_domain::onboarding::{LetterState, LetterStep};
use palier_server::store::letters::{
    Ending, NewLetter, asked_since, by_code, by_reference, count_in, count_try, end, give_back, insert,
    latest, list, post, print,
};
use palier_server::store::{Conflict, Store};

use crate::support::{DAY, HERE, MINUTE, THERE, at, hash, keep_designation, twenty};

fn new(designation: (i64, i64), reference: &str, asked: i64) -> NewLetter {
    let (client_id, designation_id) = designation;
    NewLetter {
        portal: HERE.to_owned(),
        client_id,
        designation_id,
        reference: reference.to_owned(),
        now: at(asked),
    }
}

/// A letter that waits to be printed.
async fn waiting(store: &Store, digits: &str) -> (i64, (i64, i64)) {
    let designation = keep_designation(store, HERE, digits).await;
    let id = insert(store.write(), new(designation, &format!("C-{digits}"), 0)).await.unwrap();
    (id, designation)
}

async fn state(store: &Store, designation: (i64, i64)) -> LetterState {
    latest(store.read(), designation.1).await.unwrap().unwrap().state
}

pub(crate) async fn are_found_by_reference_and_code(store: Store) {
    let (id, designation) = waiting(&store, "48213").await;
    let read = store.read();
    let kept = by_reference(read, HERE, "C-48213").await.unwrap().unwrap();
    assert_eq!((kept.id, kept.client_id, kept.designation_id), (id, designation.0, designation.1));
    assert_eq!((kept.state, kept.tries, kept.asked_at), (LetterState::Asked, 0, at(0)));
    assert_eq!((kept.code_hash, kept.printed_at, kept.valid_until, kept.ending), (None, None, None, None));
    assert_eq!(by_code(read, HERE, &hash(1)).await.unwrap(), None);
    assert!(print(store.write(), id, &hash(1), at(1), at(DAY)).await.unwrap());
    let kept = latest(read, designation.1).await.unwrap();
    assert_eq!(kept.as_ref().and_then(|letter| letter.code_hash.clone()), Some(hash(1).to_vec()));
    assert_eq!(by_code(read, HERE, &hash(1)).await.unwrap(), kept);
    assert_eq!(by_reference(read, HERE, "C-48213").await.unwrap(), kept);
    // Another portal's is absent.
    assert_eq!(by_code(read, THERE, &hash(1)).await.unwrap(), None);
    assert_eq!(by_reference(read, THERE, "C-48213").await.unwrap(), None);
    assert_eq!(by_code(read, HERE, &hash(2)).await.unwrap(), None);
}

/// Takes a step with a code of its own.
async fn take(store: &Store, id: i64, step: LetterStep) -> bool {
    let (write, now) = (store.write(), at(MINUTE));
    let code = hash(u8::try_from(id).unwrap());
    match step {
        LetterStep::Print => print(write, id, &code, now, at(DAY)).await,
        LetterStep::Post => post(write, id, now).await,
        LetterStep::Return => give_back(write, id, now).await,
        LetterStep::Use => end(write, id, Ending::Used, now).await,
        LetterStep::Revoke => end(write, id, Ending::Replaced, now).await,
    }
    .unwrap()
}

pub(crate) async fn take_the_steps_of_the_domain_and_no_others(store: Store) {
    use LetterStep as T;
    let ways: [(LetterState, &[T]); 6] = [
        (LetterState::Asked, &[]),
        (LetterState::Printed, &[T::Print]),
        (LetterState::Posted, &[T::Print, T::Post]),
        (LetterState::Returned, &[T::Print, T::Post, T::Return]),
        (LetterState::Used, &[T::Print, T::Use]),
        (LetterState::Revoked, &[T::Revoke]),
    ];
    for (from, way) in ways {
        for (number, step) in [T::Print, T::Post, T::Return, T::Use, T::Revoke].into_iter().enumerate() {
            let (id, designation) =
                waiting(&store, &format!("48{}{number}", way.len() * 10 + from as usize)).await;
            for step in way {
                assert!(take(&store, id, *step).await, "{from:?}: {step:?}");
            }
            assert_eq!(state(&store, designation).await, from);
            assert_eq!(take(&store, id, step).await, from.after(step).is_ok(), "{from:?}: {step:?}");
            assert_eq!(state(&store, designation).await, from.after(step).unwrap_or(from), "{step:?}");
        }
    }
}

pub(crate) async fn note_when_each_step_was_taken(store: Store) {
    let (id, designation) = waiting(&store, "48213").await;
    let write = store.write();
    assert!(print(write, id, &hash(1), at(10), at(DAY)).await.unwrap());
    assert!(post(write, id, at(20)).await.unwrap());
    assert!(give_back(write, id, at(30)).await.unwrap());
    assert!(end(write, id, Ending::Lost, at(40)).await.unwrap());
    // What comes too late changes nothing.
    assert!(!print(write, id, &hash(2), at(50), at(2 * DAY)).await.unwrap());
    assert!(!end(write, id, Ending::Locked, at(50)).await.unwrap());
    let kept = latest(store.read(), designation.1).await.unwrap().unwrap();
    assert_eq!((kept.asked_at, kept.printed_at, kept.posted_at), (at(0), Some(at(10)), Some(at(20))));
    assert_eq!((kept.returned_at, kept.ended_at), (Some(at(30)), Some(at(40))));
    assert_eq!((kept.valid_until, kept.ending), (Some(at(DAY)), Some(Ending::Lost)));
    assert_eq!(kept.code_hash, Some(hash(1).to_vec()));
}

pub(crate) async fn are_printed_once_by_twenty_at_once(store: Store) {
    let (id, _) = waiting(&store, "48213").await;
    let printed = twenty(&store, move |store, number| async move {
        print(store.write(), id, &hash(number), at(1), at(DAY)).await.unwrap()
    })
    .await;
    let winners: Vec<u8> = (0..20).filter(|number| printed[usize::from(*number)]).collect();
    assert_eq!(winners.len(), 1, "{printed:?}");
    assert_eq!(by_code(store.read(), HERE, &hash(winners[0])).await.unwrap().unwrap().id, id);
}

pub(crate) async fn end_once_of_twenty_at_once(store: Store) {
    let (id, designation) = waiting(&store, "48213").await;
    print(store.write(), id, &hash(1), at(1), at(DAY)).await.unwrap();
    let ended = twenty(&store, move |store, number| async move {
        let ending = if number % 2 == 0 { Ending::Used } else { Ending::Refused };
        (ending, end(store.write(), id, ending, at(2)).await.unwrap())
    })
    .await;
    let winners: Vec<Ending> = ended.iter().filter(|(_, ended)| *ended).map(|(ending, _)| *ending).collect();
    assert_eq!(winners.len(), 1, "{ended:?}");
    let kept = latest(store.read(), designation.1).await.unwrap().unwrap();
    let expected = if winners[0] == Ending::Used { LetterState::Used } else { LetterState::Revoked };
    assert_eq!((kept.ending, kept.state), (Some(winners[0]), expected));
}

pub(crate) async fn count_five_tries_of_twenty_at_once(store: Store) {
    let (id, designation) = waiting(&store, "48213").await;
    let (other, _) = waiting(&store, "48214").await;
    let mut counted = twenty(&store, move |store, _| async move {
        let transaction = store.begin().await.unwrap();
        let counted = count_try(&transaction, id, 5).await.unwrap();
        transaction.commit().await.unwrap();
        counted
    })
    .await;
    counted.sort_unstable();
    assert_eq!(counted[..15], [None; 15], "{counted:?}");
    assert_eq!(counted[15..], [Some(1), Some(2), Some(3), Some(4), Some(5)]);
    assert_eq!(latest(store.read(), designation.1).await.unwrap().unwrap().tries, 5);
    assert_eq!(count_try(store.write(), other, 5).await.unwrap(), Some(1), "each has its own");
}

pub(crate) async fn are_not_used_once_their_time_is_over(store: Store) {
    let (id, designation) = waiting(&store, "48213").await;
    let (in_time, _) = waiting(&store, "48214").await;
    print(store.write(), id, &hash(1), at(1), at(DAY)).await.unwrap();
    print(store.write(), in_time, &hash(2), at(1), at(DAY)).await.unwrap();
    assert!(end(store.write(), in_time, Ending::Used, at(DAY - 1)).await.unwrap());
    assert!(!end(store.write(), id, Ending::Used, at(DAY)).await.unwrap());
    assert_eq!(state(&store, designation).await, LetterState::Printed);
    assert!(end(store.write(), id, Ending::Replaced, at(DAY)).await.unwrap(), "but called off");
}

pub(crate) async fn are_one_at_a_time(store: Store) {
    let (id, designation) = waiting(&store, "48213").await;
    let refused = insert(store.write(), new(designation, "C-OTHER", 1)).await.unwrap_err();
    assert_eq!(refused.conflict(), Some(Conflict::Other));
    let beside = keep_designation(&store, HERE, "48214").await;
    let refused = insert(store.write(), new(beside, "C-48213", 1)).await.unwrap_err();
    assert_eq!(refused.conflict(), Some(Conflict::Reference));
    // One that came back is still to be replaced; then there is room.
    print(store.write(), id, &hash(1), at(1), at(DAY)).await.unwrap();
    give_back(store.write(), id, at(2)).await.unwrap();
    assert!(insert(store.write(), new(designation, "C-OTHER", 3)).await.is_err());
    assert!(end(store.write(), id, Ending::Replaced, at(3)).await.unwrap());
    let made = twenty(&store, move |store, number| async move {
        insert(store.write(), new(designation, &format!("C-{number}"), 4)).await.ok()
    })
    .await;
    let made: Vec<i64> = made.into_iter().flatten().collect();
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(latest(store.read(), designation.1).await.unwrap().unwrap().id, made[0]);
}

pub(crate) async fn are_counted_by_when_they_were_asked_for(store: Store) {
    let one = keep_designation(&store, HERE, "48213").await;
    let other = keep_designation(&store, HERE, "48214").await;
    for (asked, designation) in [(0, one), (60, one), (90, other), (120, one)] {
        let id = insert(store.write(), new(designation, &format!("C-{asked}"), asked)).await.unwrap();
        // It counts whatever became of it.
        end(store.write(), id, Ending::Lost, at(asked)).await.unwrap();
    }
    let read = store.read();
    let since = |client: Option<i64>, since: i64| asked_since(read, HERE, client, at(since));
    assert_eq!(since(Some(one.0), -1).await.unwrap(), [at(0), at(60), at(120)]);
    assert_eq!(since(Some(one.0), 0).await.unwrap(), [at(60), at(120)], "the moment itself is over");
    assert_eq!(since(Some(other.0), 0).await.unwrap(), [at(90)]);
    assert_eq!(since(None, 0).await.unwrap(), [at(60), at(90), at(120)]);
    assert_eq!(since(None, 120).await.unwrap(), []);
    assert_eq!(asked_since(read, THERE, None, at(-1)).await.unwrap(), []);
    assert_eq!(asked_since(read, THERE, Some(one.0), at(-1)).await.unwrap(), []);
}

pub(crate) async fn are_listed_by_state(store: Store) {
    let (printed, _) = waiting(&store, "48213").await;
    let (asked, _) = waiting(&store, "48214").await;
    let (later, _) = waiting(&store, "48215").await;
    print(store.write(), printed, &hash(1), at(1), at(DAY)).await.unwrap();
    let ids = async |portal: &str, state: Option<LetterState>| -> Vec<i64> {
        list(store.read(), portal, state).await.unwrap().iter().map(|letter| letter.id).collect()
    };
    assert_eq!(ids(HERE, None).await, [printed, asked, later]);
    assert_eq!(ids(HERE, Some(LetterState::Asked)).await, [asked, later]);
    assert_eq!(ids(HERE, Some(LetterState::Printed)).await, [printed]);
    assert_eq!(ids(HERE, Some(LetterState::Used)).await, [0; 0]);
    assert_eq!(ids(THERE, None).await, [0; 0]);
    assert_eq!(count_in(store.read(), HERE, LetterState::Asked).await.unwrap(), 2);
    assert_eq!(count_in(store.read(), THERE, LetterState::Asked).await.unwrap(), 0);
}
