//! The desk's other work lists: clients, what is stuck, memberships (D2).

use jiff::SignedDuration;
use palier_domain::desk::Role;
use palier_domain::onboarding::JoiningState;
use palier_domain::values::Email;
use palier_server::onboarding::Fate;
use palier_server::store::joinings::{self, Grant, NewJoining};
use serde_json::json;

use crate::support::{Agent, BANK, DIRECTOR, House, MAYOR, MEDIATOR, TO_MIDNIGHT, chloe, est, eve, val};

const INES: &str = "ines@banque.example";
const DAY: i64 = 24;

async fn support(house: &House) -> Agent {
    house.at_the_desk(BANK, INES, Role::Support).await
}

/// Somebody asks to become a user of an organisation.
async fn somebody_asks(house: &House, digits: &str) {
    let new = NewJoining {
        portal: BANK.to_owned(),
        client_id: house.client(digits).await.id,
        state: JoiningState::Asked,
        first_name: "Omar".to_owned(),
        surname: "Petit".to_owned(),
        email: Email::parse("omar@vaux.example").expect("an address"),
        language: "fr".to_owned(),
        consent: None,
        grant: Grant::default(),
        now: house.now(),
        expires_at: house.now() + SignedDuration::from_hours(30 * DAY),
    };
    joinings::insert(house.state.store().write(), new).await.expect("a request");
}

#[tokio::test]
async fn clients_are_listed_with_how_far_they_are() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    chloe().asks(&house).await;
    let mut agent = support(&house).await;
    let page = agent.sees("/api/desk/clients").await;
    let reference = house.paper(DIRECTOR).await[0].reference.clone();
    let wanted = json!([
        {
            "number": MAYOR, "name": "Mairie de Vaux-les-Paliers", "representative": "Maire", "administrators": 1,
        },
        {
            "number": DIRECTOR, "name": "STE COOP HABITATION LOYER MODERE", "representative": "Directeur général",
            "administrators": 0, "designation": "asked", "letter": reference,
        },
    ]);
    assert_eq!(page["clients"], wanted);
    assert_eq!(page["paging"], json!({ "page": 1, "pages": 1, "total": 2 }));
    let found = agent.sees("/api/desk/clients?search=habitation").await;
    assert_eq!(found["clients"], json!([wanted[1]]));
    let overview = agent.sees("/api/desk/overview").await;
    assert_eq!((&overview["clients"], &overview["clients_with_administrator"]), (&json!(2), &json!(1)));
    assert_eq!(overview.get("memberships"), None);
}

#[tokio::test]
async fn letters_that_count_no_more_are_stuck() {
    let house = House::open().await;
    eve().is_written_to(&house).await;
    let mut agent = support(&house).await;
    let paging = json!({ "page": 1, "pages": 1, "total": 0 });
    assert_eq!(agent.sees("/api/desk/requests").await, json!({ "days": 7, "stuck": [], "paging": paging }));
    let letter = house.paper(MAYOR).await[0].reference.clone();
    house.wait_hours(30 * DAY + TO_MIDNIGHT);
    agent.comes_again(&house).await;
    let mut wanted = json!({
        "kind": "letter_expired", "organisation": "Mairie de Vaux-les-Paliers", "number": MAYOR,
        "applicant": "Ève d’Almeida", "since": "2026-12-23", "letter": letter, "remedy": "ask_again",
    });
    assert_eq!(agent.sees("/api/desk/requests").await["stuck"], json!([wanted]));
    house.notes(MAYOR, Fate::Posted).await;
    house.notes(MAYOR, Fate::Returned).await;
    wanted["kind"] = json!("letter_returned");
    wanted["remedy"] = json!("correct_address");
    assert_eq!(agent.sees("/api/desk/requests").await["stuck"], json!([wanted]));
    let clients = agent.sees(&format!("/api/desk/clients?search={MAYOR}")).await;
    assert_eq!(clients["clients"][0]["designation"], "returned");
    assert_eq!(agent.sees("/api/desk/overview").await["requests"]["stuck"], 1);
}

#[tokio::test]
async fn requests_that_nobody_decides_are_stuck_after_a_week() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    somebody_asks(&house, MAYOR).await;
    let mut agent = support(&house).await;
    house.wait_hours(7 * DAY);
    agent.comes_again(&house).await;
    let numbers = json!({ "waiting": 1, "overdue": 0, "days": 7, "stuck": 0 });
    assert_eq!(agent.sees("/api/desk/overview").await["requests"], numbers);
    house.wait(SignedDuration::from_secs(1));
    let wanted = json!({
        "kind": "undecided", "organisation": "Mairie de Vaux-les-Paliers", "number": MAYOR,
        "applicant": "Omar Petit", "since": "2026-11-22", "remedy": "call_administrators",
    });
    assert_eq!(agent.sees("/api/desk/requests").await["stuck"], json!([wanted]));
    // Once it has lapsed nothing can be done any more.
    house.wait_hours(23 * DAY);
    agent.comes_again(&house).await;
    assert_eq!(agent.sees("/api/desk/requests").await["stuck"], json!([]));
}

#[tokio::test]
async fn who_asks_where_nobody_decides_needs_an_administrator() {
    let house = House::open().await;
    somebody_asks(&house, MAYOR).await;
    house.wait_hours(8 * DAY);
    let mut agent = support(&house).await;
    assert_eq!(agent.sees("/api/desk/requests").await["stuck"][0]["remedy"], "new_administrator");
}

#[tokio::test]
async fn memberships_are_listed_where_there_is_a_scheme() {
    let house = House::open().await;
    val().is_certified(&house).await;
    est().asks(&house, "est").await;
    let mut agent = house.at_the_desk(MEDIATOR, INES, Role::Landlord).await;
    let page = agent.sees("/api/desk/memberships").await;
    let states: Vec<&str> = page["memberships"]
        .as_array()
        .expect("memberships")
        .iter()
        .map(|row| row["state"].as_str().expect("a state"))
        .collect();
    assert_eq!(states, ["created", "certified"]);
    let counts = json!([
        { "state": "created", "count": 1 }, { "state": "certified", "count": 1 }, { "state": "member", "count": 0 },
    ]);
    assert_eq!(page["counts"], counts);
    assert_eq!(page["memberships"][1]["email"], val().email());
    let certified = agent.sees("/api/desk/memberships?state=certified").await;
    assert_eq!((&certified["paging"]["total"], &certified["counts"]), (&json!(1), &counts));
    assert_eq!(agent.visitor.get("/api/desk/memberships?state=membre").await.problem(), (400, "malformed"));
    let overview = agent.sees("/api/desk/overview").await;
    assert_eq!(overview, json!({ "memberships": counts, "departures": 0 }));
}

#[tokio::test]
async fn a_portal_lists_only_what_it_has_journeys_for() {
    let house = House::open().await;
    let mut bank = support(&house).await;
    assert_eq!(bank.visitor.get("/api/desk/memberships").await.problem(), (404, "not_found"));
    let mut mediator = house.at_the_desk(MEDIATOR, INES, Role::Operator).await;
    for list in ["letters", "clients", "requests"] {
        let answer = mediator.visitor.get(&format!("/api/desk/{list}")).await;
        assert_eq!(answer.problem(), (404, "not_found"), "{list}");
    }
    let answer = mediator.visitor.post("/api/desk/letters/print", &json!({})).await;
    assert_eq!(answer.problem(), (404, "not_found"));
}
