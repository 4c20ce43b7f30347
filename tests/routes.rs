//! All addresses of the pages, built and read back.

mod support;

use palier_domain::account::Session;
use palier_domain::journey::Step;
use palier_domain::mediation::{IDENTITY, MEMBERSHIP};
use palier_domain::tenancy::SIGN_UP;
use palier_pages::routes::{
    DOCUMENTS, Place, Room, after_sign_in, edit_path, home_of, is_edit, sent_path, sign_in_then, step_path,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn all() -> Vec<(Place, &'static str)> {
    let mut all = vec![
        (Place::Home, "/"),
        (Place::SignIn, "/connexion"),
        (Place::ForgottenIdentifier, "/identifiant-oublie"),
        (Place::ForgottenPassword, "/mot-de-passe-oublie"),
        (Place::NewPassword, "/mot-de-passe-oublie/nouveau"),
        (Place::SignUp(Step::Page(0)), "/locataire/inscription"),
        (Place::SignUp(Step::Page(1)), "/locataire/inscription/signataire"),
        (Place::SignUp(Step::Page(2)), "/locataire/inscription/acces"),
        (Place::SignUp(Step::Review), "/locataire/inscription/verification"),
        (Place::SignUpSent, "/locataire/inscription/envoye"),
        (Place::Confirmation, "/locataire/confirmation"),
        (Place::Tenant, "/locataire"),
        (Place::Mediation, "/mediation"),
        (Place::Identity(Step::Page(0)), "/mediation/identite"),
        (Place::Identity(Step::Page(1)), "/mediation/identite/directeur"),
        (Place::Identity(Step::Page(2)), "/mediation/identite/correspondant"),
        (Place::Identity(Step::Review), "/mediation/identite/verification"),
        (Place::IdentitySent, "/mediation/identite/envoye"),
        (Place::Certification, "/mediation/identite/certification"),
        (Place::Membership(Step::Page(0)), "/mediation/adhesion"),
        (Place::Membership(Step::Page(1)), "/mediation/adhesion/federation"),
        (Place::Membership(Step::Page(2)), "/mediation/adhesion/contrat"),
        (Place::Membership(Step::Page(3)), "/mediation/adhesion/code"),
        (Place::Membership(Step::Review), "/mediation/adhesion/verification"),
        (Place::Joined, "/mediation/adhesion/envoye"),
        (Place::Reminders, "/mediation/rappels"),
        (Place::Directory, "/annuaire"),
        (Place::Users, "/organisme/utilisateurs"),
        (Place::Journal, "/organisme/journal"),
        (Place::Invitation, "/organisme/invitation"),
        (Place::Objection, "/organisme/opposition"),
        (Place::Account, "/compte"),
        (Place::Email, "/compte/adresse"),
        (Place::EmailConfirmation, "/compte/adresse/confirmation"),
        (Place::EmailObjection, "/compte/adresse/opposition"),
        (Place::Password, "/compte/mot-de-passe"),
        (Place::Departure, "/compte/depart"),
        (Place::Data, "/compte/donnees"),
        (Place::Gallery, "/galerie"),
        (Place::Desk(Room::Hall), "/guichet"),
        (Place::Desk(Room::Letters), "/guichet/courriers"),
        (Place::Desk(Room::Clients), "/guichet/clients"),
        (Place::Desk(Room::Requests), "/guichet/demandes"),
        (Place::Desk(Room::Memberships), "/guichet/adhesions"),
        (Place::Desk(Room::Departures), "/guichet/desinscriptions"),
        (Place::Welcome, "/guichet/bienvenue"),
    ];
    let documents = ["/cgu", "/cookies", "/accessibilite", "/mentions-legales", "/aide"];
    all.extend(DOCUMENTS.into_iter().map(Place::Document).zip(documents));
    all
}

#[wasm_bindgen_test]
fn every_address_is_built_and_read_back() {
    for (place, path) in all() {
        assert_eq!(place.path(), path);
        assert_eq!(Place::parse(path), place, "{path}");
        let closed = format!("{}/", path.trim_end_matches('/'));
        assert_eq!(Place::parse(&closed), place, "{closed}");
    }
}

#[wasm_bindgen_test]
fn other_addresses_are_not_ours() {
    for path in [
        "",
        "/x",
        "/connexion/x",
        "/locataire/inscription/x",
        "/locataire/inscriptions",
        "/demo/courriels",
        "/mediation/x",
        "/mediation/identite/contrat",
        "/mediation/adhesion/directeur",
        "/annuaire/x",
        "/guichet/x",
    ] {
        assert_eq!(Place::parse(path), Place::Unknown, "{path}");
    }
}

#[wasm_bindgen_test]
fn what_this_program_has_is_shown_by_it() {
    for (place, path) in all() {
        assert!(!place.is_elsewhere(), "{path}");
    }
    assert!(Place::parse("/organisme/x").is_elsewhere());
}

#[wasm_bindgen_test]
fn steps_lead_on_and_back() {
    assert_eq!(step_path(&SIGN_UP, Step::Page(1)), "/locataire/inscription/signataire");
    assert_eq!(edit_path(&SIGN_UP, Step::Page(0)), "/locataire/inscription?modifier");
    assert!(is_edit("modifier") && !is_edit("") && !is_edit("modifier=1"));
    assert_eq!(Place::parse(&sent_path(&SIGN_UP)), Place::SignUpSent);
    assert_eq!(Place::parse(&sent_path(&IDENTITY)), Place::IdentitySent);
    assert_eq!(Place::parse(&sent_path(&MEMBERSHIP)), Place::Joined);
}

#[wasm_bindgen_test]
fn a_correspondent_comes_home_to_the_scheme() {
    assert_eq!(home_of(&Some(support::session())), Place::Tenant);
    assert_eq!(home_of(&Some(Session { lease: None, ..support::session() })), Place::Account);
    assert_eq!(home_of(&Some(support::correspondent(false))), Place::Mediation);
}

#[wasm_bindgen_test]
fn signing_in_leads_to_our_own_pages_only() {
    let wanted = sign_in_then(Place::Account);
    assert_eq!(wanted, "/connexion?retour=/compte");
    assert_eq!(after_sign_in("retour=/compte"), Some(Place::Account));
    assert_eq!(after_sign_in(&sign_in_then(Place::Users)["/connexion?".len()..]), Some(Place::Users));
    for query in ["", "retour=", "retour=https://exemple.fr", "retour=//exemple.fr", "x=/compte"] {
        assert_eq!(after_sign_in(query), None, "{query}");
    }
}
