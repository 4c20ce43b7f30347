//! The second factor: a code's time, each code once, recovery codes, tries (D3).

use jiff::SignedDuration;
use palier_domain::desk::Role;
use palier_server::desk::code_at;
use serde_json::json;

use crate::support::{BANK, House};

const INES: &str = "ines@banque.example";

#[tokio::test]
async fn a_code_opens_once() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    // The code of the enrolment was used.
    agent.signs_in().await;
    let used = agent.shows(&house).await;
    assert_eq!(agent.types(&used).await.problem(), (401, "code_refused"));
    house.wait(SignedDuration::from_secs(30));
    let next = agent.shows(&house).await;
    assert_eq!(agent.types(&next).await.status, 200);
    agent.signs_in().await;
    assert_eq!(agent.types(&next).await.problem(), (401, "code_refused"));
    // Nor does one of an earlier step, which counts still by its time.
    assert_eq!(agent.types(&used).await.problem(), (401, "code_refused"));
}

#[tokio::test]
async fn a_code_counts_a_step_before_and_after_and_not_a_second_longer() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    let secret = agent.known(&house).await.totp_secret.expect("a secret");
    house.wait_minutes(5);
    let begins = house.now();
    assert_eq!(begins.as_second() % 30, 0);
    let second = SignedDuration::from_secs(1);
    // Of the step from `begins` + 60 s to `begins` + 90 s.
    let code = code_at(&secret, begins + SignedDuration::from_secs(60)).expect("a code");
    agent.signs_in().await;
    house.wait(second * 29);
    assert_eq!(agent.types(&code).await.problem(), (401, "code_refused"), "31 s too early");
    house.wait(second);
    assert_eq!(agent.types(&code).await.status, 200, "30 s before its step");
    // Of the step from 120 s on: 119 s after `begins` + 60 s is its end, with the tolerance.
    let code = code_at(&secret, begins + second * 120).expect("a code");
    agent.signs_in().await;
    house.wait(second * 150);
    assert_eq!(house.now(), begins + second * 180);
    assert_eq!(agent.types(&code).await.problem(), (401, "code_refused"), "a second too late");
    let code = code_at(&secret, begins + second * 150).expect("a code");
    house.wait(second * 29);
    assert_eq!(agent.types(&code).await.status, 200, "in its last second");
}

#[tokio::test]
async fn a_recovery_code_opens_once_however_it_is_typed() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    let typed = agent.recovery[3].to_lowercase().replace('-', " ");
    agent.signs_in().await;
    let opened = agent.types(&typed).await;
    assert_eq!((&opened.body["stage"], &opened.body["recovery_codes_left"]), (&json!("open"), &json!(7)));
    agent.signs_in().await;
    assert_eq!(agent.types(&typed).await.problem(), (401, "code_refused"));
    let other = agent.recovery[0].clone();
    assert_eq!(agent.types(&other).await.body["recovery_codes_left"], 6);
    // Somebody else's opens nothing.
    let mut paul = house.at_the_desk(BANK, "paul@banque.example", Role::Operator).await;
    paul.signs_in().await;
    assert_eq!(paul.types(&agent.recovery[1]).await.problem(), (401, "code_refused"));
}

#[tokio::test]
async fn five_wrong_codes_lock_whatever_the_password() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    house.wait_minutes(1);
    for left in [4, 3, 2, 1] {
        // Signing in again doesn't give more tries.
        agent.signs_in().await;
        let right = agent.shows(&house).await;
        let wrong = if right == "123456" { "654321" } else { "123456" };
        let answer = agent.types(wrong).await;
        assert_eq!((answer.problem(), &answer.body["tries_left"]), ((401, "code_refused"), &json!(left)));
    }
    assert_eq!(agent.types("not a code").await.problem(), (429, "locked"));
    let right = agent.shows(&house).await;
    assert_eq!(agent.types(&right).await.problem(), (429, "locked"));
    house.wait_minutes(10);
    agent.comes_again(&house).await;
}

#[tokio::test]
async fn nothing_typed_costs_no_try() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    agent.signs_in().await;
    for _ in 0..6 {
        assert_eq!(agent.types(" ").await.fields(), [("code", "required")]);
    }
    house.wait(SignedDuration::from_secs(30));
    let code = agent.shows(&house).await;
    assert_eq!(agent.types(&code).await.status, 200);
}
