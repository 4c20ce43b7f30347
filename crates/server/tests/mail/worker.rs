//! The worker when all goes well, and when several do it.

use jiff::SignedDuration;
use mail_parser::MessageParser;
use palier_domain::values::Email;
use palier_server::mail::worker::LEASE;
use palier_server::store::outbox;
use tokio_util::sync::CancellationToken;

use crate::sink::{Accepted, Mood, Sink};
use crate::support::House;

#[tokio::test]
async fn an_email_is_handed_over_once_and_erased() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    let email = Email::parse("Marie.Durand@exemple.fr").unwrap();
    let (_, message_id) = house.enqueue_for("extranet", &email, house.state.now()).await;
    assert_eq!(house.round().await, 1);
    assert_eq!(house.round().await, 0);

    let accepted = sink.accepted();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0].sender, "locataires@habitat-des-rives.example");
    assert_eq!(accepted[0].recipient, "Marie.Durand@exemple.fr");
    let message = MessageParser::default().parse(&accepted[0].content).unwrap();
    assert_eq!(message.message_id(), Some(message_id.as_str()));
    assert_eq!(message.from().unwrap().first().unwrap().name(), Some("Habitat des Rives"));
    assert_eq!(message.subject(), Some("Confirmez votre adresse e-mail pour Habitat des Rives"));
    assert_eq!(message.date().unwrap().to_timestamp(), house.state.now().as_second());
    assert!(message.body_text(0).unwrap().contains("Bonjour Aurélie Lefèvre,"));
    assert!(message.body_html(0).unwrap().contains("/locataire/confirmation#abc"));
    let raw = String::from_utf8(accepted[0].content.clone()).unwrap();
    assert!(raw.is_ascii() && raw.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{raw}");

    let counts = house.counts().await;
    assert_eq!((counts.waiting, counts.sent, counts.failing), (0, 1, 0));
}

#[tokio::test]
async fn several_go_over_one_connection() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    let mut written = Vec::new();
    for _ in 0..5 {
        written.push(house.enqueue().await.1);
    }
    assert_eq!(house.round().await, 5);
    let accepted: Vec<String> = sink.accepted().iter().map(Accepted::message_id).collect();
    assert_eq!(accepted, written, "in the order of writing");
}

#[tokio::test]
async fn two_workers_never_send_the_same() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    let mut written = Vec::new();
    for _ in 0..20 {
        written.push(house.enqueue().await.1);
    }
    let (one, other) = tokio::join!(house.round(), house.round());
    assert_eq!(one + other, 20);
    let mut accepted: Vec<String> = sink.accepted().iter().map(Accepted::message_id).collect();
    accepted.sort();
    written.sort();
    assert_eq!(accepted, written);
}

#[tokio::test]
async fn what_a_dead_worker_held_is_sent_after_its_lease() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    let (id, message_id) = house.enqueue().await;
    let now = house.state.now();
    let held = outbox::claim_due(house.state.store().write(), now, "dead", LEASE, 1).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].id, id);
    assert_eq!(house.round().await, 0);
    house.clock.advance(LEASE - SignedDuration::from_secs(1));
    assert_eq!(house.round().await, 0);
    house.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(house.round().await, 1);
    assert_eq!(sink.accepted()[0].message_id(), message_id);
}

#[tokio::test]
async fn a_running_worker_is_woken_by_signal_and_by_the_clock_and_stops() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    let stop = CancellationToken::new();
    let running = tokio::spawn(house.worker().run(stop.clone()));

    house.enqueue().await;
    house.state.outbox().wake();
    sink.wait_for_accepted(1).await;

    let hour = SignedDuration::from_hours(1);
    house.enqueue_at(house.state.now() + hour).await;
    house.clock.advance(hour);
    sink.wait_for_accepted(2).await;

    stop.cancel();
    running.await.unwrap();
    assert_eq!(house.counts().await.sent, 2);
}

#[tokio::test]
async fn stopping_waits_for_the_one_under_way() {
    let sink = Sink::start(Mood::AnswersLate).await;
    let house = House::new(&sink.url()).await;
    house.enqueue().await;
    house.enqueue().await;
    let stop = CancellationToken::new();
    let transport = palier_server::mail::Transport::parse(&sink.url()).unwrap();
    let worker = palier_server::mail::worker::Worker::new(house.state.clone(), transport);
    let running = tokio::spawn(worker.run(stop.clone()));
    sink.wait_for_received(1).await;
    stop.cancel();
    sink.answer();
    running.await.unwrap();
    let counts = house.counts().await;
    assert_eq!((counts.waiting, counts.sent), (1, 1));
    assert_eq!(sink.accepted().len(), 1);
}

#[tokio::test]
async fn emails_become_files_in_a_folder() {
    let house = House::new("file://FOLDER").await;
    let (_, message_id) = house.enqueue().await;
    assert_eq!(house.round().await, 1);
    let files: Vec<_> =
        std::fs::read_dir(house.folder.path().join("mails")).unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let name = files[0].file_name().into_string().unwrap();
    let stem = name.strip_suffix(".eml").unwrap_or_else(|| panic!("{name}"));
    assert!(stem.starts_with("20261121-093000-"), "{name}");
    let content = std::fs::read(files[0].path()).unwrap();
    let message = MessageParser::default().parse(&content).unwrap();
    assert_eq!(message.message_id(), Some(message_id.as_str()));
}
