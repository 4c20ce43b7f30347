//! Who the users of an organisation are, who asks and who was invited (A7, A8).

use jiff::{SignedDuration, Timestamp};
use palier_domain::onboarding::{JoiningState, Level, Rights};
use palier_domain::values::Email;
use palier_server::store::client_users::{self, ClientUser, UserState};
use palier_server::store::joinings::{self, Grant, NewJoining};
use serde_json::{Value, json};

use crate::support::{BANK, House, MAYOR, bastien, chloe, eve, zoe};

/// Keeps somebody who asks or was invited, and gives their id.
async fn keep(house: &House, email: &str, state: JoiningState, expires_at: Timestamp) -> i64 {
    let new = NewJoining {
        portal: BANK.to_owned(),
        client_id: house.client(MAYOR).await.id,
        state,
        first_name: "Awa".to_owned(),
        surname: "Ndiaye".to_owned(),
        email: Email::parse(email).expect("an address"),
        language: "fr".to_owned(),
        consent: None,
        grant: Grant { administrator: true, rights: Rights::of([("prets", Level::Act)]), by: None },
        now: house.now(),
        expires_at,
    };
    joinings::insert(house.state.store().write(), new).await.expect("kept")
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|user| user["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn users_by_name_with_what_they_may_do() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    // Half past midnight in Paris, the evening before in UTC.
    house.set_clock("2026-11-24T23:30:00Z");
    let [colleague, suspended] = [bastien().is_there(&house).await, zoe().is_there(&house).await];
    let now = house.user(suspended).await;
    let now = ClientUser { state: UserState::Suspended, ..now };
    assert!(client_users::update(house.state.store().write(), BANK, &now).await.expect("an answer"));
    house.set_clock("2026-11-25T08:00:00Z");
    let mut visitor_again = house.signed_in(eve().email()).await;
    assert_eq!(visitor.users().await.problem(), (401, "signed_out"), "two days later");
    let mut answer = visitor_again.users().await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let rights = json!({ "prets": "consult" });
    let eves = house.account(eve().email()).await;
    let wanted = json!([
        {
            "id": colleague, "name": "Bastien Étienne", "email": "bastien@vaux.example",
            "administrator": false, "suspended": false, "you": false, "rights": rights, "since": "2026-11-25",
        },
        {
            "id": eves, "name": "Ève d’Almeida", "email": "eve@vaux.example",
            "administrator": true, "suspended": false, "you": true, "rights": {}, "since": "2026-11-22",
        },
        {
            "id": suspended, "name": "Zoé Nguyễn", "email": "zoe@vaux.example",
            "administrator": true, "suspended": true, "you": false, "rights": rights, "since": "2026-11-25",
        },
    ]);
    assert_eq!(answer.body["users"].take(), wanted);
    assert_eq!(answer.body["organisation"], "Mairie de Vaux-les-Paliers");
    assert_eq!(answer.body["number"], MAYOR);
    assert_eq!(answer.body["alone"], true, "who is suspended decides nothing");
    let services = json!({ "code": "prets", "name": "Consultation des prêts" });
    assert_eq!(answer.body["services"][0], services);
    let english = visitor_again.get("/api/organisation/users?lang=en").await;
    assert_eq!(english.body["services"][0]["name"], "Loans");
}

#[tokio::test]
async fn requests_oldest_first_and_invitations_newest_first() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let day = |days: i64| house.now() + SignedDuration::from_hours(24 * days);
    let first = keep(&house, "a@vaux.example", JoiningState::Asked, day(30)).await;
    let second = keep(&house, "b@vaux.example", JoiningState::Asked, day(1)).await;
    let third = keep(&house, "c@vaux.example", JoiningState::Invited, day(1)).await;
    let fourth = keep(&house, "d@vaux.example", JoiningState::Invited, day(7)).await;
    let body = visitor.users().await.body;
    let ids = |body: &Value, list: &str| -> Vec<i64> {
        let list = body[list].as_array().expect("a list");
        list.iter().map(|one| one["id"].as_i64().expect("an id")).collect()
    };
    assert_eq!(ids(&body, "requests"), [first, second]);
    assert_eq!(ids(&body, "invitations"), [fourth, third]);
    let wanted = json!({
        "id": first, "name": "Awa Ndiaye", "email": "a@vaux.example", "asked": "2026-11-22", "until": "2026-12-22",
    });
    assert_eq!(body["requests"][0], wanted);
    let wanted = json!({
        "id": fourth, "name": "Awa Ndiaye", "email": "d@vaux.example", "administrator": true,
        "rights": { "prets": "act" }, "sent": "2026-11-22", "until": "2026-11-29", "expired": false,
    });
    assert_eq!(body["invitations"][0], wanted);
    house.wait_hours(24);
    let body = house.signed_in(eve().email()).await.users().await.body;
    assert_eq!(ids(&body, "requests"), [first], "the other can't be decided any more");
    assert_eq!(ids(&body, "invitations"), [fourth, third]);
    assert_eq!([&body["invitations"][0]["expired"], &body["invitations"][1]["expired"]], [false, true]);
}

#[tokio::test]
async fn an_organisation_sees_its_own_only() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    chloe().is_administrator(&house).await;
    bastien().is_there(&house).await;
    let mut other = house.signed_in(chloe().email()).await;
    let (mine, others) = (visitor.users().await.body, other.users().await.body);
    assert_eq!(names(&mine["users"]), ["Bastien Étienne", "Ève d’Almeida"]);
    assert_eq!(names(&others["users"]), ["Chloé Le Bihan"]);
}
