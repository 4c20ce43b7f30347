//! The form sent (T1–T6, T12).

use palier_server::store::{accounts, leases, sign_ups};
use serde_json::json;

use crate::support::{House, address_of, aurelie, awa, claire, paul, token_in};

#[tokio::test]
async fn a_tenant_gets_a_link_by_e_mail() {
    let house = House::open().await;
    let answer = house.visitor().sign_up(&aurelie(), "first-try").await;
    assert_eq!(answer.status, 202);
    assert_eq!(
        answer.body.as_object().map(|it| it.keys().cloned().collect()),
        Some(vec!["handle".to_owned()])
    );
    assert_eq!(answer.headers["cache-control"], "no-store");

    let letters = house.letters().await;
    let [letter] = letters.as_slice() else { panic!("one e-mail, not {letters:?}") };
    assert_eq!((letter.kind.as_str(), letter.to.as_str()), ("confirm_sign_up", "aurelie@exemple.fr"));
    let link = format!("http://127.0.0.1:8080/extranet/locataire/confirmation#{}", token_in(&letter.text));
    assert!(letter.text.contains(&link) && letter.html.contains(&link), "{}", letter.text);
    assert!(!letter.text.contains("Aurélie"), "whose address it is isn't known yet");
    assert_ne!(answer.body["handle"], token_in(&letter.text).as_str());
}

#[tokio::test]
async fn links_are_built_from_the_configured_address_whatever_a_request_says() {
    let house = House::open_at("https://espace.exemple.fr").await;
    let mut visitor = house.visitor().with("x-forwarded-host", "voleur.example");
    assert_eq!(visitor.sign_up(&aurelie(), "first-try").await.status, 202);
    let letter = house.letters().await.remove(0);
    assert!(
        letter.text.contains("https://espace.exemple.fr/extranet/locataire/confirmation#"),
        "{}",
        letter.text
    );
    assert!(!letter.text.contains("voleur"));
}

#[tokio::test]
async fn e_mails_are_in_the_language_chosen() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    visitor.cookies.insert("palier-langue".into(), "en".into());
    visitor.sign_up(&aurelie(), "in-english").await;
    let token = {
        let letter = house.letters().await.remove(0);
        assert_eq!(letter.language, "en");
        token_in(&letter.text)
    };
    // The second e-mail is in the language of the first, whoever's device the link is opened on.
    assert_eq!(house.visitor().confirm(&token).await.status, 200);
    assert_eq!(house.letters().await[0].language, "en");
}

#[tokio::test]
async fn what_people_type_is_understood() {
    let house = House::open().await;
    let forgiving = [
        aurelie().with("reference", "L 482 173").with("email", "a1@exemple.fr"),
        aurelie().with("reference", "l-0000482173").with("email", "a2@exemple.fr"),
        aurelie().with("surname", "  LEFEVRE ").with("email", "a3@exemple.fr"),
        aurelie().with("surname", "Lefe\u{300}vre").with("email", "a4@exemple.fr"),
        aurelie().with("email", "  A5+HLM@Exemple.FR "),
        aurelie().with("email", "a6@bücher.example"),
        aurelie().with("email", address_of(254)),
        claire().with("surname", "Martin").with("email", "c1@exemple.fr"),
        claire().with("surname", "martin durand").with("email", "c2@exemple.fr"),
        paul().with("surname", "Durand").with("email", "p1@exemple.fr"),
        aurelie()
            .with("email", "a7@exemple.fr")
            .with("password", "Un tramway bleu, 47 pommes et ".repeat(6) + "puis 12 vélos jaunes"),
        awa()
            .with("email", "w1@exemple.fr")
            .with("birth_date", json!({"day":" 08","month":"3","year":"1990"})),
    ];
    for (index, tenant) in forgiving.iter().enumerate() {
        let mut visitor = house.visitor().at(tenant.portal);
        let answer = visitor.sign_up(tenant, &format!("forgiving-{index}")).await;
        assert_eq!(answer.status, 202, "{:?} {:?}", tenant.form, answer.body);
    }
    let to: Vec<_> = house.letters().await.into_iter().map(|letter| letter.to).collect();
    assert_eq!(to.len(), forgiving.len());
    assert!(to.contains(&"A5+HLM@exemple.fr".to_owned()), "{to:?}");
    assert!(to.contains(&"a6@xn--bcher-kva.example".to_owned()), "{to:?}");
}

#[tokio::test]
async fn a_lease_that_is_not_found_is_said_the_same_way_whichever_answer_was_wrong() {
    let house = House::open().await;
    let strangers = [
        aurelie().with("reference", "482174"),
        aurelie().with("surname", "Dupont"),
        aurelie().with("surname", "محمد"),
        // Left too long ago.
        aurelie().with("reference", "900001").with("surname", "Petit"),
    ];
    let mut answers = Vec::new();
    for tenant in &strangers {
        let answer = house.visitor().sign_up(tenant, "strangers").await;
        assert_eq!(answer.fields(), [("surname", "lease_unknown")]);
        answers.push(answer.outside());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    assert_eq!(answers[0].2["fields"][0]["phone"], "03 53 01 18 00");

    for birth_date in
        [json!({"day":"9","month":"3","year":"1990"}), json!({"day":"8","month":"3","year":"1991"})]
    {
        let tenant = awa().with("birth_date", birth_date);
        let answer = house.visitor().at("ekidom").sign_up(&tenant, "strangers").await;
        assert_eq!(answer.fields(), [("surname", "lease_unknown")]);
    }
    // The landlord doesn't know this one's birth date.
    let tenant = awa().with("reference", "10001").with("surname", "Le Goff");
    let answer = house.visitor().at("ekidom").sign_up(&tenant, "strangers").await;
    assert_eq!(answer.fields(), [("surname", "lease_unknown")]);
    assert!(house.letters().await.is_empty());
}

#[tokio::test]
async fn a_tenant_who_left_lately_may_still_sign_up() {
    let house = House::open().await;
    let tenant = aurelie().with("reference", "900002").with("surname", "Petit");
    assert_eq!(house.visitor().sign_up(&tenant, "left-lately").await.status, 202);
    house.wait_hours(24 * 60);
    let answer = house.visitor().sign_up(&tenant.with("email", "b@exemple.fr"), "too-late").await;
    assert_eq!(answer.fields(), [("surname", "lease_unknown")]);
}

#[tokio::test]
async fn nobody_learns_that_the_home_or_the_address_has_an_account() {
    let house = House::open().await;
    aurelie().has_account(&house).await;

    let fresh = house.visitor().sign_up(&claire(), "fresh").await;
    let same_home = house.visitor().sign_up(&aurelie().with("email", "autre@exemple.fr"), "same-home").await;
    let same_address =
        house.visitor().sign_up(&paul().with("email", "Aurelie@Exemple.fr"), "same-address").await;
    let same_both = house.visitor().sign_up(&aurelie(), "same-both").await;
    for answer in [&same_home, &same_address, &same_both] {
        assert_eq!(answer.status, 202);
        assert_eq!(answer.outside(), fresh.outside());
        assert_eq!(answer.length, fresh.length);
    }
    let expected = [
        ("confirm_sign_up", "claire@exemple.fr"),
        ("home_has_account", "autre@exemple.fr"),
        ("email_has_account", "Aurelie@exemple.fr"),
        ("email_has_account", "aurelie@exemple.fr"),
    ];
    let letters = house.letters().await;
    let found: Vec<_> = letters.iter().map(|it| (it.kind.as_str(), it.to.as_str())).collect();
    assert_eq!(found, expected);
    for letter in &letters[1..] {
        assert!(!letter.text.contains("confirmation#"), "no link that would make an account");
        assert!(!letter.text.contains("Aurélie"), "{}", letter.text);
    }
    assert!(!letters[1].text.contains("aurelie@"), "who holds the account is nobody's business");
}

#[tokio::test]
async fn an_address_of_another_portal_is_unknown_here() {
    let house = House::open().await;
    awa().has_account(&house).await;
    let answer = house.visitor().sign_up(&aurelie().with("email", "awa@exemple.fr"), "other-portal").await;
    assert_eq!(answer.status, 202);
    assert_eq!(house.post().await, [("confirm_sign_up".into(), "awa@exemple.fr".into())]);
}

#[tokio::test]
async fn an_unconfirmed_sign_up_blocks_nothing() {
    let house = House::open().await;
    aurelie().signs_up(&house, "unconfirmed").await;
    // The same home with another address, the same address for another home: both get their link.
    aurelie().with("email", "autre@exemple.fr").signs_up(&house, "other-address").await;
    claire().with("email", "aurelie@exemple.fr").signs_up(&house, "other-home").await;
}

#[tokio::test]
async fn what_is_kept_is_the_consent_and_no_readable_secret() {
    let house = House::open().await;
    let token = aurelie().signs_up(&house, "what-is-kept").await;
    let conn = house.state.store().read();
    let portal = house.state.config().portal("extranet").unwrap().clone();
    let open = sign_ups::open_by_email(conn, "extranet", "aurelie@exemple.fr").await.unwrap().expect("kept");
    assert_eq!(open.terms_version, "2026-11");
    assert_eq!(open.terms_sha256, portal.public.terms.sha256);
    assert!(open.password_hash.starts_with("$argon2id$"));
    assert!(!format!("{open:?}").contains(&token));
    let sign_ups::Subject::Lease(lease_id) = open.subject else { panic!("a tenant's is about a lease") };
    let lease = leases::by_id(conn, "extranet", lease_id).await.unwrap().expect("a lease");
    assert!(accounts::by_lease(conn, "extranet", lease.id).await.unwrap().is_none());
}

#[tokio::test]
async fn an_address_gets_five_e_mails_an_hour_and_the_answer_stays_the_same() {
    let house = House::open().await;
    let mut answers = Vec::new();
    for index in 0..7 {
        let answer = house.visitor().sign_up(&aurelie(), &format!("many-mails-{index}")).await;
        answers.push(answer.outside());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    let letters = house.letters().await;
    assert_eq!(letters.len(), 5);
    // The last link that was sent is the one that works, though two more sign-ups came after it.
    house.wait_minutes(61);
    assert_eq!(house.visitor().confirm(&token_in(&letters[4].text)).await.status, 200);
}

#[tokio::test]
async fn requests_that_are_not_understood_change_nothing() {
    let house = House::open().await;
    let form = aurelie().form;
    let mut extra = form.clone();
    extra["admin"] = json!(true);
    let mut missing = form.clone();
    missing.as_object_mut().unwrap().remove("email");
    for body in [json!(null), json!([]), json!("x"), json!({}), extra, missing] {
        let mut visitor = house.visitor().with("idempotency-key", "not-understood");
        let answer = visitor.post("/api/tenancy/sign-ups", &body).await;
        assert_eq!(answer.problem(), (400, "malformed"), "{body}");
    }
    for key in ["", "short", "with space in it", &"k".repeat(65)] {
        let answer = house.visitor().sign_up_by_key(&aurelie(), key).await;
        assert_eq!(answer.problem(), (400, "malformed"), "{key}");
    }
    let answer = house.visitor().post("/api/tenancy/sign-ups", &form).await;
    assert_eq!(answer.problem(), (400, "malformed"), "without a key");
    let answer = house.visitor().at("nulle-part").sign_up(&aurelie(), "no-such-portal").await;
    assert!(!answer.status.is_success(), "{}", answer.status);
    assert!(house.letters().await.is_empty());
}
