//! Somebody says that no administrator is left (A8): those there are can object, then the letter leaves.

use jiff::SignedDuration;
use palier_domain::desk::Role;
use palier_domain::onboarding::{JoiningState, LetterState};
use palier_server::onboarding::print_letters;
use serde_json::{Value, json};

use crate::support::{BANK, DIRECTOR, House, MAYOR, Takeover, chloe, eve, nadia};

/// Whether anything was printed.
async fn prints(house: &House) -> bool {
    print_letters(&house.state, house.bank()).await.expect("an answer").is_some()
}

/// The token of the page that tells where the letter is, and that of Ève's link that objects.
fn told(takeover: Takeover) -> (String, String) {
    let objection = takeover.objection_of(eve().email()).to_owned();
    (takeover.follow, objection)
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[tokio::test]
async fn every_administrator_is_told_until_when_they_can_object() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let named = json!({ "rights": {}, "administrator": true });
    chloe().with("email", "deux@vaux.example").is_user(&house, &mut administrator, &named).await;
    let token = nadia().alone().is_sent(&house, "confirm_takeover").await;
    assert_eq!(house.visitor().at(BANK).registered(&token).await.status, 200);
    let mails = house.letters().await;
    let mut told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("takeover_asked", "deux@vaux.example"),
            ("takeover_asked", "eve@vaux.example"),
            ("takeover_held", "nadia@vaux.example")
        ]
    );
    // Told on the 22nd of November in the morning, for ten days.
    for mail in &mails {
        assert!(mail.text.contains("02/12/2026"), "{}", mail.text);
    }
    let asked: Vec<_> = mails.iter().filter(|mail| mail.kind == "takeover_asked").collect();
    for words in ["Nadia Bensaïd (nadia@vaux.example)", "/prets/organisme/opposition#"] {
        assert!(asked.iter().all(|mail| mail.text.contains(words)), "{}", asked[0].text);
    }
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds[kinds.len() - 2..], ["takeover_asked", "letter_asked"]);
    assert_eq!(house.joining_of(nadia().email()).await, None);
}

#[tokio::test]
async fn the_letter_waits_until_nobody_can_object() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let (follow, objection) = told(nadia().takes_over(&house).await);
    house.wait_for_objections();
    let mut agent = house.at_the_desk(BANK, "ines@banque.example", Role::Operator).await;
    let mut visitor = house.visitor().at(BANK);
    let told = visitor.follows(&follow).await.body;
    assert_eq!((&told["stage"], &told["held_until"]), (&json!("asked"), &json!("2026-12-02")));
    assert!(!prints(&house).await);
    assert_eq!(agent.sees("/api/desk/overview").await["letters"]["waiting"], 0);
    assert_eq!(agent.sees("/api/desk/letters").await["letters"][0]["held_until"], "2026-12-02");
    let answer = agent.visitor.post("/api/desk/letters/print", &json!({})).await;
    assert_eq!(answer.problem(), (409, "nothing_waits"));

    house.wait(SECOND);
    assert_eq!(visitor.objects(&objection).await.problem(), (410, "link_expired"));
    assert_eq!(visitor.follows(&follow).await.body["held_until"], Value::Null);
    assert_eq!(agent.sees("/api/desk/overview").await["letters"]["waiting"], 1);
    assert!(prints(&house).await);
    assert_eq!(house.paper(MAYOR).await[1].state, LetterState::Printed);
}

#[tokio::test]
async fn whom_the_letter_designates_decides_beside_the_others() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let code = nadia().is_designated(&house).await;
    assert_eq!(nadia().types(&house, &code).await.status, 200);
    for email in [eve().email(), nadia().email()] {
        assert!(house.user_at(email).await.administrator, "{email}");
    }
    assert_eq!(house.last_entry(MAYOR).await.0, "administrator_designated");
}

#[tokio::test]
async fn an_objection_makes_a_request_of_it() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let (follow, objection) = told(nadia().takes_over(&house).await);
    house.wait_for_objections();
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.objects(&objection).await.status, 200);
    let mut told = house.post().await;
    told.sort_unstable();
    let wanted = [("access_asked", eve()), ("takeover_objected", nadia())];
    assert_eq!(told, wanted.map(|(kind, who)| (kind.to_owned(), who.email().to_owned())));
    let joining = house.joining_of(nadia().email()).await.expect("a request");
    assert_eq!((joining.state, joining.first_name.as_str()), (JoiningState::Asked, "Nadia"));
    let (version, sha256, _) = joining.consent.expect("a consent");
    assert_eq!((version.as_str(), sha256), ("organismes-2026-11", house.bank().public.terms.sha256.clone()));
    let kinds = house.journal(MAYOR).await;
    assert_eq!(kinds[kinds.len() - 3..], ["letter_revoked", "designation_objected", "access_asked"]);
    assert_eq!(visitor.follows(&follow).await.body["stage"], "objected");
    assert_eq!(house.paper(MAYOR).await[1].state, LetterState::Revoked);

    // Nothing happens twice.
    assert_eq!(visitor.objects(&objection).await.problem(), (410, "link_used"));
    assert!(house.post().await.is_empty());
    house.wait(SECOND);
    assert!(!prints(&house).await);
}

#[tokio::test]
async fn who_is_invited_meanwhile_asks_for_nothing_more() {
    let house = House::open().await;
    let mut administrator = eve().decides(&house).await;
    let (_, objection) = told(nadia().takes_over(&house).await);
    let grant = json!({ "rights": { "prets": "act" }, "administrator": false });
    assert_eq!(administrator.invites(&nadia(), &grant).await.status, 201);
    house.letters().await;
    assert_eq!(administrator.objects(&objection).await.status, 200);
    assert_eq!(house.post().await, [("takeover_objected".to_owned(), nadia().email().to_owned())]);
    let joining = house.joining_of(nadia().email()).await.expect("an invitation");
    assert_eq!(joining.state, JoiningState::Invited);
}

#[tokio::test]
async fn where_nobody_decides_nobody_can_object() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let unknown = "C".repeat(43);
    assert_eq!(visitor.objects(&unknown).await.problem(), (404, "link_unknown"));
    // It means nothing for a first administrator.
    eve().alone().asks(&house).await;
    assert_eq!(house.journal(MAYOR).await, ["designation_asked", "letter_asked"]);
    // Nor as long as another one waits for the letter.
    let token = nadia().alone().applies_as_colleague(&house).await;
    assert_eq!(visitor.registered(&token).await.body, json!({}));
    assert_eq!(house.last_entry(MAYOR).await.0, "access_asked");
    assert!(prints(&house).await);
}

#[tokio::test]
async fn only_the_link_of_an_objection_objects() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let (follow, objection) = told(nadia().takes_over(&house).await);
    let mut visitor = house.visitor().at(BANK);
    assert_eq!(visitor.objects(&follow).await.problem(), (404, "link_unknown"));
    let mut elsewhere = house.visitor().at("ekidom");
    assert_eq!(elsewhere.objects(&objection).await.status, 404);
    assert_eq!(visitor.follows(&follow).await.body["stage"], "asked");
}

#[tokio::test]
async fn the_pages_know_whether_there_is_an_administrator() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    chloe().asks(&house).await;
    for (digits, administered) in [(MAYOR, true), (DIRECTOR, false)] {
        let mut visitor = house.visitor().at(BANK);
        let who = nadia().with("client_number", digits).ticked(&mut visitor).await;
        let told = visitor.checks_number("", &who).await.body;
        assert_eq!((&told["colleague"], &told["administered"]), (&json!(true), &json!(administered)));
    }
}
