//! The journal as an organisation's administrators read it and take it away (A9).

use palier_server::store::journal::{Details, append};
use serde_json::{Value, json};

use crate::support::{Answer, BANK, DIRECTOR, House, MAYOR, Member, bastien};

/// Numbers of the entries told.
fn numbers(answer: &Answer) -> Vec<i64> {
    let entries = answer.body["entries"].as_array().expect("entries");
    entries.iter().map(|entry| entry["number"].as_i64().expect("a number")).collect()
}

/// What the file holds, line by line and cell by cell.
fn table(answer: &Answer) -> Vec<Vec<String>> {
    assert_eq!(answer.status, 200);
    let text = std::str::from_utf8(&answer.bytes).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("the mark");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("a line"));
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn what_was_decided_is_told_newest_first() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let id = bastien().is_there(&house).await;
    assert_eq!(visitor.gives(id, json!({ "documents": "act" })).await.status, 200);
    let mut answer = visitor.get("/api/organisation/journal").await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_eq!(answer.body["organisation"], "Mairie de Vaux-les-Paliers");
    assert_eq!(answer.body["more"], false);
    let kinds: Vec<&str> =
        answer.body["entries"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["rights_changed", "administrator_designated", "letter_asked", "designation_asked"]);
    let wanted = json!({
        "number": 4, "at": "2026-11-22T08:00:00Z", "kind": "rights_changed",
        "details": {
            "name": "Bastien Étienne", "email": "bastien@vaux.example", "by": "Ève d’Almeida",
            "rights": "Documents et attestations\u{a0}: agir", "role": "utilisateur",
        },
    });
    assert_eq!(answer.body["entries"][0].take(), wanted);
    let english = visitor.get("/api/organisation/journal?lang=en").await;
    let details = &english.body["entries"][0]["details"];
    assert_eq!([&details["rights"], &details["role"]], ["Documents and certificates: act", "user"]);
}

#[tokio::test]
async fn a_long_journal_comes_in_parts() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let client = house.client(MAYOR).await.id;
    for _ in 4..=101 {
        let store = house.state.store().write();
        append(store, BANK, client, house.now(), "letter_asked", &Details::new()).await.expect("written");
    }
    let mut part = async |query: &str| {
        let answer = visitor.get(&format!("/api/organisation/journal{query}")).await;
        (numbers(&answer), answer.body["more"] == true)
    };
    assert_eq!(part("").await, ((52..=101).rev().collect(), true));
    assert_eq!(part("?before=52").await, ((2..=51).rev().collect(), true));
    assert_eq!(part("?before=2").await, (vec![1], false));
    assert_eq!(part("?before=51").await, ((1..=50).rev().collect(), false), "exactly one part");
    assert_eq!(part("?before=1").await, (vec![], false));
    for before in ["x", "99999999999"] {
        let answer = visitor.get(&format!("/api/organisation/journal?before={before}")).await;
        assert_eq!(answer.problem(), (400, "malformed"));
    }
}

#[tokio::test]
async fn the_whole_journal_is_a_table() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let evil = Member { first_name: "=cmd|'/c calc'!A1", surname: "x", ..bastien() };
    let id = evil.is_there(&house).await;
    visitor.decided(id, "suspend").await;
    assert_eq!(visitor.gives(id, json!({ "prets": "act" })).await.status, 200);
    let answer = visitor.get("/api/organisation/journal.csv").await;
    let header = |name: &str| answer.headers[name].to_str().expect("a text");
    assert_eq!(header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(header("content-disposition"), "attachment; filename=\"journal.csv\"");
    assert_eq!(header("cache-control"), "no-store");
    let rows = table(&answer);
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[0][..6], ["numero_client", "organisme", "numero", "moment", "code", "texte"]);
    let first = ["48213", "Mairie de Vaux-les-Paliers", "1", "2026-11-22T08:00:00Z", "designation_asked"];
    assert_eq!(rows[1][..5], first);
    assert_eq!(rows[1][5], "Ève d’Almeida (eve@vaux.example) demande à devenir administrateur.");
    let formula = "'=cmd|'/c calc'!A1 x";
    assert_eq!(rows[4][4..8], ["user_suspended", &rows[4][5], formula, "bastien@vaux.example"]);
    assert!(
        rows[4][5].starts_with("Ève d’Almeida a suspendu le compte de =cmd"),
        "not at the start: {:?}",
        rows[4]
    );
    let rights = "Consultation des prêts\u{a0}: agir";
    assert_eq!(rows[5][8..], ["utilisateur", rights, "Ève d’Almeida", "", ""]);
    assert!(rows.iter().flatten().all(|cell| !cell.contains(['{', '}'])), "{rows:?}");
    let english = table(&visitor.get("/api/organisation/journal.csv?lang=en").await);
    assert_eq!(english[1][5], "Ève d’Almeida (eve@vaux.example) asks to become an administrator.");
    assert_eq!(english[1][4], rows[1][4], "the code is the same in every language");
}

#[tokio::test]
async fn another_organisations_journal_is_not_told() {
    let house = House::open().await;
    let mut visitor = house.administrator().await;
    let client = house.client(DIRECTOR).await.id;
    let details = Details::from([("name".to_owned(), "Secret".to_owned())]);
    append(house.state.store().write(), BANK, client, house.now(), "user_removed", &details)
        .await
        .expect("written");
    let told = visitor.get("/api/organisation/journal").await.body;
    assert!(!told.to_string().contains("Secret"), "{told}");
    let file = visitor.get("/api/organisation/journal.csv").await;
    assert!(table(&file).iter().flatten().all(|cell| cell != "Secret"));
    assert_eq!(file.body, Value::Null);
}
