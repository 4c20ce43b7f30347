//! The program `palier` as it is started: faulty configurations refused, a start, a stop.

#![expect(clippy::expect_used, reason = "a test says what went wrong by failing where it does")]

mod import;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const RIVES: &str = include_str!("../../../../demo/extranet.toml");

fn folder(portal: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("rives.toml"), portal).expect("written");
    std::fs::write(folder.path().join("palier.toml"), "listen = \"127.0.0.1:0\"\n").expect("written");
    folder
}

fn palier(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palier"));
    command
        .args(arguments)
        .arg("--config")
        .arg(folder)
        .env_clear()
        .env("PALIER_DATABASE_URL", format!("sqlite://{}?mode=rwc", folder.join("palier.db").display()))
        .env("PALIER_SMTP_URL", format!("file://{}", folder.join("mails").display()))
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    palier(folder, arguments).output().expect("started")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_faulty_configuration_is_refused_by_every_command_with_its_lines() {
    let folder = folder(&RIVES.replacen("language = \"fr\"", "langue = \"fr\"", 1).replacen(
        "min_length = 8",
        "min_length = 3",
        1,
    ));
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(1));
    let faults = text(&checked.stdout);
    let line =
        |wanted: &str| 1 + RIVES.lines().position(|line| line.contains(wanted)).expect("in the sample");
    let file = folder.path().join("rives.toml").display().to_string();
    assert!(faults.contains(&format!("{file}:{}: unknown key `langue`", line("language = "))), "{faults}");
    assert!(faults.contains(&format!("{file}:{}: `min_length` must be", line("min_length = "))), "{faults}");
    assert_eq!(faults.lines().count(), 2, "{faults}");

    for arguments in [&["serve"][..], &["backup", "copy.db"], &["import", "leases", "x.csv"]] {
        let refused = run(folder.path(), arguments);
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
        assert!(text(&refused.stderr).starts_with(&faults), "{arguments:?}: {}", text(&refused.stderr));
        assert!(!folder.path().join("palier.db").exists(), "{arguments:?} touched the database");
    }
}

#[test]
fn a_right_configuration_passes_the_check_which_makes_nothing() {
    let folder = folder(RIVES);
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
    assert!(!folder.path().join("palier.db").exists());
}

#[test]
fn a_database_that_cant_be_used_is_a_fault() {
    let folder = folder(RIVES);
    std::fs::write(folder.path().join("palier.db"), "this is no database, whatever its name is")
        .expect("written");
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(text(&checked.stdout).starts_with("database_url: "), "{}", text(&checked.stdout));
    // Nothing listens on that port of this machine.
    let checked = palier(folder.path(), &["check"])
        .env("PALIER_DATABASE_URL", "postgres://palier:s3cret@127.0.0.1:1/palier")
        .output()
        .expect("started");
    assert_eq!(checked.status.code(), Some(1));
    assert!(text(&checked.stdout).starts_with("database_url: "), "{}", text(&checked.stdout));
    assert!(!text(&checked.stdout).contains("s3cret"));
}

#[test]
fn says_its_version() {
    let folder = folder(RIVES);
    let version = Command::new(env!("CARGO_BIN_EXE_palier")).arg("--version").output().expect("started");
    assert_eq!(text(&version.stdout), format!("palier {}\n", env!("CARGO_PKG_VERSION")));
    drop(folder);
}

#[cfg(unix)]
#[test]
fn a_demonstration_begins_with_samples_and_says_what_to_try() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let folder = tempfile::tempdir().expect("a folder");
    for created in [true, false] {
        let mut server = Server::spawn(&mut demonstration(folder.path(), &demo));
        let mut invitation = BufReader::new(server.child.0.stdout.take().expect("its output"));
        let mut said = String::new();
        while !said.contains("/demo/horloge") {
            assert_ne!(invitation.read_line(&mut said).expect("a line"), 0, "ended by itself: {said}");
        }
        for part in [
            "482173",
            "LEFÈVRE",
            "0048213",
            "Ndiaye",
            "1990-03-08",
            "237517",
            "07802700750001",
            "/demo/courriels",
            "/demo/courriers",
            "/demo/guichet",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(
            server.said.matches("took in a sample").count(),
            if created { 4 } else { 0 },
            "{}",
            server.said
        );
        let (code, log) = server.stop();
        assert_eq!(code, Some(0), "{log}");
    }
}

#[cfg(unix)]
fn demonstration(folder: &Path, demo: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palier"));
    command
        .arg("serve")
        .arg("--config")
        .arg(demo)
        .env_clear()
        .env("PALIER_DEMO", "1")
        .env("PALIER_LISTEN", "127.0.0.1:0")
        .env("PALIER_METRICS_LISTEN", "127.0.0.1:0")
        .env("PALIER_DATABASE_URL", format!("sqlite://{}?mode=rwc", folder.join("palier.db").display()))
        .env("PALIER_SMTP_URL", format!("file://{}", folder.join("mails").display()))
        .stdout(Stdio::piped());
    command
}

/// A process that ends with the test, also with one that fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already when all went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask_to_stop(process: &Running) {
    let asked = Command::new("kill").arg("-TERM").arg(process.0.id().to_string()).status().expect("kill");
    assert!(asked.success());
}

/// A server that has said where it listens.
struct Server {
    child: Running,
    address: String,
    log: BufReader<std::process::ChildStderr>,
    /// What it logged before it served.
    said: String,
}

impl Server {
    fn start(folder: &Path) -> Self {
        Self::spawn(palier(folder, &["serve"]).stdout(Stdio::null()))
    }

    fn spawn(command: &mut Command) -> Self {
        let mut child = Running(command.stderr(Stdio::piped()).spawn().expect("started"));
        let mut log = BufReader::new(child.0.stderr.take().expect("its log"));
        let mut read = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(log.read_line(&mut line).expect("a line"), 0, "ended by itself: {read}");
            let entry: serde_json::Value =
                serde_json::from_str(&line).expect("logs are JSON where nobody looks");
            if entry["message"] == "serving" {
                let address = entry["listen"].as_str().expect("an address").to_owned();
                return Self { child, address, log, said: read };
            }
            read.push_str(&line);
        }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// Asks it to stop; gives its exit code and the rest of its log.
    fn stop(mut self) -> (Option<i32>, String) {
        ask_to_stop(&self.child);
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).expect("its log");
        (self.child.0.wait().expect("its end").code(), rest)
    }
}

#[cfg(unix)]
#[test]
fn serves_until_it_is_asked_to_stop() {
    let folder = folder(RIVES);
    let server = Server::start(folder.path());
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    let answer = server.get("/api/documents/mentions-legales");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Habitat des Rives"), "{answer}");
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(
        log.contains("\"stopping\"") && log.trim_end().ends_with('}') && log.contains("\"stopped\""),
        "{log}"
    );
    let copied = run(folder.path(), &["backup", &folder.path().join("copy.db").display().to_string()]);
    assert_eq!(copied.status.code(), Some(0), "{}", text(&copied.stderr));
    assert!(folder.path().join("copy.db").exists());
}

/// A proxy is told before the door closes (`drain_seconds`).
#[cfg(unix)]
#[test]
fn says_that_it_leaves_while_it_still_answers() {
    let folder = folder(RIVES);
    let settings = "listen = \"127.0.0.1:0\"\ndrain_seconds = 60\n";
    std::fs::write(folder.path().join("palier.toml"), settings).expect("written");
    let server = Server::start(folder.path());
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    ask_to_stop(&server.child);
    while server.get("/readyz").starts_with("HTTP/1.1 200") {
        std::thread::yield_now();
    }
    assert!(server.get("/readyz").starts_with("HTTP/1.1 503"));
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(server.get("/api/documents/mentions-legales").starts_with("HTTP/1.1 200"));
    // Asked twice, it doesn't wait for the minute's end.
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
}

#[cfg(unix)]
#[test]
fn can_be_asked_to_stop_before_it_serves() {
    let folder = folder(RIVES);
    // A database that takes the connection and says nothing: the server is still starting.
    let database = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("postgres://palier@{}/palier", database.local_addr().expect("its address"));
    let mut command = palier(folder.path(), &["serve"]);
    let mut child = Running(
        command
            .env("PALIER_DATABASE_URL", url)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started"),
    );
    let _silent = database.accept().expect("asked");
    ask_to_stop(&child);
    let mut log = String::new();
    child.0.stderr.take().expect("its log").read_to_string(&mut log).expect("its log");
    assert_eq!(child.0.wait().expect("its end").code(), Some(0), "{log}");
    assert!(log.contains("stopped before it served"), "{log}");
}

#[cfg(unix)]
#[test]
fn a_request_under_way_is_finished_and_the_log_names_nobody() {
    let folder = folder(RIVES);
    let server = Server::start(folder.path());
    let body = r#"{"login":"somebody@exemple.fr","password":"s3cret-word"}"#;
    let mut stream = TcpStream::connect(&server.address).expect("it listens");
    write!(
        stream,
        "POST /api/account/session HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nx-palier: 1\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n",
        address = server.address,
        length = body.len(),
    )
    .expect("sent");
    // It has begun: the server asks for the body, which comes after the stop was asked for.
    let mut first = [0; 25];
    stream.read_exact(&mut first).expect("an answer");
    assert!(first.starts_with(b"HTTP/1.1 100"), "{}", text(&first));
    let stopping = std::thread::spawn(move || server.stop());
    stream.write_all(body.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let (code, log) = stopping.join().expect("stopped");
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("/api/account/session"), "{log}");
    for secret in ["somebody", "s3cret-word", "127.0.0.1"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
