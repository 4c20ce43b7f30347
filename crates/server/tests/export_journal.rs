//! Journals of client organisations written as a table by the program as it is started (A9).

#![expect(clippy::expect_used, reason = "a test that can't go on has failed")]

use std::process::{Command, Output, Stdio};

use jiff::Timestamp;
use palier_domain::values::{ClientNumber, PostalAddress, ReferenceFormat};
use palier_server::store::clients::{self, NewClient};
use palier_server::store::{Store, journal};
use tempfile::TempDir;

const BANK: &str = "prets";
const PORTAL: &str = include_str!("../../../demo/prets.toml");

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join("palier.db").display())
}

/// Organisations, the first two of which have a journal.
async fn bank() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("prets.toml"), PORTAL).expect("written");
    std::fs::write(folder.path().join("palier.toml"), "listen = \"127.0.0.1:0\"\n").expect("written");
    let store = Store::open(&url(&folder)).await.expect("a store");
    store.migrate().await.expect("migrated");
    let now: Timestamp = "2026-11-21T09:30:00Z".parse().expect("a time");
    for (digits, entries) in [("48213", 1), ("237517", 2), ("48214", 0)] {
        let lines = ["", "", "1 place de l’Hôtel-de-Ville", "", "", "02100 SAINT-QUENTIN"];
        let client = NewClient {
            number: ClientNumber::parse(digits, &ReferenceFormat::any()).expect("a number"),
            name: format!("=Organisme {digits}"),
            legal_form: None,
            representative: "Maire".to_owned(),
            address: PostalAddress::parse("Un organisme", lines).expect("an address"),
        };
        clients::upsert_many(store.write(), BANK, std::slice::from_ref(&client), now).await.expect("kept");
        let id =
            clients::by_number(store.read(), BANK, &client.number).await.expect("read").expect("a client").id;
        for _ in 0..entries {
            let detail = |(name, text): (&str, &str)| (name.to_owned(), text.to_owned());
            let details = [("letter", "C-K7TM-94PX"), ("staff", "ines@banque.example")].map(detail).into();
            journal::append(store.write(), BANK, id, now, "letter_posted", &details).await.expect("kept");
        }
    }
    folder
}

fn export(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palier"))
        .args(["export", "journal", "--portal", BANK])
        .args(arguments)
        .arg("--config")
        .arg(folder.path())
        .env_clear()
        .env("PALIER_DATABASE_URL", url(folder))
        .env("PALIER_SMTP_URL", format!("file://{}", folder.path().join("mails").display()))
        .stdin(Stdio::null())
        .output()
        .expect("started")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn all_journals_or_one() {
    let folder = bank().await;
    let all = export(&folder, &[]);
    assert!(all.status.success(), "{}", text(&all.stderr));
    assert!(text(&all.stderr).contains("3 entrée(s)"), "{}", text(&all.stderr));
    let line = |digits: &str, number: u8| {
        format!(
            "{digits};'=Organisme {digits};{number};2026-11-21T09:30:00Z;letter_posted;\
             Le courrier C-K7TM-94PX est remis à la poste par le service d'exploitation.;;;;;\
             le service d'exploitation;C-K7TM-94PX;;ines@banque.example"
        )
    };
    let table = text(&all.stdout);
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(rows, [line("237517", 1), line("237517", 2), line("48213", 1)]);

    let file = folder.path().join("journal.csv").display().to_string();
    let one = export(&folder, &["--client", "48213", "--out", &file]);
    assert!(one.status.success(), "{}", text(&one.stderr));
    assert_eq!(text(&one.stdout), "");
    let table = std::fs::read_to_string(&file).expect("written");
    assert_eq!(table.lines().skip(1).collect::<Vec<_>>(), [line("48213", 1)]);
}

#[tokio::test]
async fn an_unknown_organisation_and_the_options_of_others_are_refused() {
    let folder = bank().await;
    for (arguments, said) in [
        (["--client", "99999"], "has no client organisation 99999"),
        (["--client", "x"], "has no client organisation x"),
        (["--state", "member"], "--state is for memberships"),
    ] {
        let refused = export(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
        assert!(text(&refused.stderr).contains(said), "{}", text(&refused.stderr));
    }
}
