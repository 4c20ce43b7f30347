//! Accounts that people made themselves, told and helped at the desk (P7).

use jiff::SignedDuration;
use palier_domain::desk::Role;
use palier_domain::values::{Date, LeaseReference, ReferenceFormat};
use palier_server::leaving::close_due;
use palier_server::store::desk_journal;
use palier_server::store::leases::{self, Exit};
use serde_json::{Value, json};

use crate::support::{Agent, House, aurelie, claire, token_in};

const PORTAL: &str = "extranet";
const INES: &str = "ines@rives.example";
const HERS: &str = "aurelie@exemple.fr";

async fn agent(house: &House) -> Agent {
    house.at_the_desk(PORTAL, INES, Role::Support).await
}

async fn found(agent: &mut Agent, typed: &str) -> Vec<Value> {
    let page = agent.sees(&format!("/api/desk/accounts?search={typed}")).await;
    let rows = page["accounts"].as_array().expect("rows").clone();
    assert_eq!(page["paging"]["total"], rows.len(), "{typed}");
    rows
}

/// The sheet of who is found by that.
async fn sheet(agent: &mut Agent, typed: &str) -> Value {
    let rows = found(agent, typed).await;
    assert_eq!(rows.len(), 1, "{typed}: {rows:?}");
    let number = rows[0]["number"].as_str().expect("a number");
    agent.sees(&format!("/api/desk/accounts/{number}")).await
}

async fn helps(agent: &mut Agent, sheet: &Value, help: &str) -> crate::support::Answer {
    let number = sheet["number"].as_str().expect("a number");
    agent.visitor.post(&format!("/api/desk/accounts/{number}/{help}"), &json!({})).await
}

fn help(sheet: &Value) -> Vec<&str> {
    sheet["help"].as_array().expect("help").iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn p7_a_tenant_is_found_by_identifier_name_address_or_reference() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    claire().has_account(&house).await;
    let mut agent = agent(&house).await;
    let identifier = found(&mut agent, "lefevre").await[0]["number"].as_str().expect("a number").to_owned();
    for typed in
        ["LEF%C3%88VRE%20aurelie", "Aur%C3%A9lie%20Lef%C3%A8vre", HERS, "482173", "0482173", &identifier]
    {
        let rows = found(&mut agent, typed).await;
        assert_eq!(rows.len(), 1, "{typed}");
        assert_eq!((&rows[0]["name"], &rows[0]["state"]), (&json!("Aurélie LEFÈVRE"), &json!("personal")));
    }
    assert!(found(&mut agent, "4821").await.is_empty(), "a part of a reference finds nobody");
    assert!(found(&mut agent, "").await.is_empty());
    let told = sheet(&mut agent, "482173").await;
    assert_eq!((&told["email"], &told["address"][0]), (&json!(HERS), &json!("482173")));
    assert_eq!(help(&told), ["reset", "identifier"]);
    assert!(!told.to_string().contains("argon2"), "no hash");
    // Somewhere else it is nobody.
    let mut elsewhere = house.at_the_desk("ekidom", "ali@ekidom.example", Role::Support).await;
    assert!(found(&mut elsewhere, "lefevre").await.is_empty());
    let path = format!("/api/desk/accounts/{identifier}");
    assert_eq!(elsewhere.visitor.get(&path).await.problem(), (404, "not_found"));
}

#[tokio::test]
async fn p7_what_helps_is_done_and_written_down() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut agent = agent(&house).await;
    house.post().await;
    let told = sheet(&mut agent, "lefevre").await;
    for (what, kind) in [("reset", "password_reset"), ("identifier", "identifier_reminder")] {
        let answer = helps(&mut agent, &told, what).await;
        assert_eq!((answer.status.as_u16(), &answer.body["journal"][0]["kind"]), (200, &json!(what)));
        assert_eq!(house.post().await, [(kind.to_owned(), HERS.to_owned())]);
    }
    for what in ["resend", "by_mail", "lost_by_letter"] {
        assert_eq!(helps(&mut agent, &told, what).await.problem(), (409, "help_refused"), "{what}");
    }
    assert_eq!(helps(&mut agent, &told, "password").await.problem(), (404, "not_found"));
    assert!(house.post().await.is_empty());
    let entries = desk_journal::list(house.state.store().read(), PORTAL).await.expect("a journal");
    assert!(entries.iter().all(|entry| entry.whole && entry.staff == INES), "{entries:?}");
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["searched", "shown", "reset", "identifier"]);
    // Who may only look is shown nothing to do.
    let mut landlord = house.at_the_desk(PORTAL, "bea@rives.example", Role::Landlord).await;
    let told = sheet(&mut landlord, "lefevre").await;
    assert!(help(&told).is_empty());
    assert_eq!(helps(&mut landlord, &told, "reset").await.status, 403);
}

#[tokio::test]
async fn p7_who_waits_for_the_first_e_mail_is_sent_it_again() {
    let house = House::open().await;
    let first = aurelie().signs_up(&house, "one").await;
    let mut agent = agent(&house).await;
    house.post().await;
    let told = sheet(&mut agent, HERS).await;
    assert_eq!((&told["state"], help(&told)), (&json!("unconfirmed"), vec!["resend"]));
    assert_eq!((&told["signed_in"], &told["until"]), (&json!(false), &json!("2026-11-23")));
    assert!(found(&mut agent, "aurelie").await.is_empty(), "by the whole address alone");
    // One second before its end, and after.
    house.wait(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    let mut agent = house.at_the_desk(PORTAL, "noe@rives.example", Role::Support).await;
    assert_eq!(sheet(&mut agent, HERS).await["state"], "unconfirmed");
    house.wait(SignedDuration::from_secs(1));
    let told = sheet(&mut agent, HERS).await;
    assert_eq!((&told["state"], help(&told)), (&json!("lapsed"), vec!["resend"]));
    house.letters().await;
    let answer = helps(&mut agent, &told, "resend").await;
    assert_eq!((answer.status.as_u16(), &answer.body["state"]), (200, &json!("unconfirmed")));
    let letters = house.letters().await;
    assert_eq!(letters.len(), 1);
    let fresh = token_in(&letters[0].text);
    assert_ne!(fresh, first);
    let mut visitor = house.visitor();
    let confirmed = visitor.confirm(&fresh).await;
    assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);
    assert_eq!(
        helps(&mut agent, &told, "resend").await.problem(),
        (404, "not_found"),
        "there is an account now"
    );
    assert_eq!(sheet(&mut agent, HERS).await["state"], "personal");
}

#[tokio::test]
async fn p7_who_leaves_is_told_until_when_and_then_that_it_is_closed() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let reference = LeaseReference::parse("482173", &ReferenceFormat::any()).expect("a reference");
    let exits = [Exit { reference, left_on: Date::parse_text("2026-08-30") }];
    leases::set_exits(house.state.store().write(), PORTAL, &exits, house.now()).await.expect("kept");
    close_due(&house.state).await.expect("warned");
    let mut desk = agent(&house).await;
    let told = sheet(&mut desk, HERS).await;
    assert_eq!((&told["state"], &told["until"]), (&json!("closing"), &json!("2026-11-30")));
    assert_eq!(help(&told), ["reset", "identifier"]);
    house.set_clock("2026-11-30T23:00:00Z");
    close_due(&house.state).await.expect("closed");
    let mut desk = house.at_the_desk(PORTAL, "noe@rives.example", Role::Support).await;
    let told = sheet(&mut desk, HERS).await;
    assert_eq!((&told["state"], help(&told)), (&json!("closed"), vec!["erased"]));
    assert_eq!(helps(&mut desk, &told, "reset").await.problem(), (409, "help_refused"));
}

#[tokio::test]
async fn d4_who_has_left_is_erased_at_their_wish_and_nobody_else() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut desk = agent(&house).await;
    let told = sheet(&mut desk, HERS).await;
    assert_eq!(
        helps(&mut desk, &told, "erased").await.problem(),
        (409, "help_refused"),
        "the account is open"
    );
    let reference = LeaseReference::parse("482173", &ReferenceFormat::any()).expect("a reference");
    let exits = [Exit { reference, left_on: Date::parse_text("2026-08-30") }];
    leases::set_exits(house.state.store().write(), PORTAL, &exits, house.now()).await.expect("kept");
    close_due(&house.state).await.expect("warned");
    house.set_clock("2026-11-30T23:00:00Z");
    close_due(&house.state).await.expect("closed");
    let mut landlord = house.at_the_desk(PORTAL, "bea@rives.example", Role::Landlord).await;
    assert_eq!(helps(&mut landlord, &told, "erased").await.status, 403);
    let mut desk = house.at_the_desk(PORTAL, "noe@rives.example", Role::Support).await;
    let gone = helps(&mut desk, &told, "erased").await;
    assert_eq!(
        (gone.status.as_u16(), &gone.body["state"], help(&gone.body)),
        (200, &json!("erased"), Vec::new())
    );
    assert_eq!((&gone.body["name"], &gone.body["journal"][0]["kind"]), (&json!(""), &json!("erased")));
    assert!(!gone.body.to_string().contains(HERS));
    assert!(found(&mut desk, HERS).await.is_empty());
    assert_eq!(helps(&mut desk, &told, "erased").await.problem(), (404, "not_found"), "once");
    assert_eq!(aurelie().signs_in(&mut house.visitor()).await.problem(), (401, "sign_in_refused"));
}

#[tokio::test]
async fn p7_who_tried_too_often_is_told_until_when() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    for _ in 0..5 {
        visitor.sign_in(HERS, "tram rouge 48").await;
    }
    let mut agent = agent(&house).await;
    let told = sheet(&mut agent, HERS).await;
    assert_eq!((&told["lock"]["time"], &told["lock"]["whole_day"]), (&json!("09:10"), &json!(false)));
}
