//! "Where is my letter?", and another one (A5, A6).

use palier_domain::values::LetterCode;
use palier_server::onboarding::Fate;
use serde_json::json;

use crate::support::{BANK, House, MAYOR, TO_MIDNIGHT, eve, token_in};

/// Types wrong codes until the letter's own counts no more.
async fn lock(house: &House) {
    let mut last = None;
    for number in 1..=5 {
        last = Some(eve().types(house, LetterCode::from_random([number; 16]).reveal()).await);
    }
    assert_eq!(last.expect("an answer").problem(), (409, "letter_locked"));
}

#[tokio::test]
async fn no_other_letter_before_the_end_of_the_first() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let follow = eve().asks(&house).await;
    let waiting = visitor.asks_again(&follow).await;
    assert_eq!((waiting.status.as_u16(), waiting.body["stage"].as_str()), (200, Some("asked")));
    let code = house.prints().await;
    // Printed on the 22nd of November, for thirty days.
    for posted in [false, true] {
        if posted {
            house.notes(MAYOR, Fate::Posted).await;
        }
        let answer = visitor.asks_again(&follow).await;
        assert_eq!((answer.problem(), &answer.body["from"]), ((409, "letter_not_yet"), &json!("2026-12-23")));
    }
    assert_eq!(house.paper(MAYOR).await.len(), 1);
    house.wait_hours(30 * 24 + TO_MIDNIGHT);
    let told = visitor.follows(&follow).await.body;
    assert_eq!((told["stage"].as_str(), told["renewable"].as_bool()), (Some("expired"), Some(true)));
    assert_eq!(told["valid_until"], "2026-12-22", "the last day on which it counts");
    let answer = visitor.asks_again(&follow).await;
    assert_eq!((answer.status.as_u16(), answer.body["stage"].as_str()), (200, Some("asked")));
    let letters = house.paper(MAYOR).await;
    assert_eq!(answer.body["reference"], json!(letters[1].reference));
    assert_ne!(letters[0].reference, letters[1].reference);
    let new = house.prints().await;
    assert_eq!(eve().types(&house, code.reveal()).await.fields(), [("letter_code", "letter_code_over")]);
    assert_eq!(eve().types(&house, new.reveal()).await.status, 200);
}

/// The post brings the newest letter back.
async fn comes_back(house: &House) {
    house.notes(MAYOR, Fate::Posted).await;
    house.notes(MAYOR, Fate::Returned).await;
    house.letters().await;
}

#[tokio::test]
async fn three_letters_in_thirty_days_and_no_more() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let (follow, _) = eve().is_written_to(&house).await;
    for day in 1..=2 {
        house.wait_hours(24);
        comes_back(&house).await;
        assert_eq!(visitor.follows(&follow).await.body["renewable"], true);
        let answer = visitor.asks_again(&follow).await;
        assert_eq!(answer.status, 200, "{day}: {:?}", answer.body);
        house.prints().await;
    }
    house.wait_hours(24);
    comes_back(&house).await;
    // The first was asked for on the 22nd of November.
    let told = visitor.follows(&follow).await.body;
    assert_eq!(
        (told["renewable"].as_bool(), told["renewable_from"].as_str()),
        (Some(false), Some("2026-12-23"))
    );
    let answer = visitor.asks_again(&follow).await;
    assert_eq!((answer.problem(), &answer.body["from"]), ((409, "letter_not_yet"), &json!("2026-12-23")));
    // Nor by signing up again.
    let again = eve().with("email", "autre@vaux.example").ticked(&mut visitor).await;
    let answer = visitor.registers(&again, "submission-fourth").await;
    assert_eq!((answer.problem(), &answer.body["from"]), ((409, "letter_not_yet"), &json!("2026-12-23")));
    house.wait_hours(27 * 24);
    let answer = visitor.asks_again(&follow).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_eq!(house.paper(MAYOR).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn asked_for_twice_at_once_it_is_one_letter() {
    let house = House::open().await;
    let (follow, _) = eve().is_written_to(&house).await;
    comes_back(&house).await;
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let (mut visitor, follow) = (house.visitor().at(BANK), follow.clone());
            tokio::spawn(async move { visitor.asks_again(&follow).await })
        })
        .collect();
    for task in tasks {
        let answer = task.await.expect("an answer");
        assert_eq!((answer.status.as_u16(), answer.body["stage"].as_str()), (200, Some("asked")));
    }
    assert_eq!(house.paper(MAYOR).await.len(), 2);
}

#[tokio::test]
async fn a_letter_that_wrong_codes_locked_does_not_count() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let (follow, _) = eve().is_written_to(&house).await;
    for number in 1..=4 {
        house.wait_hours(24);
        lock(&house).await;
        let answer = visitor.asks_again(&follow).await;
        assert_eq!(answer.status, 200, "{number}: {:?}", answer.body);
        house.prints().await;
    }
}

#[tokio::test]
async fn the_link_of_an_older_e_mail_tells_the_same() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let token = eve().applies(&house).await;
    let first = visitor.registered(&token).await.body["token"].as_str().expect("a token").to_owned();
    let asked = house.letters().await;
    assert_eq!(token_in(&asked[0].text), first, "the page and the e-mail have the same link");
    house.prints().await;
    house.notes(MAYOR, Fate::Posted).await;
    let mails = house.letters().await;
    let second = token_in(&mails[0].text);
    assert_ne!(first, second);
    assert!(mails[0].text.contains("/prets/administrateur/courrier#"), "{}", mails[0].text);
    let told = visitor.follows(&second).await;
    assert_eq!((told.status.as_u16(), told.body["stage"].as_str()), (200, Some("posted")));
    assert_eq!(visitor.follows(&first).await.body, told.body);
    // As often as one likes, but not for ever.
    assert_eq!(visitor.follows(&first).await.body, told.body);
    house.wait_hours(130 * 24);
    assert_eq!(visitor.follows(&first).await.problem(), (410, "link_expired"));
    assert_eq!(visitor.follows("AbC_123-x").await.problem(), (404, "link_unknown"));
    assert_eq!(house.visitor().follows(&second).await.problem(), (404, "not_found"));
}

#[tokio::test]
async fn the_link_is_sent_again_to_who_applied_and_the_answer_tells_nobody() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    eve().asks(&house).await;
    let mut resend =
        async |email: &str| visitor.post("/api/onboarding/letter/link", &json!({ "email": email })).await;
    let one = resend("Eve@vaux.example").await;
    let other = resend("personne@vaux.example").await;
    assert_eq!((one.status.as_u16(), &one.body), (202, &json!({})));
    assert_eq!(one.outside(), other.outside());
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("letter_asked", "eve@vaux.example"));
    let token = token_in(&mail.text);
    assert_eq!(house.visitor().at(BANK).follows(&token).await.body["stage"], "asked");
    let answer = resend("x").await;
    assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("email", "email_at")]));
    // Once posted, that is what it says; and an address gets so many an hour.
    house.prints().await;
    house.notes(MAYOR, Fate::Posted).await;
    house.letters().await;
    house.wait_hours(1);
    for _ in 0..7 {
        assert_eq!(resend("eve@vaux.example").await.status, 202);
    }
    assert_eq!(house.post().await, vec![("letter_posted".to_owned(), "eve@vaux.example".to_owned()); 5]);
}

#[tokio::test]
async fn a_letter_whose_code_is_locked_is_replaced_by_the_operator_too() {
    let house = House::open().await;
    let (follow, _) = eve().is_written_to(&house).await;
    lock(&house).await;
    house.notes(MAYOR, Fate::Lost).await;
    assert_eq!(house.visitor().at(BANK).follows(&follow).await.body["stage"], "asked");
    let code = house.prints().await;
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
    assert_eq!(house.paper(MAYOR).await.len(), 2);
}
