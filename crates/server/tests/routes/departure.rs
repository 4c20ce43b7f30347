//! Leaving by one's own wish (T10): asked on line or at the desk, taken back, decided, told.

use palier_domain::desk::Role;
use palier_domain::values::{Date, LeaseReference, ReferenceFormat};
use palier_server::departure::rows;
use palier_server::leaving::close_due;
use palier_server::store::leases::{self, Exit};
use palier_server::store::{departures, desk_journal};
use serde_json::{Value, json};

use crate::support::{
    Agent, Answer, BANK, House, MAYOR, MEDIATOR, OFFICE, PASSWORD, Visitor, aurelie, awa, bastien, claire,
    eve, val, zoe,
};

const PATH: &str = "/api/account/departure";
const PORTAL: &str = "extranet";
const HERS: &str = "aurelie@exemple.fr";
const OLD: &str = "tram bleu 47";

/// A house where Aurélie is signed in, and nothing is in the mailbox.
async fn begun() -> (House, Visitor) {
    let house = House::open().await;
    let visitor = aurelie().has_account(&house).await;
    house.post().await;
    let mut visitor = visitor;
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    (house, visitor)
}

async fn asks(visitor: &mut Visitor, kind: &str, password: &str) -> Answer {
    let form = json!({ "kind": kind, "note": " Je pars à Lille. ", "present": password });
    visitor.post(PATH, &form).await
}

async fn asked(house: &House, visitor: &mut Visitor, kind: &str) -> Value {
    let answer = asks(visitor, kind, OLD).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    house.post().await;
    answer.body
}

async fn agent(house: &House, email: &'static str) -> Agent {
    house.at_the_desk(PORTAL, email, Role::Support).await
}

async fn decides(agent: &mut Agent, id: &Value, accept: bool, reason: &str) -> Answer {
    let form = json!({ "accept": accept, "reason": reason });
    agent.visitor.post(&format!("/api/desk/departures/{id}"), &form).await
}

fn states(view: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let requests = view["requests"].as_array().or_else(|| view["departures"].as_array());
    requests.expect("requests").iter().map(|it| (text(&it["kind"]), text(&it["state"]))).collect()
}

fn state(kind: &str, state: &str) -> (String, String) {
    (kind.to_owned(), state.to_owned())
}

#[tokio::test]
async fn t10_paperless_notices_are_stopped_alone() {
    let (house, mut visitor) = begun().await;
    let view = visitor.get(PATH).await.body;
    assert_eq!((&view["offers"], &view["answer_days"]), (&json!(["whole", "paperless"]), &json!(10)));
    assert_eq!((states(&view), &view["kept_months"]), (vec![], &json!(12)));
    let answer = asks(&mut visitor, "paperless", OLD).await;
    assert_eq!((answer.status.as_u16(), states(&answer.body)), (200, vec![state("paperless", "waiting")]));
    let letters = house.letters().await;
    assert_eq!(
        (letters[0].kind.as_str(), letters[0].to.as_str(), letters.len()),
        ("paperless_asked", HERS, 1)
    );
    assert!(letters[0].text.contains("02/12/2026"), "{}", letters[0].text);
    assert_eq!(answer.body["requests"][0]["until"], "02/12/2026");
    assert_eq!(answer.body["requests"][0]["note"], "Je pars à Lille.");
    // A second time, as from another tab: one request, and nobody is written to.
    let again = asks(&mut visitor, "paperless", OLD).await;
    assert_eq!(again.body, answer.body);
    assert_eq!(house.post().await, []);

    let mut ines = agent(&house, "ines@rives.example").await;
    let list = ines.sees("/api/desk/departures").await;
    let row = &list["departures"][0];
    assert_eq!((&row["name"], &row["lease"]), (&json!("Aurélie LEFÈVRE"), &json!("482173")));
    assert_eq!((&row["asked"], &row["late"]), (&json!("2026-11-22"), &json!(false)));
    assert_eq!(ines.sees("/api/desk/overview").await["departures"], 1);
    let sheet = ines.sees(&format!("/api/desk/accounts/{}", row["number"].as_str().expect("it"))).await;
    assert_eq!(states(&sheet), [state("paperless", "waiting")]);
    let told = decides(&mut ines, &sheet["departures"][0]["id"], true, "").await;
    assert_eq!((told.status.as_u16(), states(&told.body)), (200, vec![state("paperless", "accepted")]));
    assert_eq!(told.body["journal"][0]["kind"], "accept_paperless");
    assert_eq!(house.post().await, [("paperless_accepted".to_owned(), HERS.to_owned())]);

    let view = visitor.get(PATH).await.body;
    assert_eq!((states(&view), &view["offers"]), (vec![state("paperless", "accepted")], &json!(["whole"])));
    assert_eq!(asks(&mut visitor, "paperless", OLD).await.problem(), (409, "departure_left"));
    assert!(ines.sees("/api/desk/departures").await["departures"].as_array().expect("rows").is_empty());
    let portal = house.state.config().portal(PORTAL).expect("it");
    let [row] = &rows(house.state.store(), portal, house.now()).await.expect("rows")[..] else {
        panic!("one")
    };
    let row: Vec<&str> = row.iter().map(String::as_str).collect();
    assert_eq!(
        row[1..],
        ["Aurélie LEFÈVRE", "482173", "paperless", "accepted", "2026-11-22", "2026-11-22", "online", ""]
    );
    house.wait_hours(1);
    assert!(rows(house.state.store(), portal, house.now()).await.expect("rows").is_empty());
}

#[tokio::test]
async fn t10_who_leaves_the_whole_service_has_no_account_any_more() {
    let (house, mut visitor) = begun().await;
    asked(&house, &mut visitor, "paperless").await;
    let view = asked(&house, &mut visitor, "whole").await;
    assert_eq!(states(&view), [state("whole", "waiting"), state("paperless", "waiting")]);
    assert_eq!(visitor.get("/api/account/session").await.status, 200, "open until the answer");
    let mut ines = agent(&house, "ines@rives.example").await;
    let told = decides(&mut ines, &view["requests"][0]["id"], true, "").await;
    assert_eq!(states(&told.body), [state("whole", "accepted"), state("paperless", "overtaken")]);
    assert_eq!((&told.body["state"], &told.body["leavable"]), (&json!("closed"), &Value::Null));
    let letters = house.letters().await;
    assert_eq!((letters[0].kind.as_str(), letters.len()), ("departure_accepted", 1));
    assert!(letters[0].text.contains("12 mois"), "{}", letters[0].text);

    assert_eq!(visitor.get("/api/account/session").await.status, 401);
    assert_eq!(aurelie().signs_in(&mut house.visitor()).await.problem(), (403, "account_left"));
    let wrong = house.visitor().sign_in(HERS, "tram rouge 48").await;
    assert_eq!(wrong.code(), "sign_in_refused", "who doesn't know the password is told nothing");
    // The home is free, and so is the address.
    let token = aurelie().signs_up(&house, "another-submission").await;
    assert_eq!(house.visitor().confirm(&token).await.status, 200);
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    assert_eq!(visitor.get(PATH).await.body["offers"], json!(["whole", "paperless"]));
}

#[tokio::test]
async fn t10_a_refusal_has_a_reason_which_the_person_reads() {
    let (house, mut visitor) = begun().await;
    let view = asked(&house, &mut visitor, "whole").await;
    let id = &view["requests"][0]["id"];
    let mut ines = agent(&house, "ines@rives.example").await;
    assert_eq!(decides(&mut ines, id, false, " ").await.fields(), [("reason", "required")]);
    assert_eq!(decides(&mut ines, id, false, &"é".repeat(501)).await.fields(), [("reason", "too_long")]);
    let told = decides(&mut ines, id, false, " Un loyer reste dû. ").await;
    assert_eq!(states(&told.body), [state("whole", "refused")]);
    let letters = house.letters().await;
    assert_eq!((letters[0].kind.as_str(), letters.len()), ("departure_refused", 1));
    assert!(letters[0].text.contains("Un loyer reste dû."), "{}", letters[0].text);
    let view = visitor.get(PATH).await.body;
    assert_eq!(view["requests"][0]["reason"], "Un loyer reste dû.");
    assert_eq!(asked(&house, &mut visitor, "whole").await["requests"][0]["state"], "waiting");
}

#[tokio::test]
async fn t10_it_is_taken_back_as_long_as_it_waits() {
    let (house, mut visitor) = begun().await;
    let first = asked(&house, &mut visitor, "whole").await;
    let back = visitor.ask(axum::http::Method::DELETE, &format!("{PATH}/whole"), None).await;
    assert_eq!((back.status.as_u16(), states(&back.body)), (200, vec![state("whole", "withdrawn")]));
    let again = visitor.ask(axum::http::Method::DELETE, &format!("{PATH}/whole"), None).await;
    assert_eq!(again.problem(), (409, "departure_withdrawn"));
    let none = visitor.ask(axum::http::Method::DELETE, &format!("{PATH}/paperless"), None).await;
    assert_eq!(none.problem(), (409, "departure_decided"));
    // Asked again meanwhile: what the agent had on the screen is that first request all the same.
    let second = asked(&house, &mut visitor, "whole").await;
    let mut ines = agent(&house, "ines@rives.example").await;
    let late = decides(&mut ines, &first["requests"][0]["id"], true, "").await;
    assert_eq!(late.problem(), (409, "departure_withdrawn"));
    assert_eq!(visitor.get("/api/account/session").await.status, 200);
    let id = &second["requests"][0]["id"];
    assert_eq!(decides(&mut ines, id, false, "Pas encore.").await.status, 200);
    let mut noe = agent(&house, "noe@rives.example").await;
    assert_eq!(decides(&mut noe, id, true, "").await.problem(), (409, "departure_decided"));
    assert_eq!(decides(&mut noe, &json!(9_999), true, "").await.problem(), (404, "not_found"));
}

#[tokio::test]
async fn t10_the_password_is_asked_and_wrong_ones_count() {
    let (house, mut visitor) = begun().await;
    let empty = visitor.post(PATH, &json!({ "kind": "", "note": "é".repeat(501), "present": "" })).await;
    assert_eq!(empty.fields(), [("kind", "required"), ("note", "too_long"), ("present", "required")]);
    for left in (1..5).rev() {
        let answer = asks(&mut visitor, "whole", "tram vert 50").await;
        assert_eq!((answer.problem(), &answer.body["tries_left"]), ((401, "password_refused"), &json!(left)));
    }
    assert_eq!(asks(&mut visitor, "whole", "tram vert 50").await.problem(), (429, "locked"));
    assert_eq!(asks(&mut visitor, "whole", OLD).await.problem(), (429, "locked"));
    assert_eq!(asks(&mut house.visitor(), "whole", OLD).await.problem(), (401, "signed_out"));
    assert_eq!(house.visitor().get(PATH).await.problem(), (401, "signed_out"));
    house.letters().await;
    assert!(states(&visitor.get(PATH).await.body).is_empty());
}

#[tokio::test]
async fn t10_nobody_asks_without_an_end() {
    let (house, mut visitor) = begun().await;
    for _ in 0..5 {
        asked(&house, &mut visitor, "whole").await;
        visitor.ask(axum::http::Method::DELETE, &format!("{PATH}/whole"), None).await;
    }
    assert_eq!(asks(&mut visitor, "whole", OLD).await.problem(), (429, "too_many"));
    assert_eq!(house.post().await, []);
    assert_eq!(states(&visitor.get(PATH).await.body), [state("whole", "withdrawn")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn t10_two_tabs_and_two_agents_at_once() {
    let (house, mut visitor) = begun().await;
    let mut other = house.visitor();
    assert_eq!(aurelie().signs_in(&mut other).await.status, 200);
    let (one, two) = tokio::join!(asks(&mut visitor, "whole", OLD), asks(&mut other, "whole", OLD));
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (200, 200), "{:?} {:?}", one.body, two.body);
    assert_eq!(one.body["requests"][0]["id"], two.body["requests"][0]["id"]);
    assert_eq!(house.post().await, [("departure_asked".to_owned(), HERS.to_owned())]);
    let id = &one.body["requests"][0]["id"];
    let (mut ines, mut noe) =
        (agent(&house, "ines@rives.example").await, agent(&house, "noe@rives.example").await);
    let (yes, no) = tokio::join!(decides(&mut ines, id, true, ""), decides(&mut noe, id, false, "Non."));
    let mut problems = [yes.problem(), no.problem()].map(|(status, code)| (status, code.to_owned()));
    problems.sort();
    assert_eq!(problems[0].0, 200, "{problems:?}");
    assert_eq!(problems[1], (409, "departure_decided".to_owned()));
    assert_eq!(house.post().await.len(), 1, "one answer");
}

#[tokio::test]
async fn t10_asked_at_the_desk_for_who_calls() {
    let (house, mut visitor) = begun().await;
    let mut ines = agent(&house, "ines@rives.example").await;
    let number = ines.sees("/api/desk/accounts?search=lefevre").await["accounts"][0]["number"].clone();
    let path = format!("/api/desk/accounts/{}/departures", number.as_str().expect("it"));
    let told = ines.visitor.post(&path, &json!({ "kind": "paperless", "note": "Au téléphone." })).await;
    assert_eq!((told.status.as_u16(), &told.body["leavable"]), (200, &json!(["whole"])));
    let known = &told.body["departures"][0];
    assert_eq!((&known["at_desk"], &known["state"]), (&json!(true), &json!("waiting")));
    assert_eq!(house.post().await, [("paperless_asked".to_owned(), HERS.to_owned())]);
    let twice = ines.visitor.post(&path, &json!({ "kind": "paperless" })).await;
    assert_eq!(twice.problem(), (409, "departure_decided"));
    assert_eq!(visitor.get(PATH).await.body["requests"][0]["at_desk"], true);
    let entries = desk_journal::list(house.state.store().read(), PORTAL).await.expect("a journal");
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["searched", "ask_paperless"]);
    // Who may only look sees it, and decides nothing.
    let mut bea = house.at_the_desk(PORTAL, "bea@rives.example", Role::Landlord).await;
    assert_eq!(bea.sees("/api/desk/departures").await["paging"]["total"], 1);
    let sheet = bea.sees(&format!("/api/desk/accounts/{}", number.as_str().expect("it"))).await;
    assert_eq!((states(&sheet), &sheet["leavable"]), (vec![state("paperless", "waiting")], &Value::Null));
    assert_eq!(decides(&mut bea, &known["id"], true, "").await.problem(), (403, "role"));
    assert_eq!(bea.visitor.post(&path, &json!({ "kind": "whole" })).await.problem(), (403, "role"));
    // Another portal's desk knows nothing of it.
    let mut ali = house.at_the_desk("ekidom", "ali@ekidom.example", Role::Operator).await;
    assert_eq!(ali.sees("/api/desk/departures").await["paging"]["total"], 0);
    assert_eq!(decides(&mut ali, &known["id"], true, "").await.problem(), (404, "not_found"));
    assert_eq!(house.visitor().get("/api/desk/departures").await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn t10_what_is_offered_follows_the_portals_file_and_whose_account_it_is() {
    let house = House::open().await;
    awa().has_account(&house).await;
    let mut tenant = house.visitor().at("ekidom");
    assert_eq!(awa().signs_in(&mut tenant).await.status, 200);
    assert_eq!(tenant.get(PATH).await.body["offers"], json!(["whole"]));
    let form = json!({ "kind": "paperless", "note": "", "present": "tram Bleu 47 Vigne" });
    assert_eq!(tenant.post(PATH, &form).await.problem(), (409, "departure_left"));
    // The only correspondent of an organisation stays.
    let mut correspondent = val().is_certified(&house).await;
    assert_eq!(val().signs_in(&mut correspondent).await.status, 200);
    let view = correspondent.get(PATH).await.body;
    assert_eq!((&view["offers"], &view["obstacle"]), (&json!([]), &json!("only_correspondent")));
    let password = val().identity["password"].as_str().expect("a password").to_owned();
    assert_eq!(asks(&mut correspondent, "whole", &password).await.problem(), (409, "only_correspondent"));
    assert_eq!(house.visitor().at(MEDIATOR).get(PATH).await.problem(), (401, "signed_out"));
    // Accounts that were given out are closed by who gave them.
    let mut desk = house.at_the_desk(OFFICE, "ali@caisse.example", Role::Operator).await;
    assert_eq!(desk.visitor.get("/api/desk/departures").await.problem(), (404, "not_found"));
    assert_eq!(desk.sees("/api/desk/overview").await["departures"], Value::Null);
}

#[tokio::test]
async fn t10_an_organisation_is_left_by_all_but_its_last_administrator() {
    let house = House::open().await;
    let mut alone = house.administrator().await;
    house.post().await;
    let view = alone.get(PATH).await.body;
    assert_eq!((&view["offers"], &view["obstacle"]), (&json!([]), &json!("last_administrator")));
    assert_eq!(asks(&mut alone, "whole", PASSWORD).await.problem(), (409, "last_administrator"));
    bastien().is_there(&house).await;
    let mut user = bastien().signs_in(&house).await;
    let asked = asks(&mut user, "whole", PASSWORD).await;
    assert_eq!(asked.status, 200, "{:?}", asked.body);
    zoe().is_there(&house).await;
    let view = asks(&mut alone, "whole", PASSWORD).await;
    assert_eq!(view.status, 200, "one of two may: {:?}", view.body);
    house.post().await;
    let mut desk = house.at_the_desk(BANK, "ali@prets.example", Role::Operator).await;
    let done = decides(&mut desk, &asked.body["requests"][0]["id"], true, "").await;
    assert_eq!((done.status.as_u16(), &done.body["state"]), (200, &json!("closed")));
    assert_eq!(user.get("/api/account/session").await.status, 401);
    let (kind, details) = house.last_entry(MAYOR).await;
    assert_eq!((kind.as_str(), &details["email"]), ("user_left", &json!(bastien().email)));
    // The other one was removed meanwhile: whoever is left stays, whatever was asked before.
    let zoes = house.account(zoe().email).await;
    assert_eq!(alone.decides(zoes, "remove").await.status, 200);
    let late = decides(&mut desk, &view.body["requests"][0]["id"], true, "").await;
    assert_eq!(late.problem(), (409, "last_administrator"));
    assert_eq!(alone.get("/api/account/session").await.status, 200);
    assert!(house.signed_in(eve().email()).await.get(PATH).await.status.is_success());
}

#[tokio::test]
async fn t10_who_left_the_home_meanwhile_has_nothing_to_wait_for() {
    let (house, mut visitor) = begun().await;
    let view = asked(&house, &mut visitor, "whole").await;
    let reference = LeaseReference::parse("482173", &ReferenceFormat::any()).expect("a reference");
    let exits = [Exit { reference, left_on: Date::parse_text("2026-08-01") }];
    leases::set_exits(house.state.store().write(), PORTAL, &exits, house.now()).await.expect("kept");
    close_due(&house.state).await.expect("warned");
    house.wait_hours(24 * 5);
    close_due(&house.state).await.expect("closed");
    let mut ines = agent(&house, "ines@rives.example").await;
    assert_eq!(ines.sees("/api/desk/departures").await["paging"]["total"], 0);
    let late = decides(&mut ines, &view["requests"][0]["id"], true, "").await;
    assert_eq!(late.problem(), (409, "departure_decided"));
    assert_eq!(aurelie().signs_in(&mut visitor).await.problem(), (403, "account_closed"), "not by a wish");
}

#[tokio::test]
async fn t10_the_list_tells_what_is_late_the_oldest_first() {
    let (house, mut visitor) = begun().await;
    asked(&house, &mut visitor, "whole").await;
    house.wait_hours(24);
    let mut other = claire().has_account(&house).await;
    assert_eq!(claire().signs_in(&mut other).await.status, 200);
    let password = claire().text("password").to_owned();
    assert_eq!(asks(&mut other, "paperless", &password).await.status, 200);
    // Asked on 22 November, to be answered on 2 December: late from the 3rd on, in Paris.
    house.set_clock("2026-12-02T22:59:59Z");
    let mut ines = agent(&house, "ines@rives.example").await;
    let late = |list: &Value| {
        list["departures"].as_array().expect("rows").iter().map(|it| it["late"] == true).collect::<Vec<_>>()
    };
    assert_eq!(late(&ines.sees("/api/desk/departures").await), [false, false]);
    house.wait(jiff::SignedDuration::from_secs(1));
    let list = ines.sees("/api/desk/departures").await;
    assert_eq!(late(&list), [true, false]);
    assert_eq!(list["departures"][0]["name"], "Aurélie LEFÈVRE");
    let waiting = departures::count_waiting(house.state.store().read(), PORTAL).await.expect("a count");
    assert_eq!(waiting, 2);
}
