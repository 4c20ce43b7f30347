//! "Je ne suis pas un robot": what challenges and passes are good for, and for how long (A2).

use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use palier_domain::human::{Challenge, MOST, solve};
use palier_server::http::problem::ApiError;
use palier_server::human::spend;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{Answer, House, Visitor};

const HERE: &str = "extranet";
const THERE: &str = "ekidom";

async fn challenge(visitor: &mut Visitor) -> Value {
    let answer = visitor.get("/api/human/challenge").await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body
}

/// Solves as anybody's program would.
fn solution(challenge: &Value) -> Value {
    let salt = challenge["salt"].as_str().expect("a salt");
    let wanted = challenge["challenge"].as_str().expect("a digest");
    let hidden = (0..=MOST).find(|number| {
        let digest = Sha256::digest(format!("{salt}{number}"));
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == wanted
    });
    let mut solution = challenge.clone();
    let fields = solution.as_object_mut().expect("an object");
    fields.remove("maxnumber");
    fields.insert("number".into(), hidden.expect("a number that can be found").into());
    solution
}

async fn exchange(visitor: &mut Visitor, solution: &Value) -> Answer {
    let payload = STANDARD.encode(solution.to_string());
    visitor.post("/api/human/passes", &json!({ "payload": payload })).await
}

/// Ticks "je ne suis pas un robot".
pub(crate) async fn pass(visitor: &mut Visitor) -> String {
    let solution = solution(&challenge(visitor).await);
    let answer = exchange(visitor, &solution).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body["pass"].as_str().expect("a pass").to_owned()
}

/// The code at the field, or nothing when the pass was good.
async fn spending(house: &House, portal: &str, pass: &str) -> Option<&'static str> {
    let refused = |code| {
        let problem = palier_domain::problem::FieldProblem::plain("human", code);
        Err(ApiError::invalid_field(problem))
    };
    let spent = spend(house.state.store().write(), portal, pass, house.now()).await;
    let code = ["human_required", "human_expired"].into_iter().find(|code| spent == refused(code));
    assert!(spent.is_ok() || code.is_some(), "{spent:?}");
    code
}

#[tokio::test]
async fn a_solved_challenge_is_exchanged_for_a_pass() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let answer = visitor.get("/api/human/challenge").await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let Challenge { algorithm, challenge, maxnumber, salt, signature } =
        serde_json::from_value(answer.body).expect("a challenge");
    let number = solve(&challenge, &salt, 0, maxnumber + 1).expect("a number");
    let solution = json!({
        "algorithm": algorithm, "challenge": challenge, "number": number, "salt": salt, "signature": signature,
        "took": 412,
    });
    let answer = exchange(&mut visitor, &solution).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let pass = answer.body["pass"].as_str().expect("a pass");
    assert_eq!(spending(&house, HERE, pass).await, None);
}

#[tokio::test]
async fn a_challenge_is_good_once_on_all_servers() {
    let house = House::open().await;
    let (mut here, mut beside) = (house.visitor(), house.another().await.visitor());
    let solution = solution(&challenge(&mut here).await);
    assert_eq!(exchange(&mut beside, &solution).await.status, 200);
    assert_eq!(exchange(&mut beside, &solution).await.problem(), (409, "challenge_used"));
    assert_eq!(exchange(&mut here, &solution).await.problem(), (409, "challenge_used"));
    // What was used stays used for as long as it could be.
    house.wait_minutes(9);
    assert_eq!(exchange(&mut here, &solution).await.problem(), (409, "challenge_used"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_gets_the_pass() {
    let house = House::open().await;
    let beside = house.another().await;
    let solution = solution(&challenge(&mut house.visitor()).await);
    let tasks: Vec<_> = (0..10)
        .map(|number| {
            let mut visitor = if number % 2 == 0 { house.visitor() } else { beside.visitor() };
            let solution = solution.clone();
            tokio::spawn(async move { exchange(&mut visitor, &solution).await })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.expect("an answer").status.as_u16());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [[200].as_slice(), &[409; 9]].concat());
}

#[tokio::test]
async fn a_challenge_ends_after_ten_minutes() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let (in_time, late) =
        (solution(&challenge(&mut visitor).await), solution(&challenge(&mut visitor).await));
    house.wait(jiff::SignedDuration::from_secs(599));
    assert_eq!(exchange(&mut visitor, &in_time).await.status, 200);
    house.wait(jiff::SignedDuration::from_secs(1));
    assert_eq!(exchange(&mut visitor, &late).await.problem(), (410, "challenge_expired"));
    // Nor does it come back when the demonstration's clock is set back.
    let ahead = solution(&challenge(&mut visitor).await);
    house.wait_hours(-1);
    assert_eq!(exchange(&mut visitor, &ahead).await.problem(), (410, "challenge_expired"));
}

#[tokio::test]
async fn what_the_portal_did_not_make_is_refused() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let right = solution(&challenge(&mut visitor).await);
    let mut elsewhere = house.visitor().at(THERE);
    let wrong = (400, "challenge_wrong");
    assert_eq!(exchange(&mut elsewhere, &right).await.problem(), wrong);
    let other = solution(&challenge(&mut visitor).await);
    let number = right["number"].as_u64().expect("a number");
    let salt = right["salt"].as_str().expect("a salt");
    let digits = number.to_string();
    let (first, rest) = digits.split_at(1);
    for (name, value) in [
        ("number", json!(number + 1)),
        ("signature", other["signature"].clone()),
        ("signature", json!("00".repeat(32))),
        ("signature", json!("no signature")),
        ("challenge", other["challenge"].clone()),
        ("salt", json!(salt.replace("expires=1", "expires=2"))),
        ("salt", json!(salt.replace(HERE, THERE))),
        ("algorithm", json!("SHA-1")),
        ("took", json!("long")),
    ] {
        let mut forged = right.clone();
        forged[name] = value;
        assert_eq!(exchange(&mut visitor, &forged).await.problem(), wrong, "{forged}");
    }
    // The first digit of the number at the end of the salt hashes to the same.
    let mut moved = right.clone();
    moved["salt"] = json!(format!("{salt}{first}"));
    moved["number"] = json!(rest.parse::<u32>().unwrap_or_default());
    assert_eq!(exchange(&mut visitor, &moved).await.problem(), wrong);
    for payload in ["", "%", "bnVsbA==", "e30="] {
        let answer = visitor.post("/api/human/passes", &json!({ "payload": payload })).await;
        assert_eq!(answer.problem(), wrong, "{payload}");
    }
    // None of this used it up.
    assert_eq!(exchange(&mut visitor, &right).await.status, 200);
}

#[tokio::test]
async fn a_pass_allows_ten_attempts() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let (one, other) = (pass(&mut visitor).await, pass(&mut visitor).await);
    let beside = house.another().await;
    for attempt in 1..=10 {
        let server = if attempt % 2 == 0 { &house } else { &beside };
        assert_eq!(spending(server, HERE, &one).await, None, "{attempt}");
    }
    assert_eq!(spending(&house, HERE, &one).await, Some("human_expired"));
    house.wait_minutes(119);
    assert_eq!(spending(&house, HERE, &one).await, Some("human_expired"));
    assert_eq!(spending(&house, HERE, &other).await, None);
    house.wait_minutes(1);
    assert_eq!(spending(&house, HERE, &other).await, Some("human_expired"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twelve_attempts_at_once_ten_are_allowed() {
    let house = House::open().await;
    let pass = pass(&mut house.visitor()).await;
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let (store, pass, now) = (house.state.store().clone(), pass.clone(), house.now());
            tokio::spawn(async move { spend(store.write(), HERE, &pass, now).await.is_ok() })
        })
        .collect();
    let mut allowed = 0;
    for task in tasks {
        allowed += usize::from(task.await.expect("an answer"));
    }
    assert_eq!(allowed, 10);
}

#[tokio::test]
async fn what_is_no_pass_of_the_portal_is_refused() {
    let house = House::open().await;
    assert_eq!(spending(&house, HERE, "").await, Some("human_required"));
    assert_eq!(spending(&house, HERE, "AAEC").await, Some("human_expired"));
    let mut visitor = house.visitor();
    let pass = pass(&mut visitor).await;
    assert_eq!(spending(&house, THERE, &pass).await, Some("human_expired"));
    // Another end or another signature isn't signed.
    for at in [3, 40, 74] {
        let mut forged = pass.clone().into_bytes();
        forged[at] = if forged[at] == b'A' { b'E' } else { b'A' };
        let forged = String::from_utf8(forged).expect("letters");
        assert_eq!(spending(&house, HERE, &forged).await, Some("human_expired"), "{at}");
    }
    for forged in [&pass[..74], "on", "pending", "é", &format!("{pass}A"), &format!("{pass}=")] {
        assert_eq!(spending(&house, HERE, forged).await, Some("human_expired"), "{forged}");
    }
    // Nor is a challenge, which is signed with the same key.
    let signature = challenge(&mut visitor).await["signature"].as_str().expect("a signature").to_owned();
    assert_eq!(spending(&house, HERE, &signature).await, Some("human_expired"));
    assert_eq!(spending(&house, HERE, &pass).await, None);
}

#[tokio::test]
async fn one_place_asks_so_often_and_no_more() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    for _ in 0..60 {
        challenge(&mut visitor).await;
    }
    let answer = visitor.get("/api/human/challenge").await;
    assert_eq!((answer.problem(), &answer.body["minutes"]), ((429, "too_many"), &json!(10)));
    challenge(&mut house.visitor().from("203.0.113.8")).await;
    house.wait_minutes(10);
    for _ in 0..30 {
        pass(&mut visitor).await;
    }
    let solved = solution(&challenge(&mut visitor).await);
    let answer = exchange(&mut visitor, &solved).await;
    assert_eq!((answer.problem(), &answer.body["minutes"]), ((429, "too_many"), &json!(60)));
    // It is still good from elsewhere: refusing it didn't use it.
    assert_eq!(exchange(&mut house.visitor().from("203.0.113.8"), &solved).await.status, 200);
}
