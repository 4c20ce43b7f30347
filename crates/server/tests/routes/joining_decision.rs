//! An administrator accepts or refuses a request (A7).

use jiff::SignedDuration;
use palier_domain::onboarding::JoiningState;
use palier_server::store::client_users::UserState;
use serde_json::{Value, json};

use crate::support::{BANK, DIRECTOR, House, MAYOR, all_loans, chloe, eve, nadia, token_in};

#[tokio::test]
async fn a7_who_is_accepted_gets_the_link_and_the_rights() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    let answer = administrator.accepts(id, &all_loans()).await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("access_granted", "nadia@vaux.example"));
    for words in ["Bonjour Nadia Bensaïd", "/prets/organisme/invitation#", "jusqu'au 29/11/2026"] {
        assert!(mail.text.contains(words), "{words} isn't in {}", mail.text);
    }
    let entry = json!({
        "name": "Nadia Bensaïd", "email": "nadia@vaux.example", "by": "Ève d’Almeida", "rights": "prets: act",
        "role": "user",
    });
    assert_eq!(house.last_entry(MAYOR).await, ("access_granted".to_owned(), entry));
    assert_eq!(administrator.accepts(id, &all_loans()).await.problem(), (409, "decided"));
    assert_eq!(administrator.refuses_access(id, "Non").await.problem(), (409, "decided"));
}

#[tokio::test]
async fn a7_who_is_refused_is_told_why() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    for (reason, code) in [("", "required"), (" \n", "required"), (&*"é".repeat(501), "too_long")] {
        assert_eq!(administrator.refuses_access(id, reason).await.fields(), [("reason", code)]);
    }
    assert!(house.post().await.is_empty());
    let answer = administrator.refuses_access(id, " Inconnue <b>ici</b> & là ").await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("access_refused", "nadia@vaux.example"));
    assert!(mail.text.contains("Inconnue <b>ici</b> & là"), "{}", mail.text);
    assert!(mail.html.contains("Inconnue &lt;b&gt;ici&lt;/b&gt; &amp; là"), "{}", mail.html);
    let (kind, details) = house.last_entry(MAYOR).await;
    assert_eq!((kind.as_str(), &details["by"]), ("access_refused", &json!("Ève d’Almeida")));
    assert_eq!(details["reason"], "Inconnue <b>ici</b> & là");
    assert_eq!(administrator.accepts(id, &all_loans()).await.problem(), (409, "decided"));
    // They may ask again.
    assert_ne!(nadia().asks_to_join(&house).await, id);
}

#[tokio::test]
async fn rights_are_those_of_the_portal() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    let grants: [(Value, &str); 3] = [
        (json!({ "rights": {}, "administrator": false }), "rights_nothing"),
        (json!({ "rights": { "prets": "none" }, "administrator": false }), "rights_nothing"),
        (json!({ "rights": { "coffre": "consult" }, "administrator": true }), "rights_unknown"),
    ];
    for (grant, code) in grants {
        let answer = administrator.accepts(id, &grant).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("rights", code)]), "{grant}");
    }
    let malformed = json!({ "rights": { "prets": "everything" }, "administrator": false });
    assert_eq!(administrator.accepts(id, &malformed).await.problem(), (400, "malformed"));
    assert!(house.post().await.is_empty());
    assert_eq!(house.joining_state(id).await, JoiningState::Asked);
    // An administrator decides, and may have no rights of their own.
    let answer = administrator.accepts(id, &json!({ "rights": {}, "administrator": true })).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert!(house.joining_of(nadia().email()).await.expect("an invitation").grant.administrator);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_administrators_at_once_one_decides() {
    let house = House::open().await;
    let mut first = eve().decides(&house).await;
    let named = json!({ "rights": {}, "administrator": true });
    let second = nadia().with("email", "deux@vaux.example").is_user(&house, &mut first, &named).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    let tasks: Vec<_> = (0..8)
        .map(|number| {
            let mut visitor = if number % 2 == 0 { first.clone() } else { second.clone() };
            tokio::spawn(async move {
                match number % 4 {
                    0 | 1 => visitor.accepts(id, &all_loans()).await,
                    _ => visitor.refuses_access(id, "Non").await,
                }
            })
        })
        .collect();
    let mut made = 0;
    for task in tasks {
        let answer = task.await.expect("an answer");
        made += u8::from(answer.status == 200);
        assert!(answer.status == 200 || answer.problem() == (409, "decided"), "{answer:?}");
    }
    assert_eq!(made, 1);
    let mails = house.post().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    let decided = ["access_granted", "access_refused"];
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds.iter().filter(|kind| decided.contains(&kind.as_str())).count(), 1, "{kinds:?}");
}

#[tokio::test]
async fn only_an_active_administrator_decides() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let named = json!({ "rights": {}, "administrator": true });
    let demoted = nadia().with("email", "deux@vaux.example");
    let mut demoted_visitor = demoted.is_user(&house, &mut administrator, &named).await;
    let suspended = nadia().with("email", "trois@vaux.example");
    let mut suspended_visitor = suspended.is_user(&house, &mut administrator, &named).await;
    let removed = nadia().with("email", "quatre@vaux.example");
    let mut removed_visitor = removed.is_user(&house, &mut administrator, &named).await;
    let plain = nadia().with("email", "agent@vaux.example");
    let plain_visitor = plain.is_user(&house, &mut administrator, &all_loans()).await;
    let id = nadia().asks_to_join(&house).await;
    let invited = nadia().with("email", "six@vaux.example");
    assert_eq!(administrator.invites(&invited, &all_loans()).await.status, 201);
    let invitation = house.joining_of(invited.email()).await.expect("an invitation").id;
    house.letters().await;
    house.makes(demoted.email(), |user| user.administrator = false).await;
    house.makes(suspended.email(), |user| user.state = UserState::Suspended).await;
    house.makes(removed.email(), |user| user.state = UserState::Removed).await;
    for visitor in
        [&mut demoted_visitor, &mut suspended_visitor, &mut removed_visitor, &mut plain_visitor.clone()]
    {
        let other = nadia().with("email", "sept@vaux.example");
        for answer in [
            visitor.accepts(id, &all_loans()).await,
            visitor.refuses_access(id, "Non").await,
            visitor.invites(&other, &all_loans()).await,
            visitor.does_with_invitation(invitation, "resend").await,
            visitor.does_with_invitation(invitation, "cancel").await,
        ] {
            let told = answer.problem();
            assert!(told == (403, "no_client") || told == (401, "signed_out"), "{told:?}");
        }
    }
    let mut nobody = house.visitor().at(BANK);
    assert_eq!(nobody.accepts(id, &all_loans()).await.problem(), (401, "signed_out"));
    assert_eq!(nobody.refuses_access(id, "").await.problem(), (401, "signed_out"));
    assert!(house.post().await.is_empty());
    assert_eq!(house.joining_state(id).await, JoiningState::Asked);
    assert_eq!(house.joining_state(invitation).await, JoiningState::Invited);
}

#[tokio::test]
async fn the_request_of_another_organisation_is_absent() {
    let house = House::open().await;
    let mut own = eve().decides(&house).await;
    let mut other = chloe().decides(&house).await;
    let id = nadia().asks_to_join(&house).await;
    let invited = nadia().with("email", "deux@vaux.example");
    assert_eq!(own.invites(&invited, &all_loans()).await.status, 201);
    let invitation = house.joining_of(invited.email()).await.expect("an invitation").id;
    house.letters().await;
    let absent = other.accepts(999_999, &all_loans()).await;
    assert_eq!(absent.problem(), (404, "not_found"));
    for answer in [
        other.accepts(id, &all_loans()).await,
        other.refuses_access(id, "Non").await,
        other.accepts(invitation, &all_loans()).await,
        other.does_with_invitation(invitation, "resend").await,
        other.does_with_invitation(invitation, "cancel").await,
        // A request that waits is no invitation either.
        own.does_with_invitation(id, "resend").await,
        own.does_with_invitation(id, "cancel").await,
        own.post("/api/organisation/requests/x/accept", &all_loans()).await,
    ] {
        assert_eq!(answer.outside(), absent.outside());
    }
    assert!(house.post().await.is_empty());
    assert_eq!(house.journal(DIRECTOR).await.last().map(String::as_str), Some("administrator_designated"));
}

#[tokio::test]
async fn a_request_can_be_decided_until_its_last_second() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let early = nadia().asks_to_join(&house).await;
    let late = nadia().with("email", "deux@vaux.example").asks_to_join(&house).await;
    house.wait(SignedDuration::from_hours(30 * 24) - SignedDuration::from_secs(1));
    administrator.signs_in_as_administrator(eve().email()).await;
    assert_eq!(administrator.accepts(early, &all_loans()).await.status, 200);
    house.wait(SignedDuration::from_secs(1));
    assert_eq!(administrator.accepts(late, &all_loans()).await.problem(), (409, "decided"));
    assert_eq!(administrator.refuses_access(late, "Non").await.problem(), (409, "decided"));
}

#[tokio::test]
async fn an_account_got_elsewhere_is_told_to_its_holder_alone() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    house.has_account(nadia().email()).await;
    assert_eq!(administrator.accepts(id, &all_loans()).await.status, 200);
    let token = token_in(&house.letters().await[0].text);
    let answer = house.visitor().at(BANK).opens_invitation(&token).await;
    assert_eq!(answer.problem(), (409, "already_user"));
}
