//! The desk beside the caller, in the browser: found, told, helped, made (P7, P8, P1).

mod support;

use support::{Robot, Site, boot, clients, holds, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ACCOUNTS: &str = "/guichet/comptes";
const SHEET: &str = "/guichet/compte?numero=07802700750001";

fn session(role: &str) -> String {
    format!(
        r#"{{"name":"Awa Ndiaye","email":"awa@exemple.test","role":"{role}","stage":"open","idle_minutes":20,"recovery_codes_left":8,"onboarding":false,"mediation":false,"partners":true}}"#
    )
}

fn sheet(state: &str, rest: &str) -> String {
    format!(
        r#"{{"number":"07802700750001","name":"Office des Balcons","email":"lilas@exemple.fr","channel":"mail","state":"{state}","signed_in":false,"journal":[{{"day":"2026-11-22","time":"09:00","staff":"awa@exemple.test","kind":"shown"}}]{rest}}}"#
    )
}

#[wasm_bindgen_test]
async fn a_caller_is_found_and_told_where_they_stand() {
    let robot = Robot::come();
    robot.will_answer(200, &session("support"));
    robot.will_answer(200, r#"{"accounts":[],"paging":{"page":1,"pages":1,"total":0}}"#);
    let site = Site::open(boot(clients()), ACCOUNTS).await;
    robot.arrives_at("Comptes").await;
    robot.sees("Saisissez un numéro, un nom ou une adresse").await;
    robot.type_in("Numéro, nom ou adresse e-mail", "balcons");
    robot.will_answer(
        200,
        r#"{"accounts":[{"number":"07802700750001","name":"Office des Balcons","state":"letter"}],"paging":{"page":1,"pages":1,"total":1}}"#,
    );
    robot.click("Rechercher");
    robot.sees("1 compte trouvé").await;
    robot.sees("Courrier valable").await;
    assert_eq!(robot.call(2, "url"), "/api/desk/accounts?search=balcons");
    let told = r#","since":"2026-11-02","until":"2027-01-02","letter":{"reference":"C-K7TM-94PX","asked":"2026-11-01","printed":"2026-11-02","posted":"2026-11-03"},"lock":{"time":"14:10","day":"2026-11-22","whole_day":false},"help":["lost_by_mail"]"#;
    robot.will_answer(200, &sheet("letter", told));
    robot.click("07802700750001");
    robot.arrives_at("Compte").await;
    assert_eq!(site.path(), SHEET);
    for words in [
        "Les identifiants du courrier imprimé le 02/11/2026 sont valables jusqu’au 02/01/2027 inclus.",
        "Courrier C-K7TM-94PX : demandé le 01/11/2026, imprimé le 02/11/2026, posté le 03/11/2026.",
        "La personne ne s’est jamais connectée.",
        "La connexion est bloquée jusqu’à 14:10",
        "Votre courrier est valable jusqu’au 02/01/2027",
        "Compte consulté",
    ] {
        robot.sees(words).await;
    }
}

#[wasm_bindgen_test]
async fn what_is_done_is_asked_first_and_told_afterwards() {
    let robot = Robot::come();
    robot.will_answer(200, &session("support"));
    robot.will_answer(
        200,
        &sheet("mail", r#","since":"2026-11-22","until":"2026-12-06","help":["lost_by_mail"]"#),
    );
    let _site = Site::open(boot(clients()), SHEET).await;
    robot.arrives_at("Compte").await;
    robot.sees("Perdu : envoyer un e-mail").await;
    robot.click("Perdu : envoyer un e-mail");
    until("the question", || holds("document.querySelector('dialog[open]') !== null")).await;
    robot.sees("Ce que vous avez reçu ne marchera plus.").await;
    robot.will_answer(
        200,
        &sheet("mail", r#","since":"2026-11-22","until":"2026-12-06","help":["lost_by_mail"]"#),
    );
    support::js("document.querySelector('dialog[open] button:not(.secondary)').click()");
    robot.sees("l’envoi perdu n’ouvre plus rien").await;
    assert_eq!(robot.call(2, "url"), "/api/desk/accounts/07802700750001/lost_by_mail");
}

#[wasm_bindgen_test]
async fn landlords_are_offered_nothing() {
    let robot = Robot::come();
    robot.will_answer(200, &session("landlord"));
    robot.will_answer(200, &sheet("nothing", r#","help":[]"#));
    let _site = Site::open(boot(clients()), SHEET).await;
    robot.sees("Aucun identifiant n’est valable").await;
    assert!(!robot.reads().contains("Ce que vous pouvez faire"));
}

#[wasm_bindgen_test]
async fn one_account_is_made_of_its_parts() {
    let robot = Robot::come();
    robot.will_answer(200, &session("operator"));
    let site = Site::open(boot(clients()), "/guichet/nouveau-compte").await;
    robot.arrives_at("Créer un compte").await;
    robot.type_in("Code organisme", "78");
    robot.type_in("Réf. Tiers", "270075");
    robot.type_in("Rang bailleur", "1");
    robot.type_in("Nom", "Office des Balcons");
    robot.click_button("Créer le compte");
    robot.sees("« Code organisme » a toujours 3 chiffres").await;
    robot.type_in("Code organisme", "078");
    robot.type_in("Numéro et rue", "8 rue des Balcons");
    robot.type_in("Code postal et commune", "69003 LYON");
    robot.will_answer(200, &sheet("nothing", r#","help":[]"#));
    robot.will_answer(200, &sheet("nothing", r#","help":[]"#));
    robot.click_button("Créer le compte");
    robot.sees("Le compte est créé.").await;
    assert_eq!(site.path(), SHEET);
    assert!(robot.call(1, "body").contains(r#""channel":"letter""#));
}
