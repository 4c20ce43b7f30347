//! Five tries, then ten minutes (P6).

use palier_server::passwords::Passwords;
use serde_json::json;

use crate::support::{Answer, House, Visitor, aurelie, token_in};

const HERS: &str = "aurelie@exemple.fr";
const NOBODYS: &str = "personne@exemple.fr";

async fn wrong(visitor: &mut Visitor, login: &str) -> Answer {
    visitor.sign_in(login, "mauvais mot 47").await
}

/// Five wrong tries: the fifth says until when there are no more.
async fn lock(visitor: &mut Visitor, login: &str) {
    for left in (1..5).rev() {
        let answer = wrong(visitor, login).await;
        assert_eq!(answer.problem(), (401, "sign_in_refused"));
        assert_eq!(answer.body["tries_left"], left);
    }
    assert_eq!(wrong(visitor, login).await.problem(), (429, "locked"));
}

#[tokio::test]
async fn after_five_tries_even_the_right_password_is_refused() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    lock(&mut visitor, HERS).await;
    let answer = aurelie().signs_in(&mut visitor).await;
    assert_eq!(answer.problem(), (429, "locked"));
    assert_eq!(answer.body["minutes"], 10);
    assert_eq!(answer.body["until"], "2026-11-22T08:10:00Z");
    assert_eq!(answer.body["time"], "09:10", "as the clock on the wall says");
    assert_eq!(answer.headers["retry-after"], "600");

    house.wait_minutes(9);
    assert_eq!(aurelie().signs_in(&mut visitor).await.body["minutes"], 1);
    house.wait_minutes(1);
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    assert_eq!(wrong(&mut visitor, HERS).await.body["tries_left"], 4, "a right one gives all tries back");
}

#[tokio::test]
async fn it_is_the_same_for_accounts_that_do_not_exist() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let (mut known, mut unknown) = (house.visitor(), house.visitor());
    for _ in 0..8 {
        let (one, other) = (wrong(&mut known, HERS).await, wrong(&mut unknown, NOBODYS).await);
        assert_eq!(one.outside(), other.outside());
        assert_eq!(one.length, other.length);
    }
    // An identifier that is nobody's, in any spelling, is one login.
    let mut visitor = house.visitor();
    lock(&mut visitor, "K7TM-94PX").await;
    assert_eq!(wrong(&mut visitor, "k7tm 94px").await.problem(), (429, "locked"));
}

#[tokio::test]
async fn both_logins_of_an_account_are_counted_together() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    let session = aurelie().signs_in(&mut visitor).await;
    let identifier = session.body["identifier"].as_str().expect("an identifier").to_owned();
    for login in [HERS, &identifier, HERS, " AURELIE@exemple.fr"] {
        assert_eq!(wrong(&mut visitor, login).await.status, 401);
    }
    assert_eq!(wrong(&mut visitor, &identifier).await.problem(), (429, "locked"));
    assert_eq!(aurelie().signs_in(&mut visitor).await.problem(), (429, "locked"));
}

#[tokio::test]
async fn it_holds_across_restarts_and_servers() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    lock(&mut house.visitor(), HERS).await;
    let other = house.another().await;
    assert_eq!(aurelie().signs_in(&mut other.visitor()).await.problem(), (429, "locked"));
    house.wait_minutes(10);
    assert_eq!(aurelie().signs_in(&mut other.visitor()).await.status, 200);
}

#[tokio::test]
async fn nobody_can_lock_somebody_else_out() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    lock(&mut house.visitor().from("198.51.100.66"), HERS).await;
    let mut hers = house.visitor();
    assert_eq!(aurelie().signs_in(&mut hers).await.status, 200);
    let mut guesser = house.visitor().from("198.51.100.66");
    assert_eq!(
        aurelie().signs_in(&mut guesser).await.problem(),
        (429, "locked"),
        "her visit doesn't open it"
    );
    lock(&mut house.visitor().at("ekidom").from("198.51.100.66"), HERS).await;
}

#[tokio::test]
async fn parallel_tries_are_counted_one_by_one() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let mut visitor = house.visitor();
            tokio::spawn(async move { wrong(&mut visitor, HERS).await.status.as_u16() })
        })
        .collect();
    let mut compared = 0;
    for task in tasks {
        match task.await.expect("an answer") {
            401 => compared += 1,
            429 => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(compared, 4, "the fifth is compared too, and told that it was the last");
}

#[tokio::test]
async fn each_further_lock_of_the_day_is_twice_as_long() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    for minutes in [10, 20, 40] {
        lock(&mut visitor, HERS).await;
        assert_eq!(wrong(&mut visitor, HERS).await.body["minutes"], minutes);
        house.wait_minutes(minutes);
    }
    house.wait_hours(24);
    lock(&mut visitor, HERS).await;
    assert_eq!(wrong(&mut visitor, HERS).await.body["minutes"], 10, "a new day");
}

#[tokio::test]
async fn twenty_five_failures_a_day_close_it_to_strange_places() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut hers = house.visitor();
    assert_eq!(aurelie().signs_in(&mut hers).await.status, 200);
    for login in [HERS, NOBODYS] {
        for index in 0..25 {
            let mut guesser = house.visitor().from(&format!("198.51.100.{index}"));
            let expected = if index < 24 { 401 } else { 429 };
            assert_eq!(wrong(&mut guesser, login).await.status, expected, "{index}");
        }
        let answer = wrong(&mut house.visitor().from("198.51.100.200"), login).await;
        assert_eq!(answer.problem(), (429, "locked"));
        assert_eq!(answer.body["time"], "00:00", "until midnight in Paris");
        assert_eq!(answer.body["until"], "2026-11-22T23:00:00Z");
    }
    assert_eq!(aurelie().signs_in(&mut hers).await.status, 200, "not to where she has signed in before");
    house.wait_hours(16);
    let mut elsewhere = house.visitor().from("198.51.100.201");
    assert_eq!(aurelie().signs_in(&mut elsewhere).await.status, 200, "the next day");
}

#[tokio::test]
async fn a_new_password_opens_every_lock() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    lock(&mut visitor, HERS).await;
    for index in 0..20 {
        wrong(&mut house.visitor().from(&format!("198.51.100.{index}")), HERS).await;
    }
    visitor.post("/api/account/password-resets", &json!({ "login": HERS })).await;
    let mails = house.letters().await;
    let reset = mails.iter().find(|mail| mail.kind == "password_reset").expect("the way back in");
    let token = token_in(&reset.text);
    let body = json!({ "token": token, "password": "tram rouge 48" });
    assert_eq!(visitor.post("/api/account/password-resets/complete", &body).await.status, 204);
    assert_eq!(visitor.sign_in(HERS, "tram rouge 48").await.status, 200);
    assert_eq!(house.visitor().from("198.51.100.222").sign_in(HERS, "tram rouge 48").await.status, 200);
}

#[tokio::test]
async fn asking_for_a_new_password_stays_possible_while_locked() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    lock(&mut visitor, HERS).await;
    let answer = visitor.post("/api/account/password-resets", &json!({ "login": HERS })).await;
    assert_eq!(answer.status, 202);
    let told = ["account_locked", "password_reset"].map(|kind| (kind.to_owned(), HERS.to_owned()));
    assert_eq!(house.post().await, told, "the lock, then the way back in");
}

#[tokio::test]
async fn a_busy_server_takes_no_try_away() {
    let house = House::open_with(|entropy| Passwords::with_limits(entropy, 1, 0)).await;
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let mut visitor = house.visitor();
            tokio::spawn(async move { wrong(&mut visitor, NOBODYS).await })
        })
        .collect();
    let (mut compared, mut busy) = (0, 0);
    for task in tasks {
        let answer = task.await.expect("an answer");
        match answer.problem() {
            (401, _) => compared += 1,
            (503, "busy") => busy += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(busy > 0, "four at once are too many for a server that takes one");
    assert_eq!(wrong(&mut house.visitor(), NOBODYS).await.body["tries_left"], 4 - compared);
}
