//! The link of the first e-mail (T5–T7, A10).

use axum::http::Method;
use palier_server::store::{accounts, sign_ups};
use serde_json::json;

use crate::support::{House, aurelie, awa, claire, paul};

#[tokio::test]
async fn a_click_makes_the_account_and_sends_the_identifier() {
    let house = House::open().await;
    let token = aurelie().signs_up(&house, "a-click").await;
    house.wait_hours(2);
    // On another device: nothing of the first browser comes along.
    let mut visitor = house.visitor().from("198.51.100.1");
    let answer = visitor.confirm(&token).await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
    assert!(visitor.cookies.is_empty(), "confirming an address isn't signing in");

    let letters = house.letters().await;
    let [letter] = letters.as_slice() else { panic!("one e-mail, not {letters:?}") };
    assert_eq!((letter.kind.as_str(), letter.to.as_str()), ("account_active", "aurelie@exemple.fr"));
    assert!(letter.text.contains("Aurélie LEFÈVRE"), "{}", letter.text);

    let conn = house.state.store().read();
    let account =
        accounts::by_email_key(conn, "extranet", "aurelie@exemple.fr").await.unwrap().expect("an account");
    assert!(letter.text.contains(&account.identifier.to_string()), "{}", letter.text);
    let consents = accounts::consents(conn, account.id).await.unwrap();
    let terms = &house.state.config().portal("extranet").unwrap().public.terms;
    assert_eq!(consents.len(), 1);
    assert_eq!((&consents[0].version, &consents[0].sha256), (&terms.version, &terms.sha256));
    let hours = house.now().duration_since(consents[0].accepted_at).as_hours();
    assert_eq!(hours, 2, "the consent was given with the form, not with the click");
    let kept = sign_ups::open_by_email(conn, "extranet", "aurelie@exemple.fr").await.unwrap();
    assert!(kept.is_none());
}

#[tokio::test]
async fn looking_at_an_address_uses_nothing_up() {
    let house = House::open().await;
    let token = aurelie().signs_up(&house, "scanners").await;
    let mut scanner = house.visitor();
    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
        for path in ["/locataire/confirmation", "/api/tenancy/confirmations"] {
            scanner.ask(method.clone(), path, None).await;
            scanner.ask(method.clone(), &format!("{path}?token={token}"), None).await;
            scanner.ask(method.clone(), &format!("{path}/{token}"), None).await;
        }
        scanner.ask(method.clone(), "/api/tenancy/confirmations", Some(&json!({ "token": token }))).await;
    }
    assert!(house.letters().await.is_empty());
    assert_eq!(house.visitor().confirm(&token).await.status, 200);
}

#[tokio::test]
async fn a_link_works_once() {
    let house = House::open().await;
    let token = aurelie().signs_up(&house, "once").await;
    assert_eq!(house.visitor().confirm(&token).await.status, 200);
    assert_eq!(house.visitor().confirm(&token).await.problem(), (410, "link_used"));
    house.wait_hours(48);
    assert_eq!(house.visitor().confirm(&token).await.problem(), (410, "link_used"), "even when it is old");
    assert_eq!(house.letters().await.len(), 1);
}

#[tokio::test]
async fn of_several_clicks_at_once_one_makes_the_account() {
    let house = House::open().await;
    let token = aurelie().signs_up(&house, "clicks").await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (mut visitor, token) = (house.visitor(), token.clone());
            tokio::spawn(async move { visitor.confirm(&token).await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410, 410, 410, 410, 410, 410, 410]);
    assert_eq!(house.letters().await.len(), 1);
}

#[tokio::test]
async fn signing_up_again_supersedes_the_first_link() {
    let house = House::open().await;
    let first = aurelie().signs_up(&house, "first-time").await;
    let second = aurelie().with("password", "tram rouge 48").signs_up(&house, "second-time").await;
    assert_eq!(house.visitor().confirm(&first).await.problem(), (410, "link_superseded"));
    assert_eq!(house.visitor().confirm(&second).await.status, 200);
    let mut visitor = house.visitor();
    assert_eq!(
        visitor.sign_in("aurelie@exemple.fr", "tram rouge 48").await.status,
        200,
        "the last password counts"
    );
}

#[tokio::test]
async fn a_link_lives_a_day() {
    let house = House::open().await;
    let token = aurelie().signs_up(&house, "a-day").await;
    house.wait_minutes(24 * 60 - 1);
    let still = claire().signs_up(&house, "fresh-one").await;
    house.wait_minutes(1);
    assert_eq!(house.visitor().confirm(&token).await.problem(), (410, "link_expired"));
    assert_eq!(house.visitor().confirm(&still).await.status, 200);
}

#[tokio::test]
async fn unknown_links_are_unknown() {
    let house = House::open().await;
    let token = aurelie().signs_up(&house, "cut").await;
    let mut changed = token.clone();
    changed.replace_range(..1, if token.starts_with('A') { "B" } else { "A" });
    for text in ["", "x", &token[..42], &format!("{token}A"), &changed, &"A".repeat(43)] {
        assert_eq!(house.visitor().confirm(text).await.problem(), (404, "link_unknown"), "{text}");
    }
    assert_eq!(
        house.visitor().at("ekidom").confirm(&token).await.problem(),
        (404, "link_unknown"),
        "another portal's"
    );
    assert_eq!(house.visitor().confirm(&format!(" #{token} ")).await.status, 200, "pasted with its sign");
}

#[tokio::test]
async fn the_home_may_get_an_account_meanwhile() {
    let house = House::open().await;
    let slow = aurelie().signs_up(&house, "slow").await;
    let fast = aurelie().with("email", "autre@exemple.fr").signs_up(&house, "fast").await;
    assert_eq!(house.visitor().confirm(&fast).await.status, 200);
    house.letters().await;
    for _ in 0..2 {
        let answer = house.visitor().confirm(&slow).await;
        assert_eq!(answer.problem(), (409, "home_has_account"));
        assert!(!answer.body.to_string().contains("autre@"), "who has it isn't told");
    }
    assert!(house.letters().await.is_empty());
}

#[tokio::test]
async fn of_two_addresses_at_once_one_gets_the_home() {
    let house = House::open().await;
    let one = aurelie().signs_up(&house, "one-of-two").await;
    let other = aurelie().with("email", "autre@exemple.fr").signs_up(&house, "other-of-two").await;
    let (mut first, mut second) = (house.visitor(), house.visitor());
    let (one, other) = tokio::join!(first.confirm(&one), second.confirm(&other));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(house.post().await.len(), 1);
}

#[tokio::test]
async fn one_address_has_one_account() {
    let house = House::open().await;
    let first = aurelie().signs_up(&house, "first-home").await;
    let second = paul().with("email", "AURELIE@exemple.fr").signs_up(&house, "second-home").await;
    assert_eq!(house.visitor().confirm(&first).await.status, 200);
    assert_eq!(house.visitor().confirm(&second).await.problem(), (409, "home_has_account"));
}

#[tokio::test]
async fn who_is_signed_in_as_somebody_else_stays_so() {
    let house = House::open().await;
    let mut visitor = claire().has_account(&house).await;
    assert_eq!(claire().signs_in(&mut visitor).await.status, 200);
    let token = aurelie().signs_up(&house, "somebody-else").await;
    assert_eq!(visitor.confirm(&token).await.status, 200);
    assert_eq!(visitor.get("/api/account/session").await.body["email"], "claire@exemple.fr");
    let mut aurelies = house.visitor();
    assert_eq!(aurelie().signs_in(&mut aurelies).await.body["email"], "aurelie@exemple.fr");
}

#[tokio::test]
async fn the_same_person_may_be_a_tenant_of_both_landlords() {
    let house = House::open().await;
    let tenant = awa().with("email", "aurelie@exemple.fr");
    aurelie().has_account(&house).await;
    tenant.has_account(&house).await;
    let mut visitor = house.visitor();
    assert_eq!(visitor.sign_in("aurelie@exemple.fr", "tram bleu 47").await.status, 200);
    let mut visitor = visitor.at("ekidom");
    assert_eq!(visitor.get("/api/account/session").await.problem(), (401, "signed_out"));
    assert_eq!(visitor.sign_in("aurelie@exemple.fr", "tram Bleu 47 Vigne").await.status, 200);
    assert_eq!(visitor.cookies.len(), 2, "a cookie each");
}
