//! A tenant signs up, in the browser: what is shown, kept, sent, and not lost (T1–T5, X2).

mod support;

use support::{Robot, Site, boot, french, portal, settle_all, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const START: &str = "/locataire/inscription";
const REFERENCE: &str = "Référence client";
const SURNAME: &str = "Nom de famille du signataire principal";
const EMAIL: &str = "Adresse e-mail";
const PASSWORD: &str = "Mot de passe";
const TERMS: &str = "J'accepte les conditions générales d'utilisation";
const SECRET: &str = "tram Bleu 47";

const AT_REFERENCE: &str = "Votre référence client";
const AT_SIGNATORY: &str = "Le signataire du bail";
const AT_ACCESS: &str = "Vos accès";
const AT_REVIEW: &str = "Vérifiez vos réponses";
const AT_SENT: &str = "Consultez votre messagerie";

/// Answers everything, up to the page where answers are checked.
async fn answer_all(robot: &Robot) {
    robot.type_in(REFERENCE, "L 482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Lefèvre");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_ACCESS).await;
    robot.type_in(EMAIL, "aurelie@exemple.fr");
    robot.type_in(PASSWORD, SECRET);
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_REVIEW).await;
}

#[wasm_bindgen_test]
async fn the_first_page_says_what_to_have_at_hand() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), START).await;
    robot.arrives_at(AT_REFERENCE).await;
    for words in [
        "Étape 1 sur 4",
        "À avoir sous la main",
        "sans le « L » placé devant",
        "Où trouver votre référence client ?",
    ] {
        robot.sees(words).await;
    }
    assert_eq!(support::title(), "Votre référence client – Étape 1 sur 4 – Habitat des Rives");
    assert!(support::holds("document.querySelector('figure img').getAttribute('width') === '320'"));
    assert!(
        !support::holds("robot.root().contains(document.activeElement)"),
        "nothing takes the focus on the first page"
    );
}

#[wasm_bindgen_test]
async fn a_wrong_answer_is_said_above_and_at_the_field_and_nothing_is_lost() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), START).await;
    robot.type_in(REFERENCE, "48A135");
    robot.click("Continuer");
    robot.sees("Il y a 1 erreur dans cette page").await;
    until("the focus", || support::holds("document.activeElement.className === 'error-summary'")).await;
    assert!(support::title().starts_with("Erreur"));
    assert_eq!(robot.value(REFERENCE), "48A135");
    assert!(support::holds("robot.field('Référence client').getAttribute('aria-invalid') === 'true'"));
    let described = support::text("robot.describes('reference')");
    assert!(described.contains("saisissez les chiffres seulement"), "{described}");
    assert!(!described.contains("MISSING"), "{described}");
    support::js("document.querySelector('.error-summary a').click()");
    assert!(support::holds("document.activeElement.id === 'reference'"));
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    assert!(!support::title().starts_with("Erreur"));
    until("the focus", || support::holds("document.activeElement.tagName === 'H1'")).await;
}

#[wasm_bindgen_test]
async fn what_only_the_server_knows_is_said_at_the_field() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), START).await;
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Inconnu");
    let problem = r#"{"type":"about:blank","title":"","status":422,"code":"invalid","fields":[{"name":"surname","code":"lease_unknown"}]}"#;
    robot.will_answer(422, problem);
    robot.click("Continuer");
    robot.sees("Nous ne trouvons pas de bail").await;
    robot.sees("05 49 00 00 00").await;
    assert_eq!(site.path(), "/locataire/inscription/signataire");
    assert_eq!(robot.call(0, "url"), "/api/tenancy/sign-up-checks");
    assert_eq!(robot.call(0, "own"), "1");
    assert!(robot.call(0, "body").contains(r#""page":"signataire""#), "{}", robot.call(0, "body"));
    assert_eq!(robot.value(SURNAME), "Inconnu");
}

#[wasm_bindgen_test]
async fn a_lost_network_loses_nothing_and_the_same_button_tries_again() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), START).await;
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Lefèvre");
    robot.will_lose_the_network();
    robot.click("Continuer");
    robot.sees("Pas de réponse").await;
    assert_eq!(robot.value(SURNAME), "Lefèvre");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_ACCESS).await;
}

#[wasm_bindgen_test]
async fn answers_are_checked_changed_and_sent_once() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), START).await;
    answer_all(&robot).await;
    for words in ["Étape 4 sur 4", "L 482173", "Lefèvre", "aurelie@exemple.fr", "Choisi, non affiché"] {
        robot.sees(words).await;
    }
    assert!(!robot.reads().contains(SECRET));

    robot.click("Modifier (Nom de famille du signataire principal)");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Martin");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_REVIEW).await;

    robot.click("Créer mon compte");
    robot.sees("Cochez la case").await;
    robot.tick(TERMS);
    let before = robot.calls();
    robot.will_answer(202, r#"{"handle":"h1"}"#);
    robot.holds_answers_back();
    robot.click("Créer mon compte");
    robot.sees("Création du compte…").await;
    robot.click("Création du compte…");
    settle_all().await;
    robot.lets_answers_go();
    robot.arrives_at(AT_SENT).await;
    assert_eq!(robot.calls(), before + 1, "a double click is one submission");
    assert_eq!(robot.call(before, "url"), "/api/tenancy/sign-ups");
    assert!(robot.call(before, "key").starts_with("submission-"));
    let body = robot.call(before, "body");
    for part in [r#""surname":"Martin""#, r#""terms":"2026-11""#, SECRET] {
        assert!(body.contains(part), "{part} in {body}");
    }
    robot.sees("aurelie@exemple.fr").await;
    assert_eq!(site.path(), "/locataire/inscription/envoye");
}

#[wasm_bindgen_test]
async fn another_try_is_the_same_submission_until_the_answers_change() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), START).await;
    answer_all(&robot).await;
    robot.tick(TERMS);
    let first = robot.calls();
    for tries in 1..=2 {
        robot.will_lose_the_network();
        robot.click("Créer mon compte");
        until("the request", || robot.calls() == first + tries).await;
        robot.sees("Pas de réponse").await;
        until("the button", || robot.reads().contains("Créer mon compte")).await;
    }
    assert_eq!(robot.call(first, "key"), robot.call(first + 1, "key"));
    robot.click("Modifier (Adresse e-mail)");
    robot.arrives_at(AT_ACCESS).await;
    robot.type_in(EMAIL, "autre@exemple.fr");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_REVIEW).await;
    let last = robot.calls();
    robot.will_answer(202, r#"{"handle":"h1"}"#);
    robot.click("Créer mon compte");
    robot.arrives_at(AT_SENT).await;
    assert_ne!(robot.call(first, "key"), robot.call(last, "key"));
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_in_the_end_leads_to_its_step() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), START).await;
    answer_all(&robot).await;
    robot.tick(TERMS);
    let problem = r#"{"type":"about:blank","title":"","status":422,"code":"invalid","fields":[{"name":"password","code":"password_well_known"}]}"#;
    robot.will_answer(422, problem);
    robot.click("Créer mon compte");
    robot.arrives_at(AT_ACCESS).await;
    robot.sees("Ce mot de passe est très connu").await;
    until("the focus", || support::holds("document.activeElement.className === 'error-summary'")).await;
    assert_eq!(site.path(), "/locataire/inscription/acces?modifier");
    assert_eq!(robot.value(EMAIL), "aurelie@exemple.fr");
}

#[wasm_bindgen_test]
async fn going_back_after_the_end_sends_nothing_again() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), START).await;
    answer_all(&robot).await;
    robot.tick(TERMS);
    robot.will_answer(202, r#"{"handle":"h1"}"#);
    robot.click("Créer mon compte");
    robot.arrives_at(AT_SENT).await;
    let calls = robot.calls();
    support::js("history.back()");
    robot.sees("Votre inscription est déjà envoyée").await;
    until("the address", || site.path() == "/locataire/inscription/envoye").await;
    settle_all().await;
    assert_eq!(robot.calls(), calls);
    assert!(!support::kept().contains(SECRET) && !support::kept().contains("Lefèvre"), "the draft is gone");
    robot.click("Recommencer l'inscription");
    robot.arrives_at(AT_REFERENCE).await;
    assert_eq!(robot.value(REFERENCE), "");
}

#[wasm_bindgen_test]
async fn a_reload_keeps_everything_but_the_password_and_says_so() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), START).await;
    answer_all(&robot).await;
    settle_all().await;
    assert!(support::kept().contains("aurelie@exemple.fr"));
    assert!(!support::kept().contains(SECRET), "a password is never kept");
    drop(site);
    let site = Site::reopen(boot(portal()), "/locataire/inscription/verification").await;
    robot.arrives_at(AT_ACCESS).await;
    robot.sees("votre mot de passe n'est pas gardé").await;
    until("the address", || site.path() == "/locataire/inscription/acces").await;
    assert_eq!(robot.value(EMAIL), "aurelie@exemple.fr");
    robot.type_in(PASSWORD, SECRET);
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_REVIEW).await;
}

#[wasm_bindgen_test]
async fn steps_cannot_be_skipped_and_back_leads_back() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), "/locataire/inscription/verification").await;
    robot.arrives_at(AT_REFERENCE).await;
    until("the address", || site.path() == START).await;
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.click("Retour");
    robot.arrives_at(AT_REFERENCE).await;
    assert_eq!(robot.value(REFERENCE), "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
}

#[wasm_bindgen_test]
async fn the_address_follows_after_forward() {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), START).await;
    answer_all(&robot).await;
    support::js("history.back()");
    robot.arrives_at(AT_ACCESS).await;
    support::js("history.forward()");
    robot.arrives_at(AT_REVIEW).await;
    robot.click("Retour");
    robot.arrives_at(AT_ACCESS).await;
    until("the address", || site.path() == "/locataire/inscription/acces").await;
}

#[wasm_bindgen_test]
async fn the_other_language_keeps_every_answer() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), START).await;
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Lefèvre");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_ACCESS).await;
    robot.type_in(PASSWORD, SECRET);
    let calls = robot.calls();
    robot.will_answer(200, &serde_json::to_string(&support::texts("en")).expect("texts"));
    robot.click("English");
    robot.arrives_at("How you will sign in").await;
    // The tests have the office and the account too, whose texts come along.
    assert_eq!(robot.call(calls, "url"), "/api/texts?lang=en&pages=office&pages=account");
    assert_eq!(robot.value("Password"), SECRET);
    assert!(support::holds(
        "document.documentElement.lang === 'en' && document.cookie.includes('palier-langue=en')"
    ));
    until("the focus", || support::holds("document.activeElement.id === 'language'")).await;
    robot.click("Français");
    robot.arrives_at(AT_ACCESS).await;
    assert_eq!(robot.value(PASSWORD), SECRET);
    assert_eq!(robot.calls(), calls + 1, "French was there already");
}

#[wasm_bindgen_test]
async fn a_mistyped_provider_is_noticed() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), START).await;
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Lefèvre");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_ACCESS).await;
    robot.type_in(EMAIL, "aurelie@gmial.com");
    robot.sees("Vouliez-vous dire aurelie@gmail.com ?").await;
    robot.click("aurelie@gmail.com");
    until("the address", || robot.value(EMAIL) == "aurelie@gmail.com").await;
    assert!(support::holds("document.activeElement.id === 'email'"));
    until("the question goes", || !robot.reads().contains("Vouliez-vous")).await;
}

#[wasm_bindgen_test]
async fn a_password_is_shown_on_demand_and_measured() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), START).await;
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Lefèvre");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_ACCESS).await;
    for (typed, level, words) in [
        ("azerty", "1", "password.strength.weak"),
        ("tram Bleu 47 Vigne rouge", "4", "password.strength.strong"),
    ] {
        robot.type_in(PASSWORD, typed);
        robot.sees(&french(words)).await;
        assert_eq!(support::text("document.querySelector('.meter').dataset.level"), level);
    }
    assert!(support::holds("document.getElementById('password').type === 'password'"));
    robot.click("Afficher");
    until("it shows", || support::holds("document.getElementById('password').type === 'text'")).await;
    robot.click("Masquer");
    until("it hides", || support::holds("document.getElementById('password').type === 'password'")).await;
}

#[wasm_bindgen_test]
async fn a_birth_date_is_asked_where_the_landlord_does() {
    let robot = Robot::come();
    let mut portal = portal();
    portal.tenancy.as_mut().expect("rules").asks_birth_date = true;
    let _site = Site::open(boot(portal), START).await;
    robot.type_in(REFERENCE, "482173");
    robot.click("Continuer");
    robot.arrives_at(AT_SIGNATORY).await;
    robot.type_in(SURNAME, "Lefèvre");
    robot.type_in("Jour", "14");
    robot.type_in("Année", "1985");
    robot.click("Continuer");
    robot.sees("il manque le mois").await;
    let wrong = "[...document.querySelectorAll('.date [aria-invalid]')].map((it) => it.id).join()";
    assert_eq!(support::text(wrong), "birth_date-month");
    support::js("document.querySelector('.error-summary a').click()");
    assert!(support::holds("document.activeElement.id === 'birth_date-month'"));
    robot.type_in("Mois", "7");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at(AT_ACCESS).await;
    assert!(robot.call(0, "body").contains(r#""birth_date":{"day":"14","month":"7","year":"1985"}"#));
}
