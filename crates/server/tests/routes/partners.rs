//! Accounts that an office gives out (P1–P6, P8): identifiers by e-mail and letter, the first sign-in, new identifiers.

use jiff::SignedDuration;
use palier_domain::credentials::{Channel, Held, Kind};
use palier_domain::onboarding::LetterState;
use palier_domain::values::{Email, PostalAddress, UserNumber};
use palier_server::onboarding::{Fate, note_fate, print_letters};
use palier_server::partners::give_new;
use palier_server::store::partner_letters::{self, PartnerLetter};
use palier_server::store::partners::{self, NewPartner, Partner};
use serde_json::json;

use crate::support::{Answer, House, TO_MIDNIGHT, Visitor, token_in};

pub(crate) const OFFICE: &str = "partenaires";
pub(crate) const NUMBER: &str = "07802700750001";
const OTHER: &str = "07802700750002";
pub(crate) const EMAIL: &str = "gerance@trois-paliers.example";
pub(crate) const PASSWORD: &str = "rampe bleue 47";
const WEEKS: i64 = 14 * 24;

pub(crate) fn partner(number: &str, channel: Channel) -> NewPartner {
    let address = PostalAddress::without_function(
        "SCI des Trois Paliers",
        ["", "", "", "14 rue des Rampes", "", "69003 LYON"],
    );
    NewPartner {
        number: UserNumber::parse(number).expect("a user number"),
        name: "SCI des Trois Paliers".to_owned(),
        email: Some(Email::parse(EMAIL).expect("an address")),
        address: Some(address.expect("an address")),
        channel,
    }
}

/// A house whose office has these partners, each of whom was given identifiers.
pub(crate) async fn house(all: &[(&str, Channel)]) -> House {
    let house = House::open().await;
    let all: Vec<NewPartner> = all.iter().map(|(number, channel)| partner(number, *channel)).collect();
    partners::upsert_many(house.state.store().write(), OFFICE, &all, house.now()).await.expect("partners");
    let given = give_new(&house.state).await.expect("identifiers");
    assert_eq!(given, u64::try_from(all.len()).expect("a few"));
    assert_eq!(give_new(&house.state).await.expect("nobody"), 0, "once");
    house
}

pub(crate) async fn kept(house: &House, number: &str) -> Partner {
    let number = UserNumber::parse(number).expect("a user number");
    partners::by_number(house.state.store().read(), OFFICE, &number).await.expect("read").expect("a partner")
}

async fn letter(house: &House, number: &str) -> PartnerLetter {
    let partner = kept(house, number).await;
    partner_letters::latest(house.state.store().read(), partner.id).await.expect("read").expect("a letter")
}

/// The provisional password of the one e-mail that was written.
pub(crate) async fn sent(house: &House) -> String {
    let mails = house.letters().await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].kind.as_str(), mails[0].to.as_str()), ("partner_identifiers", EMAIL));
    let fragment = token_in(&mails[0].text);
    let (_, secret) = fragment.split_once('-').expect("number and password");
    assert!(mails[0].text.split_whitespace().any(|word| word == secret), "in one word, to be copied");
    secret.to_owned()
}

fn visitor(house: &House) -> Visitor {
    house.visitor().at(OFFICE)
}

pub(crate) async fn proves(visitor: &mut Visitor, number: &str, secret: &str) -> Answer {
    let form = json!({ "user_number": number, "provisional_password": secret });
    visitor.post("/api/partners/first-sign-in/check", &form).await
}

pub(crate) async fn chooses(visitor: &mut Visitor, number: &str, secret: &str) -> Answer {
    let form = json!({ "user_number": number, "provisional_password": secret, "password": PASSWORD });
    visitor.post("/api/partners/first-sign-in", &form).await
}

pub(crate) async fn asks(visitor: &mut Visitor, number: &str) -> Answer {
    visitor.post("/api/partners/identifiers", &json!({ "user_number": number })).await
}

#[tokio::test]
async fn p4_a_provisional_password_is_good_for_choosing_another_and_nothing_else() {
    let house = house(&[(NUMBER, Channel::Mail)]).await;
    let secret = sent(&house).await;
    let mut visitor = visitor(&house);
    assert_eq!(visitor.sign_in(NUMBER, &secret).await.problem(), (403, "first_sign_in"), "at any address");
    assert_eq!(visitor.get("/api/account/session").await.status, 401);
    assert_eq!(proves(&mut visitor, "078 0270075 0001", &secret.to_lowercase()).await.status, 200);
    let short = json!({ "user_number": NUMBER, "provisional_password": secret, "password": "court" });
    assert_eq!(visitor.post("/api/partners/first-sign-in", &short).await.problem(), (422, "invalid"));

    let chosen = chooses(&mut visitor, NUMBER, &secret).await;
    assert_eq!(chosen.status, 200, "{:?}", chosen.body);
    assert_eq!(chosen.body["name"], "SCI des Trois Paliers");
    assert_eq!(visitor.get("/api/account/session").await.status, 200, "signed in");
    assert_eq!(house.post().await, [("partner_active".to_owned(), EMAIL.to_owned())]);
    assert!(matches!(kept(&house, NUMBER).await.opening.access.held, Held::Personal { .. }));

    let mut later = house.visitor().at(OFFICE).from("198.51.100.9");
    assert_eq!(later.sign_in("078 0270075 0001", PASSWORD).await.status, 200, "with the number");
    assert_eq!(later.sign_in(EMAIL, PASSWORD).await.status, 200, "with the address");
    assert_eq!(proves(&mut later, NUMBER, &secret).await.problem(), (401, "provisional_refused"), "used");
}

#[tokio::test]
async fn p2_what_comes_by_mail_is_valid_for_two_weeks_to_the_second() {
    let house = house(&[(NUMBER, Channel::Mail)]).await;
    let secret = sent(&house).await;
    let mut visitor = visitor(&house);
    house.wait(SignedDuration::from_hours(WEEKS + TO_MIDNIGHT) - SignedDuration::from_secs(1));
    assert_eq!(proves(&mut visitor, NUMBER, &secret).await.status, 200, "the last second");
    house.wait(SignedDuration::from_secs(1));
    let over = proves(&mut visitor, NUMBER, &secret).await;
    assert_eq!(over.problem(), (409, "provisional_over"));
    assert_eq!(over.body["until"], "06/12/2026");
    assert_eq!(chooses(&mut visitor, NUMBER, &secret).await.problem(), (409, "provisional_over"));

    assert_eq!(asks(&mut visitor, NUMBER).await.status, 202);
    let fresh = sent(&house).await;
    assert_ne!(fresh, secret);
    assert_eq!(
        proves(&mut visitor, NUMBER, &secret).await.problem(),
        (401, "provisional_refused"),
        "one at most"
    );
    assert_eq!(chooses(&mut visitor, NUMBER, &fresh).await.status, 200);
}

#[tokio::test]
async fn p8_nothing_is_sent_while_the_last_is_valid_and_the_owner_is_told_until_when() {
    let house = house(&[(NUMBER, Channel::Mail), (OTHER, Channel::Letter)]).await;
    let secret = sent(&house).await;
    let mut visitor = visitor(&house);
    for (number, kind) in [
        (NUMBER, Some("partner_mail_valid")),
        (OTHER, Some("partner_letter_coming")),
        ("07899999990001", None),
    ] {
        assert_eq!(asks(&mut visitor, number).await.status, 202, "{number}");
        let mails = house.letters().await;
        assert_eq!(mails.first().map(|mail| mail.kind.as_str()), kind, "{number}");
        if number == NUMBER {
            assert!(
                mails[0].text.contains("22/11/2026") && mails[0].text.contains("06/12/2026"),
                "{}",
                mails[0].text
            );
        }
    }
    assert_eq!(proves(&mut visitor, NUMBER, &secret).await.status, 200, "it stays");
    chooses(&mut visitor, NUMBER, &secret).await;
    house.letters().await;
    asks(&mut visitor, NUMBER).await;
    assert_eq!(house.post().await, [("password_reset".to_owned(), EMAIL.to_owned())], "who has signed in");
}

#[tokio::test]
async fn p8_a_number_is_asked_for_three_times_a_day_at_most() {
    let house = house(&[(NUMBER, Channel::Mail)]).await;
    sent(&house).await;
    let mut visitor = visitor(&house);
    for _ in 0..5 {
        assert_eq!(asks(&mut visitor, NUMBER).await.status, 202);
    }
    assert_eq!(house.post().await.len(), 3);
}

#[tokio::test]
async fn p6_five_wrong_ones_lock_the_number_at_that_place_for_ten_minutes() {
    let house = house(&[(NUMBER, Channel::Mail)]).await;
    let secret = sent(&house).await;
    let mut guesser = visitor(&house);
    let wrong = "7K3MPACD4EWXTRR";
    for number in [NUMBER, "07899999990001"] {
        for left in [4, 3, 2, 1] {
            let answer = proves(&mut guesser, number, wrong).await;
            assert_eq!(
                (answer.problem(), answer.body["tries_left"].as_u64()),
                ((401, "provisional_refused"), Some(left))
            );
        }
        let locked = proves(&mut guesser, number, wrong).await;
        assert_eq!(
            (locked.problem(), locked.body["minutes"].as_u64()),
            ((429, "locked"), Some(10)),
            "{number}"
        );
    }
    assert_eq!(proves(&mut guesser, NUMBER, &secret).await.problem(), (429, "locked"));
    let mut owner = house.visitor().at(OFFICE).from("198.51.100.9");
    assert_eq!(proves(&mut owner, NUMBER, &secret).await.status, 200, "nobody else is locked out");
    house.wait_minutes(10);
    assert_eq!(proves(&mut guesser, NUMBER, &secret).await.status, 200);
}

#[tokio::test]
async fn p1_one_person_looks_after_two_landlords_with_one_address() {
    let house = house(&[(NUMBER, Channel::Mail)]).await;
    let first = sent(&house).await;
    assert_eq!(chooses(&mut visitor(&house), NUMBER, &first).await.status, 200);
    house.letters().await;
    let second = [partner(OTHER, Channel::Mail)];
    partners::upsert_many(house.state.store().write(), OFFICE, &second, house.now())
        .await
        .expect("a partner");
    give_new(&house.state).await.expect("identifiers");
    let secret = sent(&house).await;
    let other = json!({ "user_number": OTHER, "provisional_password": secret, "password": "palier Vert 51" });
    assert_eq!(visitor(&house).post("/api/partners/first-sign-in", &other).await.status, 200);
    let mut visitor = visitor(&house);
    assert_eq!(visitor.sign_in(OTHER, "palier Vert 51").await.status, 200);
    assert_eq!(visitor.sign_in(NUMBER, PASSWORD).await.status, 200);
    assert_eq!(
        visitor.sign_in(EMAIL, PASSWORD).await.status,
        200,
        "the first has the address to sign in with"
    );
    assert_eq!(visitor.sign_in(EMAIL, "palier Vert 51").await.problem(), (401, "sign_in_refused"));
}

#[tokio::test]
async fn p2_p8_letters_are_printed_posted_lost_and_returned() {
    let house = house(&[(NUMBER, Channel::Letter)]).await;
    let portal = house.state.config().portal(OFFICE).expect("the office").clone();
    assert!(house.letters().await.is_empty(), "nothing by e-mail");
    assert_eq!(letter(&house, NUMBER).await.state, LetterState::Asked);
    assert!(print_letters(&house.state, &portal).await.expect("printed").is_some());
    assert!(print_letters(&house.state, &portal).await.expect("nothing waits").is_none());
    let printed = letter(&house, NUMBER).await;
    assert_eq!(printed.state, LetterState::Printed);
    assert_eq!(
        printed.valid_until.map(|until| until.to_string()).as_deref(),
        Some("2027-01-22T23:00:00Z"),
        "two months"
    );
    let first = kept(&house, NUMBER).await.opening;
    assert!(matches!(first.access.held, Held::Provisional { kind: Kind::Letter, .. }));

    let note =
        async |reference: &str, fate| note_fate(&house.state, &portal, reference, fate).await.expect("noted");
    assert!(note(&printed.reference, Fate::Posted).await);
    assert!(!note(&printed.reference, Fate::Posted).await, "once");
    assert!(!note(&printed.reference, Fate::Refused).await, "nobody asked for it");
    asks(&mut visitor(&house), NUMBER).await;
    assert_eq!(house.post().await, [("partner_letter_valid".to_owned(), EMAIL.to_owned())]);

    assert!(note(&printed.reference, Fate::Lost).await, "at the desk");
    assert_eq!(kept(&house, NUMBER).await.opening.secret_hash, None, "it opens nothing any more");
    let second = letter(&house, NUMBER).await;
    assert_eq!((second.state, second.id == printed.id), (LetterState::Asked, false), "another waits");
    assert!(!note(&printed.reference, Fate::Lost).await, "it is over");
    print_letters(&house.state, &portal).await.expect("printed");
    assert_ne!(kept(&house, NUMBER).await.opening.secret_hash, first.secret_hash);
    assert!(note(&second.reference, Fate::Returned).await);
    let opening = kept(&house, NUMBER).await.opening;
    assert_eq!((opening.access.held, opening.secret_hash), (Held::Nothing, None));
    asks(&mut visitor(&house), NUMBER).await;
    assert_eq!(letter(&house, NUMBER).await.state, LetterState::Asked, "a way on");
}

#[tokio::test]
async fn other_portals_have_no_partners() {
    let house = house(&[(NUMBER, Channel::Mail)]).await;
    let secret = sent(&house).await;
    for portal in ["extranet", "prets"] {
        let mut visitor = house.visitor().at(portal);
        assert_eq!(proves(&mut visitor, NUMBER, &secret).await.problem(), (404, "not_found"), "{portal}");
        assert_eq!(chooses(&mut visitor, NUMBER, &secret).await.problem(), (404, "not_found"), "{portal}");
        assert_eq!(asks(&mut visitor, NUMBER).await.problem(), (404, "not_found"), "{portal}");
        assert_eq!(visitor.sign_in(NUMBER, &secret).await.problem(), (401, "sign_in_refused"), "{portal}");
    }
}
