//! E-mails with a file.

use jiff::SignedDuration;
use mail_parser::{Message, MessageParser, MimeHeaders as _};
use palier_domain::values::Email;
use palier_server::mail::{self, Addressee, Mail};
use palier_server::store::kept_files::{NewFile, keep};
use palier_server::store::outbox::{NewMail, enqueue};
use sea_orm::ConnectionTrait as _;

use crate::sink::{Mood, Sink};
use crate::support::House;

/// Line ends and dots, which mail programs change in texts, and bytes of no text at all.
const CONTENT: &[u8] = b"%PDF-1.7\n\xff\x00\r\n.\r\n..\n--palier\n";

/// Keeps a file in `portal` and writes an e-mail of `extranet` that carries it.
async fn enqueue_with_file(house: &House, portal: &str, name: &str) {
    let (store, now) = (house.state.store().write(), house.state.now());
    let file = NewFile {
        portal: portal.to_owned(),
        media_type: "application/pdf".to_owned(),
        name: name.to_owned(),
        content: CONTENT.to_vec(),
        now,
    };
    let id = keep(store, file).await.unwrap();
    let email = Email::parse("marie@exemple.fr").unwrap();
    let to = Addressee { email: &email, name: None, language: "fr" };
    let portal = house.state.config().portal("extranet").unwrap();
    let mail = mail::write(&house.state, portal, to, Mail::PasswordChanged);
    enqueue(store, NewMail { attachment: Some(id), ..mail }).await.unwrap();
}

fn parsed(content: &[u8]) -> Message<'_> {
    MessageParser::default().parse(content).unwrap()
}

#[tokio::test]
async fn a_file_arrives_whole_with_its_name() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    let name = "Accord « médiation » de l’été, n° 1.pdf";
    enqueue_with_file(&house, "extranet", name).await;
    assert_eq!(house.round().await, 1);

    let accepted = sink.accepted();
    let message = parsed(&accepted[0].content);
    assert_eq!(message.content_type().unwrap().subtype(), Some("mixed"));
    assert!(message.body_text(0).unwrap().contains("Bonjour,"));
    assert!(message.body_html(0).unwrap().contains("<h1"));
    assert_eq!(message.attachment_count(), 1);
    let file = message.attachment(0).unwrap();
    assert_eq!(file.attachment_name(), Some(name));
    let kind = file.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("application", Some("pdf")));
    assert!(file.content_disposition().unwrap().is_attachment());
    assert_eq!(file.contents(), CONTENT);
    assert!(accepted[0].content.is_ascii());
}

#[tokio::test]
async fn a_name_is_no_header() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    enqueue_with_file(&house, "extranet", "a\"; x=\"\r\nBcc: all@exemple.fr\r\n\r\n.pdf").await;
    assert_eq!(house.round().await, 1);
    let accepted = sink.accepted();
    let message = parsed(&accepted[0].content);
    assert!(message.bcc().is_none());
    assert_eq!(message.attachment(0).unwrap().attachment_name(), Some("a\"; x=\" Bcc: all@exemple.fr .pdf"));
    assert_eq!(message.attachment(0).unwrap().contents(), CONTENT);
}

#[tokio::test]
async fn a_second_try_has_the_same_bytes() {
    let sink = Sink::start(Mood::DiesBeforeAnswering).await;
    let house = House::new(&sink.url()).await;
    enqueue_with_file(&house, "extranet", "Accord.pdf").await;
    assert_eq!(house.round().await, 0);
    house.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(house.round().await, 0);
    let received = sink.received();
    assert_eq!(received.len(), 2);
    assert!(received[0] == received[1]);
}

#[tokio::test]
async fn without_its_file_or_with_anothers_it_is_given_up() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::new(&sink.url()).await;
    enqueue_with_file(&house, "ekidom", "Accord.pdf").await;
    assert_eq!(house.round().await, 0);
    let counts = house.counts().await;
    assert_eq!((counts.waiting, counts.failing), (0, 1));

    enqueue_with_file(&house, "extranet", "Accord.pdf").await;
    let damage = "UPDATE kept_files SET sha256 = 'another'";
    house.state.store().write().execute_unprepared(damage).await.unwrap();
    assert_eq!(house.round().await, 0);
    house.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(house.round().await, 0);
    assert_eq!(house.counts().await.failing, 2);
    assert!(sink.accepted().is_empty());
}
