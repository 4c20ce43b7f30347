//! Lost password, lost identifier (T8).

use serde_json::json;

use crate::support::{Answer, House, aurelie, awa, claire, paul, token_in};

const ASK: &str = "/api/account/password-resets";
const COMPLETE: &str = "/api/account/password-resets/complete";
const REMIND: &str = "/api/account/identifier-reminders";

async fn ask(house: &House, login: &str) -> Answer {
    house.visitor().post(ASK, &json!({ "login": login })).await
}

async fn remind(house: &House, email: &str) -> Answer {
    house.visitor().post(REMIND, &json!({ "email": email })).await
}

async fn complete(house: &House, token: &str, password: &str) -> Answer {
    house.visitor().post(COMPLETE, &json!({ "token": token, "password": password })).await
}

async fn link(house: &House, login: &str) -> String {
    assert_eq!(ask(house, login).await.status, 202);
    let letter = house.letters().await.remove(0);
    assert_eq!(letter.kind, "password_reset");
    token_in(&letter.text)
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_the_owner_is_told() {
    let house = House::open().await;
    let mut visitor = aurelie().has_account(&house).await;
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    let token = link(&house, "aurelie@exemple.fr").await;
    let answer = complete(&house, &token, "tram rouge 48").await;
    assert_eq!(answer.status, 204);
    assert_eq!(visitor.get("/api/account/session").await.problem(), (401, "signed_out"));
    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", "tram bleu 47").await.status, 401);
    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", "tram rouge 48").await.status, 200);
    assert_eq!(house.post().await, [("password_changed".into(), "aurelie@exemple.fr".into())]);
}

#[tokio::test]
async fn the_link_goes_to_the_address_of_the_account_and_to_the_right_page() {
    let house = House::open().await;
    let mut visitor = aurelie().has_account(&house).await;
    let identifier = aurelie().signs_in(&mut visitor).await.body["identifier"].as_str().unwrap().to_owned();
    assert_eq!(ask(&house, &identifier.to_lowercase()).await.status, 202);
    let letter = house.letters().await.remove(0);
    assert_eq!(letter.to, "aurelie@exemple.fr");
    let address =
        format!("http://127.0.0.1:8080/extranet/mot-de-passe-oublie/nouveau#{}", token_in(&letter.text));
    assert!(letter.text.contains(&address), "{}", letter.text);
}

#[tokio::test]
async fn a_link_works_once_and_only_the_newest() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let first = link(&house, "aurelie@exemple.fr").await;
    let second = link(&house, "aurelie@exemple.fr").await;
    assert_eq!(complete(&house, &first, "tram rouge 48").await.problem(), (410, "link_superseded"));
    assert_eq!(complete(&house, &second, "tram rouge 48").await.status, 204);
    assert_eq!(complete(&house, &second, "tram jaune 49").await.problem(), (410, "link_used"));
    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", "tram rouge 48").await.status, 200);
}

#[tokio::test]
async fn of_several_at_once_one_counts() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let token = link(&house, "aurelie@exemple.fr").await;
    let (one, other) =
        tokio::join!(complete(&house, &token, "tram rouge 48"), complete(&house, &token, "tram jaune 49"));
    let mut problems = [one.problem(), other.problem()];
    problems.sort_unstable();
    assert_eq!(problems, [(204, ""), (410, "link_used")]);
    assert_eq!(house.letters().await.len(), 1);
}

#[tokio::test]
async fn a_link_lives_as_long_as_the_landlord_says() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    awa().has_account(&house).await;
    let a_day = link(&house, "aurelie@exemple.fr").await;
    house.visitor().at("ekidom").post(ASK, &json!({ "login": "awa@exemple.fr" })).await;
    let an_hour = token_in(&house.letters().await[0].text);
    let body = json!({ "token": an_hour, "password": "velo Rouge 48 Prune" });
    house.wait_minutes(60);
    let answer = house.visitor().at("ekidom").post(COMPLETE, &body).await;
    assert_eq!(answer.problem(), (410, "link_expired"));
    house.wait_minutes(22 * 60 + 59);
    assert_eq!(complete(&house, &a_day, "abc").await.status, 422, "a refused password uses nothing up");
    assert_eq!(complete(&house, &a_day, "tram rouge 48").await.status, 204);
}

#[tokio::test]
async fn unknown_links_are_unknown() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let confirming = claire().signs_up(&house, "confirming").await;
    let token = link(&house, "aurelie@exemple.fr").await;
    for text in ["", "x", &token[1..], &confirming, &"A".repeat(43)] {
        assert_eq!(complete(&house, text, "tram rouge 48").await.problem(), (404, "link_unknown"), "{text}");
    }
    let body = json!({ "token": token, "password": "velo Rouge 48 Prune" });
    let elsewhere = house.visitor().at("ekidom").post(COMPLETE, &body).await;
    assert_eq!(elsewhere.problem(), (404, "link_unknown"), "another portal's");
    assert_eq!(house.visitor().confirm(&token).await.problem(), (404, "link_unknown"), "it confirms nothing");
    house.visitor().get(&format!("/mot-de-passe-oublie/nouveau?{token}")).await;
    assert_eq!(complete(&house, &token, "tram rouge 48").await.status, 204, "looking used nothing up");
}

#[tokio::test]
async fn the_new_password_follows_the_rules() {
    let house = House::open().await;
    paul().has_account(&house).await;
    let token = link(&house, "pm55@exemple.fr").await;
    for (password, code) in [
        ("", "required"),
        ("abc4567", "password_short"),
        ("abcdefghij", "password_digit"),
        ("martin-2026", "password_starts_surname"),
        ("paul-2026-tram", "password_starts_first_name"),
        ("pm55@exemple.fr", "password_starts_email"),
        ("azerty123", "password_well_known"),
    ] {
        let answer = complete(&house, &token, password).await;
        assert_eq!(answer.problem(), (422, "invalid"), "{password}");
        assert_eq!(answer.fields(), [("password", code)]);
    }
    assert_eq!(complete(&house, &token, "tram rouge 48").await.status, 204);
}

#[tokio::test]
async fn asking_gets_the_same_answer_whoever_asks() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let known = ask(&house, "aurelie@exemple.fr").await;
    assert_eq!((known.status.as_u16(), &known.body), (202, &json!({})));
    for login in ["personne@exemple.fr", "K7TM-94PX", "n'importe quoi"] {
        assert_eq!(ask(&house, login).await.outside(), known.outside(), "{login}");
    }
    let known = remind(&house, "aurelie@exemple.fr").await;
    assert_eq!((known.status.as_u16(), &known.body), (202, &json!({})));
    assert_eq!(remind(&house, "personne@exemple.fr").await.outside(), known.outside());
    assert_eq!(house.letters().await.len(), 2);
    let elsewhere = house.visitor().at("ekidom").post(ASK, &json!({ "login": "aurelie@exemple.fr" })).await;
    assert_eq!(elsewhere.outside(), known.outside());
    assert!(house.letters().await.is_empty(), "portals share nothing");
}

#[tokio::test]
async fn the_identifier_is_told_by_e_mail() {
    let house = House::open().await;
    let mut visitor = aurelie().has_account(&house).await;
    let session = aurelie().signs_in(&mut visitor).await;
    assert_eq!(remind(&house, " AURELIE@exemple.fr ").await.status, 202);
    let letter = house.letters().await.remove(0);
    assert_eq!((letter.kind.as_str(), letter.to.as_str()), ("identifier_reminder", "aurelie@exemple.fr"));
    assert!(letter.text.contains(session.body["identifier"].as_str().unwrap()), "{}", letter.text);
    assert!(!letter.subject.is_empty());
}

#[tokio::test]
async fn who_has_only_begun_to_sign_up_gets_that_link_again() {
    let house = House::open().await;
    let first = aurelie().signs_up(&house, "only-begun").await;
    assert_eq!(ask(&house, "Aurelie@exemple.fr").await.status, 202);
    let again = house.letters().await.remove(0);
    assert_eq!(again.kind, "confirm_sign_up");
    assert_eq!(remind(&house, "aurelie@exemple.fr").await.status, 202);
    let last = house.letters().await.remove(0);
    assert_eq!(last.kind, "confirm_sign_up");
    for old in [&first, &token_in(&again.text)] {
        assert_eq!(house.visitor().confirm(old).await.problem(), (410, "link_superseded"));
    }
    assert_eq!(house.visitor().confirm(&token_in(&last.text)).await.status, 200);
}

#[tokio::test]
async fn answers_that_are_missing_or_wrong_are_named() {
    let house = House::open().await;
    let answer = ask(&house, " ").await;
    assert_eq!((answer.problem(), answer.fields()), ((422, "invalid"), vec![("login", "required")]));
    for (email, code) in [("", "required"), ("aurelie", "email_at"), ("aurelie@exemple", "email_domain")] {
        let answer = remind(&house, email).await;
        assert_eq!((answer.problem(), answer.fields()), ((422, "invalid"), vec![("email", code)]));
    }
}

#[tokio::test]
async fn an_address_is_not_flooded_and_the_answer_stays_the_same() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    house.wait_hours(1);
    let mut answers = Vec::new();
    for _ in 0..7 {
        answers.push(ask(&house, "aurelie@exemple.fr").await.outside());
        answers.push(remind(&house, "aurelie@exemple.fr").await.outside());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    let letters = house.letters().await;
    assert_eq!(letters.len(), 10, "five of each");
    let newest = letters.iter().rev().find(|letter| letter.kind == "password_reset").expect("a link");
    assert_eq!(complete(&house, &token_in(&newest.text), "tram rouge 48").await.status, 204);
    house.wait_hours(1);
    ask(&house, "aurelie@exemple.fr").await;
    assert_eq!(house.letters().await.len(), 2, "what was changed, and a new link");
}

#[tokio::test]
async fn nobody_uses_up_the_way_back_in_of_somebody_else() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    for _ in 0..6 {
        assert_eq!(remind(&house, "aurelie@exemple.fr").await.status, 202);
    }
    assert!(house.letters().await.iter().all(|letter| letter.kind == "identifier_reminder"));
    let token = link(&house, "aurelie@exemple.fr").await;
    assert_eq!(complete(&house, &token, "tram rouge 48").await.status, 204);
}
