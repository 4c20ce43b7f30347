//! Letters as their operator handles them, with the program as it is started (A4), and journals checked by it (A9).

#![expect(clippy::expect_used, reason = "a test that can't go on has failed")]

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;
use palier_domain::values::{ClientNumber, Email, LetterCode, PostalAddress, ReferenceFormat};
use palier_server::store::clients::{self, NewClient};
use palier_server::store::designations::{self, NewDesignation};
use palier_server::store::letters::{self, Ending, Letter, NewLetter};
use palier_server::store::{Store, journal, outbox};
use sea_orm::ConnectionTrait as _;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const BANK: &str = "prets";
const PORTAL: &str = include_str!("../../../demo/prets.toml");
const REFERENCES: [&str; 3] = ["C-K7TM-94PX", "C-C7TM-94PY", "C-Z7TM-94PZ"];

/// A database with organisations whose first administrators wait for letters.
struct Desk {
    folder: TempDir,
    store: Store,
}

impl Desk {
    async fn open(letters: usize) -> Self {
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
    async fn ask(&self, number: u32, reference: &str) {
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

    fn palier(&self, arguments: &[&str]) -> Said {
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

    fn print(&self, name: &str) -> Said {
        self.palier(&["letters", "print", "--out", &self.file(name).display().to_string()])
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn letter(&self, reference: &str) -> Letter {
        let found = letters::by_reference(self.store.read(), BANK, reference).await.expect("read");
        found.expect("a letter")
    }

    async fn waiting_mails(&self) -> u64 {
        outbox::counts(self.store.read()).await.expect("counted").waiting
    }

    async fn change(&self, sql: &str) {
        let changed = self.store.write().execute_unprepared(sql).await.expect("changed");
        assert_eq!(changed.rows_affected(), 1, "{sql}");
    }
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join("palier.db").display())
}

/// What the program said when it ended.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    error: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), error: text(&output.stderr) }
    }
}

impl Said {
    /// It did all that it was asked for.
    fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// It couldn't do all of it.
    fn refused(self) -> Self {
        assert_eq!(self.code, Some(1), "{self:?}");
        self
    }

    fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

/// The words of a PDF without white space.
fn words(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("text");
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// The codes in it, as a reader of the paper would type them.
fn codes(words: &str) -> Vec<LetterCode> {
    let characters: Vec<char> = words.chars().collect();
    let shown = characters.windows(17).map(|window| window.iter().collect::<String>());
    let read = |shown: String| LetterCode::parse(&shown).ok().filter(|code| code.reveal_in_groups() == shown);
    shown.filter_map(read).collect()
}

#[tokio::test]
async fn what_waits_is_printed_once_into_a_file_for_the_operator_only() {
    let desk = Desk::open(2).await;
    let printed = desk.print("one.pdf").done();
    assert_eq!(printed.lines(), REFERENCES[..2]);
    assert!(printed.error.starts_with("2 courrier(s) imprimé(s)"), "{}", printed.error);
    assert!(!printed.error.contains("attendent encore"), "{}", printed.error);
    let pdf = std::fs::read(desk.file("one.pdf")).expect("the file");
    let words = words(&pdf);
    let found = codes(&words);
    assert_eq!(found.len(), 2, "{words}");
    for (reference, code) in REFERENCES[..2].iter().zip(&found) {
        assert!(words.contains(&format!("Référencedececourrier{reference}")), "{reference}: {words}");
        let kept = desk.letter(reference).await.code_hash.expect("printed");
        assert_eq!(kept, Sha256::digest(code.reveal()).to_vec(), "the paper of {reference} has its own code");
        for said in [&printed.out, &printed.error] {
            assert!(!said.contains(code.reveal()) && !said.contains(&code.reveal_in_groups()), "{said}");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = std::fs::metadata(desk.file("one.pdf")).expect("the file");
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }

    let nothing = desk.print("two.pdf").done();
    assert_eq!((nothing.out.as_str(), nothing.error.trim()), ("", "Aucun courrier n'attend d'être imprimé."));
    assert!(!desk.file("two.pdf").exists());

    // What is in a file that is there already is nowhere else.
    desk.ask(3, REFERENCES[2]).await;
    let refused = desk.print("one.pdf").refused();
    assert!(refused.error.contains("existe déjà"), "{}", refused.error);
    assert!(std::fs::read(desk.file("one.pdf")).expect("the file") == pdf, "left alone");
    let refused = desk.print("nowhere/three.pdf").refused();
    assert!(refused.error.contains("three.pdf"), "{}", refused.error);
    assert_eq!(desk.letter(REFERENCES[2]).await.code_hash, None, "waits still");
    assert_eq!(desk.print("three.pdf").done().lines(), [REFERENCES[2]]);
}

#[tokio::test]
async fn what_is_too_much_for_one_file_waits_for_the_next_one() {
    let desk = Desk::open(0).await;
    for number in 1..=201 {
        desk.ask(number, &format!("C-2222-{}", 2222 + number)).await;
    }
    let first = desk.print("one.pdf").done();
    assert_eq!(first.lines().len(), 200);
    assert!(first.error.contains("1 courrier(s) attendent encore"), "{}", first.error);
    assert_eq!(desk.print("two.pdf").done().lines(), ["C-2222-2423"]);
}

#[tokio::test]
async fn the_list_tells_everything_but_codes() {
    let desk = Desk::open(3).await;
    desk.print("one.pdf").done();
    desk.palier(&["letters", "posted", REFERENCES[1]]).done();
    desk.palier(&["letters", "returned", REFERENCES[2]]).done();

    let all = desk.palier(&["letters", "list"]).done();
    let rows: Vec<Vec<&str>> = all.lines().iter().map(|line| line.split_whitespace().collect()).collect();
    let [head, rows @ ..] = rows.as_slice() else { panic!("{}", all.out) };
    assert_eq!(head.first(), Some(&"référence"));
    for (row, (reference, state)) in rows.iter().zip(REFERENCES.iter().zip(["printed", "posted", "returned"]))
    {
        assert_eq!(row[..3], [*reference, state, "2026-11-21"], "{}", all.out);
        assert_eq!(row[4] == "-", state != "posted", "{}", all.out);
    }
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][6..], ["23001", "Organisme", "1"]);
    let counts = "asked : 0, printed : 1, posted : 1, returned : 1, used : 0, revoked : 0";
    assert_eq!(all.error.trim(), counts);
    let printed = codes(&words(&std::fs::read(desk.file("one.pdf")).expect("the file")));
    assert_eq!(printed.len(), 3);
    for code in printed {
        assert!(!all.out.contains(code.reveal()) && !all.out.contains(&code.reveal_in_groups()));
    }

    let posted = desk.palier(&["letters", "list", "--state", "posted", "--portal", BANK]).done();
    assert_eq!(posted.lines().len(), 2, "{}", posted.out);
    assert!(posted.lines()[1].starts_with(REFERENCES[1]), "{}", posted.out);
    assert_eq!(posted.error, all.error, "counts are those of all");
}

#[tokio::test]
async fn letters_are_posted_by_reference_and_their_applicants_told() {
    let desk = Desk::open(3).await;
    let refused = desk.palier(&["letters", "posted", REFERENCES[0], "c-2222-2222", "no reference"]).refused();
    let told: Vec<&str> = refused.error.lines().collect();
    let [unprinted, unknown, unread, summary] = told.as_slice() else { panic!("{told:?}") };
    assert!(unprinted.starts_with(REFERENCES[0]) && unprinted.contains("asked"), "{unprinted}");
    assert!(unknown.starts_with("c-2222-2222") && unread.starts_with("no reference"), "{told:?}");
    assert!(summary.starts_with("0 courrier(s)"), "{summary}");
    assert_eq!(desk.waiting_mails().await, 0);

    desk.print("one.pdf").done();
    // The first one is done although the second one isn't known.
    let some = desk.palier(&["letters", "posted", "k7tm94px", "C-2222-2222", "cc7tm 94py"]).refused();
    assert_eq!(some.lines(), REFERENCES[..2]);
    assert_eq!(desk.waiting_mails().await, 2);
    assert!(desk.letter(REFERENCES[0]).await.posted_at.is_some());
    let again = desk.palier(&["letters", "posted", REFERENCES[0]]).refused();
    assert!(again.error.contains("posted"), "{}", again.error);
    assert_eq!(desk.waiting_mails().await, 2, "told once");

    assert_eq!(desk.palier(&["letters", "posted", "--all-printed"]).done().lines(), [REFERENCES[2]]);
    assert_eq!(desk.waiting_mails().await, 3);
    assert_eq!(desk.palier(&["letters", "posted", "--all-printed"]).done().out, "");
    assert_eq!(desk.palier(&["letters", "posted"]).code, Some(2), "nothing was named");
}

#[tokio::test]
async fn a_letter_that_came_back_counts_no_more_and_a_lost_one_is_printed_anew() {
    let desk = Desk::open(2).await;
    let early = desk.palier(&["letters", "lost", REFERENCES[0]]).refused();
    assert!(early.error.contains("asked"), "it waits to be printed already: {}", early.error);
    desk.print("one.pdf").done();

    let returned = desk.palier(&["letters", "returned", REFERENCES[0]]).done();
    assert_eq!(returned.lines(), [REFERENCES[0]]);
    assert_eq!(desk.waiting_mails().await, 1, "its applicant is told");
    assert!(!desk.letter(REFERENCES[0]).await.state.counts());
    desk.palier(&["letters", "returned", REFERENCES[0]]).refused();

    let old = desk.letter(REFERENCES[1]).await;
    desk.palier(&["letters", "lost", REFERENCES[1]]).done();
    assert!(desk.letter(REFERENCES[1]).await.state.is_over());
    desk.palier(&["letters", "lost", REFERENCES[1]]).refused();
    let printed = desk.print("two.pdf").done();
    let [reference] = printed.lines()[..] else { panic!("{printed:?}") };
    let new = desk.letter(reference).await;
    assert_eq!(new.designation_id, old.designation_id);
    assert_ne!((new.reference, new.code_hash), (old.reference, old.code_hash));
}

#[tokio::test]
async fn requests_are_stopped_by_reference_and_their_applicants_told() {
    let desk = Desk::open(2).await;
    desk.print("one.pdf").done();
    desk.ask(3, REFERENCES[2]).await;
    // One that is printed and one that waits.
    let some = desk.palier(&["letters", "refused", "k7tm94px", REFERENCES[2], "C-2222-2222"]).refused();
    assert_eq!(some.lines(), [REFERENCES[0], REFERENCES[2]]);
    assert!(some.error.contains("C-2222-2222") && some.error.contains("2 demande(s)"), "{}", some.error);
    assert_eq!(desk.waiting_mails().await, 2);
    assert_eq!(desk.letter(REFERENCES[0]).await.ending, Some(Ending::Refused));
    assert_eq!(desk.letter(REFERENCES[1]).await.ending, None);
    let again = desk.palier(&["letters", "refused", REFERENCES[0]]).refused();
    assert!(again.error.contains("revoked"), "{}", again.error);
    assert_eq!(desk.waiting_mails().await, 2, "told once");
    assert!(desk.palier(&["check"]).done().out.ends_with(": no fault\n"));
    assert!(desk.print("two.pdf").done().lines().is_empty(), "nothing is left to be printed");
}

#[tokio::test]
async fn the_check_tells_the_first_broken_entry_of_each_journal() {
    let desk = Desk::open(2).await;
    desk.print("one.pdf").done();
    desk.palier(&["letters", "posted", "--all-printed"]).done();
    desk.palier(&["letters", "returned", REFERENCES[0], REFERENCES[1]]).done();
    assert!(desk.palier(&["check"]).done().out.ends_with(": no fault\n"));

    let of =
        |number: u32| format!("client_id = (SELECT id FROM clients WHERE number = '{}')", 23_000 + number);
    desk.change(&format!("UPDATE journal SET details = '{{}}' WHERE number = 2 AND {}", of(1))).await;
    let one = desk.palier(&["check"]).refused();
    let [line] = one.lines()[..] else { panic!("{}", one.out) };
    assert!(line.starts_with("journal: portal prets, client 23001: entry 2 "), "{line}");

    desk.change(&format!("DELETE FROM journal WHERE number = 3 AND {}", of(2))).await;
    let both = desk.palier(&["check"]).refused();
    let [_, line] = both.lines()[..] else { panic!("{}", both.out) };
    assert!(line.starts_with("journal: portal prets, client 23002: entry 4 "), "{line}");
}

#[tokio::test]
async fn the_check_of_a_database_without_journals_makes_none() {
    let desk = Desk::open(0).await;
    desk.store.write().execute_unprepared("DROP TABLE journal").await.expect("dropped");
    assert!(desk.palier(&["check"]).done().out.ends_with(": no fault\n"));
    assert!(!desk.store.has("journal").await.expect("asked"));
}

#[tokio::test]
async fn letters_wait_until_administrators_cannot_object_any_more() {
    let desk = Desk::open(2).await;
    let first = "(SELECT designation_id FROM letters WHERE reference = 'C-K7TM-94PX')";
    // The first minute of 2100.
    desk.change(&format!("UPDATE designations SET objection_until = 4102444800 WHERE id = {first}")).await;
    let listed = desk.palier(&["letters", "list"]).done();
    assert!(listed.error.contains(REFERENCES[0]) && listed.error.contains("2100-01-01"), "{}", listed.error);
    assert!(!listed.error.contains(REFERENCES[1]), "{}", listed.error);
    let printed = desk.print("one.pdf").done();
    assert_eq!(printed.lines(), [REFERENCES[1]]);
    assert!(!printed.error.contains("attendent encore"), "{}", printed.error);
    assert!(printed.error.contains("2100-01-01"), "{}", printed.error);
    let nothing = desk.print("two.pdf").done();
    assert!(nothing.lines().is_empty() && nothing.error.contains(REFERENCES[0]), "{}", nothing.error);
}
