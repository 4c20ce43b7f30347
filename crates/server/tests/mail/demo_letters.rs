//! The letters of the demonstration: printed and posted by who looks at it.

use axum::http::StatusCode;
use palier_domain::onboarding::LetterState;
use palier_domain::values::{ClientNumber, Email, PostalAddress, ReferenceFormat};
use palier_server::store::clients::{self, NewClient};
use palier_server::store::designations::{self, NewDesignation};
use palier_server::store::letters::{self, Letter, NewLetter};

use crate::demo::{get, post_to};
use crate::support::House;

const ROOT: &str = "/demo/courriers";
const BANK: &str = "/prets/demo/courriers";
const REFERENCE: &str = "C-K7TM-94PX";
const SAME: Option<&str> = Some("same-origin");

/// A letter that waits to be printed.
async fn ask(house: &House) {
    let (conn, portal, now) = (house.state.store().write(), "prets".to_owned(), house.state.now());
    let number = ClientNumber::parse("237517", &ReferenceFormat::any()).unwrap();
    let name = "Commune de <Saint-Ours>".to_owned();
    let lines = ["Commune de Saint-Ours", "", "1 place de la Mairie", "", "", "69003 LYON"];
    let client = NewClient {
        number: number.clone(),
        legal_form: None,
        representative: "Maire".to_owned(),
        address: PostalAddress::parse(&name, lines).unwrap(),
        name,
    };
    clients::upsert_many(conn, &portal, &[client], now).await.unwrap();
    let client_id = clients::by_number(conn, &portal, &number).await.unwrap().unwrap().id;
    let designation = NewDesignation {
        portal: portal.clone(),
        client_id,
        first_name: "Aïcha".to_owned(),
        surname: "Le Goff".to_owned(),
        email: Email::parse("aicha@exemple.fr").unwrap(),
        language: "fr".to_owned(),
        terms_version: "1".to_owned(),
        terms_sha256: "0".repeat(64),
        consented_at: now,
        objection_until: None,
        now,
    };
    let designation_id = designations::insert(conn, designation).await.unwrap();
    let letter = NewLetter { portal, client_id, designation_id, reference: REFERENCE.to_owned(), now };
    letters::insert(conn, letter).await.unwrap();
}

async fn letter(house: &House) -> Letter {
    letters::by_reference(house.state.store().read(), "prets", REFERENCE).await.unwrap().unwrap()
}

#[tokio::test]
async fn letters_are_printed_and_posted_by_buttons() {
    for (path, order) in [(ROOT, "portal=prets&what="), (BANK, "portal=prets&what=")] {
        let house = House::demo("file://FOLDER").await;
        let empty = get(&house, path).await;
        assert!(empty.status == StatusCode::OK && empty.body.contains("Aucun courrier"), "{}", empty.body);
        ask(&house).await;

        let page = get(&house, path).await.body;
        for part in [REFERENCE, "Commune de &lt;Saint-Ours&gt;", "à imprimer", "Imprimer les courriers (1)"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(page.contains(&format!("action=\"{path}\"")) && !page.contains("value=\"post\""), "{page}");
        let file = post_to(&house, path, SAME, &format!("{order}print")).await;
        assert!(file.status == StatusCode::OK && file.bytes.starts_with(b"%PDF"), "{}", file.status);
        assert_eq!(letter(&house).await.state, LetterState::Printed);
        let again = post_to(&house, path, SAME, &format!("{order}print")).await;
        assert_eq!((again.status, again.location.as_deref()), (StatusCode::SEE_OTHER, Some(path)));

        let page = get(&house, path).await.body;
        assert!(!page.contains("Imprimer les courriers") && page.contains("value=\"post\""), "{page}");
        for _ in 0..2 {
            let posted = post_to(&house, path, SAME, &format!("{order}post&reference={REFERENCE}")).await;
            assert_eq!((posted.status, posted.location.as_deref()), (StatusCode::SEE_OTHER, Some(path)));
            assert_eq!(letter(&house).await.state, LetterState::Posted);
        }
        assert_eq!(house.counts().await.waiting, 1, "its applicant is told once");
        assert!(!get(&house, path).await.body.contains("value=\"post\""));
    }
}

#[tokio::test]
async fn letters_take_no_orders_from_elsewhere_nor_for_another_portal() {
    let house = House::demo("file://FOLDER").await;
    ask(&house).await;
    for site in [None, Some("cross-site"), Some("same-site"), Some("none")] {
        let answer = post_to(&house, BANK, site, "portal=prets&what=print").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site:?}");
    }
    for (path, form, status) in [
        ("/extranet/demo/courriers", "portal=prets&what=print", StatusCode::NOT_FOUND),
        ("/extranet/demo/courriers", "portal=extranet&what=print", StatusCode::NOT_FOUND),
        (ROOT, "portal=ekidom&what=print", StatusCode::NOT_FOUND),
        (BANK, "portal=prets&what=post&reference=C-2222-2222", StatusCode::NOT_FOUND),
        (BANK, "portal=prets&what=burn", StatusCode::BAD_REQUEST),
        (BANK, "what=print", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(post_to(&house, path, SAME, form).await.status, status, "{path} {form}");
    }
    assert_eq!(letter(&house).await.state, LetterState::Asked);
}

#[tokio::test]
async fn letters_are_linked_where_there_are_any() {
    let house = House::demo("file://FOLDER").await;
    for (portal, linked) in [("prets", true), ("extranet", false), ("mediateur-hlm", false)] {
        let body = get(&house, &format!("/{portal}/demo/horloge")).await.body;
        assert!(body.contains("/demo/courriels\""), "{portal}: {body}");
        let found = body.contains(&format!("href=\"/{portal}/demo/courriers\""));
        assert_eq!(found, linked, "{portal}: {body}");
    }
    let elsewhere = get(&house, "/extranet/demo/courriers").await;
    assert!(elsewhere.body.contains("n'envoie pas de courriers"), "{}", elsewhere.body);
    let english = get(&house, &format!("{ROOT}?lang=en")).await.body;
    assert!(english.contains("Demonstration letters") && !english.contains("demo.letters"), "{english}");
}
