//! Signing in with right and wrong answers (T8).

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use palier_server::store::accounts::{self, Account};
use serde_json::json;

use crate::support::{House, aurelie, awa};

/// Aurélie's account as it is kept.
async fn account(house: &House) -> Account {
    let conn = house.state.store().read();
    let account = accounts::by_email_key(conn, "extranet", "aurelie@exemple.fr").await.expect("the store");
    account.expect("an account")
}

/// The identifier that came by e-mail.
async fn identifier(house: &House) -> String {
    account(house).await.identifier.to_string()
}

#[tokio::test]
async fn by_e_mail_address_or_identifier_however_typed() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let identifier = identifier(&house).await;
    let spaced = identifier.to_lowercase().replace('-', " ");
    for login in ["aurelie@exemple.fr", " AURELIE@Exemple.fr ", identifier.as_str(), spaced.as_str()] {
        let mut visitor = house.visitor();
        let answer = visitor.sign_in(login, "tram bleu 47").await;
        assert_eq!(answer.status, 200, "{login}");
        assert_eq!(answer.body["name"], "Aurélie LEFÈVRE");
        assert_eq!(answer.body["identifier"], identifier.as_str());
        assert_eq!(answer.body["email"], "aurelie@exemple.fr");
        assert_eq!(answer.body["idle_minutes"], 20);
        let lease = json!({ "reference": "482173", "address": ["12 rue des Lilas", "60000 Beauvais"] });
        assert_eq!(answer.body["lease"], lease);
        assert_eq!(answer.body["consents"][0]["version"], "2026-11");
        assert_eq!(visitor.get("/api/account/session").await.body, answer.body);
    }
}

#[tokio::test]
async fn a_password_composed_otherwise_is_the_same() {
    let house = House::open().await;
    let tenant = aurelie().with("password", "été à l'eau 47");
    tenant.has_account(&house).await;
    let decomposed = "e\u{301}te\u{301} a\u{300} l'eau 47";
    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", decomposed).await.status, 200);
    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", "ETE A L'EAU 47").await.status, 401);
}

#[tokio::test]
async fn the_whole_password_counts() {
    let house = House::open().await;
    let password = "tram bleu 47 ".repeat(19) + "abcdefghi";
    aurelie().with("password", password.as_str()).has_account(&house).await;
    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", &password).await.status, 200);
    let others = [format!("{password}x"), password[..password.len() - 1].to_owned(), format!("{password} ")];
    for other in others {
        assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", &other).await.status, 401);
    }
}

#[tokio::test]
async fn a_password_hashed_with_older_parameters_is_hashed_anew() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let older =
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).expect("parameters"));
    let older = older.hash_password_with_salt(b"tram bleu 47", &[7; 16]).expect("a hash").to_string();
    let chosen = account(&house).await;
    accounts::renew_hash(house.state.store().write(), chosen.id, &older).await.expect("the store");

    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", "tram bleu 48").await.status, 401);
    assert_eq!(account(&house).await.password_hash, older, "a wrong password changes nothing");
    // Both are right, whichever of them is faster to hash it anew.
    let (mut one, mut two) = (house.visitor(), house.visitor());
    let both = tokio::join!(
        one.sign_in("aurelie@exemple.fr", "tram bleu 47"),
        two.sign_in("aurelie@exemple.fr", "tram bleu 47")
    );
    assert_eq!((both.0.status.as_u16(), both.1.status.as_u16()), (200, 200));

    let now = account(&house).await;
    assert!(now.password_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", now.password_hash);
    assert_eq!(now.password_changed_at, chosen.password_changed_at, "it is the same password");
    assert_eq!(house.visitor().sign_in("aurelie@exemple.fr", "tram bleu 47").await.status, 200);
    assert_eq!(account(&house).await.password_hash, now.password_hash, "once is enough");
}

#[tokio::test]
async fn refusals_are_the_same_for_everybody() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    awa().signs_up(&house, "not-confirmed").await;
    let known = house.visitor().sign_in("aurelie@exemple.fr", "mauvais 47").await;
    assert_eq!(known.problem(), (401, "sign_in_refused"));
    assert_eq!(known.body["tries_left"], 4);
    assert!(house.visitor().sign_in("x@exemple.fr", "mauvais 47").await.headers.get("set-cookie").is_none());
    for (portal, login) in [
        ("extranet", "personne@exemple.fr"),
        ("extranet", "K7TM-94PX"),
        ("extranet", "n'importe quoi"),
        ("ekidom", "aurelie@exemple.fr"),
        ("ekidom", "awa@exemple.fr"),
    ] {
        let password = if login == "awa@exemple.fr" { "tram Bleu 47 Vigne" } else { "tram bleu 47" };
        let answer = house.visitor().at(portal).sign_in(login, password).await;
        assert_eq!(answer.outside(), known.outside(), "{portal} {login}");
        assert_eq!(answer.length, known.length);
    }
}

#[tokio::test]
async fn empty_answers_are_named_and_cost_no_try() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut visitor = house.visitor();
    for _ in 0..6 {
        let answer = visitor.sign_in("aurelie@exemple.fr", "").await;
        assert_eq!(answer.problem(), (422, "invalid"));
        assert_eq!(answer.fields(), [("password", "required")]);
    }
    assert_eq!(visitor.sign_in("  ", "").await.fields(), [("login", "required"), ("password", "required")]);
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
}

#[tokio::test]
async fn bodies_that_are_not_understood_are_refused() {
    let house = House::open().await;
    for body in [
        json!({ "login": "a@exemple.fr" }),
        json!({ "login": "a@exemple.fr", "password": "x", "remember": true }),
        json!({ "login": ["a@exemple.fr"], "password": "x" }),
        json!({ "login": "a@exemple.fr", "password": "x", "stay": "yes" }),
    ] {
        let answer = house.visitor().post("/api/account/session", &body).await;
        assert_eq!(answer.problem(), (400, "malformed"), "{body}");
    }
    let huge = json!({ "login": "a".repeat(200_000), "password": "x" });
    assert_eq!(house.visitor().post("/api/account/session", &huge).await.status, 413);
}

#[tokio::test]
async fn other_sites_cannot_sign_anybody_in() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut foreign = house.visitor().with("sec-fetch-site", "cross-site");
    let answer = aurelie().signs_in(&mut foreign).await;
    assert_eq!(answer.problem(), (403, "foreign_request"));
    assert!(foreign.cookies.is_empty());
}
