//! Import of leases from files as landlords make them (D1), against a real store.

use palier_domain::portal::TenancyRules;
use palier_domain::values::{LeaseReference, NameRule, ReferenceFormat};
use palier_server::import::ImportError;
use palier_server::store::leases;
use palier_server::store::leases::NewLease;

use crate::support::Desk;

impl Desk<NewLease> {
    async fn open() -> Self {
        let reference =
            ReferenceFormat { prefix: "L".into(), min_digits: 5, max_digits: 10, example: "482173".into() };
        let rules = TenancyRules {
            reference,
            name_rule: NameRule::Whole,
            asks_birth_date: false,
            picture: "/avis.svg".into(),
        };
        Self::at("extranet", rules).await
    }

    async fn count(&self) -> u64 {
        leases::count(self.store.read(), self.portal).await.expect("counted")
    }

    async fn lease(&self, reference: &str) -> Option<leases::Lease> {
        let reference = LeaseReference::parse(reference, &self.rules.reference).expect("a reference");
        leases::find(self.store.read(), self.portal, &reference).await.expect("looked up")
    }
}

const HEADERS: &str =
    "reference;nom_signataire;prenom_signataire;autres_noms;date_naissance;date_sortie;email\n";

#[tokio::test]
async fn d1_a_file_enters_whole_and_twice_changes_nothing() {
    let desk = Desk::<NewLease>::open().await;
    let file = format!(
        "{HEADERS}L 0482173;LEFÈVRE;Aurélie;Petit,Le Goff;14/07/1985;;a@exemple.test\n;;;;;;\n700012;D’Almeida;;;;2026-10-15;\n"
    );
    let first = desk.import(&file).await;
    assert_eq!((first.counts.created, first.refused, first.written), (2, 0, true));
    let lease = desk.lease("482173").await.expect("there");
    assert_eq!(
        (lease.surname.as_str(), lease.other_names.as_slice()),
        ("LEFÈVRE", &["Petit".to_owned(), "Le Goff".to_owned()][..])
    );
    assert_eq!(lease.birth_date.map(|date| date.to_string()).as_deref(), Some("1985-07-14"));

    let again = desk.import(&file).await;
    assert_eq!((again.counts.created, again.counts.updated, again.counts.unchanged), (0, 0, 2));
    let changed = desk.import(&file.replace("D’Almeida", "Dalmeida")).await;
    assert_eq!((changed.counts.updated, changed.counts.unchanged), (1, 1));
    assert_eq!(desk.count().await, 2);
}

#[tokio::test]
async fn d1_windows_1252_and_commas_enter_the_same() {
    let desk = Desk::<NewLease>::open().await;
    let report =
        desk.import_as(b"nom_signataire,reference\nLef\xe8vre,482173\n", false).await.expect("imported");
    assert_eq!(report.counts.created, 1);
    assert_eq!(desk.lease("482173").await.map(|lease| lease.surname).as_deref(), Some("Lefèvre"));
}

#[tokio::test]
async fn d1_each_bad_line_is_named_and_nothing_enters() {
    let desk = Desk::<NewLease>::open().await;
    let file = format!(
        "{HEADERS}482173;Petit;;;;;\n12A456;Petit;;;;;\n700012;;;;;;\n700013;Petit;;;31/02/1985;;\n700014;Petit;;;;;non\nL482173;Double;;;;;\n"
    );
    let report = desk.import(&file).await;
    let told: Vec<_> = report
        .bad_lines
        .iter()
        .map(|bad| (bad.line, bad.column.as_str(), bad.problem.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "reference", "reference_digits"),
            (4, "nom_signataire", "required"),
            (5, "date_naissance", "date_unreadable"),
            (6, "email", "email_at"),
            (7, "reference", "twice_in_file"),
        ]
    );
    assert!(!report.written);
    assert_eq!(desk.count().await, 0);

    let partial = desk.import_as(file.as_bytes(), true).await.expect("imported");
    assert_eq!((partial.counts.created, partial.refused, partial.written), (1, 5, true));
    assert_eq!(desk.count().await, 1);
}

#[tokio::test]
async fn d1_headers_are_checked_first() {
    let desk = Desk::<NewLease>::open().await;
    let missing = desk.import_as(b"reference;nom\n1;Petit\n", false).await;
    assert!(matches!(missing, Err(ImportError::MissingColumns(columns)) if columns == ["nom_signataire"]));
    let report = desk.import("reference;nom_signataire;couleur\n482173;Petit;bleu\n").await;
    assert_eq!(report.unknown_columns, ["couleur"]);
}

#[tokio::test]
async fn d1_the_demonstration_files_are_right() {
    for (name, rules) in [("extranet", 6..=10), ("ekidom", 5..=5)] {
        let mut desk = Desk::<NewLease>::open().await;
        desk.rules.reference.min_digits = *rules.start();
        desk.rules.reference.max_digits = *rules.end();
        let path = format!("{}/../../demo/data/leases-{name}.csv", env!("CARGO_MANIFEST_DIR"));
        let report = desk.import_as(&std::fs::read(path).expect("there"), false).await.expect("imported");
        assert_eq!((report.counts.created, report.refused), (200, 0), "{:?}", report.bad_lines.first());
    }
}
