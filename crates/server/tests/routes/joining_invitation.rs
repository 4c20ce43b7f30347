//! An administrator invites a colleague (A8).

use palier_domain::onboarding::JoiningState;
use serde_json::json;

use crate::support::{BANK, DIRECTOR, House, MAYOR, all_loans, chloe, eve, nadia, token_in};

#[tokio::test]
async fn a8_an_invitation_carries_the_link() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let answer = administrator.invites(&nadia(), &all_loans()).await;
    assert_eq!((answer.status.as_u16(), answer.body), (201, json!({})));
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("invitation", "nadia@vaux.example"));
    for words in ["Ève d’Almeida", "/prets/organisme/invitation#", "jusqu'au 29/11/2026", "Vaux-les-Paliers"]
    {
        assert!(mail.text.contains(words), "{words} isn't in {}", mail.text);
    }
    assert!(!mail.text.contains("Bonjour Nadia"), "nobody knows whose address it is: {}", mail.text);
    let entry = json!({
        "name": "Nadia Bensaïd", "email": "nadia@vaux.example", "by": "Ève d’Almeida", "rights": "prets: act",
        "role": "user",
    });
    assert_eq!(house.last_entry(MAYOR).await, ("invitation_sent".to_owned(), entry));
    let told = house.visitor().at(BANK).opens_invitation(&token_in(&mail.text)).await;
    let view = json!({
        "organisation": "Mairie de Vaux-les-Paliers", "first_name": "Nadia", "surname": "Bensaïd",
        "email": "nadia@vaux.example", "asks_terms": true,
    });
    assert_eq!((told.status.as_u16(), told.body), (200, view));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let blank = nadia().with("first_name", "").with("own_surname", "7").with("email", "nadia");
    let answer = administrator.invites(&blank, &all_loans()).await;
    let names: Vec<_> = answer.fields().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!((answer.status.as_u16(), names.join(" ")), (422, "email first_name own_surname".to_owned()));
    let nothing = json!({ "rights": {}, "administrator": false });
    let answer = administrator.invites(&nadia(), &nothing).await;
    assert_eq!(answer.fields(), [("rights", "rights_nothing")]);
    assert!(house.post().await.is_empty());
    assert_eq!(house.joining_of(nadia().email()).await, None);
}

#[tokio::test]
async fn nobody_is_invited_who_is_a_user_or_about_to_be() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let asking = nadia().with("email", "deux@vaux.example");
    asking.asks_to_join(&house).await;
    assert_eq!(administrator.invites(&nadia(), &all_loans()).await.status, 201);
    house.letters().await;
    for known in [eve(), asking, nadia(), nadia().with("email", "NADIA@vaux.example")] {
        let answer = administrator.invites(&known, &all_loans()).await;
        let told = (answer.status.as_u16(), answer.fields());
        assert_eq!(told, (422, vec![("email", "already_user")]), "{}", known.email());
    }
    assert!(house.post().await.is_empty());
}

#[tokio::test]
async fn an_administrator_learns_nothing_of_accounts_elsewhere() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    chloe().is_administrator(&house).await;
    let asking = nadia().with("client_number", DIRECTOR).with("email", "trois@vaux.example");
    asking.asks_to_join(&house).await;
    house.letters().await;
    for (elsewhere, opens) in [(chloe(), 409), (asking, 200), (nadia(), 200)] {
        let answer = administrator.invites(&elsewhere, &all_loans()).await;
        assert_eq!((answer.status.as_u16(), answer.body), (201, json!({})), "{}", elsewhere.email());
        let mails = house.letters().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, elsewhere.email()));
        // Who opens the link has proven that the address is theirs.
        let mut visitor = house.visitor().at(BANK);
        let opened = visitor.opens_invitation(&token_in(&mails[0].text)).await;
        assert_eq!(opened.status, opens, "{:?}", opened.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_invitations_at_once_one_is_sent() {
    let house = House::open().await;
    let administrator = eve().decides(&house).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let mut visitor = administrator.clone();
            tokio::spawn(async move { visitor.invites(&nadia(), &all_loans()).await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [[201].as_slice(), &[422; 7]].concat());
    assert_eq!(house.post().await, [("invitation".to_owned(), nadia().email().to_owned())]);
}

#[tokio::test]
async fn a_link_sent_again_takes_the_place_of_the_one_before() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    administrator.invites(&nadia(), &all_loans()).await;
    let old = token_in(&house.letters().await[0].text);
    let id = house.joining_of(nadia().email()).await.expect("an invitation").id;
    house.wait_hours(24);
    administrator.signs_in_as_administrator(eve().email()).await;
    let answer = administrator.does_with_invitation(id, "resend").await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
    let mails = house.letters().await;
    assert_eq!((mails.len(), mails[0].kind.as_str()), (1, "invitation"));
    assert!(mails[0].text.contains("jusqu'au 30/11/2026"), "{}", mails[0].text);
    assert_eq!(house.journal(MAYOR).await.last().map(String::as_str), Some("invitation_sent_again"));
    let mut visitor = house.visitor().at(BANK);
    for answer in [visitor.opens_invitation(&old).await, visitor.joins(&old, "organismes-2026-11").await] {
        assert_eq!(answer.problem(), (410, "link_superseded"));
    }
    let new = token_in(&mails[0].text);
    assert_eq!(visitor.joins(&new, "organismes-2026-11").await.status, 200);
    assert_eq!(administrator.does_with_invitation(id, "resend").await.problem(), (409, "decided"));
    assert_eq!(administrator.does_with_invitation(id, "cancel").await.problem(), (409, "decided"));
}

#[tokio::test]
async fn a_link_is_sent_again_so_often_and_no_more() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    administrator.invites(&nadia(), &all_loans()).await;
    let id = house.joining_of(nadia().email()).await.expect("an invitation").id;
    for _ in 0..5 {
        assert_eq!(administrator.does_with_invitation(id, "resend").await.status, 200);
    }
    assert_eq!(administrator.does_with_invitation(id, "resend").await.problem(), (429, "too_many"));
    assert_eq!(house.post().await.len(), 6);
}

#[tokio::test]
async fn the_link_of_an_invitation_taken_back_does_nothing() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    administrator.invites(&nadia(), &all_loans()).await;
    let token = token_in(&house.letters().await[0].text);
    let id = house.joining_of(nadia().email()).await.expect("an invitation").id;
    assert_eq!(administrator.does_with_invitation(id, "cancel").await.status, 200);
    assert_eq!(house.journal(MAYOR).await.last().map(String::as_str), Some("invitation_cancelled"));
    assert_eq!(house.joining_state(id).await, JoiningState::Cancelled);
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.opens_invitation(&token).await.problem(), (410, "link_expired"));
    assert_eq!(visitor.joins(&token, "organismes-2026-11").await.problem(), (410, "link_expired"));
    assert!(house.post().await.is_empty());
    for what in ["resend", "cancel"] {
        assert_eq!(administrator.does_with_invitation(id, what).await.problem(), (409, "decided"));
    }
    assert_eq!(administrator.invites(&nadia(), &all_loans()).await.status, 201, "they may be invited again");
}

#[tokio::test]
async fn what_somebody_granted_who_decides_no_more_is_taken_back() {
    for decision in ["suspend", "demote", "remove"] {
        let house = House::open().await;
        let mut administrator = eve().decides(&house).await;
        let named = json!({ "rights": {}, "administrator": true });
        let second = nadia().with("email", "deux@vaux.example");
        let mut evicted = second.is_user(&house, &mut administrator, &named).await;
        assert_eq!(evicted.invites(&nadia().with("email", "alias@vaux.example"), &named).await.status, 201);
        assert_eq!(administrator.invites(&nadia(), &all_loans()).await.status, 201);
        let links: Vec<_> = house.letters().await.iter().map(|mail| token_in(&mail.text)).collect();
        let id = house.user_at("deux@vaux.example").await.account_id;
        let path = format!("/api/organisation/users/{id}/{decision}");
        assert_eq!(administrator.post(&path, &json!({})).await.status, 200);
        assert!(house.journal(MAYOR).await.contains(&"invitation_cancelled".to_owned()), "{decision}");
        let mut visitor = house.visitor().at(BANK);
        assert_eq!(visitor.joins(&links[0], "organismes-2026-11").await.problem(), (410, "link_expired"));
        // What others granted stays.
        assert_eq!(visitor.joins(&links[1], "organismes-2026-11").await.status, 200);
    }
}

#[tokio::test]
async fn the_administrators_are_told_of_one_more() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let named = json!({ "rights": {}, "administrator": true });
    assert_eq!(administrator.invites(&nadia(), &named).await.status, 201);
    let token = token_in(&house.letters().await[0].text);
    assert_eq!(house.visitor().at(BANK).joins(&token, "organismes-2026-11").await.status, 200);
    let told = house.letters().await;
    let one = told.iter().find(|mail| mail.kind == "other_administrator_named").expect("told");
    assert_eq!(one.to, eve().email());
    assert!(one.text.contains("Ève d’Almeida a nommé Nadia Bensaïd administrateur"), "{}", one.text);
}
