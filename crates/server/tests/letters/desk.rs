//! A database with letters, and the program as its operator starts it.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;
use palier_domain::values::{ClientNumber, Email, LetterCode, PostalAddress, ReferenceFormat};
use palier_server::store::clients::{self, NewClient};
use palier_server::store::designations::{self, NewDesignation};
use palier_server::store::letters::{self, Letter, NewLetter};
use palier_server::store::{Store, journal, outbox};
use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;

pub(crate) const BANK: &str = "prets";
const PORTAL: &str = include_str!("../../../../demo/prets.toml");
pub(crate) const REFERENCES: [&str; 3] = ["C-K7TM-94PX", "C-C7TM-94PY", "C-Z7TM-94PZ"];

/// A database with organisations whose first administrators wait for letters.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
}

impl Desk {
    pub(crate) async fn open(letters: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("prets.toml"), PORTAL).expect("written");
        std::fs::write(folder.path().join("palier.toml"), "listen = \"127.0.0.1:0\"\n").expect("written");
        let store = Store::open(&url(&folder)).await.expect("a store");
        store.migrate().await.expect("migrated");
        let desk = Self { folder, store };
        for (number, reference) in (1..).zip(&REFERENCES[..letters]) {
            desk.ask(number, reference).await;
        }
        desk
    }

    /// An organisation and the letter that it waits for.
    pub(crate) async fn ask(&self, number: u32, reference: &str) {
        let conn = self.store.write();
        let name = format!("Organisme {number}");
        let lines = ["", "", "1 place de l’Hôtel-de-Ville", "", "", "02100 SAINT-QUENTIN"];
        let client = NewClient {
            number: ClientNumber::parse(&(23_000 + number).to_string(), &ReferenceFormat::any())
                .expect("a number"),
            legal_form: None,
            representative: "Maire".to_owned(),
            address: PostalAddress::parse(&name, lines).expect("an address"),
            name,
        };
        let now: Timestamp = "2026-11-21T09:30:00Z".parse().expect("a time");
        clients::upsert_many(conn, BANK, std::slice::from_ref(&client), now).await.expect("kept");
        let client_id =
            clients::by_number(conn, BANK, &client.number).await.expect("read").expect("a client").id;
        let designation = NewDesignation {
            portal: BANK.to_owned(),
            client_id,
            first_name: "Aïcha".to_owned(),
            surname: "Le Goff".to_owned(),
            email: Email::parse(&format!("aicha{number}@exemple.fr")).expect("an address"),
            language: "fr".to_owned(),
            terms_version: "1".to_owned(),
            terms_sha256: "0".repeat(64),
            consented_at: now,
            objection_until: None,
            now,
        };
        let designation_id = designations::insert(conn, designation).await.expect("kept");
        let reference = reference.to_owned();
        let letter = NewLetter { portal: BANK.to_owned(), client_id, designation_id, reference, now };
        letters::insert(conn, letter).await.expect("kept");
        let asked = journal::Details::from([("email".to_owned(), format!("aicha{number}@exemple.fr"))]);
        journal::append(conn, BANK, client_id, now, "designation_asked", &asked).await.expect("kept");
    }

    pub(crate) fn palier(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_palier"))
            .args(arguments)
            .arg("--config")
            .arg(self.folder.path())
            .env_clear()
            .env("PALIER_DATABASE_URL", url(&self.folder))
            .env("PALIER_SMTP_URL", format!("file://{}", self.file("mails").display()))
            .stdin(Stdio::null())
            .output();
        Said::from(output.expect("started"))
    }

    pub(crate) fn print(&self, name: &str) -> Said {
        self.palier(&["letters", "print", "--out", &self.file(name).display().to_string()])
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) async fn letter(&self, reference: &str) -> Letter {
        let found = letters::by_reference(self.store.read(), BANK, reference).await.expect("read");
        found.expect("a letter")
    }

    pub(crate) async fn waiting_mails(&self) -> u64 {
        outbox::counts(self.store.read()).await.expect("counted").waiting
    }

    pub(crate) async fn change(&self, sql: &str) {
        let changed = self.store.write().execute_unprepared(sql).await.expect("changed");
        assert_eq!(changed.rows_affected(), 1, "{sql}");
    }
}

pub(crate) fn url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join("palier.db").display())
}

/// What the program said when it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), error: text(&output.stderr) }
    }
}

impl Said {
    /// It did all that it was asked for.
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// It couldn't do all of it.
    pub(crate) fn refused(self) -> Self {
        assert_eq!(self.code, Some(1), "{self:?}");
        self
    }

    pub(crate) fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

/// The words of a PDF without white space.
pub(crate) fn words(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("text");
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// The codes in it, as a reader of the paper would type them.
pub(crate) fn codes(words: &str) -> Vec<LetterCode> {
    let characters: Vec<char> = words.chars().collect();
    let shown = characters.windows(17).map(|window| window.iter().collect::<String>());
    let read = |shown: String| LetterCode::parse(&shown).ok().filter(|code| code.reveal_in_groups() == shown);
    shown.filter_map(read).collect()
}
