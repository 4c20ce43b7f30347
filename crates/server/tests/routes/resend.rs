//! The first e-mail sent again (T6).

use serde_json::{Value, json};

use crate::support::{Answer, House, aurelie, awa, claire, token_in};

async fn again(house: &House, handle: &Value) -> Answer {
    house.visitor().post("/api/tenancy/sign-ups/resend", &json!({ "handle": handle })).await
}

async fn again_by_link(house: &House, token: &str) -> Answer {
    house.visitor().post("/api/tenancy/confirmations/resend", &json!({ "token": token })).await
}

#[tokio::test]
async fn the_new_link_works_and_the_old_one_says_why_not() {
    let house = House::open().await;
    let receipt = house.visitor().sign_up(&aurelie(), "resend").await;
    let first = token_in(&house.letters().await[0].text);
    let answer = again(&house, &receipt.body["handle"]).await;
    assert_eq!((answer.status.as_u16(), &answer.body), (202, &json!({})));
    let letters = house.letters().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "aurelie@exemple.fr"));
    assert_eq!(house.visitor().confirm(&first).await.problem(), (410, "link_superseded"));
    assert_eq!(house.visitor().confirm(&token_in(&letters[0].text)).await.status, 200);
    assert_eq!(again(&house, &receipt.body["handle"]).await.status, 202, "the answer stays the same");
    let kinds: Vec<_> = house.post().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["account_active"]);
}

#[tokio::test]
async fn a_handle_that_is_nobodys_gets_the_same_answer() {
    let house = House::open().await;
    let receipt = house.visitor().sign_up(&aurelie(), "known-handle").await;
    let known = again(&house, &receipt.body["handle"]).await;
    for handle in [json!("A".repeat(43)), json!("x"), json!("")] {
        assert_eq!(again(&house, &handle).await.outside(), known.outside(), "{handle}");
    }
    let mut elsewhere = house.visitor().at("ekidom");
    let answer =
        elsewhere.post("/api/tenancy/sign-ups/resend", &json!({ "handle": receipt.body["handle"] })).await;
    assert_eq!(answer.status, 202);
    assert_eq!(house.letters().await.len(), 2, "the first and one more");
}

#[tokio::test]
async fn a_home_with_an_account_is_told_again_by_e_mail_only() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let receipt = house.visitor().sign_up(&aurelie().with("email", "autre@exemple.fr"), "taken").await;
    let fresh = house.visitor().sign_up(&claire(), "not-taken").await;
    house.letters().await;
    let taken = again(&house, &receipt.body["handle"]).await;
    assert_eq!(taken.outside(), again(&house, &fresh.body["handle"]).await.outside());
    let kinds: Vec<_> = house.post().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["home_has_account", "confirm_sign_up"]);
}

#[tokio::test]
async fn four_times_an_hour_then_the_page_says_when() {
    let house = House::open().await;
    let receipt = house.visitor().sign_up(&aurelie(), "impatient").await;
    let nobody = json!("A".repeat(43));
    for handle in [&receipt.body["handle"], &nobody] {
        for _ in 0..4 {
            assert_eq!(again(&house, handle).await.status, 202);
        }
    }
    let refused = again(&house, &receipt.body["handle"]).await;
    assert_eq!(refused.problem(), (429, "too_many"));
    assert_eq!(refused.body["minutes"], 60);
    assert_eq!(refused.outside(), again(&house, &nobody).await.outside());
    assert_eq!(house.letters().await.len(), 5, "whoever was answered 202 was sent something");
    house.wait_minutes(60);
    assert_eq!(again(&house, &receipt.body["handle"]).await.status, 202);
    assert_eq!(house.letters().await.len(), 1);
}

#[tokio::test]
async fn an_expired_link_sends_a_fresh_one() {
    let house = House::open().await;
    let expired = aurelie().signs_up(&house, "expired").await;
    house.wait_hours(72);
    assert_eq!(house.visitor().confirm(&expired).await.problem(), (410, "link_expired"));
    assert_eq!(again_by_link(&house, &expired).await.status, 202);
    let letter = house.letters().await.remove(0);
    assert_eq!(letter.to, "aurelie@exemple.fr");
    assert_eq!(house.visitor().confirm(&expired).await.problem(), (410, "link_superseded"));
    assert_eq!(house.visitor().confirm(&token_in(&letter.text)).await.status, 200);
}

#[tokio::test]
async fn links_that_are_used_replaced_or_unknown_send_nothing() {
    let house = House::open().await;
    let replaced = aurelie().signs_up(&house, "replaced").await;
    let used = aurelie().signs_up(&house, "used").await;
    let foreign = awa().signs_up(&house, "foreign").await;
    house.visitor().confirm(&used).await;
    assert_eq!(house.letters().await.len(), 1);
    for token in [&replaced, &used, &foreign, &"A".repeat(43), "x"] {
        assert_eq!(again_by_link(&house, token).await.status, 202);
    }
    assert!(house.letters().await.is_empty());
}
