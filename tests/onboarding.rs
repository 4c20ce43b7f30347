//! Somebody signs up for a client organisation that has an administrator already, in the browser (A7).

mod support;

use support::{Robot, Site, boot, clients, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SIGN_UP: &str = "/administrateur/inscription";
/// Nothing is worked for here: the box is ticked already.
const BEGUN: &str = "{ '#key': 'one', client_number: '237517', human: 'pass' }";
const CONFIRM: &str = "/administrateur/confirmation";
const LETTER: &str = "/administrateur/courrier";

/// Comes to the page of one's names, with a first page that was answered before; the server says whether the
/// organisation has an administrator.
async fn at_the_names(robot: &Robot, colleague: bool) -> Site {
    at_the_names_of(robot, &format!(r#"{{"organisation":"Ville de Rives","colleague":{colleague}}}"#)).await
}

/// The same with what the server says of the organisation.
async fn at_the_names_of(robot: &Robot, said: &str) -> Site {
    support::settle_all().await;
    support::js("sessionStorage.clear()");
    support::js(&format!("sessionStorage.setItem('palier:rives:registration', JSON.stringify({BEGUN}))"));
    let site = Site::reopen(boot(clients()), SIGN_UP).await;
    robot.arrives_at("Votre organisme").await;
    robot.will_answer(200, said);
    robot.click("Valider");
    robot.arrives_at("Vous").await;
    site
}

#[wasm_bindgen_test]
async fn the_first_user_is_told_of_the_letter() {
    let robot = Robot::come();
    let _site = at_the_names(&robot, false).await;
    robot.sees("Vous êtes le premier utilisateur de « Ville de Rives »").await;
    assert!(robot.reads().contains("Un courrier avec un code part"));
    assert!(!robot.reads().contains("Aucun courrier"));
}

#[wasm_bindgen_test]
async fn who_comes_after_is_told_that_others_decide() {
    let robot = Robot::come();
    let site = at_the_names(&robot, true).await;
    robot.sees("Un compte a déjà été créé par un autre utilisateur de « Ville de Rives »").await;
    robot.sees("Aucun courrier n'est envoyé.").await;
    assert!(!robot.reads().contains("premier utilisateur"));
    let hidden = support::js("robot.root().querySelector('[name=takeover]').closest('[hidden]') !== null");
    assert_eq!(hidden.as_bool(), Some(true), "another one waits for the letter");
    robot.type_in("Prénom", "Awa");
    robot.type_in("Nom", "Ndiaye");
    robot.type_in("Adresse e-mail", "awa@exemple.test");
    robot.click("Continuer");
    robot.arrives_at("Vérifiez vos réponses").await;
    robot.tick("J'ai lu et j'accepte les conditions générales d'utilisation");
    robot.will_answer(202, r#"{"handle":"H"}"#);
    robot.click("Valider");
    robot.arrives_at("Consultez votre messagerie").await;
    assert_eq!(site.path(), "/administrateur/inscription/envoye");
    assert!(!robot.call(1, "body").contains("variant"), "nobody typed it: it isn't sent");
    robot.sees("Votre demande partira quand vous aurez confirmé cette adresse.").await;
    robot.sees("Les administrateurs de votre organisme sont prévenus.").await;
    assert!(!robot.reads().contains("courrier au représentant légal"));
    assert!(!robot.reads().contains("activez votre compte"));
}

#[wasm_bindgen_test]
async fn a_confirmed_request_leads_to_no_letter() {
    let robot = Robot::come();
    let _site = Site::open(boot(clients()), &format!("{CONFIRM}#{}", "A".repeat(43))).await;
    robot.will_answer(200, "{}");
    robot.click("Confirmer mon adresse");
    robot.arrives_at("Votre demande est envoyée").await;
    robot.sees("Les administrateurs de votre organisme").await;
    assert!(!robot.reads().contains("Où est mon courrier ?"));
}

#[wasm_bindgen_test]
async fn a_confirmed_first_user_is_led_to_the_letter() {
    let robot = Robot::come();
    let token = "B".repeat(43);
    let site = Site::open(boot(clients()), &format!("{CONFIRM}#{}", "A".repeat(43))).await;
    robot.will_answer(200, &format!(r#"{{"token":"{token}"}}"#));
    robot.click("Confirmer mon adresse");
    robot.arrives_at("Votre adresse est confirmée").await;
    robot.click_button("Où est mon courrier ?");
    until("the letter's page", || site.path() == "/administrateur/courrier").await;
    until("the letter asked for", || robot.calls() == 2).await;
    assert!(robot.call(1, "body").contains(&token));
}

#[wasm_bindgen_test]
async fn a_confirmed_takeover_says_that_the_letter_waits() {
    let robot = Robot::come();
    let _site = Site::open(boot(clients()), &format!("{CONFIRM}#{}", "A".repeat(43))).await;
    robot.will_answer(200, &format!(r#"{{"token":"{}","held":true}}"#, "B".repeat(43)));
    robot.click("Confirmer mon adresse");
    robot.arrives_at("Votre adresse est confirmée").await;
    robot.sees("sont prévenus et peuvent s'opposer").await;
    robot.sees("Où est mon courrier ?").await;
    assert!(!robot.reads().contains("en préparation"));
}

#[wasm_bindgen_test]
async fn who_comes_after_can_say_that_no_administrator_is_left() {
    let robot = Robot::come();
    let said = r#"{"organisation":"Ville de Rives","colleague":true,"administered":true}"#;
    let _site = at_the_names_of(&robot, said).await;
    robot.sees("Un courrier ne part que si vous cochez la case").await;
    assert!(!robot.reads().contains("Aucun courrier"));
    robot.type_in("Prénom", "Awa");
    robot.type_in("Nom", "Ndiaye");
    robot.type_in("Adresse e-mail", "awa@exemple.test");
    robot.tick("Il n'y a plus d'administrateur dans mon organisme");
    robot.click("Continuer");
    robot.arrives_at("Vérifiez vos réponses").await;
    assert!(robot.reads().contains("Il n'y a plus d'administrateur dans mon organisme"));
    robot.tick("J'ai lu et j'accepte les conditions générales d'utilisation");
    robot.will_answer(202, r#"{"handle":"H"}"#);
    robot.click("Valider");
    robot.arrives_at("Consultez votre messagerie").await;
    assert!(robot.call(1, "body").contains(r#""takeover":true"#));
}

#[wasm_bindgen_test]
async fn an_administrator_objects_by_the_link() {
    let robot = Robot::come();
    let _site = Site::open(boot(clients()), &format!("/organisme/opposition#{}", "C".repeat(43))).await;
    robot.sees("Il y a encore un administrateur ?").await;
    assert_eq!(robot.calls(), 0);
    robot.will_answer(200, "{}");
    robot.click("M'opposer à la demande");
    robot.arrives_at("Votre opposition est enregistrée").await;
}

#[wasm_bindgen_test]
async fn it_can_be_too_late_to_object() {
    let robot = Robot::come();
    let _site = Site::open(boot(clients()), &format!("/organisme/opposition#{}", "C".repeat(43))).await;
    robot.sees("Il y a encore un administrateur ?").await;
    robot.will_answer(410, r#"{"type":"about:blank","title":"","status":410,"code":"link_expired"}"#);
    robot.click("M'opposer à la demande");
    robot.arrives_at("Il est trop tard pour s'opposer").await;
    assert!(!robot.reads().contains("nouveau lien"));
}

/// Opens the page of a letter that is there, with these parts of the server's answer; nothing else follows.
async fn at_the_letter(robot: &Robot, more: &str) -> Site {
    let said = format!(
        r#"{{"organisation":"Ville de Rives","recipient":"Maire","reference":"C-K7TM-94PX","asked":"2026-11-22",{more}}}"#
    );
    robot.will_answer(200, &said);
    let site = Site::open(boot(clients()), &format!("{LETTER}#{}", "D".repeat(43))).await;
    robot.sees("C-K7TM-94PX").await;
    site
}

#[wasm_bindgen_test]
async fn another_letter_is_offered_where_it_may_be_asked_for_only() {
    const AGAIN: &str = "Demander un nouveau courrier";
    for stage in ["returned", "expired", "locked"] {
        let robot = Robot::come();
        let _site = at_the_letter(&robot, &format!(r#""stage":"{stage}","renewable":true"#)).await;
        robot.sees(AGAIN).await;
    }
    for stage in ["returned", "expired", "locked"] {
        let robot = Robot::come();
        let parts = format!(r#""stage":"{stage}","renewable":false,"renewable_from":"2026-12-23""#);
        let _site = at_the_letter(&robot, &parts).await;
        robot.sees("Vous pourrez demander un nouveau courrier à partir du 23 décembre 2026.").await;
        let reads = robot.reads();
        assert!(!reads.contains(AGAIN), "{stage}: {reads}");
        assert!(!reads.contains("Demandez un nouveau courrier"), "{stage}: {reads}");
    }
}

#[wasm_bindgen_test]
async fn who_was_replaced_can_sign_up_again() {
    let robot = Robot::come();
    let site = at_the_letter(&robot, r#""stage":"lapsed","renewable":false"#).await;
    robot.sees("une demande plus récente l'a remplacée").await;
    robot.click("Devenir administrateur de votre organisme");
    until("the sign-up", || site.path() == SIGN_UP).await;
}

#[wasm_bindgen_test]
async fn who_opens_a_dead_link_is_told_so() {
    const DEAD: &str = "Ce lien est trop ancien, ou nous ne le reconnaissons pas.";
    for (status, code) in [(410, "link_expired"), (404, "link_unknown")] {
        let robot = Robot::come();
        let problem = format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"}}"#);
        robot.will_answer(status, &problem);
        let _site = Site::open(boot(clients()), &format!("{LETTER}#{}", "E".repeat(43))).await;
        robot.sees(DEAD).await;
        robot.type_in("Adresse e-mail", "awa@exemple.test");
        robot.will_answer(202, "{}");
        robot.click("Recevoir le lien");
        robot.arrives_at("Consultez votre messagerie").await;
        assert!(!robot.reads().contains(DEAD));
        // Somebody who comes without a link is told nothing of one.
        let _site = Site::reopen(boot(clients()), LETTER).await;
        robot.arrives_at("Où est mon courrier ?").await;
        assert!(!robot.reads().contains(DEAD));
    }
    let robot = Robot::come();
    let _site = Site::open(boot(clients()), &format!("{LETTER}#cut")).await;
    robot.sees(DEAD).await;
    assert_eq!(robot.calls(), 0);
}
