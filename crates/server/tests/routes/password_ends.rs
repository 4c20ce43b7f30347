//! Passwords of one's own that come to their end (P2): warnings, then another one before anything else.

use jiff::SignedDuration;
use palier_domain::credentials::{Channel, Held};
use palier_server::account::warn_password_ends;
use serde_json::json;

use crate::partners::{NUMBER, OFFICE, PASSWORD, chooses, house, kept, sent};
use crate::support::{House, Visitor, aurelie, token_in};

const SECOND: SignedDuration = SignedDuration::from_secs(1);
/// Six months after the morning of 22 November, at the same hour of Paris.
const END: &str = "2027-05-22T22:00:00Z";
const NEW: &str = "rampe verte 48";

/// A partner who chose a password this morning.
async fn signed_up() -> (House, Visitor) {
    let house = house(&[(NUMBER, Channel::Mail)]).await;
    let secret = sent(&house).await;
    let mut visitor = house.visitor().at(OFFICE);
    assert_eq!(chooses(&mut visitor, NUMBER, &secret).await.status, 200);
    house.letters().await;
    (house, visitor)
}

async fn signs_in(house: &House, password: &str) -> Visitor {
    let mut visitor = house.visitor().at(OFFICE);
    assert_eq!(visitor.sign_in(NUMBER, password).await.status, 200);
    visitor
}

/// How many were warned, and what the last of them was told.
async fn warned(house: &House) -> (u64, String) {
    let written = warn_password_ends(&house.state).await.expect("done");
    let letters = house.letters().await;
    assert!(letters.iter().all(|letter| letter.kind == "password_ends"), "{letters:?}");
    assert_eq!(u64::try_from(letters.len()).expect("a count"), written);
    (written, letters.last().map(|letter| letter.text.clone()).unwrap_or_default())
}

#[tokio::test]
async fn p2_its_owner_is_warned_three_times_to_the_second() {
    let (house, _) = signed_up().await;
    for moment in ["2027-04-22T22:00:00Z", "2027-05-08T22:00:00Z", "2027-05-19T22:00:00Z"] {
        house.set_clock(moment);
        house.wait(-SECOND);
        assert_eq!(warned(&house).await.0, 0, "a second before {moment}");
        house.wait(SECOND);
        let (count, text) = warned(&house).await;
        assert_eq!(count, 1, "{moment}");
        assert!(text.contains("22/05/2027") && text.contains("/compte/mot-de-passe"), "{text}");
        assert_eq!(warned(&house).await.0, 0, "once");
        assert_eq!(warn_password_ends(&house.another().await.state).await.expect("done"), 0, "by one server");
    }
    house.set_clock(END);
    assert_eq!(warned(&house).await.0, 0, "nothing to warn of any more");
}

#[tokio::test]
async fn p2_warnings_that_became_due_together_are_one() {
    let (house, _) = signed_up().await;
    house.set_clock("2027-05-20T07:00:00Z");
    assert_eq!(warned(&house).await.0, 1);
    assert_eq!(warned(&house).await.0, 0);
}

#[tokio::test]
async fn p2_after_the_end_another_one_is_chosen_before_anything_else() {
    let (house, _) = signed_up().await;
    house.set_clock(END);
    house.wait(-SECOND);
    let mut before = signs_in(&house, PASSWORD).await;
    assert_eq!(before.get("/api/account/session").await.body.get("due"), None, "the last second");
    house.wait(SECOND);
    assert_eq!(
        before.get("/api/account/sessions").await.status,
        200,
        "nobody is torn from what they are doing"
    );

    let mut visitor = signs_in(&house, PASSWORD).await;
    assert_eq!(visitor.get("/api/account/session").await.body["due"], "password");
    for path in ["/api/account/sessions"] {
        assert_eq!(visitor.get(path).await.problem(), (403, "password_due"), "{path}");
    }
    let address = json!({ "present": PASSWORD, "email": "autre@exemple.fr" });
    assert_eq!(visitor.post("/api/account/email", &address).await.problem(), (403, "password_due"));
    let page = visitor.get("/compte").await;
    let place = page.headers["location"].to_str().expect("a place");
    assert_eq!((page.status.as_u16(), place), (303, "/partenaires/compte/mot-de-passe?retour=/compte"));
    assert_eq!(visitor.get("/compte/mot-de-passe").await.status, 200);

    let form = |password: &str| json!({ "present": PASSWORD, "password": password });
    let same = visitor.post("/api/account/password", &form(PASSWORD)).await;
    assert_eq!(same.fields(), [("password", "unchanged")]);
    assert_eq!(visitor.post("/api/account/password", &form(NEW)).await.status, 204);
    assert_eq!(visitor.get("/api/account/session").await.body.get("due"), None);
    assert_eq!(visitor.get("/api/account/sessions").await.status, 200);
    let next = "2027-11-23T23:00:00Z".parse().expect("a moment");
    let held = kept(&house, NUMBER).await.opening.access.held;
    assert_eq!(held, Held::Personal { since: house.now(), until: Some(next) });
    house.letters().await;
    house.set_clock("2027-10-24T22:00:00Z");
    assert_eq!(warned(&house).await.0, 1, "the next end is warned of anew");
}

#[tokio::test]
async fn p2_a_lost_password_that_is_replaced_begins_anew() {
    let (house, mut visitor) = signed_up().await;
    house.set_clock(END);
    let form = json!({ "login": NUMBER });
    assert_eq!(visitor.post("/api/account/password-resets", &form).await.status, 202);
    let token = token_in(&house.letters().await[0].text);
    let form = json!({ "token": token, "password": NEW });
    assert_eq!(visitor.post("/api/account/password-resets/complete", &form).await.status, 204);
    let mut visitor = signs_in(&house, NEW).await;
    assert_eq!(visitor.get("/api/account/session").await.body.get("due"), None);
    assert!(
        matches!(kept(&house, NUMBER).await.opening.access.held, Held::Personal { since, .. } if since == house.now())
    );
}

#[tokio::test]
async fn p2_without_an_end_nobody_is_warned() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    house.wait_hours(24 * 3650);
    assert_eq!(warned(&house).await.0, 0);
    assert_eq!(aurelie().signs_in(&mut house.visitor()).await.body.get("due"), None);
}
