//! An organisation creates its identity, joins the scheme and is found, in the browser (M1–M7).

mod support;

use palier_domain::wire::Boot;
use support::{Robot, Site, boot, correspondent, scheme, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const IDENTITY: &str = "/mediation/identite";
const JOIN: &str = "/mediation/adhesion";
const QUESTION: &str = "Je fais partie d'une fédération, association ou syndicat partenaire";
const AUTHORISED: &str = "Je suis autorisé à engager mon organisme";
const CODE: &str = "Avez-vous un code promotionnel ?";

fn signed_in() -> Boot {
    Boot { session: Some(correspondent(false)), ..boot(scheme()) }
}

/// What the server says of the membership.
fn view(revision: &str, begun: bool, answers: &str) -> String {
    format!(
        r#"{{"name":"Habitat du Val","number":"784 671 695","email":"awa@exemple.test","revision":"{revision}","begun":{begun},"answers":{{{answers}}}}}"#
    )
}

const NAMES: &str = r#""representative_first_name":"Paul","representative_surname":"Martin""#;

fn joined() -> String {
    let joined = r#""joined":{"reference":"M-2026-K7TM94","joined_at":"2026-11-22T10:00:00Z","partner":"USH","promo_code":"USH2017","sha256":"cafe"}"#;
    view("9", true, "").replace(r#""answers":{}"#, &format!(r#""answers":{{}},{joined}"#))
}

fn contract(sha256: &str) -> String {
    format!(
        r#"{{"title":"Contrat de médiation","html":"<p>Article 1</p>","version":"2026-11","sha256":"{sha256}"}}"#
    )
}

fn kept(revision: &str, contract: &str) -> String {
    format!(r#"{{"revision":"{revision}","contract":"{contract}"}}"#)
}

/// The session, asked for again on each page but the first.
fn session() -> String {
    serde_json::to_string(&correspondent(false)).expect("a session")
}

#[wasm_bindgen_test]
async fn the_first_page_says_whose_data_is_asked() {
    let robot = Robot::come();
    let site = Site::open(boot(scheme()), IDENTITY).await;
    robot.arrives_at("Votre organisme").await;
    for words in ["Étape 1 sur 4", "Qui remplit quoi ?", "Toutes les réponses sont obligatoires."] {
        robot.sees(words).await;
    }
    robot.type_in("Dénomination de la structure", "Habitat du Val");
    robot.type_in("Numéro SIREN ou SIRET", "784 671 696");
    robot.click("Continuer");
    robot.sees("ce numéro n'existe pas").await;
    robot.type_in("Numéro SIREN ou SIRET", "784 671 695");
    robot.click("Continuer");
    robot.arrives_at("Le directeur général").await;
    robot.type_in("Prénom du directeur général", "Paul");
    robot.type_in("Nom du directeur général", "Martin");
    robot.type_in("Jour", "23");
    robot.type_in("Mois", "11");
    robot.type_in("Année", "2008");
    robot.click("Continuer");
    robot.sees("a au moins 18 ans").await;
    robot.type_in("Année", "1968");
    robot.click("Continuer");
    robot.arrives_at("Le correspondant Médiation").await;
    robot.type_in("Adresse e-mail du correspondant Médiation", "awa@exemple.test");
    robot.type_in("Mot de passe", "tram Bleu 47");
    robot.will_answer(204, "");
    robot.click("Continuer");
    robot.arrives_at("Vérifiez vos réponses").await;
    robot.sees("23/11/1968").await;
    robot.will_answer(200, r#"{"handle":"h1"}"#);
    robot.click("Certifier mon identité");
    robot.arrives_at("Consultez la messagerie du correspondant").await;
    robot.sees("awa@exemple.test").await;
    assert_eq!(site.path(), "/mediation/identite/envoye");
    assert_eq!(robot.call(0, "url"), "/api/mediation/identity-checks");
    assert_eq!(robot.call(1, "url"), "/api/mediation/identities");
    robot.will_answer(202, "");
    robot.click("Renvoyer l'e-mail");
    robot.sees("Nous envoyons l'e-mail une nouvelle fois").await;
    assert_eq!(robot.call(2, "url"), "/api/mediation/identities/resend");
    assert_eq!(robot.call(2, "body"), r#"{"handle":"h1"}"#);
}

#[wasm_bindgen_test]
async fn a_question_asked_after_an_answer_only_is_hidden_until_then() {
    let robot = Robot::come();
    let _site = Site::open(signed_in(), JOIN).await;
    robot.will_serve(&[
        ("/mediation/membership/draft", &kept("2", "aa")),
        ("/mediation/membership", &view("1", false, NAMES)),
        ("/account/session", &session()),
        ("/mediation/contract", &contract("aa")),
    ]);
    robot.arrives_at("Le représentant légal").await;
    robot.sees("784 671 695").await;
    assert_eq!(robot.value("Prénom du représentant légal"), "Paul");
    robot.click("Continuer");
    robot.arrives_at("Votre fédération").await;
    robot.sees(QUESTION).await;
    assert!(support::holds("document.getElementById('partner').closest('.field').hidden"));
    robot.click("Continuer");
    robot.sees("Oui ou Non.").await;
    assert!(support::holds(
        "document.querySelector('fieldset[role=radiogroup]').getAttribute('aria-invalid') === 'true'"
    ));
    support::js("document.querySelector('.error-summary a').click()");
    assert!(support::holds("document.activeElement === robot.field('Oui')"));
    robot.tick("Oui");
    until("it shows", || support::holds("!document.getElementById('partner').closest('.field').hidden"))
        .await;
    robot.click("Continuer");
    robot.sees("Choisissez le nom de votre partenaire").await;
    robot.type_in("Nom du partenaire", "USH");
    robot.click("Continuer");
    robot.arrives_at("Le contrat").await;
    robot.sees("Article 1").await;
    robot.sees("Empreinte du texte (SHA-256) : aa").await;
    robot.click("Continuer");
    robot.sees("pour adhérer. Si vous n'êtes pas autorisé").await;
    robot.tick(AUTHORISED);
    robot.click("Continuer");
    robot.arrives_at("Code promotionnel").await;
    assert!(!robot.reads().contains("Toutes les réponses sont obligatoires"));
    assert!(support::holds(&format!("!robot.field('{CODE}').required")));
    // Leaving it empty is an answer.
    robot.click("Continuer");
    robot.arrives_at("Vérifiez vos réponses").await;
    robot.sees("Union sociale pour l'habitat").await;
    let last = robot.calls() - 1;
    assert!(support::holds(&format!(
        "robot.calls.slice(0, {last} + 1).some((it) => it.body.includes('\"promo_code\":\"\"'))"
    )));
    assert!(support::kept().contains("promo_code"), "an empty answer is kept too: {}", support::kept());
}

#[wasm_bindgen_test]
async fn what_was_typed_in_this_tab_wins_over_the_same_state_only() {
    let robot = Robot::come();
    let first = Site::open(signed_in(), JOIN).await;
    robot.will_answer(200, &view("1", false, NAMES));
    robot.arrives_at("Le représentant légal").await;
    robot.type_in("Nom du représentant légal", "Durand");
    until("it is kept", || support::kept().contains("Durand")).await;
    drop(first);
    robot.will_answer(200, &view("1", false, NAMES));
    let again = Site::reopen(signed_in(), JOIN).await;
    robot.arrives_at("Le représentant légal").await;
    assert_eq!(robot.value("Nom du représentant légal"), "Durand", "typed, not sent yet");
    drop(again);
    robot.will_answer(
        200,
        &view("2", true, r#""representative_first_name":"Zoé","representative_surname":"Petit""#),
    );
    let elsewhere = Site::reopen(signed_in(), JOIN).await;
    robot.arrives_at("Votre fédération").await;
    until("the step reached", || elsewhere.path() == "/mediation/adhesion/federation").await;
    robot.will_answer(200, &session());
    robot.click("Retour");
    robot.arrives_at("Le représentant légal").await;
    assert_eq!(robot.value("Nom du représentant légal"), "Petit", "changed on another device");
}

#[wasm_bindgen_test]
async fn a_contract_that_reads_otherwise_is_agreed_to_anew() {
    let robot = Robot::come();
    let answers = format!(r#"{NAMES},"federation":"non","contract":"aa","authorised":"on","promo_code":"""#);
    let site = Site::open(signed_in(), "/mediation/adhesion?modifier").await;
    robot.will_serve(&[
        ("/mediation/membership/draft", &kept("2", "bb")),
        ("/mediation/membership", &view("1", true, &answers)),
        ("/account/session", &session()),
        ("/mediation/contract", &contract("bb")),
    ]);
    robot.arrives_at("Le représentant légal").await;
    robot.type_in("Nom du représentant légal", "Durand");
    robot.click("Continuer");
    robot.arrives_at("Le contrat").await;
    robot.sees("Vos réponses ont changé le contrat.").await;
    assert!(support::holds(&format!("!robot.field(\"{AUTHORISED}\").checked")));
    assert_eq!(site.path(), "/mediation/adhesion/contrat?modifier");
}

#[wasm_bindgen_test]
async fn joining_ends_on_the_page_that_says_so_and_leads_back_to_it() {
    let robot = Robot::come();
    let answers =
        format!(r#"{NAMES},"federation":"non","contract":"aa","authorised":"on","promo_code":"USH2017""#);
    let site = Site::open(signed_in(), JOIN).await;
    robot.will_answer(200, &view("1", true, &answers));
    robot.arrives_at("Vérifiez vos réponses").await;
    let problem = r#"{"type":"about:blank","title":"","status":422,"code":"invalid","fields":[{"name":"promo_code","code":"code_exhausted"}]}"#;
    robot.will_answer(422, problem);
    robot.will_answer(200, &session());
    robot.click("Valider");
    robot.arrives_at("Code promotionnel").await;
    robot.sees("Ce code a déjà servi autant de fois que prévu").await;
    robot.type_in(CODE, "");
    robot.will_serve(&[
        ("/mediation/membership/draft", &kept("2", "aa")),
        ("/mediation/memberships", "{}"),
        ("/mediation/membership", &joined()),
        ("/account/session", &session()),
        ("/mediation/contract", &contract("aa")),
    ]);
    robot.click("Continuer");
    robot.arrives_at("Vérifiez vos réponses").await;
    robot.click("Valider");
    robot.arrives_at("Vous êtes inscrit").await;
    assert_eq!(site.path(), "/mediation/adhesion/envoye");
    for words in ["M-2026-K7TM94", "USH2017", "cafe", "Imprimer le contrat", "Article 1"] {
        robot.sees(words).await;
    }
    assert!(!robot.reads().contains("déjà inscrit"));
    support::js("history.back()");
    robot.sees("Votre organisme est déjà inscrit.").await;
    until("the address", || site.path() == "/mediation/adhesion/envoye").await;
}

#[wasm_bindgen_test]
async fn signing_out_forgets_what_was_answered() {
    let robot = Robot::come();
    let _site = Site::open(signed_in(), JOIN).await;
    robot.will_answer(200, &view("1", false, NAMES));
    robot.arrives_at("Le représentant légal").await;
    until("it is kept", || support::kept().contains("Martin")).await;
    robot.will_answer(204, "");
    robot.click("Se déconnecter");
    robot.arrives_at("Connexion").await;
    until("it is forgotten", || !support::kept().contains("Martin")).await;
}

#[wasm_bindgen_test]
async fn a_campaign_that_is_over_says_so_instead_of_asking() {
    for (today, title, words) in [
        ("2026-10-31", "Les adhésions ne sont pas encore ouvertes", "1er novembre 2026"),
        ("2027-01-01", "Les adhésions sont closes", "31 décembre 2026"),
    ] {
        let robot = Robot::come();
        let mut boot = boot(scheme());
        boot.today = today.into();
        let _site = Site::open(boot, IDENTITY).await;
        robot.arrives_at(title).await;
        robot.sees(words).await;
        assert!(support::holds("!document.querySelector('form')"));
    }
    let robot = Robot::come();
    let mut late = boot(scheme());
    late.today = "2026-12-09".into();
    let _site = Site::open(late, "/mediation").await;
    robot.arrives_at("Le dispositif de médiation").await;
    robot.sees("Il est encore temps d'adhérer").await;
    robot.click("Créer l'identité de mon organisme");
    robot.arrives_at("Votre organisme").await;
}

#[wasm_bindgen_test]
async fn one_link_certifies_and_another_stops_reminders() {
    let token = "A".repeat(43);
    for (path, words, url, done) in [
        (
            "/mediation/identite/certification",
            "Confirmer mon adresse",
            "/api/mediation/certifications",
            "L'identité est certifiée",
        ),
        (
            "/mediation/rappels",
            "Arrêter les rappels",
            "/api/mediation/reminders/stop",
            "Les rappels sont arrêtés",
        ),
    ] {
        let robot = Robot::come();
        let _site = Site::open(boot(scheme()), &format!("{path}#{token}")).await;
        robot.sees(words).await;
        robot.will_answer(200, "");
        robot.click(words);
        robot.arrives_at(done).await;
        assert_eq!(robot.call(0, "url"), url);
    }
    let robot = Robot::come();
    let _site = Site::open(boot(scheme()), "/mediation/rappels").await;
    robot.arrives_at("Ce lien n'est pas reconnu").await;
}

#[wasm_bindgen_test]
async fn the_directory_searches_as_one_types_one_request_at_a_time() {
    let robot = Robot::come();
    let site = Site::open(boot(scheme()), "/annuaire").await;
    robot.arrives_at("Annuaire des organismes adhérents").await;
    const NAME: &str = "Nom de l'organisme";
    robot.type_in(NAME, "h");
    robot.click("Rechercher");
    robot.sees("Saisissez au moins deux lettres.").await;
    assert_eq!(robot.calls(), 0);
    robot.holds_answers_back();
    robot.will_answer(200, r#"{"total":9,"listed":[]}"#);
    robot.type_in(NAME, "ha");
    until("a request", || robot.calls() == 1).await;
    robot.type_in(NAME, "hab");
    robot.type_in(NAME, "habitat été");
    robot.click("Recherche…");
    support::settle_all().await;
    assert_eq!(robot.calls(), 1, "never two at once");
    let found = r#"{"total":3,"listed":[{"name":"Habitat d'été","siren":"784671695","since":"2026-11-01"}]}"#;
    robot.will_answer(200, found);
    robot.lets_answers_go();
    robot.sees("Habitat d'été").await;
    robot.sees("3 organismes trouvés. Le premier est affiché.").await;
    robot.sees("Adhérent depuis le 1er novembre 2026. SIREN 784 671 695").await;
    assert_eq!(robot.calls(), 2, "the last text wins");
    assert_eq!(robot.call(1, "url"), "/api/directory?q=habitat%20%C3%A9t%C3%A9");
    until("the address", || site.path() == "/annuaire?q=habitat%20%C3%A9t%C3%A9").await;
    drop(site);
    robot.will_answer(200, r#"{"total":0,"listed":[]}"#);
    let again = Site::reopen(boot(scheme()), "/annuaire?q=habitat%20%C3%A9t%C3%A9").await;
    robot.sees("Aucun organisme adhérent ne correspond.").await;
    assert_eq!(robot.value(NAME), "habitat été");
    drop(again);
}
