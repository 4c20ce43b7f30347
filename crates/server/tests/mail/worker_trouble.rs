//! The worker when the mail server refuses, hangs, or dies.

use jiff::SignedDuration;
use sea_orm::ConnectionTrait as _;

use palier_server::mail::worker::LEASE;
use tokio_util::sync::CancellationToken;

use crate::sink::{Accepted, Mood, Sink};
use crate::support::House;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn refused_for_now_is_tried_again_when_the_clock_says_so() {
    let sink = Sink::start(Mood::RefusesRecipient("450 4.2.2 <marie@exemple.fr> is full")).await;
    let house = House::new(&sink.url()).await;
    house.enqueue().await;
    assert_eq!(house.round().await, 0);
    assert_eq!(house.counts().await.failing, 1);
    sink.set(Mood::Accepts);
    house.clock.advance(SECOND * 29);
    assert_eq!(house.round().await, 0);
    house.clock.advance(SECOND);
    assert_eq!(house.round().await, 1);
    assert_eq!(house.counts().await.sent, 1);
    assert_eq!(sink.accepted().len(), 1);
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_given_up_and_holds_nobody_up() {
    let sink = Sink::start(Mood::RefusesRecipient("550 5.1.1 no such user")).await;
    let house = House::new(&sink.url()).await;
    house.enqueue().await;
    assert_eq!(house.round().await, 0);
    sink.set(Mood::Accepts);
    let (_, other) = house.enqueue().await;
    house.clock.advance(DAY);
    assert_eq!(house.round().await, 1);
    let accepted = sink.accepted();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0].message_id(), other);
    assert_eq!(house.counts().await.failing, 1);
}

#[tokio::test]
async fn content_refused_for_good_is_given_up() {
    let sink = Sink::start(Mood::RefusesContent("554 5.6.0 never")).await;
    let house = House::new(&sink.url()).await;
    house.enqueue().await;
    assert_eq!(house.round().await, 0);
    sink.set(Mood::Accepts);
    house.clock.advance(DAY);
    assert_eq!(house.round().await, 0);
    assert!(sink.accepted().is_empty());
}

#[tokio::test]
async fn a_server_that_does_not_want_us_can_be_put_right() {
    for mood in [
        Mood::RefusesSender("550 5.1.8 who are you?"),
        Mood::RefusesRecipient("554 5.7.1 relaying denied"),
        Mood::RefusesRecipient("530 authentication required"),
    ] {
        let sink = Sink::start(mood).await;
        let house = House::new(&sink.url()).await;
        house.enqueue().await;
        assert_eq!(house.round().await, 0);
        sink.set(Mood::Accepts);
        house.clock.advance(MINUTE);
        assert_eq!(house.round().await, 1, "{mood:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_down_for_an_hour_gets_each_email_once() {
    let mut sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    let mut worker = house.worker();
    let stop = CancellationToken::new();
    sink.go_down().await;
    let mut written = vec![house.enqueue().await.1];
    for _ in 0..60 {
        assert_eq!(worker.round(&stop).await, 0);
        house.clock.advance(MINUTE);
    }
    written.push(house.enqueue().await.1);
    sink.come_back().await;
    house.clock.advance(MINUTE * 30);
    assert_eq!(worker.round(&stop).await, 2);
    let mut accepted: Vec<String> = sink.accepted().iter().map(Accepted::message_id).collect();
    accepted.sort();
    written.sort();
    assert_eq!(accepted, written);
}

#[tokio::test]
async fn a_server_that_is_down_is_asked_once_and_left_alone_for_a_while() {
    let mut sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    for _ in 0..10 {
        house.enqueue().await;
    }
    sink.go_down().await;
    let mut worker = house.worker();
    let stop = CancellationToken::new();
    assert_eq!(worker.round(&stop).await, 0);
    assert_eq!(worker.round(&stop).await, 0);
    assert_eq!(house.counts().await.failing, 1, "nine wait untouched");
    sink.come_back().await;
    house.clock.advance(SECOND * 5);
    assert_eq!(worker.round(&stop).await, 9);
}

#[tokio::test]
async fn a_server_that_hangs_is_not_waited_for_for_ever() {
    let sink = Sink::start(Mood::Hangs).await;
    let house = House::new(&sink.url()).await;
    house.enqueue().await;
    assert_eq!(house.impatient_round().await, 0);
    sink.set(Mood::Accepts);
    house.clock.advance(MINUTE);
    assert_eq!(house.round().await, 1);
    assert_eq!(sink.accepted().len(), 1);
}

#[tokio::test]
async fn what_was_accepted_by_a_server_that_died_is_not_sent_again() {
    let sink = Sink::start(Mood::DiesAfterAccepting).await;
    let house = House::new(&sink.url()).await;
    for _ in 0..3 {
        house.enqueue().await;
    }
    assert_eq!(house.round().await, 3);
    sink.set(Mood::Accepts);
    house.clock.advance(DAY);
    assert_eq!(house.round().await, 0);
    assert_eq!(sink.accepted().len(), 3);
}

#[tokio::test]
async fn what_was_not_answered_comes_again_under_the_same_name() {
    let sink = Sink::start(Mood::DiesBeforeAnswering).await;
    let house = House::new(&sink.url()).await;
    let (_, message_id) = house.enqueue().await;
    assert_eq!(house.round().await, 0);
    assert!(sink.accepted().is_empty());
    sink.set(Mood::Accepts);
    house.clock.advance(MINUTE);
    assert_eq!(house.round().await, 1);
    assert_eq!(sink.accepted()[0].message_id(), message_id);
}

#[tokio::test]
async fn what_was_accepted_while_the_store_was_away_is_not_sent_again() {
    let sink = Sink::start(Mood::AnswersLate).await;
    let house = House::new(&sink.url()).await;
    house.enqueue().await;
    let transport = palier_server::mail::Transport::parse(&sink.url()).unwrap();
    let mut worker = palier_server::mail::worker::Worker::new(house.state.clone(), transport);
    let stop = CancellationToken::new();
    let store = house.state.store().write();
    let meanwhile = async {
        sink.wait_for_received(1).await;
        store.execute_unprepared("ALTER TABLE outbox RENAME TO away").await.unwrap();
        sink.answer();
    };
    let (accepted, ()) = tokio::join!(worker.round(&stop), meanwhile);
    assert_eq!(accepted, 0, "not noted yet");
    assert_eq!(sink.accepted().len(), 1);

    store.execute_unprepared("ALTER TABLE away RENAME TO outbox").await.unwrap();
    house.clock.advance(LEASE + MINUTE);
    assert_eq!(worker.round(&stop).await, 0);
    assert_eq!(sink.accepted().len(), 1, "sent once");
    assert_eq!(house.counts().await.sent, 1, "and noted");
}

#[tokio::test]
async fn after_five_days_it_is_given_up() {
    let sink = Sink::start(Mood::RefusesRecipient("451 later")).await;
    let house = House::new(&sink.url()).await;
    house.enqueue().await;
    for _ in 0..6 {
        assert_eq!(house.round().await, 0);
        house.clock.advance(DAY);
    }
    sink.set(Mood::Accepts);
    house.clock.advance(DAY);
    assert_eq!(house.round().await, 0);
    assert!(sink.accepted().is_empty());
}
