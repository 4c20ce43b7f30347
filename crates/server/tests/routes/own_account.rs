//! What people do with their own account: another password, their sessions (T9, T8), and what they are told (P6).

use serde_json::{Value, json};

use crate::support::{Answer, House, Visitor, aurelie, claire};

const PASSWORD: &str = "/api/account/password";
const SESSIONS: &str = "/api/account/sessions";
const HERS: &str = "aurelie@exemple.fr";
const OLD: &str = "tram bleu 47";
const NEW: &str = "tram rouge 48";

async fn signed_in(house: &House) -> Visitor {
    let mut visitor = house.visitor();
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    visitor
}

async fn changes(visitor: &mut Visitor, present: &str, password: &str) -> Answer {
    visitor.post(PASSWORD, &json!({ "present": present, "password": password })).await
}

async fn sessions(visitor: &mut Visitor) -> Vec<Value> {
    let answer = visitor.get(SESSIONS).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body["sessions"].as_array().expect("a list").clone()
}

async fn is_in(visitor: &mut Visitor) -> bool {
    visitor.get("/api/account/session").await.status == 200
}

#[tokio::test]
async fn another_password_ends_the_other_sessions_and_this_one_goes_on() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let (mut here, mut elsewhere) = (signed_in(&house).await, signed_in(&house).await);
    let before = here.clone();
    assert_eq!(changes(&mut here, OLD, NEW).await.status, 204);
    assert!(is_in(&mut here).await && !is_in(&mut elsewhere).await);
    assert_ne!(here.cookies, before.cookies, "under another token");
    assert!(!is_in(&mut before.clone()).await, "the former token opens nothing");
    assert_eq!(house.visitor().sign_in(HERS, OLD).await.status, 401);
    assert_eq!(house.visitor().sign_in(HERS, NEW).await.status, 200);
    assert_eq!(house.post().await, [("password_changed".to_owned(), HERS.to_owned())]);
}

#[tokio::test]
async fn who_stays_signed_in_goes_on_staying() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    let form = json!({ "login": HERS, "password": OLD, "stay": true });
    assert_eq!(visitor.post("/api/account/session", &form).await.status, 200);
    assert_eq!(changes(&mut visitor, OLD, NEW).await.status, 204);
    house.wait_hours(20);
    assert!(is_in(&mut visitor).await);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house).await;
    for (present, password, expected) in [
        ("", NEW, ("present", "required")),
        (OLD, "court", ("password", "password_short")),
        (OLD, OLD, ("password", "unchanged")),
        (OLD, "lefevre 48 tram", ("password", "password_starts_surname")),
    ] {
        let answer = changes(&mut visitor, present, password).await;
        assert_eq!(answer.status, 422, "{password}");
        assert_eq!(answer.fields(), [expected], "{password}");
    }
    assert_eq!(changes(&mut house.visitor(), OLD, NEW).await.problem(), (401, "signed_out"));
    assert_eq!(house.visitor().sign_in(HERS, OLD).await.status, 200);
}

#[tokio::test]
async fn wrong_tries_lock_as_signing_in_does_and_the_owner_is_told_once_a_lock() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house).await;
    for left in (1..5).rev() {
        let answer = changes(&mut visitor, "tram vert 50", NEW).await;
        assert_eq!(answer.problem(), (401, "password_refused"));
        assert_eq!(answer.body["tries_left"], left);
    }
    assert_eq!(house.post().await, []);
    assert_eq!(changes(&mut visitor, "tram vert 50", NEW).await.problem(), (429, "locked"));
    assert_eq!(house.post().await, [("account_locked".to_owned(), HERS.to_owned())]);
    assert_eq!(changes(&mut visitor, OLD, NEW).await.problem(), (429, "locked"));
    assert_eq!(house.visitor().sign_in(HERS, OLD).await.problem(), (429, "locked"));
    assert_eq!(house.post().await, [], "a try that isn't made tells nobody anything");
    house.wait_minutes(10);
    let mut visitor = signed_in(&house).await;
    assert_eq!(changes(&mut visitor, OLD, NEW).await.status, 204);
}

#[tokio::test]
async fn nobody_fills_the_owners_mailbox_by_locking_the_account() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    for round in 1..=5 {
        let mut visitor = house.visitor().from(&format!("198.51.100.{round}"));
        for _ in 0..5 {
            visitor.sign_in(HERS, "mauvais mot 47").await;
        }
    }
    let mails = house.letters().await;
    assert_eq!(mails.len(), 3, "a few a day");
    assert!(mails.iter().all(|mail| mail.kind == "account_locked" && mail.to == HERS));
    assert!(mails[0].text.contains("09\u{a0}h\u{a0}10"), "{}", mails[0].text);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    claire().has_account(&house).await;
    let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";
    let mut here = house.visitor().with("user-agent", firefox);
    assert_eq!(aurelie().signs_in(&mut here).await.status, 200);
    house.wait_minutes(1);
    let (mut second, mut third) = (signed_in(&house).await, signed_in(&house).await);
    let mut other = house.visitor();
    assert_eq!(claire().signs_in(&mut other).await.status, 200);

    let list = sessions(&mut here).await;
    assert_eq!(list.len(), 3);
    assert_eq!(
        (&list[0]["this"], &list[0]["browser"], &list[0]["system"]),
        (&json!(true), &json!("Firefox"), &json!("Windows"))
    );
    assert_eq!((&list[1]["this"], &list[1]["browser"]), (&json!(false), &json!("")));
    let id = sessions(&mut second).await[0]["id"].clone();

    // Somebody else's is none.
    assert_eq!(other.delete(&format!("{SESSIONS}/{id}")).await.problem(), (404, "not_found"));
    assert_eq!(other.delete(&format!("{SESSIONS}/999999")).await.problem(), (404, "not_found"));
    assert!(is_in(&mut second).await);

    assert_eq!(here.delete(&format!("{SESSIONS}/{id}")).await.status, 204);
    assert_eq!(here.delete(&format!("{SESSIONS}/{id}")).await.status, 404);
    assert!(!is_in(&mut second).await && is_in(&mut third).await);
    assert_eq!(here.delete(SESSIONS).await.status, 204);
    assert!(!is_in(&mut third).await && is_in(&mut here).await && is_in(&mut other).await);
    assert_eq!(sessions(&mut here).await.len(), 1);
    assert_eq!(house.visitor().get(SESSIONS).await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn sessions_that_ended_by_themselves_are_not_listed() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    signed_in(&house).await;
    house.wait_minutes(20);
    assert_eq!(sessions(&mut signed_in(&house).await).await.len(), 1);
}
