//! Every page: its words are there in both languages, and what surrounds it works.

mod support;

use palier_domain::portal::PortalLink;
use palier_pages::routes::{DOCUMENTS, Place};
use support::{Robot, Site, boot, portal, session, texts, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Words that look like the key of a text (no part of an e-mail address does), or like a value that wasn't put in.
const KEYS: &str =
    r"(robot.pieces().match(/(?<!@)\b[a-z_]{3,}\.[a-z_]{3,}\b(?!@)|\{[a-z_]+\}/g) ?? []).join()";

#[wasm_bindgen_test]
async fn no_page_shows_the_key_of_a_missing_text() {
    let paths = [
        "/",
        "/connexion",
        "/identifiant-oublie",
        "/identifiant-oublie?envoye",
        "/mot-de-passe-oublie",
        "/mot-de-passe-oublie?envoye",
        "/mot-de-passe-oublie/nouveau",
        "/locataire/confirmation",
        "/locataire/inscription",
        "/locataire",
        "/compte",
        "/galerie",
        "/x",
    ];
    for language in ["fr", "en"] {
        for path in paths {
            let robot = Robot::come();
            let mut boot = boot(portal());
            boot.language = language.into();
            boot.texts = texts(language);
            boot.session = Some(session());
            let _site = Site::open(boot, path).await;
            until("a heading", || !robot.heading().is_empty()).await;
            assert_eq!(support::text(KEYS), "", "{path} in {language}: {}", robot.reads());
            assert!(support::title().ends_with("Habitat des Rives"), "{path}: {}", support::title());
        }
    }
}

#[wasm_bindgen_test]
async fn written_pages_are_at_the_foot_of_every_page() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), "/connexion").await;
    until("a heading", || !robot.heading().is_empty()).await;
    for name in DOCUMENTS {
        let path = Place::Document(name).path();
        assert!(support::holds(&format!("!!document.querySelector('footer a[href=\"{path}\"]')")), "{path}");
    }
    robot.sees("Une question ? Habitat des Rives : 05 49 00 00 00, du lundi au vendredi.").await;
    robot.will_lose_the_network();
    robot.click("Cookies");
    robot.arrives_at("La page n'a pas pu être chargée").await;
    robot.will_answer(200, r#"{"title":"Les cookies","html":"<p>Seulement les nécessaires.</p>"}"#);
    robot.click("Réessayer");
    robot.arrives_at("Les cookies").await;
    robot.sees("Seulement les nécessaires.").await;
}

#[wasm_bindgen_test]
async fn a_base_is_before_every_address() {
    let robot = Robot::come();
    let mut portal = portal();
    portal.base = "/extranet".into();
    let site = Site::open(boot(portal), "/extranet").await;
    robot.arrives_at("Que souhaitez-vous faire ?").await;
    let outside = "[...robot.root().querySelectorAll('a[href]')].map((it) => it.getAttribute('href'))
        .filter((it) => !/^(\\/extranet|tel:|#|\\?)/.test(it)).join()";
    assert_eq!(support::text(outside), "");
    support::js("document.querySelector('.cards a').click()");
    robot.arrives_at("Votre référence client").await;
    until("the address", || site.path() == "/extranet/locataire/inscription").await;
}

#[wasm_bindgen_test]
async fn a_server_with_several_portals_lists_them() {
    let robot = Robot::come();
    let mut boot = boot(portal());
    boot.portal = None;
    boot.portals = vec![PortalLink { base: "/extranet".into(), name: "Habitat des Rives".into() }];
    let _site = Site::open(boot, "/").await;
    robot.arrives_at("Choisissez votre bailleur").await;
    assert!(support::holds("document.querySelector('.cards a').rel === 'external'"));
    robot.sees("Habitat des Rives").await;
}

#[wasm_bindgen_test]
async fn the_skip_link_leads_to_the_content() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), "/").await;
    until("a heading", || !robot.heading().is_empty()).await;
    robot.click("Aller au contenu");
    assert!(support::holds("document.activeElement.id === 'main' && location.hash === ''"));
}

#[wasm_bindgen_test]
async fn being_off_line_is_said() {
    let robot = Robot::come();
    let _site = Site::open(boot(portal()), "/").await;
    until("a heading", || !robot.heading().is_empty()).await;
    support::js("dispatchEvent(new Event('offline'))");
    robot.sees("Vous êtes hors connexion").await;
    support::js("dispatchEvent(new Event('online'))");
    until("it goes", || !robot.reads().contains("hors connexion")).await;
}
