//! Pages checked on the way (T3, T4), and the limits on trying out numbers and names.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Answer, House, Tenant, Visitor, aurelie, awa, paul};

/// What is typed when a page is left: the answers of that page and of those before it.
async fn check(visitor: &mut Visitor, page: &str, tenant: &Tenant, answered: &[&str]) -> Answer {
    let mut form = json!({ "reference": "", "surname": "", "email": "", "password": "", "terms": "" });
    if tenant.form["birth_date"].is_object() {
        form["birth_date"] = json!({ "day": "", "month": "", "year": "" });
    }
    for name in answered {
        form[*name] = tenant.form[*name].clone();
    }
    visitor.post("/api/tenancy/sign-up-checks", &json!({ "page": page, "form": form })).await
}

/// Fields and what is wrong with them.
type Fields<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn right_pages_may_be_left() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let mut answered = vec!["reference"];
    assert_eq!(check(&mut visitor, "", &aurelie(), &answered).await.status, 204);
    answered.push("surname");
    assert_eq!(check(&mut visitor, "signataire", &aurelie(), &answered).await.status, 204);
    answered.extend(["email", "password"]);
    assert_eq!(check(&mut visitor, "acces", &aurelie(), &answered).await.status, 204);
    answered.push("terms");
    assert_eq!(check(&mut visitor, "verification", &aurelie(), &answered).await.status, 204);

    let mut visitor = house.visitor().at("ekidom");
    let answered = ["reference", "surname", "birth_date"];
    assert_eq!(check(&mut visitor, "signataire", &awa(), &answered).await.status, 204);
    assert!(house.letters().await.is_empty());
}

#[tokio::test]
async fn a_page_says_what_is_wrong_on_it_and_before_it_only() {
    let house = House::open().await;
    let cases: [(&str, Tenant, &[&str], Fields<'_>); 7] = [
        ("", aurelie(), &[], &[("reference", "required")]),
        ("signataire", aurelie(), &["reference"], &[("surname", "required")]),
        ("signataire", aurelie(), &[], &[("reference", "required"), ("surname", "required")]),
        ("signataire", awa(), &["reference", "surname"], &[("birth_date", "required")]),
        (
            "signataire",
            aurelie().with("surname", "Dupont"),
            &["reference", "surname"],
            &[("surname", "lease_unknown")],
        ),
        ("acces", aurelie(), &["reference", "surname"], &[("email", "required"), ("password", "required")]),
        (
            "acces",
            paul().with("password", "paul-2026-tram"),
            &["reference", "surname", "email", "password"],
            &[("password", "password_starts_first_name")],
        ),
    ];
    for (page, tenant, answered, expected) in cases {
        let answer = check(&mut house.visitor().at(tenant.portal), page, &tenant, answered).await;
        assert_eq!(answer.problem(), (422, "invalid"), "{page} {answered:?}");
        let mut found = answer.fields();
        found.sort_unstable();
        assert_eq!(found, expected, "{page} {answered:?}");
    }
}

#[tokio::test]
async fn the_first_name_is_told_to_nobody_who_does_not_know_the_lease() {
    let house = House::open().await;
    let stranger = paul().with("surname", "Dupont").with("password", "paul-2026-tram");
    let answered = ["reference", "surname", "email", "password"];
    let answer = check(&mut house.visitor(), "acces", &stranger, &answered).await;
    assert_eq!(answer.fields(), [("surname", "lease_unknown")]);
}

#[tokio::test]
async fn well_known_passwords_are_refused_on_the_way() {
    let house = House::open().await;
    let tenant = aurelie().with("password", "azerty123");
    let answered = ["reference", "surname", "email", "password"];
    let answer = check(&mut house.visitor(), "acces", &tenant, &answered).await;
    assert_eq!(answer.fields(), [("password", "password_well_known")]);
}

#[tokio::test]
async fn unknown_pages_are_not_understood() {
    let house = House::open().await;
    let answer = check(&mut house.visitor(), "ailleurs", &aurelie(), &["reference"]).await;
    assert_eq!(answer.problem(), (400, "malformed"));
    let answer = house.visitor().post("/api/tenancy/sign-up-checks", &Value::Null).await;
    assert_eq!(answer.problem(), (400, "malformed"));
}

#[tokio::test]
async fn one_place_may_be_wrong_thirty_times_in_ten_minutes() {
    let house = House::open().await;
    let mut guesser = house.visitor();
    let answered = ["reference", "surname"];
    for index in 0..30 {
        // Each time another number: the limit on one reference isn't met.
        let tenant = aurelie().with("reference", format!("77{index:04}"));
        assert_eq!(check(&mut guesser, "signataire", &tenant, &answered).await.status, 422, "{index}");
    }
    let refused = check(&mut guesser, "signataire", &aurelie(), &answered).await;
    assert_eq!(refused.problem(), (429, "too_many"), "even a right one");
    assert_eq!(refused.body["minutes"], 10);
    assert_eq!(refused.headers["retry-after"], "600");
    let sent = guesser.sign_up(&aurelie(), "after-guessing").await;
    assert_eq!(sent.problem(), (429, "too_many"));
    assert!(house.letters().await.is_empty());

    let mut neighbour = house.visitor().from("203.0.113.8");
    assert_eq!(check(&mut neighbour, "signataire", &aurelie(), &answered).await.status, 204);
    let mut elsewhere = house.visitor().at("ekidom");
    let awas = ["reference", "surname", "birth_date"];
    assert_eq!(check(&mut elsewhere, "signataire", &awa(), &awas).await.status, 204, "portals share nothing");

    house.wait_minutes(10);
    assert_eq!(check(&mut guesser, "signataire", &aurelie(), &answered).await.status, 204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guessing_at_once_gives_no_more_tries_than_one_after_the_other() {
    let house = House::open().await;
    let mut guesses = JoinSet::new();
    for index in 0..60 {
        let mut guesser = house.visitor();
        let tenant = aurelie().with("reference", format!("77{index:04}"));
        guesses.spawn(
            async move { check(&mut guesser, "signataire", &tenant, &["reference", "surname"]).await },
        );
    }
    let answers = guesses.join_all().await;
    let answered = answers.iter().filter(|answer| answer.problem() == (422, "invalid")).count();
    let refused = answers.iter().filter(|answer| answer.problem() == (429, "too_many")).count();
    assert_eq!((answered, refused), (30, 30));
}

#[tokio::test]
async fn one_reference_may_be_guessed_at_twenty_times_an_hour_from_wherever() {
    let house = House::open().await;
    let answered = ["reference", "surname"];
    for index in 0..20 {
        let mut guesser = house.visitor().from(&format!("198.51.100.{index}"));
        let tenant = aurelie().with("surname", "Dupont");
        assert_eq!(check(&mut guesser, "signataire", &tenant, &answered).await.status, 422, "{index}");
    }
    let mut next = house.visitor().from("198.51.100.99");
    assert_eq!(check(&mut next, "signataire", &aurelie(), &answered).await.problem(), (429, "too_many"));
    assert_eq!(
        check(&mut next, "signataire", &paul(), &answered).await.status,
        204,
        "other homes aren't concerned"
    );
    house.wait_minutes(60);
    assert_eq!(check(&mut next, "signataire", &aurelie(), &answered).await.status, 204);
}

#[tokio::test]
async fn a_households_network_is_one_place() {
    let house = House::open().await;
    let answered = ["reference", "surname"];
    for index in 0..30 {
        let mut guesser = house.visitor().from(&format!("2001:db8:1:2::{index:x}"));
        let tenant = aurelie().with("reference", format!("77{index:04}"));
        assert_eq!(check(&mut guesser, "signataire", &tenant, &answered).await.status, 422);
    }
    let mut same = house.visitor().from("2001:db8:1:2:ffff::1");
    assert_eq!(check(&mut same, "signataire", &aurelie(), &answered).await.status, 429);
    let mut other = house.visitor().from("2001:db8:1:3::1");
    assert_eq!(check(&mut other, "signataire", &aurelie(), &answered).await.status, 204);
}
