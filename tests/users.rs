//! An organisation's administrators decide who may do what, in the browser (A7–A9).

mod support;

use palier_domain::account::{ClientSummary, Session};
use palier_domain::wire::Boot;
use support::{Robot, Site, boot, clients, holds, js, text, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const USERS: &str = "/organisme/utilisateurs";
const TITLE: &str = "Utilisateurs – Ville de Rives";
const DONE: &str = "{}";

fn administrator(alone: bool) -> Session {
    Session {
        name: "Awa Ndiaye".into(),
        lease: None,
        client: Some(ClientSummary {
            name: "Ville de Rives".into(),
            number: "237517".into(),
            administrator: true,
            alone,
            rights: vec![("Prêts".into(), "act".into())],
        }),
        ..support::session()
    }
}

fn signed_in() -> Boot {
    Boot { session: Some(administrator(true)), ..boot(clients()) }
}

fn user(id: u8, name: &str, facts: &str) -> String {
    format!(
        r#"{{"id":{id},"name":"{name}","email":"u{id}@rives.example","since":"2026-11-02","rights":{{"prets":"consult"}},{facts}}}"#
    )
}

fn awa() -> String {
    user(1, "Awa Ndiaye", r#""administrator":true,"suspended":false,"you":true"#)
}

fn yves(facts: &str) -> String {
    user(2, "Yves Morel", facts)
}

const PLAIN: &str = r#""administrator":false,"suspended":false,"you":false"#;
const LEA: &str =
    r#"{"id":7,"name":"Léa Roy","email":"lea@rives.example","asked":"2026-11-20","until":"2026-12-04"}"#;

fn view(users: &[String], requests: &str, alone: bool) -> String {
    let services = r#"[{"code":"prets","name":"Prêts"},{"code":"documents","name":"Documents"}]"#;
    let invited = r#"{"id":9,"name":"Paul Petit","email":"paul@rives.example","administrator":true,"rights":{},"sent":"2026-11-01","until":"2026-11-08","expired":true}"#;
    format!(
        r#"{{"organisation":"Ville de Rives","number":"237517","services":{services},"users":[{}],"requests":[{requests}],"invitations":[{invited}],"alone":{alone}}}"#,
        users.join(",")
    )
}

fn problem(status: u16, code: &str) -> String {
    format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"}}"#)
}

/// Comes to the page with Awa, who is alone, Yves, and Léa who asks.
async fn at_the_users(robot: &Robot) -> Site {
    robot.will_answer(200, &view(&[awa(), yves(PLAIN)], LEA, true));
    let site = Site::open(signed_in(), USERS).await;
    robot.arrives_at(TITLE).await;
    site
}

fn open_dialog() -> String {
    text("robot.clean(document.querySelector('dialog[open] h2')?.textContent ?? '')")
}

#[wasm_bindgen_test]
async fn who_waits_comes_first_and_everybodys_state_is_in_words() {
    let robot = Robot::come();
    let _site = at_the_users(&robot).await;
    for words in [
        "Nommez un deuxième administrateur",
        "Répondez au plus tard le 4 décembre 2026",
        "Awa Ndiaye (vous)",
        "Droits : Prêts : consulter",
        "Le lien envoyé le 1er novembre 2026 ne fonctionne plus",
    ] {
        robot.sees(words).await;
    }
    let read = robot.reads();
    assert!(read.find("Demandes en attente") < read.find("Personnes qui ont un accès"));
    // The only administrator isn't offered what the server would refuse.
    assert!(!read.contains("Quitter le rôle"));
    assert!(!read.contains("Retirer mon accès"));
}

#[wasm_bindgen_test]
async fn the_page_reads_as_it_should() {
    let robot = Robot::come();
    let _site = at_the_users(&robot).await;
    let headings = text(
        "[...robot.root().querySelectorAll('main h1, main h2, main h3')].map((it) => it.tagName + ' ' + robot.clean(it.textContent)).join('\\n')",
    );
    assert_eq!(
        headings,
        "H1 Utilisateurs – Ville de Rives\nH2 Nommez un deuxième administrateur\nH2 Demandes en attente\nH3 Léa Roy\n\
         H2 Personnes qui ont un accès\nH3 Awa Ndiaye (vous)\nH3 Yves Morel\nH2 Invitations envoyées\nH3 Paul Petit\n\
         H2 Un collègue à ajouter ?"
    );
    let buttons = text(
        "[...robot.root().querySelectorAll('main button')].map((it) => robot.clean(it.textContent)).join('\\n')",
    );
    assert_eq!(
        buttons,
        "Accepter – Léa Roy\nRefuser – Léa Roy\nModifier les droits – Awa Ndiaye\nModifier les droits – Yves Morel\n\
         Nommer administrateur – Yves Morel\nSuspendre – Yves Morel\nRetirer l'accès – Yves Morel\n\
         Renvoyer l'invitation – Paul Petit\nAnnuler l'invitation – Paul Petit\nInviter un collègue"
    );
}

#[wasm_bindgen_test]
async fn a_request_is_accepted_with_rights() {
    let robot = Robot::come();
    let _site = at_the_users(&robot).await;
    robot.click("Accepter – Léa Roy");
    until("the form's heading has the focus", || {
        text("robot.clean(document.activeElement.textContent)") == "Accepter la demande de Léa Roy"
    })
    .await;
    robot.click("Accepter la demande");
    robot.sees("ouvrez au moins un service").await;
    assert_eq!(robot.calls(), 1, "nothing was sent");
    js("document.querySelector('.error-summary a').click()");
    assert!(holds("document.activeElement === robot.field('Prêts')"));
    robot.type_in("Prêts", "act");
    robot.will_answer(200, DONE);
    robot.will_answer(200, &view(&[awa(), yves(PLAIN)], "", true));
    robot.click("Accepter la demande");
    robot.sees("La demande de Léa Roy est acceptée.").await;
    assert_eq!(robot.call(1, "url"), "/api/organisation/requests/7/accept");
    assert_eq!(robot.call(1, "body"), r#"{"rights":{"prets":"act"},"administrator":false}"#);
    until("the message has the focus", || holds("document.activeElement.textContent.includes('acceptée')"))
        .await;
    assert!(!robot.reads().contains("Demandes en attente"));
}

#[wasm_bindgen_test]
async fn a_refusal_needs_a_reason_and_keeps_it_when_the_network_is_lost() {
    let robot = Robot::come();
    let _site = at_the_users(&robot).await;
    robot.click("Refuser – Léa Roy");
    robot.sees("Raison du refus").await;
    robot.click("Refuser la demande");
    robot.sees("la personne doit comprendre pourquoi").await;
    robot.type_in("Raison du refus", "Vous n'êtes plus de la maison.");
    robot.will_lose_the_network();
    robot.click("Refuser la demande");
    robot.sees("La connexion au service ne fonctionne pas.").await;
    assert_eq!(robot.value("Raison du refus"), "Vous n'êtes plus de la maison.");
    robot.will_answer(409, &problem(409, "decided"));
    robot.will_answer(200, &view(&[awa(), yves(PLAIN)], "", true));
    robot.click("Refuser la demande");
    robot.sees("Quelqu'un a déjà répondu à cette demande").await;
    assert!(!robot.reads().contains("Raison du refus"));
}

#[wasm_bindgen_test]
async fn what_is_done_with_a_user_is_asked_first_and_done_once() {
    let robot = Robot::come();
    let _site = at_the_users(&robot).await;
    robot.click("Suspendre – Yves Morel");
    until("the question", || open_dialog() == "Suspendre l'accès de Yves Morel ?").await;
    robot.click("Annuler");
    until("no question", || open_dialog().is_empty()).await;
    assert_eq!(robot.calls(), 1, "nothing was done");
    robot.click("Suspendre – Yves Morel");
    until("the question again", || !open_dialog().is_empty()).await;
    robot.holds_answers_back();
    robot.will_answer(200, DONE);
    let suspended = r#""administrator":false,"suspended":true,"you":false"#;
    robot.will_answer(200, &view(&[awa(), yves(suspended)], "", true));
    robot.click("Suspendre l'accès");
    until("it is sent", || robot.calls() == 2).await;
    // Meanwhile another click does nothing.
    robot.click("Suspendre – Yves Morel");
    robot.click("Renvoyer l'invitation – Paul Petit");
    support::settle_all().await;
    assert_eq!(robot.calls(), 2);
    assert!(open_dialog().is_empty());
    robot.lets_answers_go();
    robot.sees("L'accès de Yves Morel est suspendu.").await;
    assert_eq!(robot.call(1, "url"), "/api/organisation/users/2/suspend");
    robot.sees("Accès suspendu : cette personne ne peut pas se connecter.").await;
    robot.sees("Réactiver").await;
    assert!(!robot.reads().contains("Nommer administrateur – Yves"));
}

#[wasm_bindgen_test]
async fn a_colleague_is_invited_and_a_known_address_is_told_at_its_field() {
    let robot = Robot::come();
    let _site = at_the_users(&robot).await;
    robot.click("Inviter un collègue");
    robot.sees("Envoyer l'invitation").await;
    robot.type_in("Prénom", "Noé");
    robot.type_in("Nom", "Blanc");
    robot.type_in("Adresse e-mail", "u2@rives.example");
    robot.tick("Administrateur");
    robot.will_answer(409, &problem(409, "already_user"));
    robot.click("Envoyer l'invitation");
    robot.sees("cette adresse a déjà un accès ou une invitation").await;
    assert_eq!(robot.value("Prénom"), "Noé");
    robot.type_in("Adresse e-mail", "noe@rives.example");
    robot.will_answer(201, DONE);
    robot.will_answer(200, &view(&[awa()], "", false));
    robot.click("Envoyer l'invitation");
    robot.sees("Noé Blanc est invité.").await;
    assert_eq!(
        robot.call(2, "body"),
        r#"{"first_name":"Noé","own_surname":"Blanc","email":"noe@rives.example","rights":{},"administrator":true}"#
    );
    assert!(!robot.reads().contains("Nommez un deuxième administrateur"));
}

#[wasm_bindgen_test]
async fn who_is_no_administrator_is_told_so_and_who_is_signed_out_signs_in() {
    let robot = Robot::come();
    robot.will_answer(403, &problem(403, "no_client"));
    let _site = Site::open(signed_in(), USERS).await;
    robot.sees("Cette page est réservée aux administrateurs de l'organisme.").await;
    let robot = Robot::come();
    robot.will_answer(401, &problem(401, "signed_out"));
    let site = Site::open(signed_in(), USERS).await;
    robot.arrives_at("Connexion").await;
    assert_eq!(site.path(), "/connexion?retour=/organisme/utilisateurs");
}

#[wasm_bindgen_test]
async fn the_journal_is_read_page_by_page() {
    let robot = Robot::come();
    let entry = |number: u8, kind: &str| {
        format!(
            r#"{{"number":{number},"at":"2026-11-20T09:30:00Z","kind":"{kind}","details":{{"by":"Awa Ndiaye","name":"Yves Morel","email":"u2@rives.example"}}}}"#
        )
    };
    let part = |entry: String, more: bool| {
        format!(r#"{{"organisation":"Ville de Rives","entries":[{entry}],"more":{more}}}"#)
    };
    robot.will_answer(200, &part(entry(2, "user_suspended"), true));
    let _site = Site::open(signed_in(), "/organisme/journal").await;
    robot.arrives_at("Journal – Ville de Rives").await;
    robot.sees("Awa Ndiaye a suspendu le compte de Yves Morel (u2@rives.example).").await;
    assert!(holds("robot.words('Télécharger le journal (tableau CSV)').rel === 'external'"));
    robot.will_answer(200, &part(entry(1, "something_newer"), false));
    robot.click("Voir plus");
    robot.sees("something_newer").await;
    assert_eq!(robot.call(1, "url"), "/api/organisation/journal?before=2");
    until("there is no more", || !robot.reads().contains("Voir plus")).await;
    assert!(holds("document.activeElement.textContent.includes('something_newer')"));
}

#[wasm_bindgen_test]
async fn the_account_leads_administrators_to_their_users() {
    let robot = Robot::come();
    // The devices on which they are signed in.
    robot.will_answer(200, r#"{"sessions":[]}"#);
    let _site = Site::open(signed_in(), "/compte").await;
    robot.sees("Prêts : consulter et agir").await;
    robot.sees("Vous êtes le seul administrateur de votre organisme.").await;
    robot.will_answer(200, &serde_json::to_string(&administrator(true)).expect("a session"));
    robot.will_answer(200, &view(&[awa()], "", true));
    robot.click_button("Gérer les utilisateurs");
    robot.arrives_at(TITLE).await;
}
