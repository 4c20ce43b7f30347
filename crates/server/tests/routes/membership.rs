//! An organisation joins: drafts, contract, codes, races, receipt (M4, M5, M7, A10).

use palier_server::store::{accounts, kept_files, memberships, organisations, outbox, promo_uses};
use palier_server::texts::hexadecimal;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::support::{House, MEDIATOR, Visitor, aurelie, correspondent, est, val};

/// The demonstration with another line in the mediator's file.
async fn house_with(from: &str, to: &str) -> House {
    let file = include_str!("../../../../demo/mediateur-hlm.toml");
    assert!(file.contains(from), "the file has no {from}");
    House::open_over(&[("mediateur-hlm.toml", file.replacen(from, to, 1))]).await
}

#[tokio::test]
async fn whoever_joins_has_a_reference_a_receipt_and_the_contract() {
    let house = House::open().await;
    let mut visitor = val().is_certified(&house).await;
    let agreed = val().agrees(&mut visitor).await;
    let answer = visitor.join(&agreed, "join").await;
    assert_eq!(answer.status, 201, "{:?}", answer.body);
    let reference = answer.body["reference"].as_str().expect("a reference").to_owned();
    assert!(reference.starts_with("M-"), "{reference}");
    assert_eq!(answer.body["partner"], "USH – Union sociale pour l'habitat");
    assert_eq!(answer.body["promo_code"], "USH2017");

    // What was agreed to is kept: versions, digests, the file.
    let store = house.state.store();
    let organisation = organisations::by_siren(store.read(), MEDIATOR, "784671695").await.unwrap().unwrap();
    let membership = memberships::of(store.read(), organisation.id).await.unwrap().unwrap();
    let kept = membership.joined.expect("a member");
    let terms = &house.state.config().portal(MEDIATOR).unwrap().public.terms;
    assert_eq!((kept.terms_version.as_str(), &kept.terms_sha256), ("mediation-2026-11", &terms.sha256));
    assert_eq!(kept.contract_sha256, agreed.membership["authorised"].as_str().unwrap());
    let consents = accounts::consents(store.read(), organisation.account_id).await.unwrap();
    assert_eq!(consents.len(), 1);
    assert_eq!(consents[0].sha256, terms.sha256);
    let file = kept_files::by_id(store.read(), MEDIATOR, kept.file_id).await.unwrap().unwrap();
    assert_eq!(file.sha256, answer.body["sha256"].as_str().unwrap());
    assert!(file.content.starts_with(b"%PDF-"));

    // The receipt carries it.
    let due = outbox::claim_due(store.write(), house.now(), "t", jiff::SignedDuration::from_mins(5), 9);
    let due = due.await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].kind.as_str(), due[0].attachment), ("membership_made", Some(kept.file_id)));
    assert!(due[0].text.contains(&reference));

    // The same bytes years later, whatever the texts are by then.
    house.wait_hours(24 * 365 * 3);
    val().signs_in(&mut visitor).await;
    let (status, kind, bytes) = download(&mut visitor, "/api/mediation/contract.pdf").await;
    assert_eq!((status, kind.as_str()), (200, "application/pdf"));
    assert_eq!(hexadecimal(&Sha256::digest(&bytes)), file.sha256);
    let view = visitor.get("/api/mediation/membership").await;
    assert_eq!(view.body["joined"]["reference"], reference.as_str());
    let contract = visitor.get("/api/mediation/contract").await.body;
    assert_eq!(contract["sha256"], kept.contract_sha256);
    let (status, kind, terms) = download(&mut visitor, "/api/mediation/terms.pdf").await;
    assert_eq!((status, kind.as_str()), (200, "application/pdf"));
    let kept_terms = kept_files::by_id(store.read(), MEDIATOR, kept.terms_file_id).await.unwrap().unwrap();
    assert_eq!(hexadecimal(&Sha256::digest(&terms)), kept_terms.sha256);
}

async fn download(visitor: &mut Visitor, path: &str) -> (u16, String, Vec<u8>) {
    let answer = visitor.get(path).await;
    let kind = answer.headers.get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    (answer.status.as_u16(), kind.unwrap_or_default(), answer.bytes)
}

#[tokio::test]
async fn only_an_organisations_correspondent_has_a_membership() {
    let house = House::open().await;
    let mut stranger = house.visitor().at(MEDIATOR);
    for path in ["/api/mediation/membership", "/api/mediation/contract", "/api/mediation/contract.pdf"] {
        assert_eq!(stranger.get(path).await.problem(), (401, "signed_out"), "{path}");
    }
    assert_eq!(stranger.keep_draft("", &json!({})).await.problem(), (401, "signed_out"));
    assert_eq!(stranger.join(&val(), "stranger").await.problem(), (401, "signed_out"));
    // A tenant of another portal is nobody here, and there is no scheme there.
    let mut tenant = aurelie().has_account(&house).await;
    aurelie().signs_in(&mut tenant).await;
    assert_eq!(tenant.get("/api/mediation/membership").await.problem(), (404, "not_found"));
    assert_eq!(tenant.at(MEDIATOR).get("/api/mediation/membership").await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn answers_are_kept_for_another_device() {
    let house = House::open().await;
    let mut visitor = val().is_certified(&house).await;
    let view = visitor.get("/api/mediation/membership").await.body;
    // The director's names, never typed twice (M4).
    assert_eq!(view["answers"]["representative_first_name"], "Anne-Lise");
    assert_eq!(view["answers"]["representative_surname"], "Le Goff");
    assert_eq!((&view["begun"], &view["number"]), (&json!(false), &json!("784 671 695")));

    let mut answers = val().answers();
    answers["representative_surname"] = "Kermarrec".into();
    let kept = visitor.keep_draft("", &answers).await.body;
    let kept_again = visitor.keep_draft("federation", &answers).await.body;
    assert_ne!(kept["revision"], kept_again["revision"]);
    assert_ne!(kept["contract"], kept_again["contract"], "the partner stands in the contract");

    let mut phone = house.visitor().at(MEDIATOR).from("198.51.100.9");
    val().signs_in(&mut phone).await;
    let view = phone.get("/api/mediation/membership").await.body;
    assert_eq!(view["revision"], kept_again["revision"]);
    assert_eq!(view["begun"], true);
    assert_eq!(view["answers"]["representative_surname"], "Kermarrec");
    assert_eq!(view["answers"]["partner"], "USH");
    // What later pages ask wasn't answered yet, though it was sent.
    assert_eq!(view["answers"].get("promo_code"), None);
    let contract = phone.get("/api/mediation/contract").await.body;
    assert!(contract["html"].as_str().unwrap().contains("Anne-Lise Kermarrec"), "{contract}");
    assert_eq!(contract["sha256"], kept_again["contract"]);
}

#[tokio::test]
async fn steps_cannot_be_skipped() {
    let house = House::open().await;
    let mut visitor = val().is_certified(&house).await;
    let nothing = json!({});
    assert_eq!(
        visitor.keep_draft("code", &nothing).await.fields(),
        [
            ("authorised", "required"),
            ("federation", "required"),
            ("promo_code", "unanswered"),
            ("representative_first_name", "required"),
            ("representative_surname", "required"),
        ]
    );
    assert_eq!(visitor.keep_draft("ailleurs", &nothing).await.problem(), (400, "malformed"));
    // The box, bypassed.
    assert_eq!(visitor.join(&val(), "bypass").await.fields(), [("authorised", "required")]);
    let forged = val().answering("authorised", "00".repeat(32));
    assert_eq!(visitor.join(&forged, "forged").await.fields(), [("authorised", "contract_changed")]);
    let other = val().agrees(&mut visitor).await.answering("representative_surname", "Martin");
    assert_eq!(visitor.join(&other, "changed").await.fields(), [("authorised", "contract_changed")]);
    assert!(house.post().await.is_empty());
}

#[tokio::test]
async fn each_code_that_does_not_count_says_why() {
    let file = include_str!("../../../../demo/mediateur-hlm.toml");
    let codes = "\n[[mediation.codes]]\ncode = \"DEMAIN\"\npartner = \"USH\"\nfrom = \"2026-11-23\"\n\
                 [[mediation.codes]]\ncode = \"HIER\"\npartner = \"USH\"\nuntil = \"2026-11-21\"\n\
                 [[mediation.codes]]\ncode = \"UNEFOIS\"\npartner = \"USH\"\nmax_uses = 1\n\
                 [[mediation.codes]]\ncode = \"REGIONS\"\npartner = \"FNAR\"\n";
    let house = House::open_over(&[("mediateur-hlm.toml", format!("{file}{codes}"))]).await;
    let mut visitor = val().is_certified(&house).await;
    let agreed = val().agrees(&mut visitor).await;
    for (typed, code, value) in [
        ("INCONNU", "code_unknown", None),
        ("demain", "code_early", Some(("from", "23 novembre 2026"))),
        ("hier", "code_expired", Some(("until", "21 novembre 2026"))),
        ("re-gions", "code_other_partner", None),
        ("!", "code_character", None),
    ] {
        let with_code = agreed.clone().answering("promo_code", typed);
        for answer in [
            visitor.keep_draft("code", &with_code.answers()).await,
            visitor.join(&with_code, &code.replace('_', "-")).await,
        ] {
            assert_eq!(answer.fields(), [("promo_code", code)], "{typed}");
            if let Some((name, words)) = value {
                assert_eq!(answer.body["fields"][0][name], words);
            }
        }
    }
    // Nothing typed is lost, and no code is a normal path.
    let view = visitor.get("/api/mediation/membership").await.body;
    assert_eq!(view["answers"]["partner"], "USH");
    let without = agreed.clone().answering("promo_code", "");
    assert_eq!(visitor.join(&without, "without").await.status, 201);
    let mut other = est().is_certified_beside(&house).await;
    let first = est().agrees(&mut other).await.answering("promo_code", "une fois");
    assert_eq!(other.join(&first, "first").await.status, 201);
    let late = correspondent("Toits du Nord", "356000000", "c@nord.example");
    let mut visitor = late.is_certified_beside(&house).await;
    let second = late.agrees(&mut visitor).await.answering("promo_code", "UNEFOIS");
    assert_eq!(visitor.join(&second, "second").await.fields(), [("promo_code", "code_exhausted")]);
}

#[tokio::test]
async fn of_two_last_uses_at_once_one_wins() {
    let house = house_with("from = \"2017-07-27\"", "max_uses = 1").await;
    let mut one = val().is_certified(&house).await;
    let mut other = est().is_certified(&house).await;
    let (first, second) = (val().agrees(&mut one).await, est().agrees(&mut other).await);
    let (first, second) = tokio::join!(one.join(&first, "one"), other.join(&second, "two"));
    let mut answers = [first.status.as_u16(), second.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [201, 422]);
    let refused = if first.status == 422 { first } else { second };
    assert_eq!(refused.fields(), [("promo_code", "code_exhausted")]);
    assert_eq!(house.post().await.len(), 1);
    assert_eq!(promo_uses::uses(house.state.store().read(), MEDIATOR, "USH2017").await.unwrap(), 1);
}

#[tokio::test]
async fn guessing_codes_is_throttled() {
    let house = House::open().await;
    let mut visitor = val().is_certified(&house).await;
    let agreed = val().agrees(&mut visitor).await;
    for number in 0..10 {
        let guess = agreed.clone().answering("promo_code", format!("GUESS{number}"));
        assert_eq!(
            visitor.keep_draft("code", &guess.answers()).await.fields(),
            [("promo_code", "code_unknown")]
        );
    }
    // Even the right one has to wait now; without a code one goes on.
    assert_eq!(visitor.keep_draft("code", &agreed.answers()).await.problem(), (429, "too_many"));
    let without = agreed.clone().answering("promo_code", "");
    assert_eq!(visitor.keep_draft("code", &without.answers()).await.status, 200);
    house.wait_minutes(60);
    val().signs_in(&mut visitor).await;
    assert_eq!(visitor.join(&agreed, "patient").await.status, 201);
}

#[tokio::test]
async fn nobody_joins_twice() {
    let house = House::open().await;
    let mut visitor = val().is_certified(&house).await;
    let agreed = val().agrees(&mut visitor).await;
    let mut other = visitor.clone();
    let (one, two) = tokio::join!(visitor.join(&agreed, "one"), other.join(&agreed, "two"));
    let mut answers = [one.problem(), two.problem()];
    answers.sort_unstable();
    assert_eq!(answers, [(201, ""), (409, "already_member")]);
    assert_eq!(house.post().await.len(), 1);
    // A double click is the same submission: the same answer.
    let won = if one.status == 201 { "one" } else { "two" };
    let first = if one.status == 201 { &one } else { &two };
    assert_eq!(visitor.join(&agreed, won).await.body, first.body);
    assert_eq!(visitor.keep_draft("", &agreed.answers()).await.problem(), (409, "already_member"));
    assert!(house.post().await.is_empty());
}

#[tokio::test]
async fn the_campaign_opens_and_closes_at_midnight_in_paris() {
    let house = house_with(
        "preferred_end = \"2017-09-08\"",
        "preferred_end = \"2027-01-10\"\nhard_end = \"2027-01-31\"",
    )
    .await;
    let mut visitor = val().is_certified(&house).await;
    let agreed = val().agrees(&mut visitor).await;
    let refused = async |moment: &str, visitor: &mut Visitor| {
        house.set_clock(moment);
        val().signs_in(visitor).await;
        let identity =
            house.visitor().at(MEDIATOR).identify(&est(), &format!("late-{}", &moment[..10])).await;
        let identity = identity.code().to_owned();
        (identity, visitor.keep_draft("", &agreed.answers()).await.code().to_owned())
    };
    let open = (String::new(), String::new());
    assert_eq!(refused("2027-01-31T22:59:59Z", &mut visitor).await, open);
    let closed = ("campaign_closed".to_owned(), "campaign_closed".to_owned());
    assert_eq!(refused("2027-01-31T23:00:00Z", &mut visitor).await, closed);
    assert_eq!(visitor.join(&agreed, "too-late").await.problem(), (409, "campaign_closed"));
    // In summer Paris is two hours ahead.
    let before = ("campaign_before".to_owned(), "campaign_before".to_owned());
    assert_eq!(refused("2017-07-26T21:59:59Z", &mut visitor).await, before);
    assert_eq!(refused("2017-07-26T22:00:00Z", &mut visitor).await, open);
}

#[tokio::test]
async fn the_terms_are_a_file_too() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(MEDIATOR);
    let (status, kind, bytes) = download(&mut visitor, "/api/documents/cgu.pdf").await;
    assert_eq!((status, kind.as_str()), (200, "application/pdf"));
    assert_eq!(download(&mut visitor, "/api/documents/cgu.pdf").await.2, bytes);
    assert_eq!(download(&mut visitor, "/api/documents/cookies.pdf").await.0, 404);
}
