//! The retention table applied by the clock (T11, D4): a second before nothing goes, a second later it does.

use jiff::SignedDuration;
use palier_domain::retention::{Kind, Rule};
use palier_domain::values::{Date, LeaseReference, ReferenceFormat};
use palier_server::leaving::close_due;
use palier_server::retention::{Erased, apply, apply_due, due, erase};
use palier_server::store::leases::{self, Exit};
use palier_server::store::{accounts, desk_journal};

use crate::support::{BANK, House, Tenant, aurelie};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// What goes, or would go, of a portal: the kinds of which there is any, with how many.
fn told(table: Vec<(Rule, u32, u64)>) -> Vec<(Kind, u64)> {
    let some = table.into_iter().filter(|(_, _, count)| *count > 0);
    some.map(|(rule, _, count)| (rule.kind, count)).collect()
}

async fn would_go(house: &House, slug: &str) -> Vec<(Kind, u64)> {
    let portal = house.state.config().portal(slug).expect("a portal");
    told(due(&house.state, portal).await.expect("an answer"))
}

async fn goes(house: &House, slug: &str) -> Vec<(Kind, u64)> {
    let portal = house.state.config().portal(slug).expect("a portal");
    told(apply(&house.state, portal).await.expect("an answer"))
}

/// Aurélie leaves, is warned, and her account closes.
async fn closed() -> House {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let reference = LeaseReference::parse("482173", &ReferenceFormat::any()).expect("a reference");
    let exits = [Exit { reference, left_on: Date::parse_text("2026-11-30") }];
    leases::set_exits(house.state.store().write(), "extranet", &exits, house.now()).await.expect("kept");
    house.set_clock("2027-02-25T12:00:00Z");
    close_due(&house.state).await.expect("warned");
    house.set_clock("2027-02-28T23:00:00Z");
    close_due(&house.state).await.expect("closed");
    house.letters().await;
    house
}

#[tokio::test]
async fn t11_a_closed_account_is_erased_a_year_later_and_its_proof_after_five() {
    let house = closed().await;
    goes(&house, "extranet").await;
    let mut visitor = house.visitor();
    assert_eq!(aurelie().signs_in(&mut visitor).await.body["code"], "account_closed");
    house.set_clock("2028-02-29T22:59:59Z");
    let soon: Vec<_> = goes(&house, "extranet").await;
    assert!(soon.iter().all(|(kind, _)| *kind != Kind::ClosedAccounts), "{soon:?}");
    house.wait(SECOND);
    let account = (Kind::ClosedAccounts, 1);
    assert!(would_go(&house, "extranet").await.contains(&account));
    assert!(would_go(&house, "extranet").await.contains(&account), "nothing was changed");
    assert_eq!(aurelie().signs_in(&mut visitor).await.body["code"], "account_closed");
    assert!(goes(&house, "extranet").await.contains(&account));
    assert_eq!(apply_due(&house.another().await.state).await.expect("done"), 0, "by one server");
    // Nobody is there any more, and the address is free.
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 401);
    let paul = Tenant { portal: "extranet", ..aurelie() }
        .with("reference", "5550001")
        .with("surname", "Martin")
        .with("password", "vigne rouge 48");
    paul.has_account(&house).await;
    house.set_clock("2032-02-29T23:00:00Z");
    house.wait(-SECOND);
    assert!(!goes(&house, "extranet").await.iter().any(|(kind, _)| *kind == Kind::Proofs));
    house.wait(SECOND);
    assert!(goes(&house, "extranet").await.contains(&(Kind::Proofs, 1)));
    assert_eq!(paul.signs_in(&mut house.visitor()).await.status, 200);
}

#[tokio::test]
async fn t11_a_lease_goes_a_year_after_its_last_day() {
    let house = House::open().await;
    // 900001 and 900002 left on 21 August and 30 September 2026.
    for (moment, gone) in [
        ("2027-08-21T21:59:59Z", 0),
        ("2027-08-21T22:00:00Z", 1),
        ("2027-09-30T21:59:59Z", 0),
        ("2027-09-30T22:00:00Z", 1),
    ] {
        house.set_clock(moment);
        let expected = if gone > 0 { vec![(Kind::Leases, gone)] } else { Vec::new() };
        assert_eq!(goes(&house, "extranet").await, expected, "{moment}");
    }
}

#[tokio::test]
async fn d4_one_person_is_erased_at_once() {
    let house = House::open().await;
    let mut visitor = aurelie().has_account(&house).await;
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    let portal = house.state.config().portal("extranet").expect("a portal");
    for nobody in ["personne@exemple.fr", "07802700750001", "AAAA", ""] {
        assert_eq!(erase(&house.state, portal, nobody).await.expect("an answer"), Erased::Unknown);
    }
    let bank = house.state.config().portal(BANK).expect("a portal");
    let elsewhere = erase(&house.state, bank, "aurelie@exemple.fr").await.expect("an answer");
    assert_eq!(elsewhere, Erased::Unknown, "another landlord's");
    let erased = erase(&house.state, portal, "Aurelie@exemple.fr").await.expect("erased");
    let Erased::Account(identifier) = erased else { panic!("{erased:?}") };
    assert_eq!(visitor.get("/api/account/session").await.status, 401);
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 401);
    let conn = house.state.store().read();
    assert_eq!(accounts::with_email_key(conn, "extranet", "aurelie@exemple.fr").await.expect("asked"), None);
    let written = desk_journal::list(conn, "extranet").await.expect("a journal");
    let [entry] = written.as_slice() else { panic!("{written:?}") };
    assert_eq!((entry.kind.as_str(), &entry.subject, entry.whole), ("erased", &identifier, true));
    // The home may have another account.
    aurelie().with("reference", "L 482173").has_account(&house).await;
}
