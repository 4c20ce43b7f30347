//! Terms of use that change: asked for again, and read again as they were (A10).

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{Answer, House, MEDIATOR, Visitor, aurelie, claire, val};

const CONSENTS: &str = "/api/account/consents";
const PAGE: &str = "/cgu/accepter";
const NEXT: &str = "2027-01";

/// A house whose terms of 2027 are written, and in force nowhere yet.
async fn house() -> House {
    let common = include_str!("../../../../demo/palier.toml");
    let documents = "# documents = \"documents\"";
    assert!(common.contains(documents));
    let text = |title: &str| format!("# {title}\n\n{{landlord}} & Cie.\n");
    House::open_over(&[
        ("palier.toml", common.replacen(documents, "documents = \"documents\"", 1)),
        ("documents/cgu/2027-01/fr.md", text("Conditions de 2027")),
        ("documents/cgu/2027-01/en.md", text("Terms of 2027")),
    ])
    .await
}

/// The same house after its terms changed and the server was started again.
async fn later(house: &House) -> House {
    house.rewrite("extranet.toml", "version = \"2026-11\"", "version = \"2027-01\"");
    house.rewrite("mediateur-hlm.toml", "version = \"mediation-2026-11\"", "version = \"2027-01\"");
    house.another().await
}

/// Aurélie, who signed up under the first version and is signed in.
async fn tenant(house: &House) -> Visitor {
    let mut visitor = aurelie().has_account(house).await;
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    visitor
}

fn place(answer: &Answer) -> (u16, &str) {
    let location = answer.headers.get("location").map(|place| place.to_str().expect("a text"));
    (answer.status.as_u16(), location.unwrap_or_default())
}

fn versions(session: &Value) -> Vec<&str> {
    let consents = session["consents"].as_array().expect("consents");
    consents.iter().map(|consent| consent["version"].as_str().expect("a version")).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn the_terms_in_force_are_not_asked_for() {
    let house = house().await;
    let mut visitor = tenant(&house).await;
    assert_eq!(visitor.get("/api/account/session").await.body.get("due"), None);
    assert_eq!(place(&visitor.get(PAGE).await), (303, "/extranet/locataire"));
    // Given again, a consent stays the one it was.
    assert_eq!(visitor.post(CONSENTS, &json!({ "read_terms": "2026-11" })).await.status, 200);
    assert_eq!(versions(&visitor.get("/api/account/session").await.body), ["2026-11"]);
}

#[tokio::test]
async fn a_new_version_is_asked_for_at_the_next_sign_in() {
    let house = house().await;
    tenant(&house).await;
    let house = later(&house).await;
    let mut visitor = house.visitor();
    let answer = aurelie().signs_in(&mut visitor).await;
    assert_eq!((answer.status.as_u16(), &answer.body["due"]), (200, &json!("terms")));
    for (version, code) in [("2026-11", "terms_outdated"), ("", "required"), ("2028", "terms_outdated")] {
        let answer = visitor.post(CONSENTS, &json!({ "read_terms": version })).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("read_terms", code)]), "{version}");
    }
    assert_eq!(visitor.get("/api/account/session").await.body["due"], "terms");
    assert_eq!(visitor.post(CONSENTS, &json!({ "read_terms": NEXT })).await.status, 200);
    let session = visitor.get("/api/account/session").await.body;
    assert_eq!((versions(&session), session.get("due")), (vec![NEXT, "2026-11"], None));
    assert_eq!(aurelie().signs_in(&mut house.visitor()).await.body.get("due"), None);
}

#[tokio::test]
async fn until_then_the_api_answers_nothing_personal() {
    let house = house().await;
    let visitor = val().is_member(&house).await;
    let house = later(&house).await;
    let mut visitor = visitor.returns_to(&house);
    let draft = json!({ "page": "", "answers": {} });
    for _ in 0..2 {
        for path in ["/api/mediation/membership", "/api/mediation/contract", "/api/mediation/terms.pdf"] {
            assert_eq!(visitor.get(path).await.problem(), (403, "terms_due"), "{path}");
        }
        let kept = visitor.post("/api/mediation/membership/draft", &draft).await;
        assert_eq!(kept.problem(), (403, "terms_due"));
        assert_eq!(visitor.post("/api/account/session/extend", &json!({})).await.status, 204);
        // Neither a wrong consent nor reading the terms opens anything.
        assert_eq!(visitor.post(CONSENTS, &json!({ "read_terms": "mediation-2026-11" })).await.status, 422);
        assert_eq!(visitor.get("/api/documents/cgu").await.body["title"], "Conditions de 2027");
    }
    assert_eq!(visitor.post(CONSENTS, &json!({ "read_terms": NEXT })).await.status, 200);
    assert_eq!(visitor.get("/api/mediation/membership").await.status, 200);
    assert_eq!(visitor.delete("/api/account/session").await.status, 204);
    assert_eq!(visitor.post(CONSENTS, &json!({ "read_terms": NEXT })).await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn who_accepted_none_yet_is_asked_where_they_agree_to_them() {
    let house = house().await;
    let visitor = val().is_certified(&house).await;
    let house = later(&house).await;
    let mut visitor = visitor.returns_to(&house);
    assert_eq!(visitor.get("/api/account/session").await.body.get("due"), None);
    assert_eq!(visitor.get("/api/mediation/membership").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn accepted_in_several_tabs_it_is_one_consent() {
    let house = house().await;
    let visitor = tenant(&house).await;
    let house = later(&house).await;
    let tabs: Vec<_> = (0..6)
        .map(|_| {
            let mut tab = visitor.returns_to(&house);
            tokio::spawn(async move { tab.post(CONSENTS, &json!({ "read_terms": NEXT })).await.status })
        })
        .collect();
    for tab in tabs {
        assert_eq!(tab.await.expect("an answer"), 200);
    }
    let session = visitor.returns_to(&house).get("/api/account/session").await.body;
    assert_eq!(versions(&session), [NEXT, "2026-11"]);
}

#[tokio::test]
async fn what_was_accepted_is_read_again_years_later_to_the_byte() {
    let house = house().await;
    let visitor = tenant(&house).await;
    let first = house.state.documents().binding_terms("extranet").expect("terms");
    let house = later(&house).await;
    let mut visitor = visitor.returns_to(&house);
    assert_eq!(visitor.post(CONSENTS, &json!({ "read_terms": NEXT })).await.status, 200);
    let second = house.state.documents().binding_terms("extranet").expect("terms");
    // Their files are gone, and the landlord has another name.
    house.rewrite("documents/cgu/2027-01/fr.md", "Cie", "fils");
    house.rewrite("extranet.toml", "name = \"Habitat des Rives\"", "name = \"Habitat du Lac\"");
    let house = house.another().await;
    house.wait_hours(24 * 365 * 7);
    let mut visitor = house.visitor();
    let session = aurelie().signs_in(&mut visitor).await.body;
    let all = visitor.get("/cgu/acceptees").await.bytes;
    let all = String::from_utf8(all).expect("a page");
    for (consent, text) in session["consents"].as_array().expect("consents").iter().zip([second, first]) {
        let print = consent["sha256"].as_str().expect("a print");
        let answer = visitor.get(&format!("{CONSENTS}/{print}")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
        assert_eq!((sha256(&answer.bytes).as_str(), answer.bytes), (print, text.into_bytes()));
        let page = visitor.get(&format!("/cgu/acceptees/{print}")).await;
        let page = String::from_utf8(page.bytes).expect("a page");
        assert!(page.contains(print) && page.contains("<h1"), "{page}");
        assert!(all.contains(&format!("<li><a href=\"/extranet/cgu/acceptees/{print}\">Version ")), "{all}");
    }
    assert_eq!(session["due"], Value::Null, "the same version");
}

#[tokio::test]
async fn what_somebody_else_accepted_is_absent() {
    let house = house().await;
    tenant(&house).await;
    let second = later(&house).await;
    let print = house.state.config().portal("extranet").expect("it").public.terms.sha256.clone();
    // Somebody who signed up under the new terms never accepted the old ones.
    let mut stranger = claire().with("terms", NEXT).has_account(&second).await;
    assert_eq!(stranger.get(&format!("{CONSENTS}/{print}")).await.problem(), (401, "signed_out"));
    let path = format!("/cgu/acceptees/{print}");
    for path in [path.as_str(), "/cgu/acceptees"] {
        assert_eq!(place(&stranger.get(path).await), (303, "/extranet/connexion?retour=/compte"));
    }
    assert_eq!(claire().signs_in(&mut stranger).await.status, 200);
    for print in [print.as_str(), "%27", &"ab".repeat(32)] {
        let answer = stranger.get(&format!("{CONSENTS}/{print}")).await;
        assert_eq!(answer.problem(), (404, "not_found"), "{print}");
        assert_eq!(stranger.get(&format!("/cgu/acceptees/{print}")).await.status, 404, "{print}");
    }
}

#[tokio::test]
async fn the_page_asks_without_any_program_and_leads_on() {
    let house = house().await;
    let visitor = tenant(&house).await;
    let house = later(&house).await;
    let mut visitor = visitor.returns_to(&house);
    for path in ["/locataire", "/compte"] {
        let there = format!("/extranet{PAGE}?suite={path}");
        assert_eq!(place(&visitor.get(path).await), (303, there.as_str()));
    }
    assert_eq!(visitor.get("/cgu").await.status, visitor.get("/aide").await.status, "led nowhere else");
    let page = visitor.get(&format!("{PAGE}?suite=/compte")).await;
    assert_eq!((page.status.as_u16(), &page.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
    let page = String::from_utf8(page.bytes).expect("a page");
    for part in [
        "<html lang=\"fr\">",
        "<h1 tabindex=\"-1\">Les conditions générales d&#39;utilisation ont changé</h1>",
        "Version en vigueur\u{a0}: 2027-01.",
        "<a href=\"/extranet/cgu\"",
        "action=\"/extranet/cgu/accepter\"",
        "<input id=\"read_terms\" name=\"read_terms\" type=\"checkbox\" required><label for=\"read_terms\">",
        "name=\"version\" value=\"2027-01\"",
        "name=\"suite\" value=\"/compte\"",
        "?lang=en&amp;suite=/compte",
    ] {
        assert!(page.contains(part), "{part} isn't in {page}");
    }
    assert!(!page.contains("<script"), "{page}");
    for (form, words) in [
        ("what=accept&version=2027-01&suite=/compte", "Cochez la case"),
        ("what=accept&version=2026-11&read_terms=on&suite=/compte", "viennent encore de changer"),
    ] {
        let answer = visitor.fill(PAGE, form).await;
        assert_eq!(answer.status, 422);
        let page = String::from_utf8(answer.bytes).expect("a page");
        assert!(page.contains("<title>Erreur") && page.contains("role=\"alert\""), "{page}");
        assert!(page.contains("aria-invalid=\"true\" aria-describedby=\"read_terms-error\""), "{page}");
        assert_eq!(page.matches(words).count(), 2, "{page}");
    }
    let form = "what=accept&version=2027-01&read_terms=on&suite=/compte";
    let foreign = visitor.clone().with("sec-fetch-site", "cross-site").fill(PAGE, form).await;
    assert_eq!(foreign.problem(), (403, "foreign_request"));
    assert_eq!(place(&visitor.fill(PAGE, form).await), (303, "/extranet/compte"));
    assert_eq!(visitor.get("/api/account/session").await.body.get("due"), None);
}

#[tokio::test]
async fn the_page_leads_nowhere_but_to_personal_pages() {
    let house = house().await;
    let visitor = tenant(&house).await;
    let house = later(&house).await;
    for onward in ["//ailleurs.example", "https://ailleurs.example", "/aide", "/compte\"><b>", "compte", ""] {
        let mut visitor = visitor.returns_to(&house);
        let page = visitor.get(&format!("{PAGE}?suite={onward}").replace(['"', '<', '>'], "%22")).await;
        assert!(!String::from_utf8(page.bytes).expect("a page").contains("suite"), "{onward}");
        let form = format!("what=accept&version=2027-01&read_terms=on&suite={onward}");
        assert_eq!(place(&visitor.fill(PAGE, &form).await), (303, "/extranet/locataire"), "{onward}");
    }
    let mut nobody = house.visitor();
    assert_eq!(
        place(&nobody.get(&format!("{PAGE}?suite=/compte")).await).1,
        "/extranet/connexion?retour=/compte"
    );
    assert_eq!(
        place(&nobody.fill(PAGE, "what=accept&version=2027-01&read_terms=on").await).1,
        "/extranet/connexion"
    );
}

#[tokio::test]
async fn who_does_not_accept_signs_out_on_the_same_page() {
    let house = house().await;
    let visitor = tenant(&house).await;
    let house = later(&house).await;
    let mut visitor = visitor.returns_to(&house);
    assert_eq!(place(&visitor.fill(PAGE, "what=leave").await), (303, "/extranet/connexion"));
    assert_eq!(visitor.get("/api/account/session").await.problem(), (401, "signed_out"));
    let answer = aurelie().signs_in(&mut visitor).await;
    assert_eq!((versions(&answer.body), &answer.body["due"]), (vec!["2026-11"], &json!("terms")));
}

#[tokio::test]
async fn the_mediators_members_are_led_there_too() {
    let house = house().await;
    let visitor = val().is_member(&house).await;
    let house = later(&house).await;
    let mut visitor = visitor.returns_to(&house);
    let there = format!("/{MEDIATOR}{PAGE}?suite=/mediation/adhesion");
    assert_eq!(place(&visitor.get("/mediation/adhesion").await), (303, there.as_str()));
    assert_eq!(visitor.get("/mediation").await.headers.get("location"), None, "for everybody");
}
