//! Coming to the desk: the one-time link, each stage in its place, sessions (D3).

use jiff::SignedDuration;
use palier_domain::desk::Role;
use palier_domain::values::Email;
use palier_server::desk;
use serde_json::json;

use crate::support::{BANK, House, MEDIATOR, Visitor, aurelie};

const INES: &str = "ines@banque.example";
const COOKIE: &str = "palier_guichet-prets";

const LISTS: [&str; 5] = ["overview", "letters", "clients", "requests", "memberships"];
const DEEDS: [&str; 4] = ["print", "posted", "returned", "lost"];

/// Everything that the desk shows or does is refused with this.
async fn closed(visitor: &mut Visitor, status: u16, code: &str) {
    for list in LISTS {
        let answer = visitor.get(&format!("/api/desk/{list}")).await;
        assert_eq!(answer.problem(), (status, code), "{list}");
    }
    for deed in DEEDS {
        let form = if deed == "print" { json!({}) } else { json!({ "references": ["C-K7TM-94PX"] }) };
        let answer = visitor.post(&format!("/api/desk/letters/{deed}"), &form).await;
        assert_eq!(answer.problem(), (status, code), "{deed}");
    }
}

#[tokio::test]
async fn from_the_link_to_the_open_desk() {
    let house = House::open().await;
    let token = house.invites(BANK, INES, Role::Operator).await;
    let mut visitor = house.visitor().at(BANK);
    let shown = visitor.post("/api/desk/welcome", &json!({ "token": token })).await;
    let wanted = json!({ "email": INES, "role": "operator", "first_name": "", "surname": "" });
    assert_eq!((shown.status.as_u16(), shown.body), (200, wanted));
    let mut agent = house.agent(BANK, INES, Role::Operator).await;
    closed(&mut agent.visitor, 401, "signed_out").await;

    let session = agent.signs_in().await;
    assert_eq!((session.status.as_u16(), &session.body["stage"]), (200, &json!("enrol")));
    let half = agent.visitor.cookies[COOKIE].clone();
    let cookie = session.headers["set-cookie"].to_str().expect("a cookie");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    closed(&mut agent.visitor, 403, "second_factor").await;

    let proposed = agent.visitor.post("/api/desk/enrolment", &json!({})).await.body;
    let secret = proposed["secret"].as_str().expect("a secret").replace(' ', "");
    assert_eq!(secret.len(), 32);
    let uri = proposed["uri"].as_str().expect("an address");
    assert!(uri.starts_with("otpauth://totp/") && uri.contains(&format!("secret={secret}")), "{uri}");
    assert!(proposed["picture"].as_str().expect("a picture").starts_with("<svg "));
    closed(&mut agent.visitor, 403, "second_factor").await;

    agent.enrols(&house).await;
    assert_eq!(agent.recovery.len(), 8);
    assert_ne!(agent.visitor.cookies[COOKIE], half, "another token goes with the second factor");
    let session = agent.sees("/api/desk/session").await;
    let wanted = json!({
        "name": "Inès Moreau", "email": INES, "role": "operator", "stage": "open", "idle_minutes": 20,
        "recovery_codes_left": 8, "onboarding": true, "mediation": false, "partners": false,
    });
    assert_eq!(session, wanted);
    agent.sees("/api/desk/overview").await;
    let mut earlier = agent.visitor.clone();
    earlier.cookies.insert(COOKIE.to_owned(), half);
    assert_eq!(earlier.get("/api/desk/session").await.problem(), (401, "signed_out"));

    assert_eq!(agent.visitor.clone().delete("/api/desk/session").await.status, 204);
    closed(&mut agent.visitor, 401, "signed_out").await;
}

#[tokio::test]
async fn the_password_alone_opens_nothing() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    assert_eq!(agent.signs_in().await.body["stage"], "code");
    closed(&mut agent.visitor, 403, "second_factor").await;
    // A stage can't be gone round by setting another authenticator up.
    for (path, form) in [("", json!({})), ("/confirm", json!({ "code": agent.shows(&house).await }))] {
        let answer = agent.visitor.post(&format!("/api/desk/enrolment{path}"), &form).await;
        assert_eq!(answer.problem(), (409, "enrolled"), "{path}");
    }
}

#[tokio::test]
async fn a_code_says_nothing_before_an_authenticator_counts() {
    let house = House::open().await;
    let mut agent = house.agent(BANK, INES, Role::Operator).await;
    agent.signs_in().await;
    agent.visitor.post("/api/desk/enrolment", &json!({})).await;
    let code = agent.shows(&house).await;
    assert_eq!(agent.types(&code).await.problem(), (403, "second_factor"));
}

#[tokio::test]
async fn nothing_of_a_tenant_opens_the_desk() {
    let house = House::open().await;
    let tenant = aurelie();
    let mut visitor = house.visitor();
    tenant.has_account(&house).await;
    assert_eq!(tenant.signs_in(&mut visitor).await.status, 200);
    closed(&mut visitor, 401, "signed_out").await;
    // Not even under the desk's own name.
    let stolen = visitor.cookies["palier-extranet"].clone();
    visitor.cookies.insert("palier_guichet-extranet".to_owned(), stolen);
    closed(&mut visitor, 401, "signed_out").await;
    let form = json!({ "email": tenant.text("email"), "password": tenant.text("password") });
    assert_eq!(visitor.post("/api/desk/session", &form).await.problem(), (401, "sign_in_refused"));
}

#[tokio::test]
async fn another_portal_knows_nobody_of_this_one() {
    let house = House::open().await;
    let token = house.invites(BANK, "paul@banque.example", Role::Operator).await;
    let mut stranger = house.visitor().at(MEDIATOR);
    assert_eq!(stranger.settles(&token).await.problem(), (404, "link_unknown"));
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    let token = agent.visitor.cookies[COOKIE].clone();
    agent.visitor = agent.visitor.clone().at(MEDIATOR);
    agent.visitor.cookies.insert(format!("palier_guichet-{MEDIATOR}"), token);
    closed(&mut agent.visitor, 401, "signed_out").await;
    assert_eq!(agent.signs_in().await.problem(), (401, "sign_in_refused"));
}

#[tokio::test]
async fn who_isnt_known_is_answered_like_who_is() {
    let house = House::open().await;
    house.agent(BANK, INES, Role::Support).await;
    house.invites(BANK, "paul@banque.example", Role::Support).await;
    let mut answers = Vec::new();
    for email in [INES, "paul@banque.example", "nobody@banque.example", "nobody"] {
        let form = json!({ "email": email, "password": "not the password 12" });
        answers.push(house.visitor().at(BANK).post("/api/desk/session", &form).await.outside());
    }
    assert_eq!(answers[0].0, 401);
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
}

#[tokio::test]
async fn five_wrong_passwords_lock() {
    let house = House::open().await;
    let mut agent = house.agent(BANK, INES, Role::Support).await;
    let wrong = json!({ "email": INES, "password": "not the password 12" });
    for left in [4, 3, 2, 1] {
        let answer = agent.visitor.post("/api/desk/session", &wrong).await;
        assert_eq!((answer.problem(), &answer.body["tries_left"]), ((401, "sign_in_refused"), &json!(left)));
    }
    assert_eq!(agent.visitor.post("/api/desk/session", &wrong).await.problem(), (429, "locked"));
    assert_eq!(agent.signs_in().await.problem(), (429, "locked"));
    house.wait_minutes(10);
    assert_eq!(agent.signs_in().await.status, 200);
}

#[tokio::test]
async fn a_link_works_once_for_two_days_and_only_the_newest() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let first = house.invites(BANK, INES, Role::Operator).await;
    let second = house.invites(BANK, INES, Role::Support).await;
    assert_eq!(visitor.settles(&first).await.problem(), (410, "link_superseded"));
    house.wait(SignedDuration::from_hours(48) - SignedDuration::from_secs(1));
    assert_eq!(visitor.settles(&second).await.status, 200);
    assert_eq!(visitor.settles(&second).await.problem(), (410, "link_used"));
    let third = house.invites(BANK, INES, Role::Support).await;
    house.wait_hours(48);
    assert_eq!(visitor.settles(&third).await.problem(), (410, "link_expired"));
    let shown = visitor.post("/api/desk/welcome", &json!({ "token": third })).await;
    assert_eq!(shown.problem(), (410, "link_expired"));
}

#[tokio::test]
async fn another_link_ends_all_that_was() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    let token = house.invites(BANK, INES, Role::Landlord).await;
    closed(&mut agent.visitor, 401, "signed_out").await;
    assert_eq!(agent.signs_in().await.problem(), (401, "sign_in_refused"));
    let known = agent.known(&house).await;
    assert_eq!((known.password_hash, known.totp_secret, known.enrolled_at), (None, None, None));
    let shown = house.visitor().at(BANK).post("/api/desk/welcome", &json!({ "token": token })).await.body;
    assert_eq!((&shown["first_name"], &shown["role"]), (&json!("Inès"), &json!("landlord")));
    assert_eq!(agent.visitor.settles(&token).await.status, 200);
    let session = agent.signs_in().await.body;
    assert_eq!((&session["stage"], &session["recovery_codes_left"]), (&json!("enrol"), &json!(0)));
}

#[tokio::test]
async fn who_is_sent_away_is_out_at_once() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    let unused = house.invites(BANK, "paul@banque.example", Role::Support).await;
    for email in [INES, "paul@banque.example"] {
        let email = Email::parse(email).expect("an address");
        assert!(desk::remove(&house.state, house.bank(), &email).await.expect("an answer"));
        assert!(!desk::remove(&house.state, house.bank(), &email).await.expect("an answer"));
    }
    closed(&mut agent.visitor, 401, "signed_out").await;
    assert_eq!(agent.signs_in().await.problem(), (401, "sign_in_refused"));
    assert_eq!(house.visitor().at(BANK).settles(&unused).await.problem(), (404, "link_unknown"));
}

#[tokio::test]
async fn it_can_be_extended_up_to_eight_hours_once_the_desk_is_open() {
    const EXTEND: &str = "/api/desk/session/extend";
    let house = House::open().await;
    let mut agent = house.agent(BANK, INES, Role::Support).await;
    assert_eq!(agent.visitor.post(EXTEND, &json!({})).await.problem(), (401, "signed_out"));
    agent.signs_in().await;
    assert_eq!(agent.visitor.post(EXTEND, &json!({})).await.problem(), (403, "second_factor"));
    agent.enrols(&house).await;
    for _ in 0..(8 * 60 / 15 - 1) {
        house.wait_minutes(15);
        assert_eq!(agent.visitor.post(EXTEND, &json!({})).await.status, 204);
    }
    house.wait_minutes(15);
    assert_eq!(agent.visitor.post(EXTEND, &json!({})).await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn a_session_ends_unused_and_after_a_days_work() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    for _ in 0..25 {
        house.wait_minutes(19);
        agent.sees("/api/desk/overview").await;
    }
    // 475 minutes of use; 480 are eight hours.
    house.wait(SignedDuration::from_secs(5 * 60 - 1));
    agent.sees("/api/desk/overview").await;
    house.wait(SignedDuration::from_secs(1));
    closed(&mut agent.visitor, 401, "signed_out").await;
    agent.comes_again(&house).await;
    house.wait_minutes(20);
    closed(&mut agent.visitor, 401, "signed_out").await;
}
