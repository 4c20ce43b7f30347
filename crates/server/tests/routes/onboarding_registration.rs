//! The number checked, the form sent (A1–A3).

use serde_json::json;

use crate::human::pass;
use crate::support::{Applicant, BANK, DIRECTOR, House, MAYOR, chloe, eve};

#[tokio::test]
async fn a1_numbers_are_understood_or_refused_at_their_field() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let who = eve().ticked(&mut visitor).await;
    for typed in ["48213", "048213", " 00 04 82 13 "] {
        let answer = visitor.checks_number("", &who.clone().with("client_number", typed)).await;
        assert_eq!(answer.status, 200, "{typed}: {:?}", answer.body);
        assert_eq!(answer.body["organisation"], "Mairie de Vaux-les-Paliers");
    }
    // Nobody's, and another portal's.
    for unknown in ["48214", "48999"] {
        let asked = who.clone().with("client_number", unknown);
        for answer in
            [visitor.checks_number("", &asked).await, visitor.registers(&asked, "submission-unknown").await]
        {
            assert_eq!(
                (answer.status.as_u16(), answer.fields()),
                (422, vec![("client_number", "client_unknown")]),
                "{unknown}"
            );
        }
    }
    for wrong in ["", "4821", "4821345", "48x13"] {
        let answer = visitor.checks_number("", &who.clone().with("client_number", wrong)).await;
        assert_eq!((answer.status.as_u16(), answer.fields().len()), (422, 1), "{wrong}");
        assert_eq!(answer.fields()[0].0, "client_number");
    }
    assert!(house.post().await.is_empty());
}

#[tokio::test]
async fn a7_a_client_with_an_administrator_or_a_letter_on_its_way_has_colleagues() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let other = eve().with("email", "autre@vaux.example").ticked(&mut visitor).await;
    let first = visitor.checks_number("", &other).await;
    assert_eq!((first.status.as_u16(), &first.body["colleague"]), (200, &json!(false)));
    let (_, code) = eve().is_written_to(&house).await;
    let told =
        json!({ "organisation": "Mairie de Vaux-les-Paliers", "colleague": true, "administered": false });
    assert_eq!(visitor.checks_number("", &other).await.body, told);
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
    house.letters().await;
    let told =
        json!({ "organisation": "Mairie de Vaux-les-Paliers", "colleague": true, "administered": true });
    for page in ["", "identite"] {
        assert_eq!(visitor.checks_number(page, &other).await.body, told);
    }
    assert_eq!(visitor.registers(&other, "submission-other").await.status, 202);
    assert_eq!(house.post().await, [("confirm_request".to_owned(), other.email().to_owned())]);
}

#[tokio::test]
async fn a2_only_who_has_a_pass_is_answered() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let required = (422, vec![("human", "human_required")]);
    for answer in
        [visitor.checks_number("", &eve()).await, visitor.registers(&eve(), "submission-no-pass").await]
    {
        assert_eq!((answer.status.as_u16(), answer.fields()), required);
    }
    // Ten attempts, of which each counts: those refused too.
    let who = eve().ticked(&mut visitor).await;
    for attempt in 0..10 {
        let number = if attempt % 2 == 0 { "48214" } else { MAYOR };
        let answer = visitor.checks_number("", &who.clone().with("client_number", number)).await;
        assert_ne!(answer.fields(), [("human", "human_expired")], "{attempt}");
    }
    let expired = (422, vec![("human", "human_expired")]);
    for answer in [
        visitor.checks_number("", &who).await,
        visitor.checks_number("", &who.clone().with("client_number", "48214")).await,
        visitor.registers(&who, "submission-used-up").await,
    ] {
        assert_eq!((answer.status.as_u16(), answer.fields()), expired, "it tells nothing of the number");
    }
    assert!(house.post().await.is_empty());
    // Another tick, and it goes on under the same key: what was refused isn't the answer for ever.
    let answer = visitor.registers(&who.ticked(&mut visitor.clone()).await, "submission-used-up").await;
    assert_eq!(answer.status, 202, "{:?}", answer.body);
}

#[tokio::test]
async fn no_page_can_be_skipped() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let blank = Applicant {
        form: json!({
            "client_number": "", "human": "", "first_name": "", "own_surname": "", "email": "", "read_terms": "",
        }),
    };
    let names = |answer: &crate::support::Answer| -> Vec<String> {
        answer.fields().iter().map(|(name, _)| (*name).to_owned()).collect()
    };
    let answer = visitor.checks_number("", &blank).await;
    assert_eq!((answer.status.as_u16(), names(&answer)), (422, vec!["client_number".into(), "human".into()]));
    // A later page is checked with those before it.
    let answer = visitor.checks_number("identite", &blank).await;
    assert_eq!(answer.status, 422);
    let wanted = ["client_number", "email", "first_name", "human", "own_surname"];
    assert_eq!(names(&answer), wanted);
    let answer = visitor.registers(&blank, "submission-blank").await;
    assert_eq!(
        (answer.status.as_u16(), names(&answer)),
        (422, [&wanted[..], &["read_terms"]].concat().iter().map(|it| (*it).to_owned()).collect())
    );
    let answer = visitor.checks_number("courrier", &eve()).await;
    assert_eq!(answer.problem(), (400, "malformed"));
    // Sent at once, without having checked any page: the same checks are made.
    let unknown = eve().with("client_number", "48214").ticked(&mut visitor).await;
    let answer = visitor.registers(&unknown, "submission-at-once").await;
    assert_eq!(answer.fields(), [("client_number", "client_unknown")]);
    let answer = visitor.registers(&eve().ticked(&mut visitor.clone()).await, "submission-complete").await;
    assert_eq!(answer.status, 202, "{:?}", answer.body);
}

#[tokio::test]
async fn a10_the_terms_in_force_are_accepted_or_nothing_is() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let who = eve().ticked(&mut visitor).await;
    for version in ["", "2026-11", "organismes-2025-01", "on"] {
        let answer = visitor.registers(&who.clone().with("read_terms", version), "submission-terms").await;
        assert_eq!(answer.status, 422, "{version}");
        let fields: Vec<_> = answer.fields().iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(fields, ["read_terms"], "{version}");
    }
    assert!(house.post().await.is_empty());
    assert_eq!(visitor.registers(&who, "submission-terms").await.status, 202);
}

#[tokio::test]
async fn an_address_that_has_an_account_is_told_by_e_mail_only() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let mut visitor = house.visitor().at(BANK);
    let known = chloe().with("email", "EVE@vaux.example").ticked(&mut visitor).await;
    let new = chloe().ticked(&mut visitor).await;
    let one = visitor.registers(&known, "submission-known").await;
    let other = visitor.registers(&new, "submission-new").await;
    assert_eq!(one.status, 202, "{:?}", one.body);
    assert_eq!(one.outside(), other.outside());
    assert_eq!(one.length, other.length);
    let mails = house.letters().await;
    let kinds: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
    assert_eq!(
        kinds,
        [("user_has_account", "EVE@vaux.example"), ("confirm_registration", "chloe@habitation.example")]
    );
    assert!(!mails[0].text.contains('#'), "it has no link that confirms: {}", mails[0].text);
    assert!(house.paper(DIRECTOR).await.is_empty());
}

#[tokio::test]
async fn sent_twice_it_is_done_once() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let who = eve().with("human", &pass(&mut visitor).await);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (mut visitor, who) = (visitor.clone(), who.clone());
            tokio::spawn(async move { visitor.registers(&who, "submission-twice").await })
        })
        .collect();
    let mut handles = Vec::new();
    for task in tasks {
        let answer = task.await.expect("an answer");
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        handles.push(answer.body["handle"].clone());
    }
    handles.dedup();
    assert_eq!(handles.len(), 1, "{handles:?}");
    assert_eq!(house.post().await.len(), 1);
}

#[tokio::test]
async fn one_place_tries_so_many_numbers_and_no_more() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    // A pass is good for ten.
    for _ in 0..2 {
        let who = eve().ticked(&mut visitor).await;
        for _ in 0..10 {
            assert_eq!(visitor.checks_number("", &who).await.status, 200);
        }
    }
    let who = eve().ticked(&mut visitor).await;
    let answer = visitor.checks_number("", &who).await;
    assert_eq!((answer.problem(), &answer.body["minutes"]), ((429, "too_many"), &json!(60)));
    let mut elsewhere = house.visitor().at(BANK).from("198.51.100.9");
    assert_eq!(elsewhere.checks_number("", &who).await.status, 200);
}
