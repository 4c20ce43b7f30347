//! Who may see and decide, and who is let in at all (A8, A9).

use palier_server::store::client_users::{self, ClientUser, UserState};
use serde_json::json;

use crate::support::{BANK, DIRECTOR, House, MAYOR, Member, PASSWORD, bastien, eve, token_in, zoe};

const ADDRESSES: [&str; 3] =
    ["/api/organisation/users", "/api/organisation/journal", "/api/organisation/journal.csv"];

#[tokio::test]
async fn only_active_administrators() {
    let house = House::open().await;
    house.administrator().await;
    let id = bastien().is_there(&house).await;
    let (mut nobody, mut plain) = (house.visitor().at(BANK), bastien().signs_in(&house).await);
    for address in ADDRESSES {
        assert_eq!(nobody.get(address).await.problem(), (401, "signed_out"), "{address}");
        assert_eq!(plain.get(address).await.problem(), (403, "no_client"), "{address}");
    }
    for decision in ["suspend", "resume", "remove", "promote", "demote"] {
        assert_eq!(nobody.decides(id, decision).await.problem(), (401, "signed_out"), "{decision}");
        assert_eq!(plain.decides(id, decision).await.problem(), (403, "no_client"), "{decision}");
    }
    assert_eq!(nobody.gives(id, json!({})).await.problem(), (401, "signed_out"));
    assert_eq!(plain.gives(id, json!({ "prets": "validate" })).await.problem(), (403, "no_client"));
    assert!(house.post().await.is_empty());
    assert_eq!(house.newest(MAYOR).await.kind, "administrator_designated");
}

#[tokio::test]
async fn another_organisations_users_are_nobody() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let foreign = Member { digits: DIRECTOR, ..zoe() };
    let foreign = foreign.is_there(&house).await;
    for id in [foreign, 9_999, -1] {
        for decision in ["suspend", "resume", "remove", "promote", "demote"] {
            assert_eq!(visitor.decides(id, decision).await.problem(), (404, "not_found"), "{id} {decision}");
        }
        let answer = visitor.gives(id, json!({ "prets": "act" })).await;
        assert_eq!(answer.problem(), (404, "not_found"), "{id}");
    }
    assert_eq!(house.user(foreign).await.role().state, UserState::Active);
    let id = bastien().is_there(&house).await;
    for address in
        [format!("{id}/crown"), "bastien/suspend".to_owned(), format!("{id}0000000000000000000/suspend")]
    {
        let answer = visitor.post(&format!("/api/organisation/users/{address}"), &json!({})).await;
        assert_eq!(answer.problem(), (404, "not_found"), "{address}");
    }
    let path = format!("/api/organisation/users/{id}/suspend");
    assert_eq!(visitor.post(&path, &json!({ "why": "" })).await.problem(), (400, "malformed"));
}

#[tokio::test]
async fn who_is_suspended_is_told_so_with_the_right_password_only() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = bastien().is_there(&house).await;
    let mut session = bastien().signs_in(&house).await;
    visitor.decided(id, "suspend").await;
    assert_eq!(session.get("/api/account/session").await.problem(), (401, "signed_out"));
    let mut login = house.visitor().at(BANK);
    for _ in 0..6 {
        let answer = login.sign_in(bastien().email, PASSWORD).await;
        assert_eq!(answer.problem(), (403, "suspended"), "however often: it isn't guessed");
        assert!(login.cookies.is_empty());
    }
    assert_eq!(login.sign_in(bastien().email, "tram Rouge 47").await.problem(), (401, "sign_in_refused"));

    visitor.decided(id, "resume").await;
    assert_eq!(session.get("/api/account/session").await.problem(), (401, "signed_out"), "not by itself");
    let answer = login.sign_in(bastien().email, PASSWORD).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_eq!(answer.body["client"]["rights"], json!([["Consultation des prêts", "consult"]]));
    let english = login.get("/api/account/session?lang=en").await;
    assert_eq!(english.body["client"]["rights"], json!([["Loans", "consult"]]));
}

#[tokio::test]
async fn who_was_removed_is_nobody() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = bastien().is_there(&house).await;
    let mut session = bastien().signs_in(&house).await;
    let mut stranger = house.visitor().at(BANK);
    let reset = json!({ "login": bastien().email });
    stranger.post("/api/account/password-resets", &reset).await;
    let mails = house.letters().await;
    assert_eq!((mails.len(), mails[0].kind.as_str()), (1, "password_reset"));

    visitor.decided(id, "remove").await;
    assert_eq!(house.post().await, [("user_removed".to_owned(), bastien().email.to_owned())]);
    assert_eq!(session.get("/api/account/session").await.problem(), (401, "signed_out"));
    let link = json!({ "token": token_in(&mails[0].text), "password": "autre Mot 58 prune" });
    let answer = stranger.post("/api/account/password-resets/complete", &link).await;
    assert_eq!(answer.problem(), (404, "link_unknown"), "sent before, it opens nothing");
    for _ in 0..5 {
        let known = stranger.sign_in(bastien().email, PASSWORD).await;
        let unknown = stranger.sign_in("who@vaux.example", PASSWORD).await;
        assert_eq!(known.problem().0, unknown.problem().0);
        assert_eq!(known.outside(), unknown.outside(), "told like an address that nobody has");
    }
    assert_eq!(stranger.sign_in(bastien().email, PASSWORD).await.problem().1, "locked");
    for (address, form) in [
        ("/api/account/password-resets", reset),
        ("/api/account/identifier-reminders", json!({ "email": bastien().email })),
    ] {
        assert_eq!(stranger.post(address, &form).await.status, 202, "{address}");
    }
    assert!(house.post().await.is_empty(), "nothing to get back in with");
}

#[tokio::test]
async fn a_session_begun_meanwhile_is_none() {
    let house = House::open().await;
    house.administrator().await;
    let id = zoe().is_there(&house).await;
    for state in [UserState::Suspended, UserState::Removed] {
        let mut session = zoe().signs_in(&house).await;
        assert_eq!(session.users().await.status, 200);
        // As when the sign-in was read before the decision, and written after it.
        let active = house.user(id).await;
        let store = house.state.store().write();
        assert!(
            client_users::update(store, BANK, &ClientUser { state, ..active.clone() }).await.expect("noted")
        );
        assert_eq!(session.users().await.problem(), (401, "signed_out"), "{state:?}");
        assert_eq!(session.get("/api/account/session").await.problem(), (401, "signed_out"));
        if state == UserState::Suspended {
            assert!(client_users::update(store, BANK, &active).await.expect("noted"));
        }
    }
}

#[tokio::test]
async fn who_is_demoted_decides_nothing_from_then_on() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = zoe().is_there(&house).await;
    let mut session = zoe().signs_in(&house).await;
    assert_eq!(session.users().await.status, 200);
    visitor.decided(id, "demote").await;
    assert_eq!(session.users().await.problem(), (403, "no_client"));
    let eves = house.account(eve().email()).await;
    assert_eq!(session.decides(eves, "suspend").await.problem(), (403, "no_client"));
    let told = session.get("/api/account/session").await;
    assert_eq!(told.body["client"]["administrator"], false, "they stay signed in");
}
