//! Nobody learns from the time an answer takes whether an account exists (T8, P6).

use std::pin::Pin;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{House, Silence, aurelie};

/// Tries of each kind in a round. With fewer, one slow moment of the machine would decide.
const TRIES: usize = 24;
/// A difference that is there shows in each round; one that comes from elsewhere doesn't.
const ROUNDS: usize = 4;

type Try<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

#[expect(clippy::disallowed_methods, reason = "how long an answer takes is what is measured")]
async fn timed(work: Try<'_>) -> Duration {
    let start = Instant::now();
    work.await;
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The medians of tries made by turns: with an account, and without.
async fn round<'a>(mut make: impl FnMut(usize, bool) -> Try<'a>, first: usize) -> (Duration, Duration) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for index in first..first + TRIES {
        // Each goes first as often as the other.
        for exists in [index % 2 == 0, index % 2 == 1] {
            let took = timed(make(index, exists)).await;
            if exists { &mut known } else { &mut unknown }.push(took);
        }
    }
    (median(known), median(unknown))
}

/// Fails when the medians differ by more than a tenth and 2 ms in every round.
async fn assert_alike<'a>(what: &str, mut make: impl FnMut(usize, bool) -> Try<'a>) -> Duration {
    let mut found = Vec::new();
    for number in 0..ROUNDS {
        let (known, unknown) = round(&mut make, number * TRIES).await;
        if known.abs_diff(unknown) < known.max(unknown) / 10 + Duration::from_millis(2) {
            return unknown;
        }
        found.push((known, unknown));
    }
    panic!("{what}: with an account and without, the answer takes {found:?}");
}

fn login(exists: bool) -> &'static str {
    if exists { "aurelie@exemple.fr" } else { "personne@exemple.fr" }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_takes_as_long_for_nobody() {
    let silence = Silence::begin().await;
    let house = &silence.open().await;
    aurelie().has_account(house).await;
    let took = assert_alike("sign-in", |index, exists| {
        Box::pin(async move {
            // From a new place and, now and then, on a new day: no lock comes in between.
            let address = format!("198.51.{}.{}", index / 250, index % 250);
            let answer = house.visitor().from(&address).sign_in(login(exists), "mauvais mot 47").await;
            assert_eq!(answer.status, 401);
            house.wait_hours(12);
        })
    })
    .await;
    // A password is compared either way: no answer is faster than that.
    assert!(took > Duration::from_millis(5), "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_up_takes_as_long_for_a_home_with_an_account() {
    let silence = Silence::begin().await;
    let (with, without) = (&silence.open().await, &silence.open().await);
    aurelie().has_account(with).await;
    assert_alike("sign-up", |index, exists| {
        Box::pin(async move {
            let tenant = aurelie().with("email", format!("essai{index}@exemple.fr"));
            let house: &House = if exists { with } else { without };
            assert_eq!(house.visitor().sign_up(&tenant, &index.to_string()).await.status, 202);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_for_an_e_mail_takes_as_long_for_nobody() {
    let silence = Silence::begin().await;
    let house = &silence.open().await;
    aurelie().has_account(house).await;
    for (path, field) in [("password-resets", "login"), ("identifier-reminders", "email")] {
        assert_alike(path, |_, exists| {
            Box::pin(async move {
                let path = format!("/api/account/{path}");
                assert_eq!(house.visitor().post(&path, &json!({ field: login(exists) })).await.status, 202);
                house.wait_minutes(15);
            })
        })
        .await;
    }
}
