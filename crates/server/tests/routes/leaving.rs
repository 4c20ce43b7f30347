//! Leaving the home (T11): warnings, the end of the account, and the next household.

use jiff::SignedDuration;
use palier_domain::values::{Date, LeaseReference, ReferenceFormat};
use palier_server::leaving::close_due;
use palier_server::store::leases::{self, Exit, NewLease};
use palier_server::store::{accounts, sessions};

use crate::support::{House, Tenant, aurelie};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn reference(text: &str) -> LeaseReference {
    LeaseReference::parse(text, &ReferenceFormat::any()).expect("a reference")
}

/// What the landlord's file says: Aurélie's last day, or none.
async fn exit(house: &House, left_on: Option<&str>) {
    let left_on = left_on.map(|text| Date::parse_text(text).expect("a day"));
    let exits = [Exit { reference: reference("482173"), left_on }];
    let conn = house.state.store().write();
    leases::set_exits(conn, "extranet", &exits, house.now()).await.expect("kept");
}

/// The job, as at night; kinds of the e-mails written, and what the last one says.
async fn night(house: &House) -> (Vec<String>, String) {
    let written = close_due(&house.state).await.expect("done");
    let letters = house.letters().await;
    assert_eq!(u64::try_from(letters.len()).expect("a count"), written, "{letters:?}");
    let text = letters.last().map(|letter| letter.text.clone()).unwrap_or_default();
    (letters.into_iter().map(|letter| letter.kind).collect(), text)
}

/// At that moment nothing is to be done yet; a second later what is expected happens, once.
async fn at(house: &House, moment: &str, kind: &str) -> String {
    house.set_clock(moment);
    house.wait(-SECOND);
    assert!(night(house).await.0.is_empty(), "a second before {moment}");
    house.wait(SECOND);
    let (kinds, text) = night(house).await;
    assert_eq!(kinds, [kind], "{moment}");
    assert!(night(house).await.0.is_empty(), "once");
    assert_eq!(close_due(&house.another().await.state).await.expect("done"), 0, "by one server");
    text
}

#[tokio::test]
async fn t11_warned_three_times_then_closed_at_the_last_second() {
    let house = House::open().await;
    let mut visitor = aurelie().has_account(&house).await;
    exit(&house, Some("2026-12-15")).await;
    assert!(night(&house).await.0.is_empty());
    // Open until 15 March included, in Paris, an hour ahead of UTC.
    let text = at(&house, "2027-02-13T23:00:00Z", "account_closing").await;
    assert!(text.contains("15/03/2027"), "{text}");
    assert!(text.contains("Bonjour Aurélie LEFÈVRE"), "{text}");
    at(&house, "2027-03-01T23:00:00Z", "account_closing").await;
    at(&house, "2027-03-12T23:00:00Z", "account_closing").await;
    house.set_clock("2027-03-15T22:59:58Z");
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    let text = at(&house, "2027-03-15T23:00:00Z", "account_closed").await;
    assert!(text.contains("16/03/2027"), "{text}");
    assert_eq!(visitor.get("/api/account/session").await.status, 401);
    let answer = aurelie().signs_in(&mut visitor).await;
    assert_eq!((answer.status, &answer.body["code"]), (403.into(), &"account_closed".into()));
    // Who doesn't know the password is told nothing of it.
    let wrong = house.visitor().sign_in("aurelie@exemple.fr", "tram rouge 48").await;
    let nobody = house.visitor().sign_in("personne@exemple.fr", "tram rouge 48").await;
    assert_eq!((wrong.status, &wrong.body), (nobody.status, &nobody.body));
}

#[tokio::test]
async fn t11_a_closed_account_is_nobodys_way_back_in() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    exit(&house, Some("2026-08-01")).await;
    night(&house).await;
    house.wait_hours(24 * 5);
    assert_eq!(night(&house).await.0, ["account_closed"]);
    let asked = json("login", "aurelie@exemple.fr");
    assert_eq!(house.visitor().post("/api/account/password-resets", asked).await.status, 202);
    let asked = json("email", "aurelie@exemple.fr");
    assert_eq!(house.visitor().post("/api/account/identifier-reminders", asked).await.status, 202);
    assert!(house.post().await.is_empty());
}

fn json(name: &str, value: &str) -> serde_json::Value {
    serde_json::json!({ name: value })
}

#[tokio::test]
async fn t11_a_file_that_comes_late_leaves_three_days() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    exit(&house, Some("2026-07-01")).await;
    let (kinds, text) = night(&house).await;
    assert_eq!(kinds, ["account_closing"]);
    // It is Sunday 22 November.
    assert!(text.contains("25/11/2026"), "{text}");
    at(&house, "2026-11-25T23:00:00Z", "account_closed").await;
}

#[tokio::test]
async fn t11_a_day_taken_back_or_moved() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    exit(&house, Some("2026-09-01")).await;
    let (kinds, text) = night(&house).await;
    assert_eq!(kinds, ["account_closing"]);
    assert!(text.contains("01/12/2026"), "{text}");
    exit(&house, None).await;
    assert_eq!(night(&house).await.0, ["account_staying"]);
    assert!(night(&house).await.0.is_empty());
    house.set_clock("2026-12-02T12:00:00Z");
    assert!(night(&house).await.0.is_empty(), "it stays open");
    // Again, and then later: told at once, and warned anew.
    exit(&house, Some("2026-09-20")).await;
    assert_eq!(night(&house).await.0, ["account_closing"]);
    exit(&house, Some("2026-12-20")).await;
    let (kinds, text) = night(&house).await;
    assert_eq!(kinds, ["account_closing"]);
    assert!(text.contains("20/03/2027"), "{text}");
    at(&house, "2027-02-18T23:00:00Z", "account_closing").await;
    house.set_clock("2027-03-20T22:59:59Z");
    assert_eq!(night(&house).await.0, ["account_closing"], "the others became due together");
    house.wait(SECOND);
    assert_eq!(night(&house).await.0, ["account_closed"]);
}

#[tokio::test]
async fn t5_the_next_household_may_have_an_account_under_the_same_reference() {
    let house = House::open().await;
    let mut before = aurelie().has_account(&house).await;
    assert_eq!(aurelie().signs_in(&mut before).await.status, 200);
    exit(&house, Some("2026-11-10")).await;
    let next = NewLease {
        reference: reference("482173"),
        surname: "BENALI".to_owned(),
        first_name: Some("Karim".to_owned()),
        other_names: Vec::new(),
        birth_date: None,
        street: Some("12 rue des Lilas".to_owned()),
        postal_code: None,
        town: None,
        entered_on: Date::parse_text("2026-11-20"),
        left_on: None,
        email: None,
    };
    let conn = house.state.store().write();
    leases::upsert_many(conn, "extranet", &[next], house.now()).await.expect("kept");
    let karim = Tenant { portal: "extranet", ..aurelie() }
        .with("surname", "Benali")
        .with("email", "karim@exemple.fr");
    karim.has_account(&house).await;
    // The one before keeps an account until its time, and sees the home no more.
    let session = before.get("/api/account/session").await;
    assert_eq!((session.status, session.body.get("lease")), (200.into(), None), "{:?}", session.body);
    // Of both, that one closes.
    for moment in ["2027-01-11T23:00:00Z", "2027-01-27T23:00:00Z", "2027-02-07T23:00:00Z"] {
        at(&house, moment, "account_closing").await;
    }
    at(&house, "2027-02-10T23:00:00Z", "account_closed").await;
    assert_eq!(karim.signs_in(&mut house.visitor()).await.status, 200);
}

#[tokio::test]
async fn t5_who_comes_back_uses_the_same_address() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    exit(&house, Some("2026-08-01")).await;
    night(&house).await;
    house.wait_hours(24 * 5);
    assert_eq!(night(&house).await.0, ["account_closed"]);
    let again = Tenant { portal: "extranet", ..aurelie() }
        .with("reference", "5550001")
        .with("surname", "Martin")
        .with("password", "vigne rouge 48");
    let mut visitor = again.has_account(&house).await;
    assert_eq!(again.signs_in(&mut visitor).await.status, 200);
    assert_eq!(
        aurelie().signs_in(&mut house.visitor()).await.status,
        401,
        "the closed one has its address no more"
    );
    let conn = house.state.store().read();
    let account = accounts::by_email_key(conn, "extranet", "aurelie@exemple.fr").await.expect("the store");
    let account = account.expect("an account");
    assert_eq!(sessions::end_all(house.state.store().write(), account.id).await.expect("ended"), 1);
}

#[tokio::test]
async fn t11_who_left_may_sign_up_as_long_as_the_account_would_be_open() {
    let house = House::open_over(&[]).await;
    // 900002 left on 30 September 2026.
    let petit =
        Tenant { portal: "extranet", ..aurelie() }.with("reference", "900002").with("surname", "Petit");
    house.set_clock("2026-12-30T22:59:59Z");
    assert_eq!(house.visitor().sign_up(&petit, "the-last-second").await.status, 202);
    house.set_clock("2026-12-30T23:00:00Z");
    assert_eq!(house.visitor().sign_up(&petit, "a-second-later").await.status, 422);
}
