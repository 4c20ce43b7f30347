//! A colleague who has an account in the organisation takes over (A8).

use palier_server::store::accounts;
use palier_server::store::client_users::UserState;
use serde_json::json;

use crate::support::{
    Answer, Applicant, BANK, COLLEAGUE_PASSWORD, DIRECTOR, House, MAYOR, Member, PASSWORD, all_loans,
    bastien, eve, nadia, token_in, zoe,
};

/// Sends the form under a key of its own.
async fn sends(house: &House, who: &Applicant, key: &str) -> Answer {
    let mut visitor = house.visitor().at(BANK);
    let ticked = who.clone().ticked(&mut visitor).await;
    visitor.registers(&ticked, key).await
}

/// How many consents an account has given.
async fn consents(house: &House, email: &str) -> usize {
    let account = house.account(email).await;
    accounts::consents(house.state.store().read(), account).await.expect("consents").len()
}

#[tokio::test]
async fn a_colleague_becomes_administrator_with_the_account_they_have() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    nadia().is_user(&house, &mut administrator, &all_loans()).await;
    let (account, before) = (house.account(nadia().email()).await, house.user_at(nadia().email()).await);
    assert_eq!(consents(&house, nadia().email()).await, 1);
    let code = nadia().is_designated(&house).await;

    // Signed in elsewhere, and about to choose another password.
    let mut elsewhere = house.visitor().at(BANK);
    assert_eq!(elsewhere.sign_in(nadia().email(), COLLEAGUE_PASSWORD).await.status, 200);
    let login = json!({ "login": nadia().email() });
    assert_eq!(elsewhere.post("/api/account/password-resets", &login).await.status, 202);
    let reset = token_in(&house.letters().await[0].text);

    let answer = nadia().types(&house, &code).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let told = [
        ("administrator_active", nadia()),
        ("password_changed", nadia()),
        // Who didn't object may not have expected it.
        ("other_administrator_named", eve()),
    ];
    assert_eq!(house.post().await, told.map(|(kind, to)| (kind.to_owned(), to.email().to_owned())));
    assert_eq!(house.account(nadia().email()).await, account, "the same account");
    let after = house.user_at(nadia().email()).await;
    assert!(after.administrator);
    assert_eq!((after.state, after.client_id), (UserState::Active, before.client_id));
    assert_eq!((&after.rights, after.since), (&before.rights, before.since), "what they may do stays");
    assert_eq!(consents(&house, nadia().email()).await, 2, "those of before stay");

    // As a reset would: the password is another one, whoever was in is out, and the link that was sent is of no use.
    assert_eq!(elsewhere.get("/api/account/session").await.problem(), (401, "signed_out"));
    let chosen = json!({ "token": reset, "password": "moulin Gris 12 Cerise" });
    let answer = elsewhere.post("/api/account/password-resets/complete", &chosen).await;
    assert_eq!(answer.problem(), (410, "link_superseded"));
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.sign_in(nadia().email(), COLLEAGUE_PASSWORD).await.status, 401);
    assert_eq!(visitor.sign_in(nadia().email(), PASSWORD).await.status, 200);
    let users = visitor.users().await.body;
    assert_eq!(users["users"].as_array().expect("users").len(), 2, "{users}");
    assert!(house.user_at(eve().email()).await.administrator);
    assert_eq!(house.last_entry(MAYOR).await.0, "administrator_designated");

    // Sent again because the answer was lost.
    assert_eq!(nadia().types(&house, &code).await.problem(), (409, "letter_used"));
}

#[tokio::test]
async fn one_who_is_suspended_is_active_again_by_the_letter() {
    for member in [bastien(), zoe()] {
        let house = House::open().await;
        eve().is_administrator(&house).await;
        let account = member.is_there(&house).await;
        house.makes(member.email, |user| user.state = UserState::Suspended).await;
        let who = eve().with("email", member.email);
        let code = who.is_designated(&house).await;
        assert_eq!(who.types(&house, &code).await.status, 200);
        let user = house.user(account).await;
        assert_eq!((user.administrator, user.state), (true, UserState::Active), "{}", member.email);
        member.signs_in(&house).await;
    }
}

#[tokio::test]
async fn what_is_answered_tells_nothing_of_the_address() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    bastien().is_there(&house).await;
    zoe().is_there(&house).await;
    let elsewhere = Member { digits: DIRECTOR, email: "ailleurs@habitation.example", ..zoe() };
    elsewhere.is_there(&house).await;
    house.has_account("personne@vaux.example").await;
    let mut answers = Vec::new();
    let taking_over = [
        (nadia().email().to_owned(), "confirm_takeover"),
        (bastien().email.to_owned(), "confirm_takeover"),
        (zoe().email.to_owned(), "user_has_account"),
        (eve().email().to_owned(), "user_has_account"),
        (elsewhere.email.to_owned(), "user_has_account"),
        ("personne@vaux.example".to_owned(), "user_has_account"),
    ];
    for (number, (email, kind)) in taking_over.iter().enumerate() {
        let who = nadia().with("email", email).alone();
        let answer = sends(&house, &who, &format!("submission-alone-{number}")).await;
        assert_eq!(house.post().await, [((*kind).to_owned(), email.clone())]);
        answers.push(answer);
    }
    for answer in &answers {
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        assert_eq!((answer.outside(), answer.length), (answers[0].outside(), answers[0].length));
    }
    // Who doesn't say that nobody is left has an account, and that is all.
    let answer = sends(&house, &nadia().with("email", bastien().email), "submission-plain").await;
    assert_eq!(answer.outside(), answers[0].outside());
    assert_eq!(house.post().await, [("user_has_account".to_owned(), bastien().email.to_owned())]);
    assert_eq!(house.journal(MAYOR).await.len(), 3, "nothing was asked for yet");
}

#[tokio::test]
async fn the_first_e_mail_says_what_happens() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    sends(&house, &nadia().alone(), "submission-mail").await;
    let mail = house.letters().await.remove(0);
    for words in [
        "pendant 10 jours",
        "représentant légal de Mairie de Vaux-les-Paliers",
        "/administrateur/confirmation#",
    ] {
        assert!(mail.text.contains(words), "{words}: {}", mail.text);
    }
    assert!(!mail.text.contains("Votre demande part chez les administrateurs"), "{}", mail.text);
}

#[tokio::test]
async fn signing_up_again_tells_where_the_letter_is() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    bastien().is_there(&house).await;
    let who = nadia().with("email", bastien().email);
    who.takes_over(&house).await;
    let token = who.clone().alone().is_sent(&house, "confirm_takeover").await;
    let answer = house.visitor().at(BANK).registered(&token).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert!(answer.body["token"].is_string());
    assert_eq!(house.post().await, [("takeover_held".to_owned(), bastien().email.to_owned())]);
    assert_eq!(house.paper(MAYOR).await.len(), 2, "the first one's, and one for this");
}

#[tokio::test]
async fn of_two_who_take_over_the_second_one_waits_in_vain() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    bastien().is_there(&house).await;
    let who = nadia().with("email", bastien().email).alone();
    let token = who.is_sent(&house, "confirm_takeover").await;
    nadia().takes_over(&house).await;
    // They have an account: nothing is asked of the administrators in their name.
    let answer = house.visitor().at(BANK).registered(&token).await;
    assert_eq!(answer.problem(), (409, "address_busy"));
    assert!(house.post().await.is_empty());
    assert_eq!(house.joining_of(bastien().email).await, None);
    // The tick means nothing as long as the other one waits.
    assert_eq!(sends(&house, &who, "submission-late").await.status, 202);
    assert_eq!(house.post().await, [("user_has_account".to_owned(), bastien().email.to_owned())]);
}
