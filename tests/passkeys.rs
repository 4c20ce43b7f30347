//! Passkeys, in the browser (X3): devices are played by the test, which answers as browsers do.

mod support;

use support::{Robot, Site, boot, french, js, portal, session, text, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const PRESENT: &str = "Mot de passe actuel";
const NONE: &str = r#"{"passkeys":[]}"#;
const ONE: &str = r#"{"passkeys":[{"id":12,"browser":"Firefox","system":"Windows","added":"2026-11-22T08:00:00Z","used":null}]}"#;
const CHALLENGE: &str = r#"{"handle":"poignée","options":"{\"challenge\":\"AbC\"}"}"#;

fn signed_in() -> palier_domain::wire::Boot {
    let mut boot = boot(portal());
    boot.session = Some(session());
    boot
}

/// A browser whose device answers, or fails by that name.
fn device(fails: &str) {
    js(&format!(
        r#"
        window.asked = [];
        window.PublicKeyCredential = {{
          parseCreationOptionsFromJSON: (options) => ({{ made: options }}),
          parseRequestOptionsFromJSON: (options) => ({{ used: options }}),
        }};
        const answer = async (question) => {{
          window.asked.push(question);
          if ({fails:?}) throw new DOMException('', {fails:?});
          return {{ toJSON: () => ({{ id: 'clé' }}) }};
        }};
        Object.defineProperty(navigator, 'credentials', {{ configurable: true, value: {{ create: answer, get: answer }} }});
        "#
    ));
}

fn asked() -> String {
    text("JSON.stringify(window.asked)")
}

#[wasm_bindgen_test]
async fn a_passkey_is_added() {
    device("");
    let robot = Robot::come();
    robot.will_answer(200, NONE);
    let site = Site::open(signed_in(), "/compte/cles").await;
    robot.sees(&french("passkeys.none")).await;
    robot.will_answer(200, &serde_json::to_string(&session()).expect("a session"));
    robot.click("Ajouter une clé d'accès");
    robot.arrives_at("Ajouter une clé d'accès").await;
    robot.click("Continuer");
    robot.sees("Saisissez votre mot de passe actuel.").await;
    robot.type_in(PRESENT, "tram bleu 47");
    robot.will_answer(200, CHALLENGE);
    robot.will_answer(204, "");
    robot.will_answer(200, &serde_json::to_string(&session()).expect("a session"));
    robot.will_answer(200, ONE);
    robot.click("Continuer");
    robot.arrives_at("Clés d'accès").await;
    robot.sees(&french("passkeys.done")).await;
    assert_eq!(site.path(), "/compte/cles");
    assert_eq!(asked(), r#"[{"publicKey":{"made":{"challenge":"AbC"}}}]"#);
    let sent = (0..robot.calls())
        .find(|it| robot.call(*it, "url") == "/api/account/passkeys" && robot.call(*it, "method") == "POST");
    let body = robot.call(sent.expect("sent"), "body");
    assert_eq!(body, r#"{"handle":"poignée","credential":"{\"id\":\"clé\"}"}"#);
    assert!(!support::kept().contains("tram bleu 47"));
}

#[wasm_bindgen_test]
async fn whatever_a_device_refuses_has_a_way_out() {
    for (fails, key) in [
        ("NotAllowedError", "passkey.cancelled"),
        ("AbortError", "passkey.cancelled"),
        ("InvalidStateError", "passkey.known"),
        ("ConstraintError", "passkey.missing"),
        ("NotSupportedError", "passkey.missing"),
        ("SecurityError", "passkey.elsewhere"),
        ("UnknownError", "passkey.unsupported"),
    ] {
        device(fails);
        let robot = Robot::come();
        let site = Site::open(signed_in(), "/compte/cles/ajouter").await;
        robot.arrives_at("Ajouter une clé d'accès").await;
        robot.type_in(PRESENT, "tram bleu 47");
        robot.will_answer(200, CHALLENGE);
        robot.click("Continuer");
        robot.sees(&french(key)).await;
        assert_eq!((robot.calls(), site.path().as_str()), (1, "/compte/cles/ajouter"), "{fails}");
    }
}

#[wasm_bindgen_test]
async fn browsers_without_are_told_so() {
    for script in [
        "delete window.PublicKeyCredential",
        "window.PublicKeyCredential = {}",
        "Object.defineProperty(navigator, 'credentials', { configurable: true, value: undefined })",
    ] {
        device("");
        js(script);
        let robot = Robot::come();
        let _site = Site::open(boot(portal()), "/connexion/cle").await;
        robot.arrives_at("Se connecter avec une clé d'accès").await;
        robot.will_answer(200, CHALLENGE);
        robot.click("Utiliser ma clé d'accès");
        robot.sees(&french("passkey.unsupported")).await;
        robot.sees("Se connecter avec un mot de passe").await;
    }
}

#[wasm_bindgen_test]
async fn one_signs_in_and_the_box_is_kept_until_then() {
    device("NotAllowedError");
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), "/connexion/cle?retour=/compte/mot-de-passe").await;
    robot.arrives_at("Se connecter avec une clé d'accès").await;
    robot.tick("Rester connecté");
    robot.will_answer(200, CHALLENGE);
    robot.click("Utiliser ma clé d'accès");
    robot.sees(&french("passkey.cancelled")).await;
    device("");
    robot.will_answer(200, CHALLENGE);
    robot.will_answer(200, &serde_json::to_string(&session()).expect("a session"));
    robot.click("Utiliser ma clé d'accès");
    robot.arrives_at("Modifier mon mot de passe").await;
    assert_eq!(asked(), r#"[{"publicKey":{"used":{"challenge":"AbC"}}}]"#);
    assert_eq!(robot.call(2, "url"), "/api/account/session/passkey");
    assert_eq!(robot.call(2, "body"), r#"{"handle":"poignée","credential":"{\"id\":\"clé\"}","stay":true}"#);
}

#[wasm_bindgen_test]
async fn the_server_says_why_a_passkey_opens_nothing() {
    device("");
    for (status, code) in
        [(401, "passkey_unknown"), (401, "passkey_copied"), (409, "passkey_late"), (403, "account_closed")]
    {
        let robot = Robot::come();
        let _site = Site::open(boot(portal()), "/connexion/cle").await;
        robot.arrives_at("Se connecter avec une clé d'accès").await;
        robot.will_answer(200, CHALLENGE);
        robot.will_answer(
            status,
            &format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"}}"#),
        );
        robot.click("Utiliser ma clé d'accès");
        robot.sees(&french(&format!("problem.{code}"))).await;
    }
}

#[wasm_bindgen_test]
async fn a_passkey_is_removed_with_the_password() {
    let robot = Robot::come();
    robot.will_answer(200, ONE);
    let site = Site::open(signed_in(), "/compte/cles").await;
    robot.sees("Firefox sur Windows").await;
    robot.sees("Pas encore utilisée").await;
    robot.will_answer(200, &serde_json::to_string(&session()).expect("a session"));
    robot.will_answer(200, ONE);
    js("[...document.querySelectorAll('main a')].find((it) => it.textContent.startsWith('Retirer')).click()");
    robot.arrives_at("Retirer une clé d'accès").await;
    assert_eq!(site.path(), "/compte/cles/retirer?12");
    robot.sees("Firefox sur Windows – Ajoutée le").await;
    robot.type_in(PRESENT, "tram bleu 47");
    robot.will_answer(204, "");
    robot.will_answer(200, &serde_json::to_string(&session()).expect("a session"));
    robot.will_answer(200, NONE);
    robot.click("Retirer cette clé");
    robot.sees(&french("passkeys.removed")).await;
    until("an empty list", || robot.reads().contains(&french("passkeys.none"))).await;
    let sent = (0..robot.calls()).find(|it| robot.call(*it, "url") == "/api/account/passkeys/remove");
    assert_eq!(robot.call(sent.expect("sent"), "body"), r#"{"id":12,"present":"tram bleu 47"}"#);
}

#[wasm_bindgen_test]
async fn where_there_are_none_the_page_says_so() {
    let mut portal = portal();
    portal.passkeys = false;
    let robot = Robot::come();
    let _site = Site::open(boot(portal.clone()), "/connexion/cle").await;
    robot.sees(&french("passkeys.off")).await;
    robot.sees("Se connecter avec un mot de passe").await;
    assert!(!robot.reads().contains("Utiliser ma clé"));
    let robot = Robot::come();
    let _site = Site::open(boot(portal.clone()), "/connexion").await;
    robot.arrives_at("Connexion").await;
    assert!(!robot.reads().contains(&french("sign_in.passkey")));
    let mut there = boot(portal);
    there.session = Some(session());
    let robot = Robot::come();
    robot.will_answer(200, NONE);
    let _site = Site::open(there, "/compte/cles").await;
    robot.sees(&french("passkeys.off")).await;
    assert!(!robot.reads().contains("Ajouter une clé"));
}

#[wasm_bindgen_test]
async fn signing_in_leads_to_it() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), "/connexion?retour=/compte/adresse").await;
    robot.click(&french("sign_in.passkey"));
    robot.arrives_at("Se connecter avec une clé d'accès").await;
    assert_eq!(site.path(), "/connexion/cle?retour=/compte/adresse");
}
