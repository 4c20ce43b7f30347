//! One's own account, in the browser (T8, T9).

mod support;

use support::{Robot, Site, boot, french, portal, session, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const PRESENT: &str = "Mot de passe actuel";
const NEW_EMAIL: &str = "Nouvelle adresse e-mail";

fn signed_in() -> palier_domain::wire::Boot {
    let mut boot = boot(portal());
    boot.session = Some(session());
    boot
}

fn problem(status: u16, code: &str, data: &str) -> String {
    format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"{data}}}"#)
}

const TWO: &str = r#"{"sessions":[
    {"id":7,"browser":"Firefox","system":"Windows","began":"2026-11-22T08:00:00Z","seen":"2026-11-22T08:10:00Z","this":true,"stay":false},
    {"id":5,"browser":"","system":"","began":"2026-11-20T08:00:00Z","seen":"2026-11-21T08:10:00Z","this":false,"stay":true}]}"#;
const ONE: &str = r#"{"sessions":[
    {"id":7,"browser":"Firefox","system":"Windows","began":"2026-11-22T08:00:00Z","seen":"2026-11-22T08:10:00Z","this":true,"stay":false}]}"#;

#[wasm_bindgen_test]
async fn devices_are_listed_and_signed_out() {
    let robot = Robot::come();
    robot.will_answer(200, TWO);
    let _site = Site::open(signed_in(), "/compte").await;
    robot.sees("Firefox sur Windows").await;
    robot.sees("Cet appareil").await;
    robot.sees("Appareil inconnu").await;
    robot.sees("Reste connecté pendant 30 jours").await;
    robot.sees("version 2026-11").await;
    robot.will_answer(204, "");
    robot.will_answer(200, ONE);
    robot.click("Déconnecter tous les autres appareils");
    robot.sees("C'est fait.").await;
    until("one device", || !robot.reads().contains("Appareil inconnu")).await;
    assert_eq!(
        (robot.call(1, "method"), robot.call(1, "url")),
        ("DELETE".into(), "/api/account/sessions".into())
    );
}

#[wasm_bindgen_test]
async fn another_address_is_asked_with_the_present_password() {
    let robot = Robot::come();
    let site = Site::open(signed_in(), "/compte/adresse").await;
    robot.arrives_at("Modifier mon adresse e-mail").await;
    robot.sees("aurelie@exemple.fr").await;
    robot.type_in(NEW_EMAIL, "lefevre@exemple.fr");
    robot.type_in(PRESENT, "pas le bon 1");
    robot.will_answer(401, &problem(401, "password_refused", r#","tries_left":3"#));
    robot.click("Changer d'adresse");
    robot.sees("Essais restants avant un blocage temporaire : 3").await;
    until("an empty password", || robot.value(PRESENT).is_empty()).await;
    assert_eq!(robot.value(NEW_EMAIL), "lefevre@exemple.fr");
    robot.type_in(PRESENT, "tram Bleu 47");
    robot.will_answer(202, "{}");
    robot.click("Changer d'adresse");
    robot.arrives_at("Consultez la nouvelle messagerie").await;
    assert_eq!(site.path(), "/compte/adresse?envoye");
    assert!(!support::kept().contains("tram Bleu 47"));
}

#[wasm_bindgen_test]
async fn links_say_what_became_of_them() {
    for (path, status, code, heading) in [
        ("confirmation", 200, "", french("email_confirmation.done.title")),
        ("confirmation", 410, "link_expired", french("email_confirmation.link_expired.title")),
        ("confirmation", 409, "email_taken", french("email_confirmation.email_taken.title")),
        ("opposition", 200, "", french("email_objection.done.title")),
        ("opposition", 410, "link_used", french("email_objection.link_used.title")),
    ] {
        let robot = Robot::come();
        let address = format!("/compte/adresse/{path}#{}", "A".repeat(43));
        let _site = Site::open(boot(portal()), &address).await;
        let words = if path == "opposition" { "Arrêter le changement" } else { "Confirmer mon adresse" };
        robot.will_answer(status, &if status == 200 { "{}".to_owned() } else { problem(status, code, "") });
        support::js("document.querySelector('form button').click()");
        robot.arrives_at(&heading).await;
        assert!(!robot.reads().contains("Recevoir un nouveau lien"), "{words}");
    }
}

#[wasm_bindgen_test]
async fn another_password_leads_back_to_the_account() {
    let robot = Robot::come();
    let site = Site::open(signed_in(), "/compte/mot-de-passe").await;
    robot.arrives_at("Modifier mon mot de passe").await;
    robot.type_in(PRESENT, "tram bleu 47");
    robot.type_in("Nouveau mot de passe", "tram bleu 47");
    robot.click("Enregistrer ce mot de passe");
    robot.sees("C'est votre mot de passe actuel.").await;
    robot.type_in("Nouveau mot de passe", "tram rouge 48");
    robot.will_answer(204, "");
    robot.will_answer(200, &serde_json::to_string(&session()).expect("a session"));
    robot.will_answer(200, ONE);
    robot.click("Enregistrer ce mot de passe");
    robot.arrives_at("Mon compte").await;
    robot.sees("Votre mot de passe est modifié.").await;
    assert_eq!(site.path(), "/compte");
}
