//! What a sign-up is refused for, field by field (T1–T4, T12).

use serde_json::{Value, json};

use crate::support::{House, Tenant, address_of, aurelie, awa, paul};

#[tokio::test]
async fn each_wrong_answer_is_named() {
    let house = House::open().await;
    let cases: Vec<(Tenant, &str, &str)> = vec![
        (aurelie().with("reference", ""), "reference", "required"),
        (aurelie().with("reference", "48A173"), "reference", "reference_digits"),
        (aurelie().with("reference", "48217"), "reference", "reference_length"),
        (awa().with("reference", "4821"), "reference", "reference_length_exact"),
        (awa().with("reference", "L48213"), "reference", "reference_digits"),
        (aurelie().with("surname", ""), "surname", "required"),
        (aurelie().with("surname", "Lefèvre 😀"), "surname", "name_character"),
        (aurelie().with("surname", "Lefèvre\u{202e}"), "surname", "name_character"),
        (aurelie().with("surname", "a".repeat(300)), "surname", "too_long"),
        (aurelie().with("surname", "''-"), "surname", "name_no_letter"),
        (aurelie().with("email", "aurelie"), "email", "email_at"),
        (aurelie().with("email", "aurelie@exemple"), "email", "email_domain"),
        (aurelie().with("email", "aurélie@exemple.fr"), "email", "email_local_script"),
        (aurelie().with("email", address_of(255)), "email", "too_long"),
        (aurelie().with("password", ""), "password", "required"),
        (aurelie().with("password", "abc4567"), "password", "password_short"),
        (aurelie().with("password", "abcdefghij"), "password", "password_digit"),
        (aurelie().with("password", "1234567890"), "password", "password_letter"),
        (aurelie().with("password", "a1".repeat(129)), "password", "too_long"),
        (aurelie().with("password", "Lefevre-2026"), "password", "password_starts_surname"),
        (aurelie().with("password", "aurelie@exemple.fr1"), "password", "password_starts_email"),
        (awa().with("password", "xx-ndiaye-Tramway-47"), "password", "password_contains_surname"),
        (awa().with("password", "abcd5678"), "password", "password_guessable"),
        (aurelie().with("terms", ""), "terms", "required"),
        (aurelie().with("terms", "2019-01"), "terms", "terms_outdated"),
        (awa().with("birth_date", Value::Null), "birth_date", "required"),
        (
            awa().with("birth_date", json!({"day":"","month":"3","year":"1990"})),
            "birth_date",
            "date_day_missing",
        ),
        (
            awa().with("birth_date", json!({"day":"31","month":"2","year":"1990"})),
            "birth_date",
            "date_no_such_day",
        ),
        (awa().with("birth_date", json!({"day":"8","month":"3","year":"2090"})), "birth_date", "date_future"),
        // What only the server knows: the first name on the lease, and everybody's passwords.
        (paul().with("password", "paul-2026-tram"), "password", "password_starts_first_name"),
        (aurelie().with("password", "azerty123"), "password", "password_well_known"),
    ];
    for (tenant, field, code) in &cases {
        let answer = house.visitor().at(tenant.portal).sign_up(tenant, "wrong-answers").await;
        assert_eq!(answer.problem(), (422, "invalid"), "{field} {code}: {:?}", answer.body);
        assert_eq!(answer.fields(), [(*field, *code)], "{:?}", tenant.form);
        let secret = tenant.text("password");
        assert!(secret.is_empty() || !answer.body.to_string().contains(secret), "a secret is never echoed");
    }
    assert!(house.letters().await.is_empty());
}

#[tokio::test]
async fn every_refusal_has_its_words() {
    let house = House::open().await;
    let tenant =
        aurelie().with("reference", "48").with("surname", "4").with("email", "a@b").with("password", "a");
    let answer = house.visitor().sign_up(&tenant, "every-refusal").await;
    let problem: palier_domain::wire::Problem = serde_json::from_value(answer.body).expect("a problem");
    assert_eq!(problem.fields.len(), 4);
    for language in ["fr", "en"] {
        for field in &problem.fields {
            let words = house.state.texts().portal("extranet", language).error(field, &[]);
            assert!(words.len() > 20 && !words.starts_with("error."), "{language} {field:?}: {words}");
            // A label may still be missing; every other value was filled in.
            assert!(!words.replace("{label}", "").contains('{'), "{words}");
        }
    }
}
