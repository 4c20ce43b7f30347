//! Leaving, in the browser (T10): the person's page, the desk's list and sheet.

mod support;

use support::{Robot, Site, boot, french, portal, session, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const PRESENT: &str = "Mot de passe actuel";
const NOTHING: &str = r#"{"requests":[],"offers":["whole","paperless"],"answer_days":10,"kept_months":12}"#;
const WAITS: &str = r#"{"requests":[{"id":3,"kind":"paperless","state":"waiting","asked":"2026-11-22T08:00:00Z",
    "at_desk":false,"until":"02/12/2026","note":"Je lis mal l'écran.","reason":""}],
    "offers":["whole"],"answer_days":10,"kept_months":12}"#;

fn signed_in() -> palier_domain::wire::Boot {
    let mut boot = boot(portal());
    boot.session = Some(session());
    boot
}

fn problem(status: u16, code: &str, data: &str) -> String {
    format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"{data}}}"#)
}

/// The page, once the server has said that.
async fn open(robot: &Robot, said: &str) -> Site {
    robot.will_answer(200, said);
    let site = Site::open(signed_in(), "/compte/depart").await;
    robot.arrives_at(&french("departure.title")).await;
    site
}

#[wasm_bindgen_test]
async fn t10_what_each_choice_changes_is_said_before_it_is_made() {
    let robot = Robot::come();
    let _site = open(&robot, NOTHING).await;
    robot.sees("Vos données sont encore gardées 12 mois").await;
    robot.sees("en 10 jours au plus").await;
    robot.sees("arrivent à nouveau par la poste").await;
    robot.click(&french("departure.submit"));
    robot.sees(&french("error.kind.required")).await;
    assert_eq!(robot.calls(), 1, "nothing was sent");
    robot.tick(&french("departure.paperless.title"));
    robot.type_in(&french("field.departure_note.label"), "Je lis mal l'écran.");
    robot.type_in(PRESENT, "pas le bon 1");
    robot.will_answer(401, &problem(401, "password_refused", r#","tries_left":3"#));
    robot.click(&french("departure.submit"));
    robot.sees("Essais restants avant un blocage temporaire : 3").await;
    until("an emptied password", || robot.value(PRESENT).is_empty()).await;
    robot.type_in(PRESENT, "tram bleu 47");
    robot.will_answer(200, WAITS);
    robot.click(&french("departure.submit"));
    robot.sees(&french("departure.sent")).await;
    robot.sees("02/12/2026 au plus tard").await;
    let sent = robot.call(2, "body");
    assert_eq!(sent, r#"{"kind":"paperless","note":"Je lis mal l'écran.","present":"tram bleu 47"}"#);
}

#[wasm_bindgen_test]
async fn t10_a_request_is_taken_back() {
    let robot = Robot::come();
    let _site = open(&robot, WAITS).await;
    robot.sees("Je lis mal l'écran.").await;
    robot.sees(&french("departure.whole.text")).await;
    robot.will_answer(409, &problem(409, "departure_decided", ""));
    robot.will_answer(200, &WAITS.replace("waiting", "accepted"));
    robot.click(&format!("{} : {}", french("departure.withdraw"), french("departure.paperless.title")));
    robot.sees(&french("problem.departure_decided")).await;
    robot.sees("Les avis sans papier sont arrêtés depuis le").await;
    assert_eq!(
        (robot.call(1, "method"), robot.call(1, "url")),
        ("DELETE".into(), "/api/account/departure/paperless".into())
    );
}

#[wasm_bindgen_test]
async fn t10_who_is_alone_is_told_what_to_do_instead() {
    let robot = Robot::come();
    let alone =
        r#"{"requests":[],"offers":[],"obstacle":"last_administrator","answer_days":10,"kept_months":12}"#;
    let _site = open(&robot, alone).await;
    robot.sees("Nommez d'abord un autre administrateur").await;
    robot.sees(&french("departure.obstacle.users")).await;
    assert!(!robot.reads().contains(&french("departure.submit")));
}

const DESK: &str = r#"{"name":"Awa Ndiaye","email":"awa@exemple.test","role":"ROLE","stage":"open","idle_minutes":20,"recovery_codes_left":8,"onboarding":false,"mediation":false,"partners":false}"#;

fn sheet(state: &str, rest: &str) -> String {
    format!(
        r#"{{"number":"K7TM-94PX","name":"Aurélie LEFÈVRE","channel":"","state":"personal","since":"2026-11-02","signed_in":true,"help":[],"journal":[],
        "departures":[{{"id":3,"kind":"whole","state":"{state}","asked":"2026-11-22","at_desk":true,"until":"02/12/2026","note":"Je pars.","reason":""{rest}}}],"leavable":["paperless"]}}"#
    )
}

async fn at_the_sheet(robot: &Robot, role: &str) -> Site {
    robot.will_answer(200, &DESK.replace("ROLE", role));
    robot.will_answer(200, &sheet("waiting", ""));
    let site = Site::open(boot(portal()), "/guichet/compte?numero=K7TM-94PX").await;
    robot.arrives_at("Compte").await;
    robot.sees("demande faite au guichet le 22/11/2026").await;
    robot.sees("le 02/12/2026 au plus tard").await;
    robot.sees("Message de la personne : « Je pars. »").await;
    site
}

#[wasm_bindgen_test]
async fn t10_the_list_leads_to_the_accounts() {
    let robot = Robot::come();
    robot.will_answer(200, &DESK.replace("ROLE", "landlord"));
    robot.will_answer(
        200,
        r#"{"departures":[{"asked":"2026-11-22","until":"02/12/2026","late":true,"kind":"whole","name":"Aurélie LEFÈVRE","number":"K7TM-94PX","lease":"482173","note":"Je pars."}],"paging":{"page":1,"pages":1,"total":1}}"#,
    );
    let _site = Site::open(boot(portal()), "/guichet/desinscriptions").await;
    robot.arrives_at(&french("departures.title")).await;
    robot.sees("1 demande en attente").await;
    for words in ["22/11/2026", "02/12/2026 en retard", "482173", "Je pars."] {
        robot.sees(words).await;
    }
    robot.will_answer(200, &sheet("waiting", ""));
    robot.click("Aurélie LEFÈVRE");
    robot.arrives_at("Compte").await;
    robot.sees(&french("departures.landlord")).await;
    assert_eq!(robot.call(2, "url"), "/api/desk/accounts/K7TM-94PX");
}

#[wasm_bindgen_test]
async fn t10_a_refusal_needs_its_reason() {
    let robot = Robot::come();
    let _site = at_the_sheet(&robot, "support").await;
    robot.click(&format!("Refuser : {}", french("departures.what.whole")));
    robot.sees(&french("departures.refuse.submit")).await;
    robot.click_button(&french("departures.refuse.submit"));
    robot.sees("la personne doit comprendre pourquoi").await;
    robot.type_in(&french("field.reason.label"), "Un loyer reste dû.");
    robot.will_answer(200, &sheet("refused", r#","settled":"2026-11-23""#));
    robot.click_button(&french("departures.refuse.submit"));
    robot.sees(&french("departures.done")).await;
    assert_eq!(robot.call(2, "body"), r#"{"accept":false,"reason":"Un loyer reste dû."}"#);
}

#[wasm_bindgen_test]
async fn t10_what_happened_meanwhile_is_said_and_shown() {
    let robot = Robot::come();
    let _site = at_the_sheet(&robot, "operator").await;
    robot.click(&format!("Accepter : {}", french("departures.what.whole")));
    robot.sees(&french("departures.accept.whole")).await;
    robot.will_answer(409, &problem(409, "departure_withdrawn", ""));
    robot.will_answer(200, &sheet("withdrawn", r#","settled":"2026-11-23""#));
    robot.click_button("Accepter");
    robot.sees(&french("departures.problem.departure_withdrawn")).await;
    robot.sees("retirée par la personne le 23/11/2026").await;
    assert_eq!(robot.call(2, "url"), "/api/desk/departures/3");
    assert_eq!(robot.calls(), 4, "the sheet was asked for again");
}
