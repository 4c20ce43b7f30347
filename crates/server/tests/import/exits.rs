//! Import of exits (D1, T11), against a real store.

use palier_domain::values::{Date, LeaseReference, ReferenceFormat};
use palier_server::import::ExitRules;
use palier_server::store::leases::{self, Exit, NewLease};

use crate::support::Desk;

fn format() -> ReferenceFormat {
    ReferenceFormat { prefix: "L".into(), min_digits: 5, max_digits: 10, example: "482173".into() }
}

fn lease(reference: &str) -> NewLease {
    NewLease {
        reference: LeaseReference::parse(reference, &format()).expect("a reference"),
        surname: "LEFÈVRE".to_owned(),
        first_name: None,
        other_names: Vec::new(),
        birth_date: None,
        street: None,
        postal_code: None,
        town: None,
        entered_on: None,
        left_on: None,
        email: None,
    }
}

/// With the leases 482173 and 482174.
async fn desk() -> Desk<Exit> {
    let rules = ExitRules { reference: format(), known: [].into() };
    let mut desk = Desk::<Exit>::at("extranet", rules).await;
    let some = [lease("482173"), lease("482174")];
    let now = jiff::Timestamp::UNIX_EPOCH;
    leases::upsert_many(desk.store.write(), desk.portal, &some, now).await.expect("kept");
    desk.rules.known = leases::references(desk.store.read(), desk.portal).await.expect("read");
    desk
}

impl Desk<Exit> {
    async fn left_on(&self, reference: &str) -> Option<Date> {
        let reference = LeaseReference::parse(reference, &format()).expect("a reference");
        let lease = leases::find(self.store.read(), self.portal, &reference).await.expect("read");
        lease.expect("a lease").left_on
    }
}

#[tokio::test]
async fn d1_exits_enter_and_twice_change_nothing() {
    let desk = desk().await;
    let file = "reference;date_sortie\nL 0482173;15/12/2026\n482174;\n";
    let first = desk.import(file).await;
    assert_eq!((first.counts.updated, first.counts.unchanged, first.refused, first.written), (1, 1, 0, true));
    assert_eq!(desk.left_on("482173").await, Date::parse_text("2026-12-15"));
    let again = desk.import(file).await;
    assert_eq!((again.counts.updated, again.counts.unchanged), (0, 2));
    // An empty day takes it back.
    let back = desk.import("reference;date_sortie\n482173;\n").await;
    assert_eq!((back.counts.updated, back.counts.unchanged), (1, 0));
    assert_eq!(desk.left_on("482173").await, None);
}

#[tokio::test]
async fn d1_each_bad_line_of_exits_is_named() {
    let desk = desk().await;
    let file = "reference;date_sortie\n482173;2026-12-15\n999999;2026-12-15\n482174;31/02/2027\nx;2026-12-15\n482173;2026-12-16\n";
    let report = desk.import(file).await;
    let told: Vec<_> = report
        .bad_lines
        .iter()
        .map(|bad| (bad.line, bad.column.as_str(), bad.problem.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "reference", "no_such_lease"),
            (4, "date_sortie", "date_unreadable"),
            (5, "reference", "reference_digits"),
            (6, "reference", "twice_in_file"),
        ]
    );
    assert!(!report.written);
    assert_eq!(desk.left_on("482173").await, None);
    let partial = desk.import_as(file.as_bytes(), true).await.expect("imported");
    assert_eq!((partial.counts.updated, partial.refused), (1, 4));
    assert_eq!(desk.left_on("482173").await, Date::parse_text("2026-12-15"));
}
