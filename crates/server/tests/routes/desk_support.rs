//! The account of somebody who calls (P7, P8): found, told, helped.

use palier_domain::credentials::Channel;
use palier_domain::desk::Role;
use palier_server::store::desk_journal;
use serde_json::{Value, json};

use crate::support::{Agent, House, OFFICE, TO_MIDNIGHT};

const INES: &str = "ines@caisse.example";
const BOTH: [Channel; 2] = [Channel::Letter, Channel::Mail];

async fn support(house: &House) -> Agent {
    house.at_the_desk(OFFICE, INES, Role::Support).await
}

/// Kinds and subjects of the desk's journal, which must be whole.
async fn journal(house: &House) -> Vec<(String, String)> {
    let entries = desk_journal::list(house.state.store().read(), OFFICE).await.expect("a journal");
    assert!(entries.iter().all(|entry| entry.whole && entry.staff == INES), "{entries:?}");
    entries.into_iter().map(|entry| (entry.kind, entry.subject)).collect()
}

fn help(sheet: &Value) -> Vec<&str> {
    sheet["help"].as_array().expect("help").iter().filter_map(Value::as_str).collect()
}

fn done(agent: &Value) -> Vec<&str> {
    agent["journal"].as_array().expect("a journal").iter().filter_map(|it| it["kind"].as_str()).collect()
}

#[tokio::test]
async fn p7_somebody_is_found_by_number_name_or_address() {
    let house = House::open_with_partners().await;
    let first = house.keeps_partner("1", "SCI « L’Été »", &BOTH).await;
    let second = house.keeps_partner("2", "Office des Balcons", &[Channel::Mail]).await;
    let mut agent = support(&house).await;
    for (typed, found) in [
        (first.as_str(), vec![&first]),
        ("078%200270075%200002", vec![&second]),
        ("0002", vec![&second]),
        ("SCI%20l%27ete", vec![&first]),
        ("balcons", vec![&second]),
        ("LILAS1%40exemple.fr", vec![&first]),
        ("lilas", vec![&second, &first]),
        ("nobody", vec![]),
    ] {
        let page = agent.sees(&format!("/api/desk/accounts?search={typed}")).await;
        let numbers: Vec<&str> = page["accounts"]
            .as_array()
            .expect("rows")
            .iter()
            .filter_map(|it| it["number"].as_str())
            .collect();
        assert_eq!(numbers, found, "{typed}");
        assert_eq!(page["paging"]["total"], found.len(), "{typed}");
    }
    let nobody = agent.sees("/api/desk/accounts").await;
    assert_eq!(nobody["accounts"], json!([]));
    let written = journal(&house).await;
    assert_eq!(written.len(), 7, "each search that showed somebody: {written:?}");
    assert_eq!(written[6], ("searched".to_owned(), format!("{second} {first}")));
    // At another portal's desk nobody of them is found, and nobody is given an account.
    let mut other = house.at_the_desk(crate::support::BANK, INES, Role::Support).await;
    assert_eq!(other.sees("/api/desk/accounts?search=lilas").await["accounts"], json!([]));
    let path = format!("/api/desk/accounts/{first}");
    assert_eq!(other.visitor.get(&path).await.problem(), (404, "not_found"));
    assert_eq!(other.visitor.post("/api/desk/accounts", &json!({})).await.status, 400);
}

#[tokio::test]
async fn p8_identifiers_are_sent_again_when_over_or_lost_only() {
    let house = House::open_with_partners().await;
    let number = house.keeps_partner("1", "Office des Balcons", &BOTH).await;
    let path = format!("/api/desk/accounts/{number}");
    let mut agent = support(&house).await;
    let sheet = agent.sees(&path).await;
    assert_eq!((&sheet["state"], help(&sheet)), (&json!("nothing"), vec!["by_letter", "by_mail"]));
    assert_eq!((&sheet["signed_in"], sheet.get("lock")), (&json!(false), None));

    let sent = agent.visitor.post(&format!("{path}/by_mail"), &json!({})).await;
    assert_eq!((sent.status.as_u16(), &sent.body["state"]), (200, &json!("mail")), "{:?}", sent.body);
    assert_eq!(help(&sent.body), ["lost_by_letter", "lost_by_mail"]);
    assert_eq!((&sent.body["since"], &sent.body["until"]), (&json!("2026-11-22"), &json!("2026-12-06")));
    let before = house.partner(&number).await.opening.secret_hash.expect("a password");
    for refused in ["by_mail", "by_letter"] {
        let answer = agent.visitor.post(&format!("{path}/{refused}"), &json!({})).await;
        assert_eq!(answer.problem(), (409, "still_valid"));
        assert_eq!((&answer.body["until"], &answer.body["kind"]), (&json!("06/12/2026"), &json!("mail")));
    }
    assert_eq!(house.partner(&number).await.opening.secret_hash, Some(before), "nothing has changed");

    let lost = agent.visitor.post(&format!("{path}/lost_by_letter"), &json!({})).await;
    assert_eq!((lost.status.as_u16(), &lost.body["state"]), (200, &json!("ordered")), "{:?}", lost.body);
    assert_eq!(house.partner(&number).await.opening.secret_hash, None, "what was sent opens nothing");
    assert_eq!((help(&lost.body), &lost.body["letter"]["asked"]), (vec![], &json!("2026-11-22")));
    assert_eq!(done(&lost.body), ["lost_by_letter", "by_mail", "shown"]);
    let coming = agent.visitor.post(&format!("{path}/by_mail"), &json!({})).await;
    assert_eq!(coming.problem(), (409, "letter_coming"));
    let again = agent.visitor.post(&format!("{path}/lost_by_mail"), &json!({})).await;
    assert_eq!(again.problem(), (409, "letter_coming"));
    let reset = agent.visitor.post(&format!("{path}/reset"), &json!({})).await;
    assert_eq!(reset.problem(), (409, "help_refused"));
    let kinds: Vec<String> = journal(&house).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["shown", "by_mail", "lost_by_letter"], "what was refused wasn't done");
}

#[tokio::test]
async fn p8_a_second_decides_whether_what_was_sent_is_valid() {
    let house = House::open_with_partners().await;
    let number = house.keeps_partner("1", "Office des Balcons", &[Channel::Mail]).await;
    let path = format!("/api/desk/accounts/{number}");
    let mut agent = support(&house).await;
    agent.visitor.post(&format!("{path}/by_mail"), &json!({})).await;
    let until = house.now() + jiff::SignedDuration::from_hours(14 * 24 + TO_MIDNIGHT);
    house.set_clock(&(until - jiff::SignedDuration::from_secs(1)).to_string());
    agent.comes_again(&house).await;
    let answer = agent.visitor.post(&format!("{path}/by_mail"), &json!({})).await;
    assert_eq!(answer.problem(), (409, "still_valid"));
    house.set_clock(&until.to_string());
    let sheet = agent.sees(&path).await;
    assert_eq!((&sheet["state"], help(&sheet)), (&json!("over"), vec!["by_mail"]));
    let answer = agent.visitor.post(&format!("{path}/by_mail"), &json!({})).await;
    assert_eq!(answer.status, 200);
    // No postal address is known.
    let answer = agent.visitor.post(&format!("{path}/lost_by_letter"), &json!({})).await;
    assert_eq!(answer.problem(), (409, "no_address"));
    assert_eq!(agent.sees(&path).await["state"], "mail", "what was to be replaced is valid still");
}

#[tokio::test]
async fn p7_a_lock_is_told_with_its_end() {
    let house = House::open_with_partners().await;
    let number = house.keeps_partner("1", "Office des Balcons", &BOTH).await;
    let mut stranger = house.visitor().at(OFFICE).from("198.51.100.9");
    for _ in 0..5 {
        stranger.sign_in(&number, "not this one").await;
    }
    let mut agent = support(&house).await;
    let path = format!("/api/desk/accounts/{number}");
    let locked = json!({ "time": "09:10", "day": "2026-11-22", "whole_day": false });
    assert_eq!(agent.sees(&path).await["lock"], locked);
    house.wait_minutes(10);
    assert_eq!(agent.sees(&path).await.get("lock"), None);
}

#[tokio::test]
async fn landlords_look_and_do_nothing() {
    let house = House::open_with_partners().await;
    let number = house.keeps_partner("1", "Office des Balcons", &BOTH).await;
    let path = format!("/api/desk/accounts/{number}");
    let mut agent = house.at_the_desk(OFFICE, INES, Role::Landlord).await;
    assert_eq!(agent.sees(&path).await["help"], json!([]));
    for (path, body) in
        [(format!("{path}/by_mail"), json!({})), ("/api/desk/accounts".to_owned(), json!({ "rang": "1" }))]
    {
        assert_eq!(agent.visitor.post(&path, &body).await.problem(), (403, "role"));
    }
    assert_eq!(agent.visitor.get("/api/desk/accounts/07802700750009").await.status, 404);
    let mut nobody = house.visitor().at(OFFICE);
    assert_eq!(nobody.get(&path).await.problem(), (401, "signed_out"));
}
