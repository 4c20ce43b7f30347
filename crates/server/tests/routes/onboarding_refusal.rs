//! The legal representative refuses the request with the code of the letter (A4).

use palier_domain::onboarding::LetterState;
use palier_domain::values::LetterCode;
use palier_server::onboarding::Fate;
use serde_json::json;

use crate::support::{BANK, House, MAYOR, TO_MIDNIGHT, chloe, eve};

#[tokio::test]
async fn a_refused_request_is_over_and_another_one_can_be_made() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let (follow, code) = eve().is_written_to(&house).await;
    let answer = visitor.refuses(&code.reveal_in_groups().to_lowercase()).await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("designation_refused", "eve@vaux.example"));
    assert!(mail.subject.contains("Mairie de Vaux-les-Paliers"), "{}", mail.subject);
    let letter = &house.paper(MAYOR).await[0];
    assert_eq!(letter.state, LetterState::Revoked);
    // Clicked twice it is the same, and nobody is told twice.
    assert_eq!(visitor.refuses(code.reveal()).await.status, 200);
    assert!(house.post().await.is_empty());
    assert_eq!(eve().types(&house, code.reveal()).await.fields(), [("letter_code", "letter_code_over")]);
    let told = visitor.follows(&follow).await.body;
    assert_eq!((told["stage"].as_str(), told["renewable"].as_bool()), (Some("refused"), Some(false)));
    assert_eq!(visitor.asks_again(&follow).await.body["stage"], "refused");
    assert_eq!(house.paper(MAYOR).await.len(), 1);
    assert_eq!(
        house.journal(MAYOR).await,
        ["designation_asked", "letter_asked", "letter_revoked", "designation_refused"]
    );
    // The organisation is free: for anybody, the same person too.
    eve().is_administrator(&house).await;
    assert_eq!(visitor.signs_in_as_administrator("eve@vaux.example").await.status, 200);
}

#[tokio::test]
async fn once_the_code_was_used_it_is_too_late() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
    house.letters().await;
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.refuses(code.reveal()).await.problem(), (409, "letter_used"));
    assert!(house.post().await.is_empty());
    assert_eq!(visitor.signs_in_as_administrator("eve@vaux.example").await.status, 200);
}

#[tokio::test]
async fn a_code_that_no_letter_carries_refuses_nothing() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    let mut visitor = house.visitor().at(BANK);
    let unknown = LetterCode::from_random([9; 16]);
    for (typed, problem) in
        [(unknown.reveal(), "letter_code_unknown"), ("", "required"), ("7K3MP", "letter_code_length")]
    {
        let answer = visitor.refuses(typed).await;
        assert_eq!(
            (answer.status.as_u16(), answer.fields()),
            (422, vec![("letter_code", problem)]),
            "{typed}"
        );
    }
    assert_eq!(house.paper(MAYOR).await[0].tries, 0);
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
}

#[tokio::test]
async fn codes_are_tried_so_often_from_one_place() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    for number in 0..30 {
        let answer = visitor.refuses(LetterCode::from_random([number; 16]).reveal()).await;
        assert_eq!(answer.fields(), [("letter_code", "letter_code_unknown")], "{number}");
    }
    let (_, code) = eve().is_written_to(&house).await;
    assert_eq!(visitor.refuses(code.reveal()).await.problem(), (429, "too_many"));
    assert_eq!(visitor.activates("eve@vaux.example", code.reveal()).await.problem(), (429, "too_many"));
    let mut elsewhere = house.visitor().at(BANK).from("198.51.100.9");
    assert_eq!(elsewhere.refuses(code.reveal()).await.status, 200);
}

#[tokio::test]
async fn whoever_opens_an_older_letter_refuses_too() {
    let house = House::open().await;
    let (_, older) = eve().is_written_to(&house).await;
    chloe().is_written_to(&house).await;
    house.notes(MAYOR, Fate::Lost).await;
    let newer = house.prints().await;
    assert_eq!(house.visitor().at(BANK).refuses(older.reveal()).await.status, 200);
    assert_eq!(house.post().await, [("designation_refused".to_owned(), "eve@vaux.example".to_owned())]);
    let answer = eve().types(&house, newer.reveal()).await;
    assert_eq!(answer.fields(), [("letter_code", "letter_code_over")]);
}

#[tokio::test]
async fn refusing_what_lapsed_changes_nothing_for_who_came_after() {
    let house = House::open().await;
    let (_, old) = eve().is_written_to(&house).await;
    house.wait_hours(30 * 24 + TO_MIDNIGHT);
    let paul = eve().with("first_name", "Paul").with("email", "paul@vaux.example");
    let (_, code) = paul.is_written_to(&house).await;
    let answer = house.visitor().at(BANK).refuses(old.reveal()).await;
    assert_eq!(
        answer.fields(),
        [("letter_code", "letter_code_unknown")],
        "no account is active: {:?}",
        answer.body
    );
    assert_eq!(paul.types(&house, code.reveal()).await.status, 200);
}
