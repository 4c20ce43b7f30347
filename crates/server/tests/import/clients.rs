//! Import of client organisations from files as banks make them (D1, A1), against a real store.

use std::collections::BTreeMap;

use palier_domain::portal::OnboardingRules;
use palier_domain::values::{ClientNumber, ReferenceFormat};
use palier_server::import::ImportError;
use palier_server::store::clients::{self, NewClient};
use palier_server::texts::Catalog;

use crate::support::Desk;

impl Desk<NewClient> {
    async fn open() -> Self {
        let number =
            ReferenceFormat { prefix: String::new(), min_digits: 5, max_digits: 6, example: "237517".into() };
        Self::at("prets", OnboardingRules { number, picture: "/courrier.svg".into() }).await
    }

    async fn count(&self) -> u64 {
        clients::count(self.store.read(), self.portal).await.expect("counted")
    }

    async fn client(&self, number: &str) -> Option<NewClient> {
        let number = ClientNumber::parse(number, &self.rules.number).expect("a number");
        let found = clients::by_number(self.store.read(), self.portal, &number).await.expect("looked up");
        found.map(|client| client.known)
    }
}

const HEADERS: &str = "numero_client;raison_sociale;forme_juridique;fonction_representant;ligne_1;ligne_2;ligne_3;ligne_4;ligne_5;ligne_6\n";

#[tokio::test]
async fn d1_a_file_enters_whole_and_twice_changes_nothing() {
    let desk = Desk::<NewClient>::open().await;
    let file = format!(
        "{HEADERS}000 237517;Mairie  de Vaux;Commune;Maire;;;1 place de l’Église;;;21360 VAUX\n;;;;;;;;;\n\
         48213;Habitat;;Directrice générale;HABITAT SA;;;;1000 BRUXELLES;BELGIQUE\n"
    );
    let first = desk.import(&file).await;
    assert_eq!((first.counts.created, first.refused, first.written), (2, 0, true), "{first:?}");
    let town = desk.client("237517").await.expect("there");
    assert_eq!((town.name.as_str(), town.legal_form.as_deref()), ("Mairie de Vaux", Some("Commune")));
    assert_eq!(town.representative, "Maire");
    assert_eq!(town.address.lines(), ["Mairie de Vaux", "1 place de l’Église", "21360 VAUX"]);
    let abroad = desk.client("48213").await.expect("there");
    assert_eq!(abroad.representative, "Directrice générale");
    assert_eq!(abroad.address.lines(), ["HABITAT SA", "1000 BRUXELLES", "BELGIQUE"]);

    let again = desk.import(&file).await;
    assert_eq!((again.counts.created, again.counts.updated, again.counts.unchanged), (0, 0, 2));
    let changed = desk.import(&file.replace("1 place", "2 place")).await;
    assert_eq!((changed.counts.updated, changed.counts.unchanged), (1, 1));
    assert_eq!(desk.count().await, 2);
}

#[tokio::test]
async fn d1_other_encodings_orders_and_headers_enter_the_same() {
    let mut desk = Desk::<NewClient>::open().await;
    desk.renamed = BTreeMap::from([("N° emprunteur".to_owned(), "numero_client".to_owned())]);
    let file = b"ligne_6,Raison Sociale,couleur,n\xb0 EMPRUNTEUR,fonction_representant\n21360 VAUX,H\xf4tel de ville,bleu,0048213,Maire\n";
    let report = desk.import_as(file, false).await.expect("imported");
    assert_eq!((report.counts.created, report.unknown_columns), (1, vec!["couleur".to_owned()]));
    assert_eq!(desk.client("48213").await.map(|client| client.name).as_deref(), Some("Hôtel de ville"));
    let missing = desk.import_as(b"numero_client;ligne_1\n1;Petit\n", false).await;
    assert!(
        matches!(missing, Err(ImportError::MissingColumns(columns)) if columns == ["raison_sociale", "fonction_representant"])
    );
}

#[tokio::test]
async fn d1_each_bad_line_is_named_with_its_reason_and_nothing_enters() {
    let desk = Desk::<NewClient>::open().await;
    let (long, longer) = ("é".repeat(39), "é".repeat(201));
    let lines = [
        ("48213;A;;Maire;;;;;;21360 VAUX", None),
        ("4821X;A;;Maire;;;;;;21360 VAUX", Some(("numero_client", "reference_digits"))),
        ("4821;A;;Maire;;;;;;21360 VAUX", Some(("numero_client", "reference_length"))),
        ("48214;;;Maire;;;;;;21360 VAUX", Some(("raison_sociale", "required"))),
        (&format!("48215;{longer};;Maire;COURT;;;;;21360 VAUX"), Some(("raison_sociale", "too_long"))),
        ("48216;A;;;;;;;;21360 VAUX", Some(("fonction_representant", "required"))),
        (&format!("48217;A;;{long};;;;;;21360 VAUX"), Some(("fonction_representant", "too_long"))),
        ("48218;A\u{202e}B;;Maire;;;;;;21360 VAUX", Some(("raison_sociale", "invisible"))),
        (&format!("48219;A;;Maire;;;{long};;;21360 VAUX"), Some(("ligne_3", "address_long"))),
        (&format!("48220;{long};;Maire;;;;;;21360 VAUX"), Some(("ligne_1", "address_name"))),
        ("48221;A;;Maire;;b;c;d;e;21360 VAUX", Some(("ligne_6", "address_full"))),
        ("48222;A;;Maire;A;;;;;", Some(("ligne_6", "address_required"))),
        ("48223;A;;Maire;;;;Vaux;;", Some(("ligne_4", "address_town"))),
        ("00048213;A;;Maire;;;;;;21360 VAUX", Some(("numero_client", "twice_in_file"))),
    ];
    let mut file = HEADERS.to_owned();
    for (line, _) in lines {
        file.push_str(line);
        file.push('\n');
    }
    let report = desk.import(&file).await;
    let told: Vec<_> = report
        .bad_lines
        .iter()
        .map(|bad| (bad.line, bad.column.as_str(), bad.problem.code.as_str()))
        .collect();
    let expected: Vec<_> = (2..)
        .zip(lines)
        .filter_map(|(number, (_, fault))| fault.map(|(column, code)| (number, column, code)))
        .collect();
    assert_eq!(told, expected);
    assert_eq!((report.written, desk.count().await), (false, 0));

    // Each reason is said in words, with nothing left to fill in.
    for language in ["fr", "en"] {
        let mut said = Vec::new();
        report.write(&mut said, "clients.csv", Catalog::new().shared(language)).expect("written");
        let said = String::from_utf8(said).expect("text");
        assert!(["{", "}", "error.", "field."].iter().all(|raw| !said.contains(raw)), "{said}");
        assert!(said.contains("clients.csv:10: ligne_3: ") && said.contains("39"), "{said}");
    }

    let partial = desk.import_as(file.as_bytes(), true).await.expect("imported");
    assert_eq!((partial.counts.created, partial.refused, partial.written), (1, 13, true));
    assert_eq!(desk.count().await, 1);
}

#[tokio::test]
async fn d1_the_demonstration_file_is_right() {
    let desk = Desk::<NewClient>::open().await;
    let path = format!("{}/../../demo/data/clients-prets.csv", env!("CARGO_MANIFEST_DIR"));
    let report = desk.import_as(&std::fs::read(path).expect("there"), false).await.expect("imported");
    assert_eq!((report.counts.created, report.refused), (39, 0), "{:?}", report.bad_lines.first());
    let of_the_document = desk.client("237517").await.expect("there");
    assert_eq!(of_the_document.name, "SOCIETE COOPERATIVE HABITATION LOYER MODERE");
}
