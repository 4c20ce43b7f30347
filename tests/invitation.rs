//! Somebody who was accepted or invited chooses a password by the link, in the browser (A7, A8).

mod support;

use support::{Robot, Site, boot, clients};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn an_invitation_shows_whose_it_is_and_takes_a_password() {
    let robot = Robot::come();
    let token = "C".repeat(43);
    robot.will_answer(
        200,
        r#"{"organisation":"Ville de Rives","first_name":"Léa","surname":"Roy","email":"lea@rives.example","asks_terms":true}"#,
    );
    let site = Site::open(boot(clients()), &format!("/organisme/invitation#{token}")).await;
    robot.arrives_at("Rejoindre Ville de Rives").await;
    assert_eq!(site.path(), "/organisme/invitation");
    robot.sees("Léa Roy").await;
    robot.type_in("Mot de passe", "tram Bleu 47");
    robot.click("Créer mon compte");
    robot.sees("Il y a 1 erreur dans cette page").await;
    assert_eq!(robot.calls(), 1);
    robot.tick("J'ai lu et j'accepte les conditions générales d'utilisation");
    robot.will_answer(200, "{}");
    robot.click("Créer mon compte");
    robot.arrives_at("Votre compte est prêt").await;
    assert!(robot.call(1, "body").contains(r#""read_terms":"2026-11""#));
    assert!(!support::kept().contains(&token));
}

#[wasm_bindgen_test]
async fn an_invitation_of_no_use_says_why() {
    for (status, code, heading) in [
        (410, "link_expired", "Ce lien n'est plus valable"),
        (410, "link_used", "Ce lien a déjà servi"),
        (404, "link_unknown", "Ce lien n'est pas reconnu"),
    ] {
        let robot = Robot::come();
        robot.will_answer(
            status,
            &format!(r#"{{"type":"about:blank","title":"","status":{status},"code":"{code}"}}"#),
        );
        let _site = Site::open(boot(clients()), &format!("/organisme/invitation#{}", "C".repeat(43))).await;
        robot.arrives_at(heading).await;
    }
}
