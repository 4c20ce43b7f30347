//! Import of partners from files as offices make them (D1, P1), against a real store.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use palier_domain::credentials::Channel;
use palier_domain::values::UserNumber;
use palier_server::import::ImportError;
use palier_server::store::Counts;
use palier_server::store::partners::{self, NewPartner, Opening, Partner};
use palier_server::texts::Catalog;

use crate::support::Desk;

impl Desk<NewPartner> {
    async fn open() -> Self {
        Self::at("partenaires", ()).await
    }

    async fn count(&self) -> u64 {
        partners::count(self.store.read(), self.portal).await.expect("counted")
    }

    async fn partner(&self, number: &str) -> Partner {
        let number = UserNumber::parse(number).expect("a number");
        let found = partners::by_number(self.store.read(), self.portal, &number).await;
        found.expect("looked up").expect("there")
    }
}

const HEADERS: &str =
    "code_organisme;ref_tiers;rang;nom;email;ligne_1;ligne_2;ligne_3;ligne_4;ligne_5;ligne_6;canal\n";

#[tokio::test]
async fn p1_a_file_enters_whole_and_twice_changes_nothing() {
    let desk = Desk::<NewPartner>::open().await;
    let file = format!(
        "{HEADERS}078;270075;1;SCI  du Palier;;;;1 place de l’Église;;;21360 VAUX;\n;;;;;;;;;;;\n\
         078;0270075;0002;Mme d’ALMEIDA;eve@exemple.fr;;;;;;;\n\
         078;12;3;SCI « B »;b@exemple.fr;SCI B;a;b;c;1000 BRUXELLES;BELGIQUE;\n\
         078;12;4;SCI « B »;b@exemple.fr;;;;;;21360 VAUX;Mail\n"
    );
    let first = desk.import(&file).await;
    assert_eq!((first.counts.created, first.refused, first.written), (4, 0, true), "{first:?}");
    let of_the_document = desk.partner("078 0270075 0001").await;
    assert_eq!(of_the_document.opening, Opening::NEW, "nothing is given out yet");
    let known = of_the_document.known;
    assert_eq!((known.name.as_str(), known.email, known.channel), ("SCI du Palier", None, Channel::Letter));
    let lines = known.address.expect("an address").lines().to_vec();
    assert_eq!(lines, ["SCI du Palier", "1 place de l’Église", "21360 VAUX"]);
    let mail = desk.partner("07802700750002").await.known;
    assert_eq!((mail.address, mail.channel), (None, Channel::Mail));
    assert_eq!(mail.email.map(|email| email.to_string()).as_deref(), Some("eve@exemple.fr"));
    let both = desk.partner("07800000120003").await.known;
    assert_eq!((both.channel, both.address.map(|address| address.lines().len())), (Channel::Letter, Some(6)));
    assert_eq!(desk.partner("07800000120004").await.known.channel, Channel::Mail);

    let again = desk.import(&file).await;
    assert_eq!(again.counts, Counts { unchanged: 4, ..Counts::default() });
    let changed = desk.import(&file.replace("1 place", "2 place")).await;
    assert_eq!(changed.counts, Counts { updated: 1, unchanged: 3, ..Counts::default() });
    assert_eq!(desk.count().await, 4);
}

#[tokio::test]
async fn p1_thousands_enter_at_once() {
    let desk = Desk::<NewPartner>::open().await;
    let mut file = HEADERS.to_owned();
    for number in 1..=5_000 {
        writeln!(file, "078;{number};1;SCI {number};sci{number}@exemple.fr;;;;;;;").expect("written");
    }
    let report = desk.import(&file).await;
    assert_eq!(report.counts, Counts { created: 5_000, ..Counts::default() });
    assert_eq!(desk.partner("07800050000001").await.known.name, "SCI 5000");
    assert_eq!(desk.import(&file).await.counts, Counts { unchanged: 5_000, ..Counts::default() });
}

#[tokio::test]
async fn d1_other_encodings_orders_and_headers_enter_the_same() {
    let mut desk = Desk::<NewPartner>::open().await;
    desk.renamed = BTreeMap::from([("N° tiers".to_owned(), "ref_tiers".to_owned())]);
    let file = b"Nom,couleur,n\xb0 TIERS,Rang,Code organisme,E-mail\nSCI du M\xfbrier,bleu,270075,1,078,m@exemple.fr\n";
    let report = desk.import_as(file, false).await.expect("imported");
    assert_eq!((report.counts.created, report.unknown_columns), (1, vec!["couleur".to_owned()]));
    assert_eq!(desk.partner("07802700750001").await.known.name, "SCI du Mûrier");
    let missing = desk.import_as(b"code_organisme;email\n078;a@exemple.fr\n", false).await;
    let wanted = ["ref_tiers", "rang", "nom"];
    assert!(matches!(missing, Err(ImportError::MissingColumns(columns)) if columns == wanted));
}

#[tokio::test]
async fn p1_each_bad_line_is_named_with_its_reasons_and_nothing_enters() {
    let desk = Desk::<NewPartner>::open().await;
    let (long, longer) = ("é".repeat(39), "é".repeat(201));
    let lines: [(&str, &[(&str, &str)]); 19] = [
        ("078;1;1;A;a@exemple.fr;;;;;;;", &[]),
        ("78;1;2;A;a@exemple.fr;;;;;;;", &[("code_organisme", "part_length")]),
        ("078;12345678;2;A;a@exemple.fr;;;;;;;", &[("ref_tiers", "part_length")]),
        ("078;27OO75;2;A;a@exemple.fr;;;;;;;", &[("ref_tiers", "user_number_digits")]),
        ("078;1;0;A;a@exemple.fr;;;;;;;", &[("rang", "part_zero")]),
        (
            "000;;12345;A;a@exemple.fr;;;;;;;",
            &[("code_organisme", "part_zero"), ("ref_tiers", "required"), ("rang", "part_length")],
        ),
        ("078;1;2;;a@exemple.fr;;;;;;;", &[("nom", "required")]),
        (&format!("078;1;2;{longer};a@exemple.fr;;;;;;;"), &[("nom", "too_long")]),
        ("078;1;2;A\u{202e}B;a@exemple.fr;;;;;;;", &[("nom", "invisible")]),
        ("078;1;2;A;exemple.fr;;;;;;;", &[("email", "email_at")]),
        (&format!("078;1;2;A;;;;{long};;;21360 VAUX;"), &[("ligne_3", "address_long")]),
        (&format!("078;1;2;{long};;;;;;;21360 VAUX;"), &[("ligne_1", "address_name")]),
        ("078;1;2;A;;;;;Vaux;;;", &[("ligne_4", "address_town")]),
        ("078;1;2;A;;A;;;;;;", &[("ligne_6", "address_required")]),
        ("078;1;2;A;;;;;;;;", &[("email", "address_or_email")]),
        ("078;1;2;A;a@exemple.fr;;;;;;;pigeon", &[("canal", "channel_unknown")]),
        ("078;1;2;A;a@exemple.fr;;;;;;;courrier", &[("ligne_6", "channel_address")]),
        ("078;1;2;A;;;;;;;21360 VAUX;mail", &[("email", "channel_email")]),
        ("078;0000001;0001;A;a@exemple.fr;;;;;;;", &[("ref_tiers", "twice_in_file")]),
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
        .flat_map(|(number, (_, faults))| faults.iter().map(move |(column, code)| (number, *column, *code)))
        .collect();
    assert_eq!(told, expected);
    assert_eq!((report.refused, report.written, desk.count().await), (18, false, 0));

    // Each reason is said in words, with nothing left to fill in.
    for (language, words) in [
        ("fr", ["a toujours 3 chiffres", "« Réf. Tiers » a 7 chiffres au plus, et il y en a 8 ici"]),
        ("en", ["always has 3 digits", "“Third-party reference” has 7 digits at most, and there are 8 here"]),
    ] {
        let mut said = Vec::new();
        report.write(&mut said, "partners.csv", Catalog::new().shared(language)).expect("written");
        let said = String::from_utf8(said).expect("text").replace('\u{a0}', " ");
        assert!(["{", "}", "error.", "field."].iter().all(|raw| !said.contains(raw)), "{said}");
        assert!(words.iter().all(|words| said.contains(words)), "{said}");
        assert!(said.contains("partners.csv:7: ref_tiers: "), "{said}");
    }

    let partial = desk.import_as(file.as_bytes(), true).await.expect("imported");
    assert_eq!((partial.counts.created, partial.refused, partial.written), (1, 18, true));
    assert_eq!(desk.count().await, 1);
}

#[tokio::test]
async fn d1_of_a_wholly_wrong_file_a_thousand_lines_are_told() {
    let desk = Desk::<NewPartner>::open().await;
    let file = format!("{HEADERS}{}", "0;0;0;A;;;;;;;;\n".repeat(1_003));
    let report = desk.import(&file).await;
    assert_eq!((report.refused, report.bad_lines.len()), (1_003, 3_000));
    let mut said = Vec::new();
    report.write(&mut said, "partners.csv", Catalog::new().shared("en")).expect("written");
    assert!(String::from_utf8(said).expect("text").contains("… More lines to correct: 3."));
}
