//! The link of the first e-mail: who is first, and what becomes of the others (A3, A4).

use jiff::SignedDuration;
use palier_domain::onboarding::JoiningState;
use palier_server::store::letters::Ending;
use palier_server::store::{designations, joinings};
use serde_json::json;

use crate::support::{Answer, BANK, DIRECTOR, House, MAYOR, TO_MIDNIGHT, aurelie, chloe, eve, token_in};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_first_users_at_the_same_instant_one_is_first() {
    let house = House::open().await;
    let other = eve().with("first_name", "Paul").with("email", "paul@vaux.example");
    let tokens = [eve().applies(&house).await, other.applies(&house).await];
    let tasks = tokens.clone().map(|token| {
        let mut visitor = house.visitor().at(BANK);
        tokio::spawn(async move { visitor.registered(&token).await })
    });
    let mut answers: Vec<Answer> = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("an answer"));
    }
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    let first = answers.iter().position(|answer| answer.body["token"].is_string()).expect("one is first");
    assert_eq!(answers[1 - first].body, json!({}), "the other one asks to join");
    assert_eq!(house.paper(MAYOR).await.len(), 1);
    let people = [eve().email().to_owned(), other.email().to_owned()];
    // Nobody is there yet to be told of the request.
    assert_eq!(house.post().await, [("letter_asked".to_owned(), people[first].clone())]);
    let client = house.client(MAYOR).await.id;
    let open = joinings::open_of(house.state.store().read(), BANK, client).await.expect("requests");
    let asking: Vec<_> = open.iter().map(|joining| (joining.state, joining.email.to_string())).collect();
    assert_eq!(asking, [(JoiningState::Asked, people[1 - first].clone())]);
    // Coming back later changes nothing.
    let again = house.visitor().at(BANK).registered(&tokens[1 - first]).await;
    assert_eq!(again.problem(), (410, "link_used"));
    let again = house.visitor().at(BANK).registered(&tokens[first]).await;
    assert_eq!(again.problem(), (410, "link_used"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_clicks_at_once_one_asks_for_the_letter() {
    let house = House::open().await;
    let token = eve().applies(&house).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (mut visitor, token) = (house.visitor().at(BANK), token.clone());
            tokio::spawn(async move { visitor.registered(&token).await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [[200].as_slice(), &[410; 7]].concat());
    assert_eq!(house.paper(MAYOR).await.len(), 1);
    assert_eq!(house.post().await.len(), 1);
    assert_eq!(house.visitor().at(BANK).registered(&token).await.problem(), (410, "link_used"));
}

#[tokio::test]
async fn a_link_too_old_is_replaced_by_a_new_one() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let token = eve().applies(&house).await;
    house.wait_hours(24);
    assert_eq!(visitor.registered(&token).await.problem(), (410, "link_expired"));
    assert!(house.paper(MAYOR).await.is_empty());
    let answer = visitor.post("/api/onboarding/confirmations/resend", &json!({ "token": token })).await;
    assert_eq!(answer.status, 202);
    let mails = house.letters().await;
    assert_eq!((mails.len(), mails[0].kind.as_str()), (1, "confirm_registration"));
    assert_eq!(visitor.registered(&token_in(&mails[0].text)).await.status, 200);
}

#[tokio::test]
async fn a_link_is_good_for_its_portal_and_its_journey_only() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let tenants = aurelie().signs_up(&house, "tenant").await;
    let token = eve().applies(&house).await;
    for unknown in [tenants.as_str(), "", "AbC_123-x", &token[1..]] {
        assert_eq!(visitor.registered(unknown).await.problem(), (404, "link_unknown"), "{unknown}");
    }
    assert_eq!(house.visitor().confirm(&token).await.problem(), (404, "link_unknown"));
    assert_eq!(visitor.confirm(&token).await.status.as_u16() / 100, 4, "no lease becomes anybody's");
    // The page of the letter has a link of its own.
    assert_eq!(visitor.follows(&token).await.problem(), (404, "link_unknown"));
    let answer = visitor.registered(&token).await;
    assert_eq!(answer.status, 200, "none of this used it up: {:?}", answer.body);
    let follow = answer.body["token"].as_str().expect("a token");
    assert_eq!(visitor.registered(follow).await.problem(), (404, "link_unknown"));
    assert_eq!(house.visitor().registered(&token).await.problem(), (404, "not_found"));
}

#[tokio::test]
async fn an_address_waits_for_one_letter_at_a_time() {
    let house = House::open().await;
    let both = chloe().with("email", eve().email());
    let (one, other) = (eve().applies(&house).await, both.applies(&house).await);
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.registered(&one).await.status, 200);
    assert_eq!(visitor.registered(&other).await.problem(), (409, "address_busy"));
    assert_eq!(house.post().await.len(), 1);
}

#[tokio::test]
async fn no_letter_is_paid_for_when_the_address_has_an_account_by_now() {
    let house = House::open().await;
    let other = chloe().with("email", eve().email()).applies(&house).await;
    eve().is_administrator(&house).await;
    assert_eq!(house.visitor().at(BANK).registered(&other).await.problem(), (409, "address_busy"));
    assert!(house.paper(DIRECTOR).await.is_empty());
}

#[tokio::test]
async fn a_request_for_the_wrong_organisation_gives_way_once_its_letter_is_of_no_use() {
    let house = House::open().await;
    eve().is_written_to(&house).await;
    house.wait_hours(30 * 24 + TO_MIDNIGHT);
    let (_, code) = chloe().with("email", eve().email()).is_written_to(&house).await;
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
    assert_eq!(house.journal(MAYOR).await.last().map(String::as_str), Some("designation_lapsed"));
    assert_eq!(house.journal(DIRECTOR).await.last().map(String::as_str), Some("administrator_designated"));
}

#[tokio::test]
async fn a_lapsed_designation_gives_way() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let (follow, old_code) = eve().is_written_to(&house).await;
    let paul = eve().with("first_name", "Paul").with("email", "paul@vaux.example");
    // While the letter is on its way, another one would be a colleague.
    house.wait_hours(30 * 24 + TO_MIDNIGHT - 1);
    let early = paul.clone().ticked(&mut visitor).await;
    let answer = visitor.checks_number("", &early).await;
    assert_eq!(answer.body["colleague"], true);
    house.wait_hours(1);
    let (_, code) = paul.is_written_to(&house).await;
    assert_eq!(house.paper(MAYOR).await[0].ending, Some(Ending::Lapsed));
    let told = visitor.follows(&follow).await.body;
    assert_eq!((told["stage"].as_str(), told["renewable"].as_bool()), (Some("lapsed"), Some(false)));
    assert_eq!(visitor.asks_again(&follow).await.body, told, "there is nothing to ask for any more");
    let answer = eve().types(&house, old_code.reveal()).await;
    assert_eq!(answer.fields(), [("letter_code", "letter_code_over")]);
    assert_eq!(paul.types(&house, old_code.reveal()).await.fields(), [("letter_code", "letter_code_wrong")]);
    assert_eq!(paul.types(&house, code.reveal()).await.status, 200);
    assert_eq!(
        house.journal(MAYOR).await,
        [
            "designation_asked",
            "letter_asked",
            "letter_revoked",
            "designation_lapsed",
            "designation_asked",
            "letter_asked",
            "administrator_designated",
        ]
    );
    let client = house.client(MAYOR).await.id;
    let open = designations::open_of(house.state.store().read(), BANK, client).await.expect("an answer");
    assert_eq!(open, None);
}

#[tokio::test]
async fn the_letters_of_a_day_are_counted_for_all_organisations_together() {
    let mut file = include_str!("../../../../demo/prets.toml").to_owned();
    // The link outlives the day for which there are no more letters.
    for (from, to) in [("a_day = 500", "a_day = 1"), ("confirm_hours = 24", "confirm_hours = 48")] {
        assert!(file.contains(from), "the file has no {from}");
        file = file.replacen(from, to, 1);
    }
    let house = House::open_over(&[("prets.toml", file)]).await;
    let mut visitor = house.visitor().at(BANK);
    // Both applied before either confirmed: whoever is first has the letter of the day.
    let token = chloe().applies(&house).await;
    eve().is_written_to(&house).await;
    let answer = visitor.registered(&token).await;
    // Free again at nine in the morning of the 23rd: the first whole day is the next.
    assert_eq!((answer.problem(), &answer.body["from"]), ((409, "letter_not_yet"), &json!("2026-11-24")));
    assert_eq!((house.paper(DIRECTOR).await, house.post().await), (vec![], vec![]));
    let ticked = chloe().with("email", "autre@habitation.example").ticked(&mut visitor).await;
    let answer = visitor.registers(&ticked, "submission-of-the-day").await;
    assert_eq!((answer.problem(), &answer.body["from"]), ((409, "letter_not_yet"), &json!("2026-11-24")));
    // To the second: the first letter was asked for 24 hours before.
    house.wait(SignedDuration::from_secs(24 * 3600 - 1));
    assert_eq!(visitor.registered(&token).await.problem(), (409, "letter_not_yet"));
    house.wait(SignedDuration::from_secs(1));
    assert_eq!(visitor.registered(&token).await.status, 200);
    assert_eq!(house.paper(DIRECTOR).await.len(), 1);
}
