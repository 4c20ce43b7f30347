//! What nobody answered, and what nobody used, ends (A7, A8).

use jiff::SignedDuration;
use palier_domain::onboarding::JoiningState;
use palier_server::onboarding::expire_joinings;
use serde_json::json;

use crate::support::{BANK, House, MAYOR, all_loans, eve, nadia, token_in};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[tokio::test]
async fn a7_a_request_ends_with_its_last_second() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    house.wait(SignedDuration::from_hours(30 * 24) - SECOND);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 0);
    assert_eq!(house.joining_state(id).await, JoiningState::Asked);
    house.wait(SECOND);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 1);
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("access_expired", "nadia@vaux.example"));
    assert!(mail.text.contains("Bonjour Nadia Bensaïd"), "{}", mail.text);
    let entry = json!({ "name": "Nadia Bensaïd", "email": "nadia@vaux.example" });
    assert_eq!(house.last_entry(MAYOR).await, ("access_expired".to_owned(), entry));
    assert_eq!(house.joining_state(id).await, JoiningState::Expired);
    // It is done once, by whichever server.
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 0);
    assert_eq!(expire_joinings(&house.another().await.state).await.expect("done"), 0);
    assert!(house.post().await.is_empty());
}

#[tokio::test]
async fn e_mails_are_in_the_language_of_who_asked() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let mut visitor = house.visitor().at(BANK);
    visitor.cookies.insert("palier-langue".to_owned(), "en".to_owned());
    let ticked = nadia().ticked(&mut visitor).await;
    assert_eq!(visitor.registers(&ticked, "submission-english").await.status, 202);
    let mail = house.letters().await.remove(0);
    assert_eq!((mail.kind.as_str(), mail.language.as_str()), ("confirm_request", "en"));
    // Confirmed on somebody else's device.
    house.visitor().at(BANK).registered(&token_in(&mail.text)).await;
    assert_eq!(house.letters().await[0].language, "fr", "the administrator's own");
    house.wait_hours(30 * 24);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 1);
    let mails = house.letters().await;
    assert_eq!((mails.len(), mails[0].language.as_str()), (1, "en"));
}

#[tokio::test]
async fn a8_an_invitation_ends_without_a_word() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    administrator.invites(&nadia(), &all_loans()).await;
    let id = house.joining_of(nadia().email()).await.expect("an invitation").id;
    house.letters().await;
    house.wait(SignedDuration::from_hours((7 + 30) * 24) - SECOND);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 0);
    house.wait(SECOND);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 1);
    assert_eq!(house.joining_state(id).await, JoiningState::Expired);
    assert_eq!(house.journal(MAYOR).await.last().map(String::as_str), Some("access_expired"));
    assert!(house.post().await.is_empty());
    administrator.signs_in_as_administrator(eve().email()).await;
    assert_eq!(administrator.users().await.body["invitations"], json!([]));
    assert_eq!(administrator.does_with_invitation(id, "resend").await.problem(), (409, "decided"));
}

#[tokio::test]
async fn a8_an_invitation_that_is_too_old_stays_listed_and_is_sent_again() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    administrator.invites(&nadia(), &all_loans()).await;
    let old = token_in(&house.letters().await[0].text);
    house.wait_hours((7 + 29) * 24);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 0);
    administrator.signs_in_as_administrator(eve().email()).await;
    let listed = administrator.users().await.body["invitations"][0].clone();
    assert_eq!([&listed["until"], &listed["expired"]], [&json!("2026-11-29"), &json!(true)]);
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.opens_invitation(&old).await.problem(), (410, "link_expired"));
    let id = listed["id"].as_i64().expect("an id");
    assert_eq!(administrator.does_with_invitation(id, "resend").await.status, 200);
    let listed = administrator.users().await.body["invitations"][0].clone();
    assert_eq!([&listed["until"], &listed["expired"]], [&json!("2027-01-04"), &json!(false)]);
    let new = token_in(&house.letters().await[0].text);
    house.wait_hours(2 * 24);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 0, "its time has begun anew");
    assert_eq!(visitor.joins(&new, "organismes-2026-11").await.status, 200);
}

#[tokio::test]
async fn an_invitation_that_is_too_old_is_in_nobodys_way() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    administrator.invites(&nadia(), &all_loans()).await;
    let mut ids = vec![house.joining_of(nadia().email()).await.expect("an invitation").id];
    house.letters().await;
    house.wait_hours(8 * 24);
    // They are invited anew.
    administrator.signs_in_as_administrator(eve().email()).await;
    assert_eq!(administrator.invites(&nadia(), &all_loans()).await.status, 201);
    ids.push(house.joining_of(nadia().email()).await.expect("an invitation").id);
    house.letters().await;
    house.wait_hours(8 * 24);
    // They ask by themselves.
    let id = nadia().asks_to_join(&house).await;
    assert_eq!(house.joining_state(id).await, JoiningState::Asked);
    for over in ids {
        assert_eq!(house.joining_state(over).await, JoiningState::Expired);
    }
    let ended = |kinds: Vec<String>| kinds.iter().filter(|kind| *kind == "access_expired").count();
    assert_eq!(ended(house.journal(MAYOR).await), 2);
    // Who was invited isn't told that nobody answered.
    let kinds: Vec<_> = house.post().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["access_asked"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_servers_at_once_each_request_is_ended_by_one() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    for number in 0..3 {
        nadia().with("email", &format!("nadia{number}@vaux.example")).asks_to_join(&house).await;
    }
    house.letters().await;
    house.wait_hours(30 * 24);
    let servers = [house.another().await, house.another().await];
    let tasks = servers.map(|server| tokio::spawn(async move { expire_joinings(&server.state).await }));
    let mut ended = 0;
    for task in tasks {
        ended += task.await.expect("an answer").expect("done");
    }
    assert_eq!(ended, 3);
    let mut told: Vec<_> = house.post().await.into_iter().map(|(_, to)| to).collect();
    told.sort_unstable();
    assert_eq!(told, ["nadia0@vaux.example", "nadia1@vaux.example", "nadia2@vaux.example"]);
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "access_expired").count(), 3);
}

#[tokio::test]
async fn what_is_over_is_in_nobodys_way_before_it_is_ended() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    house.wait_hours(30 * 24);
    let again = nadia().applies_as_colleague(&house).await;
    assert_eq!(house.visitor().at(BANK).registered(&again).await.body, json!({}));
    let kinds: Vec<_> = house.post().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["access_expired", "access_asked"]);
    assert_eq!(house.joining_state(id).await, JoiningState::Expired);
    house.wait_hours(30 * 24);
    administrator.signs_in_as_administrator(eve().email()).await;
    assert_eq!(administrator.invites(&nadia(), &all_loans()).await.status, 201);
    let kinds: Vec<_> = house.post().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["access_expired", "invitation"]);
    assert_eq!(expire_joinings(&house.state).await.expect("done"), 0);
}
