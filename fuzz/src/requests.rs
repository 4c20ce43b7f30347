//! Requests as they come from outside, in text as HTTP/1 writes them: `METHOD PATH`, headers, an empty line, a body. `@tenant` in a header is
//! the cookie of somebody signed in. Whatever comes, the server answers, never with an error of its own, and always with the
//! headers that browsers are to be told.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use http_body_util::BodyExt as _;
use jiff::SignedDuration;
use palier_domain::values::{Email, LoginIdentifier, Password};
use palier_server::clock::FixedClock;
use palier_server::config::{Environment, load};
use palier_server::entropy::{Entropy, SeededEntropy};
use palier_server::http::assets::Site;
use palier_server::http::pages::Pages;
use palier_server::http::state::{AppState, OutboxSignal, Parts};
use palier_server::passwords::Passwords;
use palier_server::store::Store;
use palier_server::store::accounts::{self, NewAccount};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const PASSWORD: &str = "tram Bleu 47 Vigne";

struct House {
    runtime: Runtime,
    app: Router,
    clock: Arc<FixedClock>,
    cookie: String,
    _folder: tempfile::TempDir,
}

async fn open(folder: &Path, clock: Arc<FixedClock>) -> (Router, String) {
    let database_url = format!("sqlite://{}/palier.db?mode=rwc", folder.display());
    let environment = Environment {
        public_url: Some("http://127.0.0.1:8080".to_owned()),
        database_url: Some(database_url.clone()),
        smtp_url: Some(format!("file://{}/mails", folder.display())),
        ..Environment::default()
    };
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("demo"))
        .find(|demo| demo.is_dir());
    let loaded = load(&demo.expect("the demonstration"), &environment, &|_| true).expect("its configuration");
    let store = Store::open(&database_url).await.expect("a database");
    store.migrate().await.expect("its tables");
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let passwords = Passwords::new(Arc::clone(&entropy));
    let account = NewAccount {
        portal: "extranet".to_owned(),
        lease_id: None,
        email: Some(Email::parse("marie@exemple.fr").expect("an address")),
        email_shared: false,
        identifier: LoginIdentifier::from_random([29; 8]),
        password_hash: passwords.hash(&Password::given(PASSWORD)).await.expect("a hash"),
        password_until: None,
        first_name: None,
        surname: "Lefèvre".to_owned(),
        language: "fr".to_owned(),
        now: clock_now(&clock),
    };
    accounts::insert(store.write(), account).await.expect("an account");
    let state = AppState::new(Parts {
        pages: Pages::new(Site::embedded(), &loaded.config.portals),
        config: loaded.config,
        texts: loaded.texts,
        documents: loaded.documents,
        store,
        passwords,
        clock,
        demo_clock: None,
        entropy,
        outbox: OutboxSignal::default(),
    });
    palier_server::account::keep_terms(&state).await.expect("the terms kept");
    let app = palier_server::http::app(state);
    let body = format!(r#"{{"login":"marie@exemple.fr","password":"{PASSWORD}"}}"#);
    let text =
        format!("POST /extranet/api/account/session\ncontent-type: application/json\nx-palier: 1\n\n{body}");
    let request = read(text.as_bytes(), "").expect("a request");
    let answer = app.clone().oneshot(request).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"]
        .to_str()
        .expect("text")
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned();
    (app, cookie)
}

fn clock_now(clock: &FixedClock) -> jiff::Timestamp {
    palier_server::clock::Clock::now(clock)
}

/// A request as its text says; none when it can't be one.
fn read(data: &[u8], cookie: &str) -> Option<Request<Body>> {
    let end = data.windows(2).position(|two| two == b"\n\n");
    let (head, body) = end.map_or((data, &b""[..]), |end| (&data[..end], &data[end + 2..]));
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = std::str::from_utf8(lines.next()?).ok()?;
    let (method, path) = first.split_once(' ')?;
    let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).ok()?).uri(path);
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let value = line[colon + 1..].trim_ascii();
        let value = if value == b"@tenant" { cookie.as_bytes() } else { value };
        request = request.header(&line[..colon], value);
    }
    if !request.headers_ref()?.contains_key("sec-fetch-site") {
        // Otherwise most of what is tried would be refused for its origin alone.
        request = request.header("sec-fetch-site", "same-origin");
    }
    request
        .header("host", "127.0.0.1:8080")
        .extension(ConnectInfo(SocketAddr::from(([203, 0, 113, 7], 40_000))))
        .body(Body::from(body.to_vec()))
        .ok()
}

/// Tries one input.
pub fn check(data: &[u8]) {
    thread_local! {
        static HOUSE: House = {
            let folder = tempfile::tempdir().expect("a folder");
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            let clock = Arc::new(FixedClock::new("2026-11-22T08:00:00Z".parse().expect("a moment")));
            let (app, cookie) = runtime.block_on(open(folder.path(), clock.clone()));
            House { runtime, app, clock, cookie, _folder: folder }
        };
    }
    HOUSE.with(|house| {
        let Some(request) = read(data, &house.cookie) else { return };
        let (method, path) = (request.method().clone(), request.uri().clone());
        // What is counted is forgotten in time, as it is for people.
        house.clock.advance(SignedDuration::from_secs(1));
        let (status, headers, body) = house.runtime.block_on(async {
            let answer = house.app.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = answer.into_parts();
            let body = body.collect().await.expect("a whole body").to_bytes();
            (parts.status, parts.headers, body)
        });
        assert!(status.as_u16() < 500, "{method} {path}: {status} {}", String::from_utf8_lossy(&body));
        assert!(headers.contains_key("x-content-type-options"), "{method} {path}: {headers:?}");
        let told = headers.get("content-type").is_some_and(|kind| kind == "application/problem+json");
        if told && method != Method::HEAD {
            let problem: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
            assert!(problem["code"].is_string(), "{problem}");
        }
    });
}
