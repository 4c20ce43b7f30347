//! Accounts made at the desk (P1), their letters, and a password of one's own that is forgotten (P7).

use palier_domain::credentials::Channel;
use palier_domain::desk::Role;
use palier_server::partners::give_new;
use serde_json::{Value, json};

use crate::support::{House, OFFICE};

const INES: &str = "ines@caisse.example";

fn form() -> Value {
    json!({
        "code_organisme": "078", "ref_tiers": "270075", "rang": "12", "partner_name": "Office des Balcons",
        "email": "", "address_more": "", "address_street": "8 rue des Balcons", "address_town": "69003 LYON",
        "channel": "letter",
    })
}

fn with(changes: &[(&str, &str)]) -> Value {
    let mut form = form();
    for (name, value) in changes {
        form[*name] = json!(value);
    }
    form
}

#[tokio::test]
async fn p1_an_account_is_made_of_its_parts_and_given_a_letter() {
    let house = House::open_with_partners().await;
    let mut agent = house.at_the_desk(OFFICE, INES, Role::Operator).await;
    let made = agent.visitor.post("/api/desk/accounts", &form()).await;
    assert_eq!(made.status, 200, "{:?}", made.body);
    let number = "07802700750012";
    assert_eq!((&made.body["number"], &made.body["journal"][0]["kind"]), (&json!(number), &json!("made")));
    assert_eq!(made.body["address"], json!(["Office des Balcons", "8 rue des Balcons", "69003 LYON"]));
    let taken = agent.visitor.post("/api/desk/accounts", &with(&[("ref_tiers", "0270075")])).await;
    assert_eq!(taken.problem(), (409, "number_taken"));
    assert_eq!(taken.body["number"], "078 0270075 0012");

    assert_eq!(give_new(&house.state).await.expect("given"), 1);
    let letters = agent.sees("/api/desk/letters?search=balcons").await;
    let row = &letters["letters"][0];
    assert_eq!(
        (&row["number"], &row["state"], &row["open"]),
        (&json!(number), &json!("asked"), &json!(true))
    );
    assert_eq!(letters["paging"]["total"], 1);
    let overview = agent.sees("/api/desk/overview").await;
    assert_eq!((&overview["letters"]["waiting"], &overview["partners"]), (&json!(1), &json!(1)));
    assert_eq!(overview.get("clients"), None);

    let printed = agent.visitor.post("/api/desk/letters/print", &json!({})).await;
    assert!(printed.bytes.starts_with(b"%PDF"), "{:?}", printed.body);
    let references = json!({ "references": [row["reference"]] });
    let posted = agent.visitor.post("/api/desk/letters/posted", &references).await;
    assert_eq!(posted.body, json!({ "done": 1, "refused": [] }));
    let sheet = agent.sees(&format!("/api/desk/accounts/{number}")).await;
    assert_eq!((&sheet["state"], &sheet["letter"]["posted"]), (&json!("letter"), &json!("2026-11-22")));
    assert_eq!((&sheet["until"], &sheet["help"]), (&json!("2027-01-22"), &json!(["lost_by_letter"])));
    let lost = agent.visitor.post(&format!("/api/desk/accounts/{number}/lost_by_letter"), &json!({})).await;
    assert_eq!(lost.body["state"], "ordered", "{:?}", lost.body);
    let ended = agent.sees("/api/desk/letters?state=revoked").await;
    assert_eq!((&ended["letters"][0]["ending"], &ended["paging"]["total"]), (&json!("lost"), &json!(1)));
    let kinds: Vec<_> =
        lost.body["journal"].as_array().expect("entries").iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["lost_by_letter", "shown", "letter_posted", "made"]);
}

#[tokio::test]
async fn p1_each_part_that_is_wrong_is_told() {
    let house = House::open_with_partners().await;
    let mut agent = house.at_the_desk(OFFICE, INES, Role::Support).await;
    for (changes, wanted) in [
        (vec![("code_organisme", "78")], ("code_organisme", "part_length")),
        (vec![("ref_tiers", "0000000")], ("ref_tiers", "part_zero")),
        (vec![("rang", "1O")], ("rang", "user_number_digits")),
        (vec![("partner_name", "")], ("partner_name", "required")),
        (vec![("email", "balcons")], ("email", "email_at")),
        (vec![("address_town", "Lyon")], ("address_town", "address_town")),
        (vec![("address_street", ""), ("address_town", "")], ("address_street", "required")),
        (vec![("channel", "mail")], ("email", "required")),
        (vec![("channel", "")], ("channel", "required")),
    ] {
        let answer = agent.visitor.post("/api/desk/accounts", &with(&changes)).await;
        assert_eq!(answer.problem(), (422, "invalid"), "{changes:?}");
        let fields = answer.fields();
        assert_eq!((fields.len(), fields[0].0), (1, wanted.0), "{changes:?}: {fields:?}");
        if wanted.0 != "email" || wanted.1 == "required" {
            assert_eq!(fields[0].1, wanted.1, "{changes:?}");
        }
    }
}

#[tokio::test]
async fn p7_who_has_signed_in_gets_a_link() {
    let house = House::open_with_partners().await;
    let number = house.keeps_partner("1", "Office des Balcons", &[Channel::Mail]).await;
    let mut agent = house.at_the_desk(OFFICE, INES, Role::Support).await;
    let path = format!("/api/desk/accounts/{number}");
    let sent = agent.visitor.post(&format!("{path}/by_mail"), &json!({})).await;
    assert_eq!(sent.status, 200);
    let mail = house.letters().await.pop().expect("an e-mail").text;
    let marker = format!("#{number}-");
    let secret: String =
        mail.split_once(&marker).expect("a link").1.chars().take_while(char::is_ascii_alphanumeric).collect();
    let form =
        json!({ "user_number": number, "provisional_password": secret, "password": "wagon Vert 63 Noix" });
    let mut owner = house.visitor().at(OFFICE);
    let opened = owner.post("/api/partners/first-sign-in", &form).await;
    assert_eq!(opened.status, 200, "{:?}", opened.body);

    let sheet = agent.sees(&path).await;
    assert_eq!((&sheet["state"], &sheet["signed_in"]), (&json!("personal"), &json!(true)));
    assert_eq!((&sheet["help"], &sheet["until"]), (&json!(["reset"]), &json!("2027-05-22")));
    let refused = agent.visitor.post(&format!("{path}/by_mail"), &json!({})).await;
    assert_eq!(refused.problem(), (409, "help_refused"));
    let reset = agent.visitor.post(&format!("{path}/reset"), &json!({})).await;
    assert_eq!((reset.status.as_u16(), &reset.body["journal"][0]["kind"]), (200, &json!("reset")));
    let mail = house.letters().await.pop().expect("an e-mail").text;
    assert!(mail.contains("/mot-de-passe-oublie/nouveau#"), "{mail}");
    let shown = serde_json::to_string(&reset.body).expect("a text");
    assert!(!shown.contains(&secret) && !shown.contains("argon2"), "{shown}");
}
