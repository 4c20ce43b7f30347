//! The journal of a desk written as a table by the program as it is started (P7).

#![expect(clippy::expect_used, reason = "a test that can't go on has failed")]

use std::process::{Command, Output, Stdio};

use jiff::Timestamp;
use palier_server::store::Store;
use palier_server::store::desk_journal::{self, Act};
use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;

const PORTAL: &str = include_str!("../../../demo/prets.toml");

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join("palier.db").display())
}

/// An office's portal: a bank's, with partners in the place of client organisations.
async fn office() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let start = PORTAL.split("\n[onboarding]").next().expect("a portal");
    std::fs::write(folder.path().join("prets.toml"), format!("{start}\n[partners]\n")).expect("written");
    std::fs::write(folder.path().join("palier.toml"), "listen = \"127.0.0.1:0\"\n").expect("written");
    let store = Store::open(&url(&folder)).await.expect("a store");
    store.migrate().await.expect("migrated");
    let now: Timestamp = "2026-11-21T09:30:00Z".parse().expect("a time");
    for (kind, subject) in [("searched", "07802700750001 07802700750002"), ("by_mail", "07802700750001")] {
        let act = Act { staff: "ines@caisse.example", kind, subject };
        desk_journal::append(store.write(), "prets", now, act).await.expect("kept");
    }
    (folder, store)
}

fn palier(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palier"))
        .args(arguments)
        .args(["--portal", "prets", "--config"])
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
async fn every_look_and_act_is_written_out() {
    let (folder, store) = office().await;
    let whole = palier(&folder, &["export", "desk-journal"]);
    assert!(whole.status.success(), "{}", text(&whole.stderr));
    let table = text(&whole.stdout);
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[0].contains("compte") && lines[2].contains("2026-11-21 10:30:00"), "{table}");
    assert!(lines[2].contains("ines@caisse.example") && lines[2].contains("by_mail"), "{table}");
    assert!(!table.contains('!'), "{table}");
    let change = "UPDATE desk_journal SET subject = '07802700750009' WHERE number = 2";
    store.write().execute_unprepared(change).await.expect("changed");
    let changed = palier(&folder, &["export", "desk-journal"]);
    assert!(text(&changed.stdout).lines().nth(2).expect("the entry").contains('!'));
    let refused = palier(&folder, &["export", "desk-journal", "--client", "48213"]);
    assert!(!refused.status.success());
}

#[tokio::test]
async fn a_portal_of_partners_has_a_desk() {
    let (folder, _) = office().await;
    let added = palier(&folder, &["operator", "add", "ines@caisse.example", "--role", "support"]);
    assert!(added.status.success(), "{}", text(&added.stderr));
    assert!(text(&added.stdout).contains("/guichet/bienvenue#"), "{}", text(&added.stdout));
}
