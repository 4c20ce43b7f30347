//! What becomes of a takeover when who takes over becomes something else before it is done (A8).

use palier_domain::onboarding::JoiningState;
use palier_server::store::client_users::{self, ClientUser, UserState};
use serde_json::json;

use crate::support::{
    Applicant, BANK, COLLEAGUE_PASSWORD, DIRECTOR, House, MAYOR, PASSWORD, all_loans, bastien, eve, nadia,
    token_in,
};

/// Bastien, as he signs up.
fn who() -> Applicant {
    eve().with("first_name", "Bastien").with("own_surname", "Étienne").with("email", bastien().email)
}

/// The town hall with an administrator and a colleague; gives the colleague's account.
async fn staffed() -> (House, i64) {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let account = bastien().is_there(&house).await;
    (house, account)
}

#[tokio::test]
async fn before_the_click() {
    for (change, status) in [("promoted", 409), ("suspended", 200), ("removed", 200)] {
        let (house, account) = staffed().await;
        let token = who().alone().is_sent(&house, "confirm_takeover").await;
        house
            .makes(bastien().email, |user| match change {
                "promoted" => user.administrator = true,
                "suspended" => user.state = UserState::Suspended,
                _ => user.state = UserState::Removed,
            })
            .await;
        let answer = house.visitor().at(BANK).registered(&token).await;
        assert_eq!(answer.status, status, "{change}: {:?}", answer.body);
        let mails = house.post().await;
        if change == "promoted" {
            // Nothing is left to be asked for.
            assert_eq!(answer.code(), "address_busy");
            assert!(mails.is_empty(), "{mails:?}");
            assert_eq!(house.last_entry(MAYOR).await.0, "administrator_designated");
            continue;
        }
        assert_eq!(mails.len(), 2, "{change}: {mails:?}");
        house.wait_hours(240);
        let code = house.prints().await;
        assert_eq!(who().types(&house, code.reveal()).await.status, 200, "{change}");
        let user = house.user(account).await;
        assert_eq!((user.administrator, user.state), (true, UserState::Active), "{change}");
    }
}

#[tokio::test]
async fn before_the_code() {
    for change in ["promoted", "suspended", "removed"] {
        let (house, account) = staffed().await;
        let code = who().is_designated(&house).await;
        house
            .makes(bastien().email, |user| match change {
                "promoted" => user.administrator = true,
                "suspended" => user.state = UserState::Suspended,
                _ => user.state = UserState::Removed,
            })
            .await;
        // The administrators could have objected. Without that, the letter decides, whatever they did instead.
        let answer = who().types(&house, &code).await;
        assert_eq!(answer.status, 200, "{change}: {:?}", answer.body);
        let user = house.user(account).await;
        assert_eq!((user.administrator, user.state), (true, UserState::Active), "{change}");
        // Who was removed begins anew; the others keep what they may do.
        assert_eq!(user.rights.iter().count(), usize::from(change != "removed"), "{change}");
        assert_eq!(house.last_entry(MAYOR).await.0, "administrator_designated");
        house.signed_in(bastien().email).await;
    }
}

#[tokio::test]
async fn an_account_of_another_organisation_is_left_alone() {
    let (house, account) = staffed().await;
    let code = who().is_designated(&house).await;
    house.makes(bastien().email, |user| user.state = UserState::Removed).await;
    let moved = ClientUser {
        client_id: house.client(DIRECTOR).await.id,
        state: UserState::Active,
        ..house.user(account).await
    };
    client_users::insert(house.state.store().write(), BANK, &moved).await.expect("moved");
    let answer = who().types(&house, &code).await;
    assert_eq!(answer.fields(), [("email", "address_has_account")]);
    assert_eq!(house.user(account).await, moved);
    assert!(house.post().await.is_empty());
    assert_eq!(house.last_entry(MAYOR).await.0, "letter_asked");
}

#[tokio::test]
async fn who_has_joined_meanwhile_becomes_administrator_with_that_account() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let code = nadia().is_designated(&house).await;
    administrator.sign_in(eve().email(), PASSWORD).await;
    nadia().is_user(&house, &mut administrator, &all_loans()).await;
    let account = house.account(nadia().email()).await;
    assert_eq!(nadia().types(&house, &code).await.status, 200);
    assert_eq!(house.account(nadia().email()).await, account);
    assert!(house.user(account).await.administrator);
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.sign_in(nadia().email(), COLLEAGUE_PASSWORD).await.status, 401);
    assert_eq!(visitor.sign_in(nadia().email(), PASSWORD).await.status, 200);
}

#[tokio::test]
async fn an_invitation_that_waits_gives_way() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let code = nadia().is_designated(&house).await;
    administrator.sign_in(eve().email(), PASSWORD).await;
    assert_eq!(administrator.invites(&nadia(), &all_loans()).await.status, 201);
    let invitation = token_in(&house.letters().await[0].text);
    let id = house.joining_of(nadia().email()).await.expect("an invitation").id;
    assert_eq!(nadia().types(&house, &code).await.status, 200);
    assert_eq!(house.joining_state(id).await, JoiningState::Expired);
    let answer = administrator.opens_invitation(&invitation).await;
    assert_eq!(answer.problem(), (410, "link_expired"));
    assert_eq!(administrator.users().await.body["invitations"], json!([]));
}
