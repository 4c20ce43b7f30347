//! The desk of those who run a portal, in the browser: coming in, and the work lists (D2, D3).

mod support;

use support::{Robot, Site, boot, clients, holds, js, portal, text, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const DESK: &str = "/guichet";
const LETTERS: &str = "/guichet/courriers";
const SEARCH: &str = "Référence, organisme ou numéro client";

fn problem(status: u16, code: &str, data: &str) -> String {
    format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"{data}}}"#)
}

fn session(stage: &str, role: &str) -> String {
    format!(
        r#"{{"name":"Awa Ndiaye","email":"awa@exemple.test","role":"{role}","stage":"{stage}","idle_minutes":20,"recovery_codes_left":8,"onboarding":true,"mediation":false}}"#
    )
}

const OVERVIEW: &str = r#"{"letters":{"counts":[{"state":"asked","count":3},{"state":"posted","count":12}],"waiting":2},"requests":{"waiting":2,"overdue":1,"days":7,"stuck":4},"clients":40,"clients_with_administrator":11}"#;

/// A page of letters: one of each of these states.
fn letters(states: &[&str]) -> String {
    let rows: Vec<String> = states
        .iter()
        .enumerate()
        .map(|(index, state)| {
            format!(
                r#"{{"reference":"C-{index}","organisation":"Ville de Rives","number":"237517","recipient":"Maire","state":"{state}","expired":false,"open":true,"asked":"2026-11-02"}}"#
            )
        })
        .collect();
    let counts =
        r#"[{"state":"asked","count":1},{"state":"printed","count":60},{"state":"posted","count":2}]"#;
    format!(
        r#"{{"letters":[{}],"counts":{counts},"paging":{{"page":1,"pages":2,"total":63}}}}"#,
        rows.join(",")
    )
}

#[wasm_bindgen_test]
async fn one_comes_in_by_password_then_code() {
    let robot = Robot::come();
    robot.will_answer(401, &problem(401, "signed_out", ""));
    let _site = Site::open(boot(clients()), DESK).await;
    robot.arrives_at("Guichet : connexion").await;
    robot.type_in("Adresse e-mail", "awa@exemple.test");
    robot.type_in("Mot de passe", "tram Bleu 47");
    robot.will_answer(401, &problem(401, "sign_in_refused", r#","tries_left":4"#));
    robot.click_button("Se connecter");
    robot.sees("Essais restants avant un blocage temporaire : 4").await;
    let words = robot.reads();
    assert!(!words.contains("vous inscrire"), "{words}");
    assert!(holds("document.querySelectorAll('header nav a').length === 1"), "nobody has an account here");
    until("an empty password", || robot.value("Mot de passe").is_empty()).await;
    robot.type_in("Mot de passe", "tram Bleu 48");
    robot.will_answer(200, &session("code", "operator"));
    robot.click_button("Se connecter");
    robot.arrives_at("Saisissez votre code").await;
    until("the heading in focus", || holds("document.activeElement.tagName === 'H1'")).await;
    robot.click("Valider");
    robot.sees("Remplissez le champ « Code ».").await;
    robot.type_in("Code", "111111");
    robot.will_answer(401, &problem(401, "code_refused", r#","tries_left":3"#));
    robot.click("Valider");
    robot.sees("Essais restants : 3").await;
    robot.type_in("Code", "123 456");
    robot.will_answer(200, &session("open", "operator"));
    robot.will_answer(200, OVERVIEW);
    robot.click("Valider");
    robot.arrives_at("Guichet").await;
    robot.sees("À imprimer : 2").await;
    robot.sees("À imprimer plus tard, opposition encore possible : 1").await;
    robot.sees("Awa Ndiaye, exploitant.").await;
    assert_eq!(robot.call(4, "url"), "/api/desk/session/code");
    assert!(robot.call(4, "body").contains("123 456"));
    assert!(holds("robot.words('Posté : 12').getAttribute('href') === '/guichet/courriers?etat=posted'"));
}

#[wasm_bindgen_test]
async fn an_authenticator_is_set_up_and_recovery_codes_are_shown_once() {
    let robot = Robot::come();
    robot.will_answer(200, &session("enrol", "support"));
    robot.will_answer(
        200,
        r#"{"secret":"JBSW Y3DP","uri":"otpauth://totp/x?secret=JBSWY3DP","picture":"<svg viewBox='0 0 1 1'></svg>"}"#,
    );
    let site = Site::open(boot(clients()), DESK).await;
    robot.arrives_at("Protégez votre accès").await;
    robot.sees("JBSW Y3DP").await;
    assert!(holds("document.querySelector('[role=img][aria-label] svg') !== null"));
    robot.click("Continuer");
    robot.arrives_at("Saisissez le premier code").await;
    assert_eq!(site.path(), "/guichet?code");
    robot.type_in("Code", "123456");
    robot.will_answer(200, r#"{"recovery_codes":["7K3MP-ACD4E-WXTRR","AAAAA-BBBBB-CCCCC"]}"#);
    robot.click("Valider");
    robot.arrives_at("Gardez ces codes de secours").await;
    robot.sees("AAAAA-BBBBB-CCCCC").await;
    assert_eq!(site.path(), DESK);
    assert!(!support::kept().contains("AAAAA"), "nothing of them stays in the tab");
    robot.will_answer(200, &session("open", "support"));
    robot.will_answer(200, OVERVIEW);
    robot.click("J'ai gardé ces codes");
    robot.arrives_at("Guichet").await;
    assert!(!robot.reads().contains("AAAAA-BBBBB-CCCCC"));
}

#[wasm_bindgen_test]
async fn the_one_time_link_asks_names_and_password() {
    let robot = Robot::come();
    let token = "A".repeat(43);
    robot.will_answer(200, r#"{"email":"awa@exemple.test","role":"operator","first_name":"","surname":""}"#);
    let site = Site::open(boot(clients()), &format!("/guichet/bienvenue#{token}")).await;
    robot.arrives_at("Bienvenue au guichet").await;
    robot.sees("Ce lien est celui de awa@exemple.test, exploitant.").await;
    robot.click("Continuer");
    robot.sees("Remplissez le champ « Prénom ».").await;
    robot.type_in("Prénom", "Awa");
    robot.type_in("Nom", "Ndiaye");
    robot.type_in("Mot de passe", "tram Bleu 47");
    robot.will_answer(200, "{}");
    robot.will_answer(401, &problem(401, "signed_out", ""));
    robot.click("Continuer");
    robot.arrives_at("Guichet : connexion").await;
    robot.sees("Votre mot de passe est enregistré.").await;
    assert_eq!(site.path(), DESK);
    assert_eq!(robot.call(1, "url"), "/api/desk/welcome/complete");
    assert!(!support::kept().contains(&token));
}

#[wasm_bindgen_test]
async fn a_used_link_says_whom_to_ask() {
    let robot = Robot::come();
    robot.will_answer(410, &problem(410, "link_used", ""));
    let _site = Site::open(boot(clients()), &format!("/guichet/bienvenue#{}", "A".repeat(43))).await;
    robot.arrives_at("Ce lien n'est plus valable").await;
    robot.sees("demandez un nouveau lien à un exploitant").await;
}

#[wasm_bindgen_test]
async fn filters_search_and_pages_stand_in_the_address() {
    let robot = Robot::come();
    robot.will_answer(200, &session("open", "operator"));
    robot.will_answer(200, &letters(&["asked", "printed", "posted"]));
    let site = Site::open(boot(clients()), LETTERS).await;
    robot.arrives_at("Courriers").await;
    robot.sees("63 courriers").await;
    assert_eq!(robot.call(1, "url"), "/api/desk/letters");
    for (click, asked, path) in [
        ("Imprimé (60)", "?state=printed", "?etat=printed"),
        ("Page suivante", "?state=printed&page=2", "?etat=printed&page=2"),
    ] {
        robot.will_answer(200, &letters(&["printed"]));
        let before = robot.calls();
        robot.click(click);
        until("another question", || robot.calls() > before).await;
        assert_eq!(robot.call(before, "url"), format!("/api/desk/letters{asked}"));
        until("the address", || site.path() == format!("{LETTERS}{path}")).await;
        robot.sees("63 courriers").await;
    }
    assert_eq!(text("document.querySelector('[aria-current=true]').textContent"), "Imprimé (60)");
    robot.type_in(SEARCH, "ville été");
    robot.will_answer(200, &letters(&[]).replace("63", "0"));
    robot.click("Rechercher");
    robot.sees("Rien ne correspond.").await;
    assert_eq!(robot.call(4, "url"), "/api/desk/letters?state=printed&search=ville%20%C3%A9t%C3%A9");
    robot.will_answer(200, &letters(&["printed"]));
    js("history.back()");
    until("what was before", || robot.calls() == 6).await;
    assert_eq!(robot.call(5, "url"), "/api/desk/letters?state=printed&page=2");
    until("the search as it was", || robot.value(SEARCH).is_empty()).await;
}

#[wasm_bindgen_test]
async fn what_became_of_letters_is_noted_and_losses_are_asked_again() {
    let robot = Robot::come();
    robot.will_answer(200, &session("open", "operator"));
    robot.will_answer(200, &letters(&["asked", "printed", "posted"]));
    let _site = Site::open(boot(clients()), LETTERS).await;
    robot.sees("63 courriers").await;
    assert!(holds("document.querySelectorAll('td input').length === 3"), "what waits can be stopped");
    robot.click("Postés");
    robot.sees("Cochez d'abord au moins un courrier.").await;
    assert_eq!(robot.calls(), 2);
    js("document.querySelector('[aria-label=\"Choisir le courrier C-1\"]').click()");
    robot.sees("1 courrier choisi").await;
    robot.click("Perdus");
    robot.sees("Noter 1 courrier comme perdu ?").await;
    assert_eq!(robot.calls(), 2, "a code isn't ended by one click");
    robot.will_answer(200, r#"{"done":0,"refused":["C-1"]}"#);
    robot.will_answer(200, &letters(&["printed"]));
    robot.click("Oui, noter comme perdus");
    robot.sees("Ce n'est pas possible pour : C-1.").await;
    assert_eq!(robot.call(2, "url"), "/api/desk/letters/lost");
    assert_eq!(robot.call(2, "body"), r#"{"references":["C-1"]}"#);
    until("the list again", || robot.calls() == 4).await;
    robot.sees("0 courrier choisi").await;
}

#[wasm_bindgen_test]
async fn a_request_is_stopped_after_a_question_and_decided_ones_cannot_be_chosen() {
    let robot = Robot::come();
    robot.will_answer(200, &session("open", "operator"));
    robot.will_answer(200, &letters(&["asked"]));
    let _site = Site::open(boot(clients()), LETTERS).await;
    robot.sees("63 courriers").await;
    js("document.querySelector('[aria-label=\"Choisir le courrier C-0\"]').click()");
    robot.sees("1 courrier choisi").await;
    robot.click("Arrêter les demandes");
    robot.sees("Arrêter la demande de 1 courrier ?").await;
    assert_eq!(robot.calls(), 2, "a request isn't stopped by one click");
    robot.will_answer(200, r#"{"done":1,"refused":[]}"#);
    robot.will_answer(200, &letters(&["revoked"]).replace(r#""open":true"#, r#""open":false"#));
    robot.click("Oui, arrêter");
    robot.sees("Demandes arrêtées : 1.").await;
    assert_eq!(robot.call(2, "url"), "/api/desk/letters/refused");
    assert_eq!(robot.call(2, "body"), r#"{"references":["C-0"]}"#);
    until("nothing to choose", || holds("!document.querySelector('td input')")).await;
}

#[wasm_bindgen_test]
async fn waiting_letters_are_printed_into_a_file() {
    let robot = Robot::come();
    robot.will_answer(200, &session("open", "operator"));
    robot.will_answer(200, &letters(&["asked"]));
    let _site = Site::open(boot(clients()), LETTERS).await;
    robot.sees("63 courriers").await;
    js(
        "window.saved = ''; HTMLAnchorElement.prototype.click = function () { window.saved = this.download + ' ' + this.href.split(':')[0] }",
    );
    robot.will_answer(200, "%PDF-1.7");
    robot.will_answer(200, &letters(&["printed"]));
    // Not by the anchors' own click, which is watched.
    js(
        "robot.words('Imprimer les courriers en attente').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))",
    );
    robot.sees("Le fichier est téléchargé.").await;
    assert_eq!(text("window.saved"), "courriers-2026-11-22.pdf blob");
    assert_eq!(robot.call(2, "url"), "/api/desk/letters/print");
    js("delete HTMLAnchorElement.prototype.click");
    until("the list again", || robot.calls() == 4).await;
    robot.sees("63 courriers").await;
    robot.will_answer(409, &problem(409, "nothing_waits", ""));
    robot.will_answer(200, &letters(&["printed"]));
    robot.click("Imprimer les courriers en attente");
    robot.sees("Aucun courrier n'attend d'être imprimé.").await;
}

#[wasm_bindgen_test]
async fn who_only_looks_things_up_is_offered_nothing_else() {
    let robot = Robot::come();
    robot.will_answer(200, &session("open", "support"));
    robot.will_answer(200, &letters(&["asked", "printed"]));
    let _site = Site::open(boot(clients()), LETTERS).await;
    robot.sees("63 courriers").await;
    assert!(holds("!document.querySelector('td input')"));
    for words in ["Imprimer les courriers", "Perdus"] {
        assert!(!robot.reads().contains(words), "{words}");
    }
}

#[wasm_bindgen_test]
async fn a_session_that_ended_leads_back_to_the_same_list() {
    let robot = Robot::come();
    robot.will_answer(200, &session("open", "operator"));
    robot.will_answer(401, &problem(401, "signed_out", ""));
    let site = Site::open(boot(clients()), "/guichet/clients?q=rives").await;
    robot.arrives_at("Guichet : connexion").await;
    robot.sees("Votre session au guichet est terminée.").await;
    robot.type_in("Adresse e-mail", "awa@exemple.test");
    robot.type_in("Mot de passe", "tram Bleu 47");
    robot.will_answer(200, &session("open", "operator"));
    robot.will_answer(200, r#"{"clients":[],"paging":{"page":1,"pages":1,"total":0}}"#);
    robot.click_button("Se connecter");
    robot.arrives_at("Clients").await;
    robot.sees("Rien ne correspond.").await;
    assert_eq!(site.path(), "/guichet/clients?q=rives");
}

#[wasm_bindgen_test]
async fn the_desk_of_a_landlord_counts_who_wants_to_leave() {
    let robot = Robot::come();
    let tenants = session("open", "operator").replace(r#""onboarding":true"#, r#""onboarding":false"#);
    robot.will_answer(200, &tenants);
    robot.will_answer(200, r#"{"departures":2}"#);
    let _site = Site::open(boot(portal()), DESK).await;
    robot.arrives_at("Guichet").await;
    robot.sees("En attente : 2").await;
    assert!(
        holds("document.querySelectorAll('.desk nav a').length === 3"),
        "accounts, and who wants to leave"
    );
}

#[wasm_bindgen_test]
async fn a_list_that_does_not_come_can_be_asked_for_again() {
    let robot = Robot::come();
    robot.will_answer(200, &session("open", "landlord"));
    robot.will_lose_the_network();
    let _site = Site::open(boot(clients()), "/guichet/demandes").await;
    robot.arrives_at("Demandes").await;
    robot.will_answer(
        200,
        r#"{"days":7,"stuck":[{"kind":"letter_returned","organisation":"Ville de Rives","number":"237517","applicant":"Paul Martin","since":"2026-11-10","letter":"C-1","remedy":"correct_address"}],"paging":{"page":1,"pages":1,"total":1}}"#,
    );
    robot.sees("Réessayer").await;
    robot.click("Réessayer");
    robot.sees("1 demande bloquée").await;
    for words in ["10/11/2026", "La poste a rendu le courrier.", "Corrigez l'adresse avec l'organisme."] {
        robot.sees(words).await;
    }
    robot.will_answer(204, "");
    robot.click_button("Se déconnecter");
    robot.arrives_at("Guichet : connexion").await;
    robot.sees("Vous avez quitté le guichet.").await;
}
