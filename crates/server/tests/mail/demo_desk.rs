//! The demonstration's way to the desk: links by buttons, codes without a telephone.

use axum::http::StatusCode;
use palier_domain::desk::Role;
use palier_domain::values::{Email, Token};
use palier_server::desk::code_at;
use palier_server::store::staff::{self, Staff};

use crate::demo::{get, post_to};
use crate::support::House;

const ROOT: &str = "/demo/guichet";
const BANK: &str = "/prets/demo/guichet";
const SAME: Option<&str> = Some("same-origin");

async fn operator(house: &House) -> Option<Staff> {
    let key = Email::parse("operator@prets.example").unwrap().key();
    staff::by_email(house.state.store().read(), "prets", &key).await.unwrap()
}

#[tokio::test]
async fn a_button_leads_to_the_page_of_a_link() {
    let house = House::demo("file://FOLDER").await;
    for path in [ROOT, BANK] {
        let page = get(&house, path).await.body;
        assert!(page.contains("Commencer comme exploitant") && !page.contains("demo.desk"), "{page}");
        let began = post_to(&house, path, SAME, "portal=prets&role=operator").await;
        assert_eq!(began.status, StatusCode::SEE_OTHER);
        let location = began.location.unwrap();
        let token = location.strip_prefix("/prets/guichet/bienvenue#").unwrap();
        assert!(Token::parse(token).is_ok(), "{location}");
    }
    assert_eq!(operator(&house).await.unwrap().role, Role::Operator);
}

#[tokio::test]
async fn the_codes_are_those_of_the_authenticators() {
    let house = House::demo("file://FOLDER").await;
    post_to(&house, BANK, SAME, "portal=prets&role=operator").await;
    assert!(!get(&house, BANK).await.body.contains("<table"));
    let (id, conn) = (operator(&house).await.unwrap().id, house.state.store().write());
    assert!(staff::welcome(conn, id, "Inès", "Moreau", "$argon2id$").await.unwrap());
    assert!(staff::propose(conn, id, &[7; 20]).await.unwrap());
    // The code may change while the page is made.
    let code = |house: &House| code_at(&[7; 20], house.state.now()).unwrap();
    let before = code(&house);
    let page = get(&house, BANK).await.body;
    assert!(page.contains(&before) || page.contains(&code(&house)), "{page}");
    assert!(page.contains("operator@prets.example"), "{page}");
    let english = get(&house, &format!("{BANK}?lang=en")).await.body;
    assert!(english.contains("Begin as operator") && !english.contains("demo.desk"), "{english}");
}

#[tokio::test]
async fn nobody_begins_from_elsewhere_nor_where_there_is_no_desk() {
    let house = House::demo("file://FOLDER").await;
    for site in [None, Some("cross-site"), Some("same-site"), Some("none")] {
        let answer = post_to(&house, BANK, site, "portal=prets&role=operator").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site:?}");
    }
    for (path, form, status) in [
        ("/extranet/demo/guichet", "portal=prets&role=operator", StatusCode::NOT_FOUND),
        (ROOT, "portal=extranet&role=operator", StatusCode::NOT_FOUND),
        (BANK, "portal=prets&role=king", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(post_to(&house, path, SAME, form).await.status, status, "{path} {form}");
    }
    assert_eq!(operator(&house).await, None);
    let elsewhere = get(&house, "/extranet/demo/guichet").await.body;
    assert!(elsewhere.contains("n'a pas de guichet"), "{elsewhere}");
    for (portal, linked) in [("prets", true), ("mediateur-hlm", true), ("extranet", false)] {
        let body = get(&house, &format!("/{portal}/demo/horloge")).await.body;
        assert_eq!(body.contains(&format!("href=\"/{portal}/demo/guichet\"")), linked, "{portal}: {body}");
    }
}
