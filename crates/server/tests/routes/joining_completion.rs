//! The link of an invitation makes a user (A7, A8).

use jiff::SignedDuration;
use palier_domain::onboarding::{Level, Rights};
use palier_server::store::accounts;
use palier_server::store::client_users::UserState;
use serde_json::json;

use crate::support::{BANK, COLLEAGUE_PASSWORD, House, MAYOR, Visitor, all_loans, eve, nadia, token_in};

const TERMS: &str = "organismes-2026-11";

/// Nadia is invited: the administrator's browser, and the token.
async fn invited(house: &House) -> (Visitor, String) {
    let mut administrator = eve().decides(house).await;
    assert_eq!(administrator.invites(&nadia(), &all_loans()).await.status, 201);
    let token = token_in(&house.letters().await[0].text);
    (administrator, token)
}

#[tokio::test]
async fn a7_who_was_accepted_becomes_a_user_with_their_rights() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let asked = house.now();
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    house.wait_minutes(10);
    assert_eq!(administrator.accepts(id, &all_loans()).await.status, 200);
    let token = token_in(&house.letters().await[0].text);
    house.wait_minutes(10);
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.opens_invitation(&token).await.body["asks_terms"], false);
    let answer = visitor.joins(&token, "").await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("colleague_active", "nadia@vaux.example"));
    let user = house.user_at(nadia().email()).await;
    assert_eq!((user.administrator, user.state, user.since), (false, UserState::Active, house.now()));
    assert_eq!(user.rights, Rights::of([("prets", Level::Act)]));
    let answer = visitor.sign_in(nadia().email(), COLLEAGUE_PASSWORD).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let identifier = answer.body["identifier"].as_str().expect("an identifier");
    assert!(mail.text.contains(identifier), "{}", mail.text);
    assert_eq!(answer.body["client"]["administrator"], false);
    // The consent is the one given with the request.
    let consents = accounts::consents(house.state.store().read(), user.account_id).await.expect("consents");
    let kept: Vec<_> = consents.iter().map(|it| (it.version.as_str(), it.accepted_at)).collect();
    assert_eq!(kept, [(TERMS, asked)]);
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds[kinds.len() - 3..], ["access_asked", "access_granted", "colleague_active"]);
    assert_eq!(visitor.opens_invitation(&token).await.problem(), (410, "link_used"));
    assert_eq!(visitor.joins(&token, "").await.problem(), (410, "link_used"));
}

#[tokio::test]
async fn a10_nobody_gets_round_the_terms() {
    let house = House::open().await;
    let (_, token) = invited(&house).await;
    let mut visitor = house.visitor().at(BANK);
    for (version, code) in
        [("", "required"), ("organismes-2025-01", "terms_outdated"), ("on", "terms_outdated")]
    {
        let answer = visitor.joins(&token, version).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("read_terms", code)]), "{version}");
    }
    // Both problems are told at once.
    let answer = visitor.joins_with(&token, "", "court").await;
    let names: Vec<_> = answer.fields().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, ["password", "read_terms"]);
    assert!(house.post().await.is_empty());
    assert_eq!(visitor.joins(&token, TERMS).await.status, 200);
    let account = house.user_at(nadia().email()).await.account_id;
    let consents = accounts::consents(house.state.store().read(), account).await.expect("consents");
    let kept: Vec<_> = consents.iter().map(|it| (it.version.as_str(), it.accepted_at)).collect();
    assert_eq!(kept, [(TERMS, house.now())]);
    assert_eq!(consents[0].sha256, house.bank().public.terms.sha256);
}

#[tokio::test]
async fn a_password_is_nobodys_name() {
    let house = House::open().await;
    let (_, token) = invited(&house).await;
    let mut visitor = house.visitor().at(BANK);
    for password in ["court", "Bensaid 2026 Nadia", "nadia@vaux.example 1A", "Motdepasse2026"] {
        let answer = visitor.joins_with(&token, TERMS, password).await;
        let names: Vec<_> = answer.fields().iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!((answer.status.as_u16(), names), (422, vec!["password".to_owned()]), "{password}");
    }
    assert_eq!(visitor.joins(&token, TERMS).await.status, 200, "none of this used it up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_at_once_one_becomes_a_user() {
    let house = House::open().await;
    let (_, token) = invited(&house).await;
    // As many passwords as are computed at once.
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (mut visitor, token) = (house.visitor().at(BANK), token.clone());
            tokio::spawn(async move { visitor.joins(&token, TERMS).await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410, 410, 410]);
    assert_eq!(house.post().await.len(), 1);
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "colleague_active").count(), 1);
}

#[tokio::test]
async fn a_link_works_until_its_last_second() {
    let house = House::open().await;
    let (mut administrator, early) = invited(&house).await;
    let other = nadia().with("email", "deux@vaux.example");
    administrator.invites(&other, &all_loans()).await;
    let late = token_in(&house.letters().await[0].text);
    house.wait(SignedDuration::from_hours(7 * 24) - SignedDuration::from_secs(1));
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.joins(&early, TERMS).await.status, 200);
    house.wait(SignedDuration::from_secs(1));
    assert_eq!(visitor.opens_invitation(&late).await.problem(), (410, "link_expired"));
    assert_eq!(visitor.joins(&late, TERMS).await.problem(), (410, "link_expired"));
    // The invitation can be sent again.
    administrator.signs_in_as_administrator(eve().email()).await;
    let id = house.joining_of(other.email()).await.expect("an invitation").id;
    house.letters().await;
    assert_eq!(administrator.does_with_invitation(id, "resend").await.status, 200);
    let new = token_in(&house.letters().await[0].text);
    assert_eq!(visitor.joins(&new, TERMS).await.status, 200);
}

#[tokio::test]
async fn a_link_is_good_for_its_portal_and_its_page_only() {
    let house = House::open().await;
    let (_, token) = invited(&house).await;
    let mut visitor = house.visitor().at(BANK);
    for unknown in ["", "AbC_123-x", &token[1..]] {
        assert_eq!(visitor.opens_invitation(unknown).await.problem(), (404, "link_unknown"), "{unknown}");
        assert_eq!(visitor.joins(unknown, TERMS).await.problem(), (404, "link_unknown"), "{unknown}");
    }
    assert_eq!(visitor.registered(&token).await.problem(), (404, "link_unknown"));
    assert_eq!(visitor.follows(&token).await.problem(), (404, "link_unknown"));
    assert_eq!(house.visitor().opens_invitation(&token).await.problem(), (404, "not_found"));
    assert_eq!(visitor.joins(&token, TERMS).await.status, 200, "none of this used it up");
}

#[tokio::test]
async fn who_was_removed_gets_their_account_again() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let mut before = nadia().is_user(&house, &mut administrator, &all_loans()).await;
    let first = house.user_at(nadia().email()).await;
    house.makes(nadia().email(), |user| user.state = UserState::Removed).await;
    let married = nadia().with("own_surname", "Le Goff");
    let consult = json!({ "rights": { "documents": "consult" }, "administrator": false });
    assert_eq!(administrator.invites(&married, &consult).await.status, 201);
    let token = token_in(&house.letters().await[0].text);
    let other_password = "bateau Vert 91 Tilleul";
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.joins_with(&token, TERMS, other_password).await.status, 200);
    let user = house.user_at(nadia().email()).await;
    assert_eq!((user.account_id, user.state), (first.account_id, UserState::Active));
    assert_eq!(user.rights, Rights::of([("documents", Level::Consult)]));
    // What was before is over: the session and the password.
    assert_eq!(before.get("/api/account/session").await.body["session"], json!(null));
    assert_eq!(visitor.sign_in(nadia().email(), COLLEAGUE_PASSWORD).await.status, 401);
    let answer = visitor.sign_in(nadia().email(), other_password).await;
    assert_eq!((answer.status.as_u16(), &answer.body["name"]), (200, &json!("Nadia Le Goff")));
}

#[tokio::test]
async fn an_address_with_an_account_by_now_becomes_no_user() {
    let house = House::open().await;
    let (_, token) = invited(&house).await;
    house.has_account(nadia().email()).await;
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.joins(&token, TERMS).await.problem(), (409, "already_user"));
    assert!(house.post().await.is_empty());
    assert!(house.joining_of(nadia().email()).await.is_some(), "nothing was used up");
}
