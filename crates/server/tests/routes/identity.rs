//! An organisation's digital identity: what is refused, who learns what, who is first (M2, M3).

use palier_server::store::{organisations, sign_ups};
use serde_json::json;

use crate::support::{Correspondent, House, MEDIATOR, est, token_in, val};

#[tokio::test]
async fn a_click_on_the_link_certifies_the_identity() {
    let house = House::open().await;
    let token = val().asks(&house, "first").await;
    let conn = house.state.store().read();
    assert!(organisations::by_siren(conn, MEDIATOR, "784671695").await.unwrap().is_none());
    let mut visitor = house.visitor().at(MEDIATOR);
    assert_eq!(visitor.certify(&token).await.status, 200);
    let letters = house.letters().await;
    let [letter] = letters.as_slice() else { panic!("one e-mail, not {letters:?}") };
    assert_eq!(letter.kind, "identity_certified");
    assert!(letter.text.contains("Habitat du Val"), "{}", letter.text);
    let kept = organisations::by_siren(conn, MEDIATOR, "784671695").await.unwrap().expect("certified");
    assert_eq!(kept.details.birth_date.to_string(), "1972-02-29");
    // The password made then is the one used after (M3).
    let answer = val().signs_in(&mut visitor).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_eq!(
        answer.body["organisation"],
        json!({ "name": "Habitat du Val", "siren": "784671695", "member": false })
    );
    assert_eq!(visitor.certify(&token).await.problem(), (410, "link_used"));
}

#[tokio::test]
async fn each_field_is_checked_again() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(MEDIATOR);
    let born = |year: &str| json!({ "day": "29", "month": "2", "year": year });
    for (who, fields) in [
        (val().with("structure_name", " "), vec![("structure_name", "required")]),
        (val().with("number", "784671696"), vec![("number", "number_checksum")]),
        (val().with("director_surname", "L3 Goff"), vec![("director_surname", "name_character")]),
        (val().with("director_birth_date", born("1973")), vec![("director_birth_date", "date_no_such_day")]),
        (val().with("director_birth_date", born("2024")), vec![("director_birth_date", "date_minor")]),
        (val().with("correspondent_email", "x"), vec![("correspondent_email", "email_at")]),
        (val().with("password", "Le Goff 1972 !"), vec![("password", "password_starts_surname")]),
        (val().with("password", "Marseille-marseille 13"), vec![("password", "password_well_known")]),
    ] {
        let answer = visitor.identify(&who, "refused").await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, fields), "{:?}", who.identity);
    }
    assert!(house.post().await.is_empty());
    let unknown = json!({ "structure_name": "x", "role": "admin" });
    let answer = visitor.identify(&Correspondent { identity: unknown, ..val() }, "unknown").await;
    assert_eq!(answer.problem(), (400, "malformed"));
}

#[tokio::test]
async fn pages_are_checked_with_those_before_them() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(MEDIATOR);
    let mut check = async |page: &str, form: &serde_json::Value| {
        visitor.post("/api/mediation/identity-checks", &json!({ "page": page, "form": form })).await
    };
    let right = val().identity;
    assert_eq!(check("correspondant", &right).await.status, 204);
    let wrong = val().with("number", "1").with("password", "azerty").identity;
    assert_eq!(check("", &wrong).await.fields(), [("number", "number_length")]);
    assert_eq!(
        check("correspondant", &wrong).await.fields(),
        [("number", "number_length"), ("password", "password_short")]
    );
    let wrong = val().with("password", "Marseille-marseille 13").identity;
    assert_eq!(check("directeur", &wrong).await.status, 204);
    assert_eq!(check("correspondant", &wrong).await.fields(), [("password", "password_well_known")]);
    assert_eq!(check("ailleurs", &right).await.problem(), (400, "malformed"));
}

#[tokio::test]
async fn a_second_identity_of_an_organisation_leads_to_its_correspondent_without_naming_them() {
    let house = House::open().await;
    val().is_certified(&house).await;
    let colleague =
        val().with("correspondent_email", "collegue@val.example").with("number", "78467169500103");
    let mut visitor = house.visitor().at(MEDIATOR);
    let known = visitor.identify(&colleague, "second").await;
    let fresh = visitor.identify(&est(), "other").await;
    assert_eq!(known.outside(), fresh.outside());
    let letters = house.letters().await;
    let told: Vec<_> = letters.iter().map(|it| (it.kind.as_str(), it.to.as_str())).collect();
    assert_eq!(
        told,
        [
            ("identity_asked_again", "mediation@val.example"),
            ("organisation_known", "collegue@val.example"),
            ("certify_identity", "mediation@est.example"),
        ]
    );
    assert!(!letters[1].text.contains("mediation@val.example"), "{}", letters[1].text);
    assert!(!letters[0].text.contains("collegue@val.example"), "{}", letters[0].text);
}

#[tokio::test]
async fn an_address_that_has_an_account_is_told_so_by_mail_only() {
    let house = House::open().await;
    val().is_certified(&house).await;
    let same = est().with("correspondent_email", "MEDIATION@val.example");
    assert_eq!(house.visitor().at(MEDIATOR).identify(&same, "same-address").await.status, 202);
    assert_eq!(house.post().await, [("address_has_account".to_owned(), "MEDIATION@val.example".to_owned())]);
}

#[tokio::test]
async fn of_two_identities_asked_for_at_once_the_first_certified_wins() {
    let house = House::open().await;
    let one = val().asks(&house, "one").await;
    let other = val().with("correspondent_email", "autre@val.example").asks(&house, "other").await;
    let (mut first, mut second) = (house.visitor().at(MEDIATOR), house.visitor().at(MEDIATOR));
    let (one, other) = tokio::join!(first.certify(&one), second.certify(&other));
    let mut answers = [one.problem(), other.problem()];
    answers.sort_unstable();
    assert_eq!(answers, [(200, ""), (409, "organisation_known")]);
    assert_eq!(house.post().await.len(), 1);
}

#[tokio::test]
async fn links_end_and_can_be_had_again() {
    let house = House::open().await;
    let token = val().asks(&house, "late").await;
    let mut visitor = house.visitor().at(MEDIATOR);
    house.wait_hours(24);
    assert_eq!(visitor.certify(&token).await.problem(), (410, "link_expired"));
    let again = visitor.post("/api/mediation/certifications/resend", &json!({ "token": token })).await;
    assert_eq!(again.status, 202);
    let letters = house.letters().await;
    let fresh = token_in(&letters[0].text);
    assert_eq!(visitor.certify(&token).await.problem(), (410, "link_superseded"));
    // A link of one journey, or of one portal, is unknown in another.
    assert_eq!(visitor.clone().at("extranet").certify(&fresh).await.problem(), (404, "not_found"));
    assert_eq!(visitor.certify("x").await.problem(), (404, "link_unknown"));
    assert_eq!(visitor.certify(&fresh).await.status, 200);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_identity() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(MEDIATOR);
    let one = visitor.identify(&val(), "twice").await;
    let other = visitor.identify(&val(), "twice").await;
    assert_eq!(one.body, other.body);
    assert_eq!(house.post().await.len(), 1);
    let changed = visitor.identify(&val().with("structure_name", "Autre"), "twice").await;
    assert_eq!(changed.problem(), (409, "idempotency_key_reused"));
    let waiting = sign_ups::pending_organisations(house.state.store().read(), MEDIATOR).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let handle = json!({ "handle": one.body["handle"] });
    assert_eq!(visitor.post("/api/mediation/identities/resend", &handle).await.status, 202);
    assert_eq!(house.post().await, [("certify_identity".to_owned(), val().email().to_owned())]);
}

#[tokio::test]
async fn an_identity_sent_to_the_wrong_address_is_withdrawn() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(MEDIATOR);
    let receipt = visitor.identify(&val().with("correspondent_email", "faux@val.example"), "wrong").await;
    let wrong = token_in(&house.letters().await[0].text);
    let handle = json!({ "handle": receipt.body["handle"] });
    let unknown = visitor.post("/api/mediation/identities/withdraw", &json!({ "handle": "x" })).await;
    let known = visitor.post("/api/mediation/identities/withdraw", &handle).await;
    assert_eq!((known.status.as_u16(), known.outside()), (202, unknown.outside()));
    assert_eq!(visitor.certify(&wrong).await.problem(), (410, "link_superseded"));
    let right = val().asks(&house, "right").await;
    assert_eq!(visitor.certify(&right).await.status, 200);
}

#[tokio::test]
async fn other_portals_have_no_scheme() {
    let house = House::open().await;
    assert_eq!(house.visitor().identify(&val(), "nowhere").await.problem(), (404, "not_found"));
    assert_eq!(house.visitor().get("/api/directory?q=habitat").await.problem(), (404, "not_found"));
}
