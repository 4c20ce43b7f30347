//! Signing in and getting back in, in the browser (T7, T8, P6).

mod support;

use support::{Robot, Site, boot, french, portal, session, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const LOGIN: &str = "Adresse e-mail ou identifiant";
const PASSWORD: &str = "Mot de passe";

fn problem(status: u16, code: &str, data: &str) -> String {
    format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"{data}}}"#)
}

#[wasm_bindgen_test]
async fn a_refusal_says_how_many_tries_are_left_and_clears_the_password_only() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), "/connexion").await;
    robot.type_in(LOGIN, "aurelie@exemple.fr");
    robot.type_in(PASSWORD, "pas le bon 1");
    robot.will_answer(401, &problem(401, "sign_in_refused", r#","tries_left":3"#));
    robot.click_button("Se connecter");
    robot.sees("Essais restants avant un blocage temporaire : 3").await;
    assert_eq!(robot.value(LOGIN), "aurelie@exemple.fr");
    until("an empty password", || robot.value(PASSWORD).is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_lock_says_until_when() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), "/connexion").await;
    robot.type_in(LOGIN, "aurelie@exemple.fr");
    robot.type_in(PASSWORD, "pas le bon 1");
    robot.will_answer(429, &problem(429, "locked", r#","minutes":9,"until":"2026-11-22T14:10:00Z""#));
    robot.click_button("Se connecter");
    robot.sees("encore 9 min").await;
    assert!(!robot.reads().contains("{time}"));
    for words in ["Identifiant oublié ?", "Mot de passe oublié ?"] {
        robot.sees(words).await;
    }
}

#[wasm_bindgen_test]
async fn a_page_that_asks_who_one_is_leads_back_after_signing_in() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), "/compte").await;
    robot.arrives_at("Connexion").await;
    assert_eq!(site.path(), "/connexion?retour=/compte");
    robot.type_in(LOGIN, "aurelie@exemple.fr");
    robot.type_in(PASSWORD, "tram Bleu 47");
    robot.tick("Rester connecté");
    let session = serde_json::to_string(&session()).expect("a session");
    robot.will_answer(200, &session);
    robot.will_answer(200, &session);
    robot.click_button("Se connecter");
    robot.arrives_at("Mon compte").await;
    assert!(robot.call(0, "body").contains(r#""stay":true"#));
    robot.sees("K7TM-94PX").await;
    // What was agreed to is a page of the server's.
    robot.sees(&french("account.read_terms")).await;
    assert!(!support::kept().contains("tram Bleu 47"));
}

#[wasm_bindgen_test]
async fn signing_out_is_in_the_menu_under_the_name() {
    let robot = Robot::come();
    let mut boot = boot(portal());
    boot.session = Some(session());
    let site = Site::open(boot, "/locataire").await;
    robot.arrives_at("Bonjour Aurélie Lefèvre").await;
    robot.will_answer(204, "");
    robot.click("Se déconnecter");
    robot.arrives_at("Connexion").await;
    robot.sees("Vous êtes déconnecté.").await;
    assert_eq!(site.path(), "/connexion");
    assert_eq!(robot.call(0, "method"), "DELETE");
}

#[wasm_bindgen_test]
async fn recoveries_answer_the_same_words() {
    for (path, label, sent) in [
        ("/identifiant-oublie", "Adresse e-mail", "Si un compte existe avec cette adresse"),
        ("/mot-de-passe-oublie", LOGIN, "Si un compte existe avec cette adresse ou cet identifiant"),
    ] {
        let robot = Robot::come();
        let site = Site::open(boot(portal()), path).await;
        support::js("document.querySelector('form button').click()");
        robot.sees("Il y a 1 erreur dans cette page").await;
        robot.type_in(label, "aurelie@exemple.fr");
        robot.will_answer(202, "{}");
        support::js("document.querySelector('form button').click()");
        robot.arrives_at("Consultez votre messagerie").await;
        robot.sees(sent).await;
        assert_eq!(site.path(), format!("{path}?envoye"));
    }
}

#[wasm_bindgen_test]
async fn a_link_is_used_by_a_click_and_its_secret_leaves_the_address() {
    let robot = Robot::come();
    let token = "A".repeat(43);
    let site = Site::open(boot(portal()), &format!("/locataire/confirmation#{token}")).await;
    robot.arrives_at("Confirmez votre adresse e-mail").await;
    until("the address", || site.path() == "/locataire/confirmation").await;
    assert!(!support::holds("location.href.includes('#')"));
    assert_eq!(robot.calls(), 0, "opening the page uses nothing up");
    robot.will_answer(200, "{}");
    robot.click("Confirmer mon adresse");
    robot.arrives_at("Votre compte est actif").await;
    assert!(robot.call(0, "body").contains(&token));
    assert!(!support::kept().contains(&token));
    robot.click_button("Se connecter");
    robot.arrives_at("Connexion").await;
}

#[wasm_bindgen_test]
async fn a_link_that_is_of_no_use_says_why_and_what_to_do() {
    for (status, code, heading, words) in [
        (410, "link_used", "Ce lien a déjà servi", "Se connecter"),
        (410, "link_superseded", "Ce lien a été remplacé", "dernier e-mail"),
        (410, "link_expired", "Ce lien n'est plus valable", "Recevoir un nouveau lien"),
        (404, "link_unknown", "Ce lien n'est pas reconnu", "Créer mon compte"),
        (409, "home_has_account", "Un compte existe déjà", "Mot de passe oublié ?"),
    ] {
        let robot = Robot::come();
        let _site = Site::open(boot(portal()), &format!("/locataire/confirmation#{}", "A".repeat(43))).await;
        robot.will_answer(status, &problem(status, code, ""));
        robot.click("Confirmer mon adresse");
        robot.arrives_at(heading).await;
        robot.sees(words).await;
        if code == "link_expired" {
            robot.will_answer(202, "{}");
            robot.click("Recevoir un nouveau lien");
            robot.arrives_at("Un nouveau lien est en route").await;
        }
    }
}

#[wasm_bindgen_test]
async fn a_cut_link_is_recognised_without_asking() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), "/locataire/confirmation#coupé").await;
    robot.arrives_at("Ce lien n'est pas reconnu").await;
    assert_eq!(robot.calls(), 0);
}

#[wasm_bindgen_test]
async fn a_link_opened_while_signed_in_says_as_whom() {
    let robot = Robot::come();
    let mut boot = boot(portal());
    boot.session = Some(session());
    let _site = Site::open(boot, &format!("/locataire/confirmation#{}", "A".repeat(43))).await;
    robot.sees("le compte de Aurélie Lefèvre est connecté").await;
    robot.sees("Confirmer mon adresse").await;
}

#[wasm_bindgen_test]
async fn a_new_password_is_chosen_by_the_link() {
    let robot = Robot::come();
    let token = "B".repeat(43);
    let site = Site::open(boot(portal()), &format!("/mot-de-passe-oublie/nouveau#{token}")).await;
    robot.arrives_at("Choisissez un nouveau mot de passe").await;
    robot.type_in("Nouveau mot de passe", "court");
    robot.click("Enregistrer ce mot de passe");
    robot.sees("au moins 8 caractères").await;
    robot.type_in("Nouveau mot de passe", "tram Bleu 47");
    robot.will_answer(204, "");
    robot.click("Enregistrer ce mot de passe");
    robot.arrives_at("Connexion").await;
    robot.sees("Votre mot de passe est modifié").await;
    assert_eq!(site.path(), "/connexion");
    assert!(robot.call(0, "body").contains(&token));
}
