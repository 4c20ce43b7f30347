//! One's data, in the browser (D4).

mod support;

use support::{Robot, Site, boot, portal, session, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const PRESENT: &str = "Mot de passe actuel";
const KEPT: &str = r#"{"kept":[{"what":"Baux terminés","period":"12 mois"}]}"#;

async fn opened(robot: &Robot) -> Site {
    let mut boot = boot(portal());
    boot.session = Some(session());
    robot.will_answer(200, KEPT);
    let site = Site::open(boot, "/compte/donnees").await;
    robot.arrives_at("Vos données").await;
    robot.sees("Baux terminés").await;
    robot.sees("12 mois").await;
    site
}

#[wasm_bindgen_test]
async fn the_file_is_handed_over_and_told() {
    let robot = Robot::come();
    let _site = opened(&robot).await;
    robot.click("Télécharger mes données");
    robot.sees("Saisissez votre mot de passe actuel.").await;
    assert_eq!(robot.calls(), 1, "nothing was sent");
    robot.type_in(PRESENT, "tram Bleu 47");
    robot.will_answer(200, "PK");
    robot.click("Télécharger mes données");
    robot.sees("Le fichier est téléchargé").await;
    assert_eq!((robot.call(1, "method"), robot.call(1, "url")), ("POST".into(), "/api/account/data".into()));
    assert_eq!(robot.call(1, "body"), r#"{"present":"tram Bleu 47"}"#);
    assert!(robot.value(PRESENT).is_empty());
}

#[wasm_bindgen_test]
async fn refusals_are_in_words_and_a_lost_network_loses_nothing() {
    let robot = Robot::come();
    let _site = opened(&robot).await;
    robot.type_in(PRESENT, "pas le bon 1");
    robot.will_answer(
        401,
        r#"{"type":"about:blank","title":"","status":401,"code":"password_refused","tries_left":3}"#,
    );
    robot.click("Télécharger mes données");
    robot.sees("Essais restants avant un blocage temporaire : 3").await;
    until("an empty password", || robot.value(PRESENT).is_empty()).await;
    robot.type_in(PRESENT, "tram Bleu 47");
    robot.will_lose_the_network();
    robot.click("Télécharger mes données");
    until("a notice", || !robot.reads().contains("Essais restants")).await;
    assert_eq!(robot.value(PRESENT), "tram Bleu 47");
}
