//! Which administrator objects to somebody who says that none is left (A8).

use palier_server::store::client_users::UserState;
use palier_server::store::journal::{Details, append};
use serde_json::json;

use crate::support::{BANK, House, MAYOR, all_loans, bastien, eve, nadia, zoe};

#[tokio::test]
async fn the_journal_tells_which_administrator_objected() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    zoe().is_there(&house).await;
    let takeover = nadia().takes_over(&house).await;
    let told: Vec<_> = takeover.objections.keys().map(String::as_str).collect();
    assert_eq!(told, [eve().email(), zoe().email]);
    assert_ne!(takeover.objection_of(eve().email()), takeover.objection_of(zoe().email));

    // Nobody has to be signed in: it is the link that tells whose it is.
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.objects(takeover.objection_of(zoe().email)).await.status, 200);
    let journal = administrator.get("/api/organisation/journal").await.body;
    let entry = &journal["entries"][1];
    let wanted = json!({ "name": "Nadia Bensaïd", "email": nadia().email(), "by": "Zoé Nguyễn" });
    assert_eq!((&entry["kind"], &entry["details"]), (&json!("designation_objected"), &wanted));
    let file = administrator.get("/api/organisation/journal.csv").await;
    let file = String::from_utf8(file.bytes).expect("UTF-8");
    assert!(file.contains("Zoé Nguyễn s'oppose à la demande de Nadia Bensaïd"), "{file}");

    // Once one has, nobody else can: they are told that it is done, and that it is even once it is late.
    house.letters().await;
    for email in [eve().email(), zoe().email] {
        assert_eq!(visitor.objects(takeover.objection_of(email)).await.problem(), (410, "link_used"));
    }
    house.wait_hours(24 * 11);
    let late = visitor.objects(takeover.objection_of(eve().email())).await;
    assert_eq!(late.problem(), (410, "link_used"));
    assert!(house.post().await.is_empty());
}

#[tokio::test]
async fn of_two_who_object_at_once_one_does() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    zoe().is_there(&house).await;
    let takeover = nadia().takes_over(&house).await;
    let (mut one, mut other) = (house.visitor().at(BANK), house.visitor().at(BANK));
    let answers = tokio::join!(
        one.objects(takeover.objection_of(eve().email())),
        other.objects(takeover.objection_of(zoe().email)),
    );
    let mut told = [answers.0.problem(), answers.1.problem()];
    told.sort_unstable();
    assert_eq!(told, [(200, ""), (410, "link_used")]);
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "designation_objected").count(), 1, "{kinds:?}");
}

#[tokio::test]
async fn who_is_no_administrator_any_more_objects_to_nothing() {
    for change in ["removed", "suspended", "demoted"] {
        let house = House::open().await;
        eve().is_administrator(&house).await;
        zoe().is_there(&house).await;
        let takeover = nadia().takes_over(&house).await;
        house
            .makes(zoe().email, |user| match change {
                "removed" => user.state = UserState::Removed,
                "suspended" => user.state = UserState::Suspended,
                _ => user.administrator = false,
            })
            .await;
        let mut visitor = house.visitor().at(BANK);
        let answer = visitor.objects(takeover.objection_of(zoe().email)).await;
        assert_eq!(answer.problem(), (403, "no_client"), "{change}");
        assert_eq!(visitor.follows(&takeover.follow).await.body["stage"], "asked");
        assert!(house.post().await.is_empty());
        if change != "removed" {
            // The link isn't used up: as an administrator again, they can.
            house
                .makes(zoe().email, |user| {
                    user.state = UserState::Active;
                    user.administrator = true;
                })
                .await;
            assert_eq!(visitor.objects(takeover.objection_of(zoe().email)).await.status, 200);
            continue;
        }
        // The others still can.
        assert_eq!(visitor.objects(takeover.objection_of(eve().email())).await.status, 200);
        assert_eq!(visitor.follows(&takeover.follow).await.body["stage"], "objected");
    }
}

#[tokio::test]
async fn a_colleague_with_an_account_asks_for_nothing_more() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    nadia().is_user(&house, &mut administrator, &all_loans()).await;
    let before = house.user_at(nadia().email()).await;
    let takeover = nadia().takes_over(&house).await;
    assert_eq!(administrator.objects(takeover.objection_of(eve().email())).await.status, 200);
    assert_eq!(house.post().await, [("takeover_stopped".to_owned(), nadia().email().to_owned())]);
    assert_eq!(house.joining_of(nadia().email()).await, None);
    assert_eq!(house.user_at(nadia().email()).await, before);
    assert_eq!(house.last_entry(MAYOR).await.0, "designation_objected");
}

#[tokio::test]
async fn who_was_refused_or_gave_way_can_not_be_objected_to() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let takeover = nadia().takes_over(&house).await;
    house.wait_for_objections();
    // Printed by a server whose clock is ahead.
    let code = house.prints().await;
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.refuses(code.reveal()).await.status, 200);
    let answer = visitor.objects(takeover.objection_of(eve().email())).await;
    assert_eq!(answer.problem(), (410, "link_expired"));
    assert_eq!(visitor.follows(&takeover.follow).await.body["stage"], "refused");
}

#[tokio::test]
async fn an_older_entry_is_of_some_administrator() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    bastien().is_there(&house).await;
    let details = Details::from([
        ("name".to_owned(), "Bastien Étienne".to_owned()),
        ("email".to_owned(), bastien().email.to_owned()),
    ]);
    let (client, store) = (house.client(MAYOR).await.id, house.state.store().write());
    append(store, BANK, client, house.now(), "designation_objected", &details).await.expect("written");
    for (language, words) in [("fr", "Un administrateur"), ("en", "An administrator")] {
        let journal = visitor.get(&format!("/api/organisation/journal?lang={language}")).await.body;
        assert_eq!(journal["entries"][0]["details"]["by"], words);
    }
    let file = visitor.get("/api/organisation/journal.csv").await;
    let file = String::from_utf8(file.bytes).expect("UTF-8");
    assert!(file.contains("Un administrateur s'oppose à la demande de Bastien Étienne"), "{file}");
}
