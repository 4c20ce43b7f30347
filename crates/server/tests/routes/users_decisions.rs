//! What administrators decide about users: written down, told, once (A8, A9).

use palier_domain::onboarding::{Level, Rights};
use palier_server::store::client_users::UserState;
use palier_server::store::journal::Details;
use serde_json::json;

use crate::support::{House, MAYOR, bastien, eve, zoe};

const COLLEAGUE: &str = "bastien@vaux.example";
const EVE: &str = "eve@vaux.example";
const ZOE: &str = "zoe@vaux.example";

fn post(mails: &[(&str, &str)]) -> Vec<(String, String)> {
    mails.iter().map(|(kind, to)| ((*kind).to_owned(), (*to).to_owned())).collect()
}

fn about_bastien(others: &[(&str, &str)]) -> Details {
    let known = [("name", "Bastien Étienne"), ("email", COLLEAGUE), ("by", "Ève d’Almeida")];
    known.iter().chain(others).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn each_decision_is_told_and_written_down_once() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = bastien().is_there(&house).await;
    zoe().is_there(&house).await;
    for (decision, kind, mails) in [
        ("suspend", "user_suspended", &[("user_suspended", COLLEAGUE)][..]),
        ("resume", "user_resumed", &[("user_resumed", COLLEAGUE)]),
        (
            "promote",
            "administrator_named",
            &[
                ("administrator_named", COLLEAGUE),
                ("other_administrator_named", EVE),
                ("other_administrator_named", ZOE),
            ],
        ),
        (
            "demote",
            "administrator_demoted",
            &[
                ("administrator_demoted", COLLEAGUE),
                ("other_administrator_lost", EVE),
                ("other_administrator_lost", ZOE),
            ],
        ),
        ("remove", "user_removed", &[("user_removed", COLLEAGUE)]),
    ] {
        visitor.decided(id, decision).await;
        let entry = house.newest(MAYOR).await;
        assert_eq!((entry.kind.as_str(), entry.details), (kind, about_bastien(&[])));
        let mut found = house.post().await;
        found.sort();
        assert_eq!(found, post(mails), "{decision}");
        let count = house.journal(MAYOR).await.len();
        visitor.decided(id, decision).await;
        assert_eq!(house.journal(MAYOR).await.len(), count, "{decision} twice");
        assert!(house.post().await.is_empty(), "{decision} twice");
    }
    assert_eq!(house.user(id).await.state, UserState::Removed);
    for decision in ["suspend", "resume", "promote", "demote"] {
        assert_eq!(visitor.decides(id, decision).await.problem(), (404, "not_found"), "{decision}");
    }
    assert_eq!(visitor.gives(id, json!({ "prets": "act" })).await.problem(), (404, "not_found"));
}

#[tokio::test]
async fn an_administrator_removed_is_missed() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = zoe().is_there(&house).await;
    visitor.decided(id, "remove").await;
    let mails = house.letters().await;
    let found: Vec<_> = mails.iter().map(|it| (it.kind.as_str(), it.to.as_str())).collect();
    assert_eq!(found, [("user_removed", ZOE), ("other_administrator_lost", EVE)]);
    // Each in their own language, whatever that of the page was.
    let (english, french) = (&mails[0], &mails[1]);
    assert!(
        english.text.contains("Ève d’Almeida took away your access to Mairie de Vaux"),
        "{}",
        english.text
    );
    assert!(french.text.contains("décidé que Zoé Nguyễn n'est plus administrateur"), "{}", french.text);
    assert!(french.text.contains("/prets/organisme/utilisateurs"), "{}", french.text);
}

#[tokio::test]
async fn rights_are_of_the_portals_services() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = bastien().is_there(&house).await;
    let eves = house.account(EVE).await;
    for (id, rights, code) in [
        (id, json!({}), "rights_nothing"),
        (id, json!({ "prets": "none" }), "rights_nothing"),
        (id, json!({ "prets": "act", "coffre": "consult" }), "rights_unknown"),
        (eves, json!({ "coffre": "consult" }), "rights_unknown"),
    ] {
        let answer = visitor.gives(id, rights).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("rights", code)]));
    }
    assert_eq!(visitor.gives(id, json!({ "prets": "own" })).await.problem(), (400, "malformed"));
    assert!(house.post().await.is_empty());

    let wanted = json!({ "documents": "none", "demandes": "validate", "prets": "act" });
    assert_eq!(visitor.gives(id, wanted.clone()).await.status, 200);
    let rights = Rights::of([("prets", Level::Act), ("demandes", Level::Validate)]);
    assert_eq!(house.user(id).await.rights, rights);
    let mails = house.letters().await;
    assert_eq!((mails.len(), mails[0].kind.as_str(), mails[0].to.as_str()), (1, "rights_changed", COLLEAGUE));
    let words = "Consultation des prêts\u{a0}: agir, Demandes de prêt\u{a0}: valider";
    assert!(mails[0].text.contains(words), "{}", mails[0].text);
    let entry = house.newest(MAYOR).await;
    let granted = [("rights", "demandes: validate, prets: act"), ("role", "user")];
    assert_eq!((entry.kind.as_str(), entry.details), ("rights_changed", about_bastien(&granted)));
    assert_eq!(visitor.gives(id, wanted).await.status, 200);
    assert_eq!(house.newest(MAYOR).await.number, entry.number, "the same again is nothing");
    // An administrator may have none of their own.
    assert_eq!(visitor.gives(eves, json!({ "prets": "act" })).await.status, 200);
    assert_eq!(visitor.gives(eves, json!({})).await.status, 200);
    assert_eq!(house.user(eves).await.rights, Rights::default());
}

#[tokio::test]
async fn the_only_active_administrator_stays() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let (own, second) = (house.account(EVE).await, zoe().is_there(&house).await);
    visitor.decided(second, "suspend").await;
    house.post().await;
    let count = house.journal(MAYOR).await.len();
    for decision in ["suspend", "remove", "demote"] {
        assert_eq!(visitor.decides(own, decision).await.problem(), (409, "last_administrator"), "{decision}");
    }
    assert!(house.post().await.is_empty());
    assert_eq!(house.journal(MAYOR).await.len(), count);
    assert!(house.user(own).await.decides());
    // With a second one, they may go.
    visitor.decided(second, "resume").await;
    visitor.decided(own, "remove").await;
    assert_eq!(visitor.users().await.problem(), (401, "signed_out"));
    assert_eq!(zoe().signs_in(&house).await.users().await.body["alone"], true);
}

#[tokio::test]
async fn who_is_suspended_is_not_named_administrator() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = bastien().is_there(&house).await;
    visitor.decided(id, "suspend").await;
    assert_eq!(visitor.decides(id, "promote").await.problem(), (409, "decided"));
    assert!(!house.user(id).await.administrator);
    visitor.decided(id, "resume").await;
    visitor.decided(id, "promote").await;
    assert!(bastien().signs_in(&house).await.users().await.status == 200);
    assert_eq!(eve().email(), EVE);
}
