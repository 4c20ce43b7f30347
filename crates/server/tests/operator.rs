//! The command `palier operator`: who may come to the desk.

#![expect(clippy::expect_used, reason = "a test says what went wrong by failing where it does")]

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const BANK: &str = include_str!("../../../demo/prets.toml");
const LANDLORD: &str = include_str!("../../../demo/extranet.toml");

/// What a run of the program said.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    error: String,
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let palier = "listen = \"127.0.0.1:0\"\npublic_url = \"https://palier.example\"\n";
    for (name, text) in [("prets.toml", BANK), ("rives.toml", LANDLORD), ("palier.toml", palier)] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn palier(folder: &Path, arguments: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_palier"))
        .arg("operator")
        .args(arguments)
        .arg("--config")
        .arg(folder)
        .env_clear()
        .env("PALIER_DATABASE_URL", format!("sqlite://{}?mode=rwc", folder.join("palier.db").display()))
        .env("PALIER_SMTP_URL", format!("file://{}", folder.join("mails").display()))
        .stdin(Stdio::null())
        .output()
        .expect("started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: output.status.code(), out: text(&output.stdout), error: text(&output.stderr) }
}

#[test]
fn a_link_is_printed_alone_and_another_each_time() {
    let folder = folder();
    let add = ["add", "ines@banque.example", "--portal", "prets"];
    let first = palier(folder.path(), &add);
    assert_eq!(first.code, Some(0), "{first:?}");
    let token = first.out.strip_prefix("https://palier.example/prets/guichet/bienvenue#").expect("a link");
    assert_eq!(token.trim_end().len(), 43, "{first:?}");
    assert!(!first.error.contains(token.trim_end()), "{first:?}");
    assert!(first.error.contains("ines@banque.example"), "{first:?}");
    let second = palier(folder.path(), &add);
    assert_eq!(second.code, Some(0), "{second:?}");
    assert_ne!(first.out, second.out);
}

#[test]
fn staff_are_listed_and_sent_away() {
    let folder = folder();
    let portal = ["--portal", "prets"];
    let run = |arguments: &[&str]| palier(folder.path(), &[arguments, &portal].concat());
    let nobody = run(&["list"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (Some(0), ""), "{nobody:?}");
    assert_eq!(run(&["add", "sami@banque.example", "--role", "support"]).code, Some(0));
    assert_eq!(run(&["add", "ines@banque.example"]).code, Some(0));
    let listed = run(&["list"]);
    let lines: Vec<Vec<&str>> =
        listed.out.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines.len(), 2, "{listed:?}");
    assert_eq!(lines[0][..4], ["ines@banque.example", "-", "operator", "invited"]);
    assert_eq!(lines[1][..4], ["sami@banque.example", "-", "support", "invited"]);
    assert_eq!(run(&["remove", "SAMI@banque.example"]).code, Some(0));
    let again = run(&["remove", "sami@banque.example"]);
    assert_eq!(again.code, Some(1));
    assert!(again.error.contains("sami@banque.example"), "{again:?}");
    assert_eq!(run(&["list"]).out.lines().count(), 2);
}

#[test]
fn what_cant_be_is_said() {
    let folder = folder();
    let unclear = palier(folder.path(), &["list"]);
    assert_eq!(unclear.code, Some(1));
    assert!(unclear.error.contains("--portal"), "{unclear:?}");
    let address = palier(folder.path(), &["add", "ines", "--portal", "prets"]);
    assert_eq!(address.code, Some(2), "{address:?}");
    assert!(!folder.path().join("palier.db").exists());
}

#[test]
fn a_landlord_has_a_desk_too() {
    let folder = folder();
    let added = palier(folder.path(), &["add", "ines@rives.example", "--portal", "extranet"]);
    assert_eq!(added.code, Some(0), "{added:?}");
    assert!(added.out.contains("/extranet/guichet/bienvenue#"), "{added:?}");
}
