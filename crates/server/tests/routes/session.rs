//! How long one stays signed in, and the cookie (T8, T13).

use palier_server::account::session_for_page;
use serde_json::json;

use crate::support::{House, Visitor, aurelie, awa};

const ADDRESS: &str = "/api/account/session";

async fn signed_in(house: &House, stay: bool) -> Visitor {
    let mut visitor = house.visitor();
    let body = json!({ "login": "aurelie@exemple.fr", "password": "tram bleu 47", "stay": stay });
    assert_eq!(visitor.post(ADDRESS, &body).await.status, 200);
    visitor
}

async fn is_signed_in(visitor: &mut Visitor) -> bool {
    let answer = visitor.get(ADDRESS).await;
    match answer.problem() {
        (200, _) => true,
        (401, "signed_out") => false,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn twenty_minutes_without_a_sign_of_life_end_it() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house, false).await;
    house.wait_minutes(19);
    assert!(is_signed_in(&mut visitor).await);
    // Asking was a sign of life.
    house.wait_minutes(19);
    assert!(is_signed_in(&mut visitor).await);
    house.wait_minutes(20);
    assert!(!is_signed_in(&mut visitor).await);
    assert_eq!(visitor.post("/api/account/session/extend", &json!({})).await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn it_can_be_extended_up_to_twelve_hours() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house, false).await;
    for _ in 0..(12 * 60 / 15 - 1) {
        house.wait_minutes(15);
        assert_eq!(visitor.post("/api/account/session/extend", &json!({})).await.status, 204);
    }
    house.wait_minutes(14);
    assert!(is_signed_in(&mut visitor).await);
    house.wait_minutes(1);
    assert!(!is_signed_in(&mut visitor).await);
}

#[tokio::test]
async fn opening_a_page_is_a_sign_of_life() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house, false).await;
    let portal = house.state.config().portal("extranet").unwrap().clone();
    let mut headers = axum::http::HeaderMap::new();
    assert_eq!(session_for_page(&house.state, &portal, "fr", &headers).await, Ok(None));
    let (name, value) = visitor.cookies.first_key_value().expect("a cookie");
    headers.insert("cookie", format!("autre=1; {name}={value}").parse().unwrap());
    for _ in 0..3 {
        house.wait_minutes(15);
        let session =
            session_for_page(&house.state, &portal, "fr", &headers).await.unwrap().expect("signed in");
        assert_eq!(session.email, "aurelie@exemple.fr");
    }
    assert!(is_signed_in(&mut visitor).await);
}

#[tokio::test]
async fn who_asks_to_stay_stays_thirty_days() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house, true).await;
    assert!(visitor.get(ADDRESS).await.body.get("idle_minutes").is_none());
    house.wait_hours(30 * 24 - 1);
    assert!(is_signed_in(&mut visitor).await);
    house.wait_hours(1);
    assert!(!is_signed_in(&mut visitor).await);
}

#[tokio::test]
async fn the_cookie_is_for_this_host_and_no_script() {
    for (public_url, name, secure) in [
        ("http://127.0.0.1:8080", "palier-extranet", false),
        ("https://espace.exemple.fr", "__Host-palier-extranet", true),
    ] {
        let house = House::open_at(public_url).await;
        aurelie().has_account(&house).await;
        for stay in [false, true] {
            let body = json!({ "login": "aurelie@exemple.fr", "password": "tram bleu 47", "stay": stay });
            let mut visitor = house.visitor();
            let answer = visitor.post(ADDRESS, &body).await;
            let cookie = answer.headers["set-cookie"].to_str().unwrap();
            let (pair, attributes) = cookie.split_once("; ").unwrap();
            assert_eq!(pair.split_once('=').map(|(name, value)| (name, value.len())), Some((name, 43)));
            let mut expected = vec!["Path=/", "HttpOnly", "SameSite=Lax"];
            expected.extend(secure.then_some("Secure"));
            expected.extend(stay.then_some("Max-Age=2592000"));
            assert_eq!(attributes.split("; ").collect::<Vec<_>>(), expected);
        }
    }
}

#[tokio::test]
async fn signing_out_ends_it_on_the_server() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house, true).await;
    let mut copy = visitor.clone();
    let answer = visitor.delete(ADDRESS).await;
    assert_eq!(answer.status, 204);
    assert!(visitor.cookies.is_empty(), "the cookie is taken away");
    assert!(!is_signed_in(&mut copy).await, "a copy of the cookie is worth nothing");
    assert_eq!(visitor.delete(ADDRESS).await.status, 204, "twice is fine");
}

#[tokio::test]
async fn each_sign_in_has_a_token_of_its_own_and_ends_the_one_before() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house, false).await;
    let mut earlier = visitor.clone();
    let mut elsewhere = signed_in(&house, false).await;
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    assert_ne!(visitor.cookies, earlier.cookies);
    assert!(!is_signed_in(&mut earlier).await);
    assert!(is_signed_in(&mut visitor).await);
    assert!(is_signed_in(&mut elsewhere).await, "other devices go on");
}

#[tokio::test]
async fn a_cookie_of_one_portal_opens_nothing_at_another() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    awa().has_account(&house).await;
    let visitor = signed_in(&house, false).await;
    let token = visitor.cookies["palier-extranet"].clone();
    let mut other = house.visitor().at("ekidom");
    other.cookies.insert("palier-ekidom".into(), token);
    assert!(!is_signed_in(&mut other).await);
    for value in ["", "x", &"A".repeat(43)] {
        let mut forged = house.visitor();
        forged.cookies.insert("palier-extranet".into(), value.into());
        assert!(!is_signed_in(&mut forged).await, "{value}");
    }
}

#[tokio::test]
async fn it_survives_a_restart() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let visitor = signed_in(&house, false).await;
    let mut after = house.another().await.visitor();
    after.cookies = visitor.cookies;
    assert!(is_signed_in(&mut after).await);
}
