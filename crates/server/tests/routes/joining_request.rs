//! A colleague asks to join (A7).

use palier_domain::onboarding::JoiningState;
use palier_server::store::client_users::UserState;
use palier_server::store::{joinings, throttles};
use serde_json::json;

use crate::support::{BANK, DIRECTOR, House, MAYOR, TO_MIDNIGHT, all_loans, chloe, eve, nadia, token_in};

#[tokio::test]
async fn a7_a_request_is_told_to_every_active_administrator() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let named = json!({ "rights": {}, "administrator": true });
    let second = nadia().with("email", "deux@vaux.example");
    second.is_user(&house, &mut administrator, &named).await;
    nadia().with("email", "trois@vaux.example").is_user(&house, &mut administrator, &named).await;
    nadia().with("email", "agent@vaux.example").is_user(&house, &mut administrator, &all_loans()).await;
    house.makes("trois@vaux.example", |user| user.state = UserState::Suspended).await;
    let asked = house.now();
    let id = nadia().asks_to_join(&house).await;
    let mails = house.letters().await;
    let mut told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
    told.sort_unstable();
    assert_eq!(told, [("access_asked", "deux@vaux.example"), ("access_asked", "eve@vaux.example")]);
    for words in
        ["Nadia Bensaïd (nadia@vaux.example)", "Mairie de Vaux-les-Paliers", "/prets/organisme/utilisateurs"]
    {
        assert!(mails[0].text.contains(words), "{words} isn't in {}", mails[0].text);
    }
    let entry = json!({ "name": "Nadia Bensaïd", "email": "nadia@vaux.example" });
    assert_eq!(house.last_entry(MAYOR).await, ("access_asked".to_owned(), entry));
    let kept = house.joining_of(nadia().email()).await.expect("a request");
    let (version, sha256, at) = kept.consent.expect("a consent");
    assert_eq!((version.as_str(), sha256), ("organismes-2026-11", house.bank().public.terms.sha256.clone()));
    assert_eq!((at, kept.created_at, kept.id), (asked, asked, id));
    assert_eq!(kept.expires_at.duration_since(asked).as_hours(), 30 * 24);
    assert_eq!(house.paper(MAYOR).await.len(), 1, "one letter, the first administrator's");
}

#[tokio::test]
async fn a7_who_becomes_the_first_administrator_is_told_who_waits() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    nadia().asks_to_join(&house).await;
    nadia().with("email", "deux@vaux.example").asks_to_join(&house).await;
    assert!(house.post().await.is_empty(), "nobody is there to be told");
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
    let mails = house.letters().await;
    let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
    assert_eq!(
        told,
        [("administrator_active", "eve@vaux.example"), ("requests_waiting", "eve@vaux.example")]
    );
    assert!(mails[1].text.contains("2 demandes attendent"), "{}", mails[1].text);
    assert!(mails[1].text.contains("/prets/organisme/utilisateurs"), "{}", mails[1].text);
}

#[tokio::test]
async fn asking_again_makes_nothing_new() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.letters().await;
    assert_eq!(nadia().asks_to_join(&house).await, id);
    assert!(house.post().await.is_empty());
    let asked = house.journal(MAYOR).await.iter().filter(|kind| *kind == "access_asked").count();
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn an_address_may_ask_two_organisations_and_joins_the_first_that_counts() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    chloe().is_administrator(&house).await;
    let elsewhere = nadia().with("client_number", DIRECTOR);
    let token = elsewhere.applies_as_colleague(&house).await;
    nadia().asks_to_join(&house).await;
    house.letters().await;
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.registered(&token).await.status, 200);
    assert_eq!(house.post().await, [("access_asked".to_owned(), chloe().email().to_owned())]);
    let mut links = Vec::new();
    for (administrator, organisation) in [(eve(), MAYOR), (chloe(), DIRECTOR)] {
        let client = house.client(organisation).await.id;
        let open = joinings::open_of(house.state.store().read(), BANK, client).await.expect("an answer");
        let [open] = open.as_slice() else { panic!("one request, not {open:?}") };
        assert_eq!(visitor.signs_in_as_administrator(administrator.email()).await.status, 200);
        assert_eq!(visitor.accepts(open.id, &all_loans()).await.status, 200);
        links.push(token_in(&house.letters().await[0].text));
    }
    assert_eq!(visitor.joins(&links[0], "").await.status, 200);
    assert_eq!(visitor.opens_invitation(&links[1]).await.problem(), (409, "already_user"));
    assert_eq!(visitor.joins(&links[1], "").await.problem(), (409, "already_user"));
}

#[tokio::test]
async fn who_waits_for_a_letter_elsewhere_asks_for_nothing_else() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let both = chloe().with("client_number", MAYOR);
    chloe().asks(&house).await;
    let token = both.applies_as_colleague(&house).await;
    assert_eq!(house.visitor().at(BANK).registered(&token).await.problem(), (409, "address_busy"));
}

#[tokio::test]
async fn who_is_about_to_be_first_is_told_where_the_letter_is() {
    let house = House::open().await;
    eve().asks(&house).await;
    let token = eve().applies_as_colleague(&house).await;
    let mut visitor = house.visitor().at(BANK);
    let answer = visitor.registered(&token).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let follow = answer.body["token"].as_str().expect("a token").to_owned();
    assert_eq!(visitor.follows(&follow).await.body["stage"], "asked");
    assert_eq!(house.joining_of(eve().email()).await, None);
    assert_eq!(house.paper(MAYOR).await.len(), 1);
}

#[tokio::test]
async fn who_asked_becomes_first_when_the_letter_of_the_first_is_of_no_use() {
    let house = House::open().await;
    eve().is_written_to(&house).await;
    let id = nadia().asks_to_join(&house).await;
    house.wait_hours(30 * 24 + TO_MIDNIGHT - 1);
    // The request lives as long as the letter, which was there first.
    house.wait_minutes(59);
    assert_eq!(house.joining_state(id).await, JoiningState::Asked);
    house.wait_minutes(1);
    nadia().asks(&house).await;
    assert_eq!(house.joining_state(id).await, JoiningState::Expired);
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds[kinds.len() - 3..], ["access_withdrawn", "designation_asked", "letter_asked"]);
}

#[tokio::test]
async fn who_was_removed_may_ask_again() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    nadia().is_user(&house, &mut administrator, &all_loans()).await;
    let known = nadia().ticked(&mut house.visitor().at(BANK)).await;
    let answer = house.visitor().at(BANK).registers(&known, "submission-known").await;
    assert_eq!(answer.status, 202);
    assert_eq!(house.post().await, [("user_has_account".to_owned(), nadia().email().to_owned())]);
    house.makes(nadia().email(), |user| user.state = UserState::Removed).await;
    let id = nadia().asks_to_join(&house).await;
    assert_eq!(house.joining_state(id).await, JoiningState::Asked);
}

#[tokio::test]
async fn an_organisation_gets_so_many_requests_a_day() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let token = nadia().applies_as_colleague(&house).await;
    let (write, key) = (house.state.store().write(), house.client(MAYOR).await.id.to_string());
    let day = jiff::SignedDuration::from_hours(24);
    house.wait_minutes(-60);
    for _ in 0..20 {
        throttles::hit(write, BANK, "joining_request", &key, day, house.now()).await.expect("counted");
    }
    house.wait_minutes(60);
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.registered(&token).await.problem(), (429, "too_many"));
    assert!(house.post().await.is_empty());
    // It wasn't used up: it works as soon as there is room.
    house.wait_hours(23);
    assert_eq!(visitor.registered(&token).await.body, json!({}));
    assert_eq!(house.post().await, [("access_asked".to_owned(), eve().email().to_owned())]);
}
