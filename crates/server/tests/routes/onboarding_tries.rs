//! Wrong codes: how many are too many, and what they tell (A5).

use palier_domain::values::LetterCode;

use crate::support::{Answer, BANK, House, MAYOR, chloe, eve};

/// A code that is no letter's, right in itself.
pub(crate) fn wrong_code(number: u8) -> LetterCode {
    LetterCode::from_random([number; 16])
}

/// What is wrong with the code, and how many tries are left.
pub(crate) fn told(answer: &Answer) -> (u16, String, Option<u64>) {
    let field = &answer.body["fields"][0];
    let code = field["code"].as_str().unwrap_or(answer.code()).to_owned();
    (answer.status.as_u16(), code, field["tries_left"].as_u64())
}

pub(crate) fn wrong(tries_left: u64) -> (u16, String, Option<u64>) {
    (422, "letter_code_wrong".to_owned(), Some(tries_left))
}

#[tokio::test]
async fn five_wrong_codes_are_one_too_many() {
    let house = House::open().await;
    let (follow, code) = eve().is_written_to(&house).await;
    for left in (1..5).rev() {
        assert_eq!(told(&eve().types(&house, wrong_code(1).reveal()).await), wrong(left));
    }
    for typed in [wrong_code(2).reveal(), code.reveal(), code.reveal()] {
        let answer = eve().types(&house, typed).await;
        assert_eq!(answer.problem(), (409, "letter_locked"), "the right one doesn't help any more");
    }
    assert_eq!(house.visitor().at(BANK).follows(&follow).await.body["stage"], "locked");
    assert_eq!(house.journal(MAYOR).await, ["designation_asked", "letter_asked", "letter_locked"]);
    assert!(house.post().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twelve_wrong_codes_at_once_are_five() {
    let house = House::open().await;
    eve().is_written_to(&house).await;
    let tasks: Vec<_> = (0..12)
        .map(|number| {
            let mut visitor = house.visitor().at(BANK);
            tokio::spawn(
                async move { visitor.activates("eve@vaux.example", wrong_code(number).reveal()).await },
            )
        })
        .collect();
    let mut left = Vec::new();
    for task in tasks {
        left.push(told(&task.await.expect("an answer")).2);
    }
    left.sort_unstable();
    assert_eq!(left, [[None; 8].as_slice(), &[Some(1), Some(2), Some(3), Some(4)]].concat());
    assert_eq!(house.paper(MAYOR).await[0].tries, 5);
}

#[tokio::test]
async fn an_address_nobody_applied_with_is_answered_alike() {
    let house = House::open().await;
    eve().is_written_to(&house).await;
    for number in 1..=7 {
        let mut visitor = house.visitor().at(BANK).from(&format!("198.51.100.{number}"));
        let one = visitor.activates("eve@vaux.example", wrong_code(number).reveal()).await;
        let other = visitor.activates("who@vaux.example", wrong_code(number).reveal()).await;
        assert_eq!(one.outside(), other.outside(), "{number}");
        assert_eq!(one.length, other.length, "{number}");
    }
}

#[tokio::test]
async fn a_letter_that_waits_to_be_printed_is_answered_alike() {
    let house = House::open().await;
    eve().asks(&house).await;
    for number in 1..=6 {
        let mut visitor = house.visitor().at(BANK).from(&format!("198.51.100.{number}"));
        let one = visitor.activates("eve@vaux.example", wrong_code(number).reveal()).await;
        let other = visitor.activates("who@vaux.example", wrong_code(number).reveal()).await;
        assert_eq!(one.outside(), other.outside(), "{number}");
    }
}

#[tokio::test]
async fn a_letter_printed_in_between_is_not_told() {
    let house = House::open().await;
    eve().asks(&house).await;
    let mut code = None;
    for number in 1..=8 {
        if number == 4 {
            code = Some(house.prints().await);
        }
        let mut visitor = house.visitor().at(BANK).from(&format!("198.51.100.{number}"));
        let one = visitor.activates("eve@vaux.example", wrong_code(number).reveal()).await;
        let other = visitor.activates("who@vaux.example", wrong_code(number).reveal()).await;
        assert_eq!(one.outside(), other.outside(), "{number}");
    }
    // What is counted for the address locks nobody out: the letter's own tries are what its code has.
    let code = code.expect("a code");
    let answer = house.visitor().at(BANK).activates("eve@vaux.example", code.reveal()).await;
    assert_eq!((house.paper(MAYOR).await[0].tries, answer.problem()), (5, (409, "letter_locked")));

    let house = House::open().await;
    eve().asks(&house).await;
    for number in 1..=5 {
        eve().types(&house, wrong_code(number).reveal()).await;
    }
    let code = house.prints().await;
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
}

#[tokio::test]
async fn a_person_must_type_the_codes() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    let mut visitor = house.visitor().at(BANK);
    for (human, problem) in [("", "human_required"), ("pending", "human_pending"), ("AAEC", "human_expired")]
    {
        for typed in [&wrong_code(1), &code] {
            let form = serde_json::json!({
                "email": "eve@vaux.example", "letter_code": typed.reveal(), "password": "tram Bleu 47 Vigne",
                "human": human,
            });
            let answer = visitor.post("/api/onboarding/activations", &form).await;
            assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("human", problem)]));
        }
    }
    assert_eq!(house.paper(MAYOR).await[0].tries, 0, "nothing was compared");
}

#[tokio::test]
async fn wrong_codes_from_one_place_lock_two_letters_a_day() {
    let house = House::open().await;
    let (_, of_eve) = eve().is_written_to(&house).await;
    let (_, of_chloe) = chloe().is_written_to(&house).await;
    let mut stranger = house.visitor().at(BANK);
    for email in ["one@vaux.example", "two@vaux.example"] {
        for number in 1..=5 {
            let answer = stranger.activates(email, wrong_code(number).reveal()).await;
            assert_ne!(answer.status, 429, "{email} {number}");
        }
    }
    for _ in 0..2 {
        assert_eq!(eve().types(&house, wrong_code(9).reveal()).await.problem(), (429, "too_many"));
        assert_eq!(eve().types(&house, of_eve.reveal()).await.problem(), (429, "too_many"));
    }
    assert_eq!(house.paper(MAYOR).await[0].tries, 0);
    let mut office = house.visitor().at(BANK).from("198.51.100.9");
    assert_eq!(office.activates("eve@vaux.example", of_eve.reveal()).await.status, 200);
    house.wait_hours(24);
    assert_eq!(chloe().types(&house, of_chloe.reveal()).await.status, 200);
}
