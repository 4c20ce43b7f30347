//! The directory, the reminders, and another mediator by configuration alone (M6, M8).

use palier_server::mediation::reminders;
use serde_json::json;

use crate::support::{House, MEDIATOR, Visitor, correspondent, est, token_in, val};

async fn names(visitor: &mut Visitor, query: &str) -> Vec<String> {
    let answer = visitor.get(&format!("/api/directory?q={query}")).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let listed = answer.body["listed"].as_array().expect("a list");
    listed.iter().map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn the_directory_has_the_members_and_nobody_else() {
    let house = House::open().await;
    let mut anybody = house.visitor().at(MEDIATOR);
    assert!(names(&mut anybody, "habitat").await.is_empty());
    val().is_member(&house).await;
    est().is_certified(&house).await;
    correspondent("Logis des Forêts", "356000000", "c@forets.example").asks(&house, "asked").await;
    assert_eq!(names(&mut anybody, "VAL").await, ["Habitat du Val"]);
    assert!(names(&mut anybody, "logis").await.is_empty());
    // Another server learns of a new member at its next search.
    let other = house.another().await;
    let mut elsewhere = other.visitor().at(MEDIATOR);
    assert_eq!(names(&mut elsewhere, "habitt%20val").await, ["Habitat du Val"]);
    correspondent("Toits du Nord", "732829320", "c@nord.example").is_member(&house).await;
    assert_eq!(names(&mut elsewhere, "toit").await, ["Toits du Nord"]);
    let answer = anybody.get("/api/directory?q=val").await.body;
    assert_eq!(
        answer["listed"][0],
        json!({ "name": "Habitat du Val", "siren": "784671695", "since": "2026-11-22" })
    );
    for odd in ["", "%20", "a", "%27%3BDROP", &"x".repeat(3000)] {
        assert!(names(&mut anybody, odd).await.is_empty(), "{odd}");
    }
}

#[tokio::test]
async fn who_stops_half_way_is_reminded_and_can_stop_that() {
    let house = House::open().await;
    val().asks(&house, "never-certified").await;
    est().is_certified(&house).await;
    let due = async || reminders::send_due(&house.state).await.unwrap();
    assert_eq!(due().await, 0);
    house.wait_hours(7 * 24);
    assert_eq!(due().await, 2);
    assert_eq!(due().await, 0, "once each");
    let letters = house.letters().await;
    let kinds: Vec<_> = letters.iter().map(|it| (it.kind.as_str(), it.to.as_str())).collect();
    assert_eq!(
        kinds,
        [("identity_reminder", "mediation@val.example"), ("membership_reminder", "mediation@est.example")]
    );
    // The first link in the identity's reminder certifies it.
    let link = token_in(&letters[0].text);
    let mut visitor = house.visitor().at(MEDIATOR);
    assert_eq!(visitor.certify(&link).await.status, 200);
    house.letters().await;
    // The other one stops its own.
    let stop =
        letters[1].text.split("rappels#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let mut stopped = async |token: &str| {
        visitor.post("/api/mediation/reminders/stop", &json!({ "token": token })).await.problem().0
    };
    assert_eq!(stopped("x").await, 404);
    assert_eq!(stopped(&stop).await, 200);
    assert_eq!(stopped(&stop).await, 200, "a second click does as well");
    house.wait_hours(14 * 24);
    assert_eq!(due().await, 1, "the one that was certified meanwhile, counted from then");
    assert_eq!(house.post().await, [("membership_reminder".to_owned(), "mediation@val.example".to_owned())]);
    house.wait_hours(300 * 24);
    assert_eq!(due().await, 1);
    assert_eq!(house.letters().await.len(), 1);
    house.wait_hours(60 * 24);
    assert_eq!(due().await, 0, "twice at most");
}

#[tokio::test]
async fn two_servers_remind_once() {
    let house = House::open().await;
    est().is_certified(&house).await;
    let other = house.another().await;
    house.wait_hours(7 * 24);
    let (one, two) = tokio::join!(reminders::send_due(&house.state), reminders::send_due(&other.state));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(house.post().await.len(), 1);
}

#[tokio::test]
async fn members_are_left_in_peace() {
    let house = House::open().await;
    val().is_member(&house).await;
    house.wait_hours(400 * 24);
    assert_eq!(reminders::send_due(&house.state).await.unwrap(), 0);
}

/// Another mediator: other name, no partners, no code, its own contract. Nothing in code names either.
#[tokio::test]
async fn another_mediator_is_a_change_of_configuration() {
    let file = include_str!("../../../../demo/mediateur-hlm.toml");
    let start = file.find("[mediation]").expect("a section");
    let file = file[..start]
        .replace("slug = \"mediateur-hlm\"", "slug = \"autre-mediateur\"")
        .replace("name = \"Médiateur Hlm\"", "name = \"Médiation Nouvelle\"");
    let scheme = "[mediation]\ncontract = \"2027-01\"\n[mediation.campaign]\nopens = 2026-01-01\n\
                  [mediation.conditions]\nfr = \"L’adhésion est gratuite.\"\nen = \"Joining is free.\"\n";
    let preset = |language: &str| {
        let path = format!("../../end2end/presets/autre-mediateur/documents/contrat/2027-01/{language}.md");
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
            .expect("a contract")
    };
    let common = include_str!("../../../../demo/palier.toml").replace("# documents =", "documents =");
    let house = House::open_over(&[
        ("palier.toml", common),
        ("autre-mediateur.toml", file + scheme),
        ("documents/contrat/2027-01/fr.md", preset("fr")),
        ("documents/contrat/2027-01/en.md", preset("en")),
    ])
    .await;
    let portal = house.state.config().portal("autre-mediateur").expect("a portal").clone();
    let rules = portal.public.mediation.as_ref().expect("a scheme");
    assert!(rules.partners.is_empty() && !rules.asks_code);
    let mut visitor = house.visitor().at("autre-mediateur");
    assert_eq!(visitor.identify(&val(), "other-mediator").await.status, 202);
    let letters = house.letters().await;
    assert!(letters[0].text.contains("Médiation Nouvelle") && !letters[0].text.contains("Médiateur Hlm"));
    assert_eq!(visitor.certify(&token_in(&letters[0].text)).await.status, 200);
    val().signs_in(&mut visitor).await;
    let form = |agreed: &str| {
        json!({
            "representative_first_name": "Anne-Lise", "representative_surname": "Le Goff", "authorised": agreed,
        })
    };
    let contract = visitor.get("/api/mediation/contract").await.body;
    assert!(contract["html"].as_str().unwrap().contains("L’adhésion est gratuite."), "{contract}");
    assert_eq!(contract["version"], "2027-01");
    let agreed = contract["sha256"].as_str().unwrap();
    let mut once = visitor.clone().with("idempotency-key", "other-mediator-join");
    let mut with_code = form(agreed);
    with_code["promo_code"] = "USH2017".into();
    let refused = once.post("/api/mediation/memberships", &with_code).await;
    assert_eq!(refused.fields(), [("promo_code", "choice_unknown")]);
    let joined = once.post("/api/mediation/memberships", &form(agreed)).await;
    assert_eq!(joined.status, 201, "{:?}", joined.body);
    // The organisation has one identity at each mediator, apart.
    assert!(names(&mut house.visitor().at(MEDIATOR), "val").await.is_empty());
}
