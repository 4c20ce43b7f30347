//! Another e-mail address: confirmed from the new one, stopped or undone from the former one (T9).

use serde_json::json;

use crate::support::{Answer, BANK, House, Visitor, aurelie, claire, eve, paul, token_in};

const EMAIL: &str = "/api/account/email";
const HERS: &str = "aurelie@exemple.fr";
const WANTED: &str = "lefevre@exemple.fr";
const PASSWORD: &str = "tram bleu 47";

async fn asks(visitor: &mut Visitor, email: &str, present: &str) -> Answer {
    visitor.post(EMAIL, &json!({ "email": email, "present": present })).await
}

async fn follows(house: &House, link: &str, token: &str) -> Answer {
    house.visitor().post(&format!("{EMAIL}/{link}"), &json!({ "token": token })).await
}

async fn address(visitor: &mut Visitor) -> String {
    visitor.get("/api/account/session").await.body["email"].as_str().unwrap_or_default().to_owned()
}

async fn begun() -> (House, Visitor) {
    let house = House::open().await;
    let mut visitor = aurelie().has_account(&house).await;
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    (house, visitor)
}

/// Asks for the address, and gives the tokens of who has the former one and of who has the new one.
async fn asked(house: &House, visitor: &mut Visitor, email: &str) -> (String, String) {
    assert_eq!(asks(visitor, email, PASSWORD).await.status, 202);
    let letters = house.letters().await;
    let [former, wanted] = letters.as_slice() else { panic!("two e-mails, not {letters:?}") };
    assert_eq!((former.kind.as_str(), wanted.kind.as_str()), ("email_change_asked", "confirm_email"));
    assert_eq!(wanted.to, email);
    assert!(former.text.contains(email), "{}", former.text);
    (token_in(&former.text), token_in(&wanted.text))
}

/// Confirms it, and gives the token by which it is undone.
async fn confirmed(house: &House, token: &str, former: &str) -> String {
    assert_eq!(follows(house, "confirm", token).await.status, 200);
    let letters = house.letters().await;
    let [letter] = letters.as_slice() else { panic!("one e-mail, not {letters:?}") };
    assert_eq!((letter.kind.as_str(), letter.to.as_str()), ("email_changed", former));
    token_in(&letter.text)
}

#[tokio::test]
async fn the_new_address_counts_once_it_is_confirmed() {
    let (house, mut visitor) = begun().await;
    let (_, token) = asked(&house, &mut visitor, WANTED).await;
    assert_eq!(address(&mut visitor).await, HERS);
    assert_eq!(house.visitor().sign_in(WANTED, PASSWORD).await.status, 401);
    confirmed(&house, &token, HERS).await;
    assert_eq!(address(&mut visitor).await, WANTED, "the session goes on");
    assert_eq!(house.visitor().sign_in(WANTED, PASSWORD).await.status, 200);
    assert_eq!(house.visitor().sign_in(HERS, PASSWORD).await.status, 401);
    assert_eq!(follows(&house, "confirm", &token).await.problem(), (410, "link_used"));
}

#[tokio::test]
async fn the_link_works_until_its_last_second() {
    for (minutes, works) in [(24 * 60 - 1, true), (24 * 60, false)] {
        let (house, mut visitor) = begun().await;
        let (_, token) = asked(&house, &mut visitor, WANTED).await;
        house.wait_minutes(minutes);
        let answer = follows(&house, "confirm", &token).await;
        if works {
            assert_eq!(answer.status, 200);
        } else {
            assert_eq!(answer.problem(), (410, "link_expired"));
            assert_eq!(house.visitor().sign_in(HERS, PASSWORD).await.status, 200);
        }
    }
}

#[tokio::test]
async fn only_the_newest_wish_counts() {
    let (house, mut visitor) = begun().await;
    let (_, first) = asked(&house, &mut visitor, "un@exemple.fr").await;
    let (_, second) = asked(&house, &mut visitor, "deux@exemple.fr").await;
    assert_eq!(follows(&house, "confirm", &first).await.problem(), (410, "link_superseded"));
    confirmed(&house, &second, HERS).await;
    assert_eq!(address(&mut visitor).await, "deux@exemple.fr");
}

#[tokio::test]
async fn an_address_with_an_account_is_answered_alike_and_told_by_e_mail() {
    let (house, mut visitor) = begun().await;
    claire().has_account(&house).await;
    let free = asks(&mut visitor, WANTED, PASSWORD).await;
    house.letters().await;
    let taken = asks(&mut visitor, "Claire@Exemple.fr", PASSWORD).await;
    assert_eq!(free.outside(), taken.outside());
    assert_eq!(
        house.post().await,
        [
            ("email_change_asked".to_owned(), HERS.to_owned()),
            ("email_taken".to_owned(), "Claire@exemple.fr".to_owned())
        ]
    );
}

#[tokio::test]
async fn an_account_made_meanwhile_keeps_its_address() {
    let (house, mut visitor) = begun().await;
    let (_, token) = asked(&house, &mut visitor, "pm55@exemple.fr").await;
    paul().has_account(&house).await;
    assert_eq!(follows(&house, "confirm", &token).await.problem(), (409, "email_taken"));
    assert_eq!(address(&mut visitor).await, HERS);
}

#[tokio::test]
async fn the_present_password_is_asked_for_always() {
    let (house, _) = begun().await;
    let mut visitor = house.visitor();
    let form = json!({ "login": HERS, "password": PASSWORD, "stay": true });
    assert_eq!(visitor.post("/api/account/session", &form).await.status, 200);
    assert_eq!(asks(&mut visitor, WANTED, "tram vert 50").await.problem(), (401, "password_refused"));
    assert_eq!(asks(&mut visitor, WANTED, "").await.fields(), [("present", "required")]);
    assert_eq!(asks(&mut visitor, "AURELIE@exemple.fr", PASSWORD).await.fields(), [("email", "unchanged")]);
    assert_eq!(asks(&mut visitor, "sans-arobase", PASSWORD).await.status, 422);
    assert_eq!(asks(&mut house.visitor(), WANTED, PASSWORD).await.problem(), (401, "signed_out"));
    assert_eq!(house.post().await, []);
    for _ in 0..5 {
        assert_eq!(asks(&mut visitor, WANTED, PASSWORD).await.status, 202);
    }
    assert_eq!(asks(&mut visitor, WANTED, PASSWORD).await.problem(), (429, "too_many"));
}

#[tokio::test]
async fn who_has_the_former_address_stops_it_before_and_undoes_it_afterwards() {
    for done in [false, true] {
        let (house, mut thief) = begun().await;
        let (mut stop, token) = asked(&house, &mut thief, WANTED).await;
        if done {
            let undo = confirmed(&house, &token, HERS).await;
            assert_eq!(follows(&house, "object", &stop).await.problem(), (410, "link_superseded"));
            stop = undo;
        }
        assert_eq!(follows(&house, "object", &stop).await.status, 200);
        assert_eq!(thief.get("/api/account/session").await.problem(), (401, "signed_out"));
        for login in [HERS, WANTED] {
            assert_eq!(
                house.visitor().sign_in(login, PASSWORD).await.status,
                401,
                "the password is known: {login}"
            );
        }
        let letters = house.letters().await;
        let [letter] = letters.as_slice() else { panic!("one e-mail, not {letters:?}") };
        assert_eq!((letter.kind.as_str(), letter.to.as_str()), ("password_reset", HERS));
        let form = json!({ "token": token_in(&letter.text), "password": "tram rouge 48" });
        assert_eq!(house.visitor().post("/api/account/password-resets/complete", &form).await.status, 204);
        assert_eq!(house.visitor().sign_in(HERS, "tram rouge 48").await.status, 200);
        let dead = if done { (410, "link_used") } else { (410, "link_superseded") };
        assert_eq!(follows(&house, "confirm", &token).await.problem(), dead);
        assert_eq!(follows(&house, "object", &stop).await.problem(), (410, "link_used"));
    }
}

#[tokio::test]
async fn it_can_be_undone_for_seven_days() {
    for (minutes, works) in [(7 * 24 * 60 - 1, true), (7 * 24 * 60, false)] {
        let (house, mut visitor) = begun().await;
        let (_, token) = asked(&house, &mut visitor, WANTED).await;
        let undo = confirmed(&house, &token, HERS).await;
        house.wait_minutes(minutes);
        let answer = follows(&house, "object", &undo).await;
        if works {
            assert_eq!(answer.status, 200);
        } else {
            assert_eq!(answer.problem(), (410, "link_expired"));
            assert_eq!(house.visitor().sign_in(WANTED, PASSWORD).await.status, 200);
        }
    }
}

#[tokio::test]
async fn undoing_the_first_of_two_changes_brings_the_first_address_back() {
    let (house, mut visitor) = begun().await;
    let (_, token) = asked(&house, &mut visitor, WANTED).await;
    let undo = confirmed(&house, &token, HERS).await;
    let (_, token) = asked(&house, &mut visitor, "autre@exemple.fr").await;
    let second = confirmed(&house, &token, WANTED).await;
    assert_eq!(follows(&house, "object", &undo).await.status, 200);
    assert_eq!(house.post().await, [("password_reset".to_owned(), HERS.to_owned())]);
    assert_eq!(follows(&house, "object", &second).await.problem(), (410, "link_used"));
}

#[tokio::test]
async fn links_for_a_new_password_at_the_former_address_work_no_more() {
    let (house, mut visitor) = begun().await;
    let (_, token) = asked(&house, &mut visitor, WANTED).await;
    house.visitor().post("/api/account/password-resets", &json!({ "login": HERS })).await;
    let reset = token_in(&house.letters().await.remove(0).text);
    confirmed(&house, &token, HERS).await;
    let form = json!({ "token": reset, "password": "tram rouge 48" });
    let answer = house.visitor().post("/api/account/password-resets/complete", &form).await;
    assert_eq!(answer.problem(), (410, "link_superseded"));
}

#[tokio::test]
async fn links_of_another_portal_or_cut_ones_are_unknown() {
    let (house, mut visitor) = begun().await;
    let (stop, token) = asked(&house, &mut visitor, WANTED).await;
    for (link, token) in [("confirm", &token), ("object", &stop)] {
        let mut elsewhere = house.visitor().at("ekidom");
        let form = json!({ "token": token });
        assert_eq!(elsewhere.post(&format!("{EMAIL}/{link}"), &form).await.problem(), (404, "link_unknown"));
        assert_eq!(follows(&house, link, &token[1..]).await.problem(), (404, "link_unknown"));
    }
}

#[tokio::test]
async fn a_user_who_decides_keeps_what_they_are() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    house.letters().await;
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.signs_in_as_administrator(eve().email()).await.status, 200);
    let form = json!({ "email": "mairie@vaux.example", "present": crate::support::PASSWORD });
    assert_eq!(visitor.post(EMAIL, &form).await.status, 202);
    let letters = house.letters().await;
    let token = token_in(&letters.last().expect("an e-mail").text);
    let mut clicking = house.visitor().at(BANK);
    assert_eq!(clicking.post(&format!("{EMAIL}/confirm"), &json!({ "token": token })).await.status, 200);
    let session = visitor.get("/api/account/session").await.body;
    assert_eq!(session["email"], "mairie@vaux.example");
    assert_eq!(session["client"]["administrator"], true);
}
