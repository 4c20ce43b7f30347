//! A server with portals, pages and a database of its own, asked without a network.

#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "a test says what went wrong by failing where it does"
)]

use std::io::Read as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use palier_server::clock::FixedClock;
use palier_server::config::{Environment, Loaded, load};
use palier_server::entropy::SeededEntropy;
use palier_server::http::assets::{Asset, Site};
use palier_server::http::pages::Pages;
use palier_server::http::state::{AppState, OutboxSignal, Parts};
use palier_server::passwords::Passwords;
use palier_server::store::Store;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

pub(crate) const INDEX: &str = include_str!("../../../../index.html");
const RIVES: &str = include_str!("../../../../demo/extranet.toml");
const EKIDOM: &str = include_str!("../../../../demo/ekidom.toml");

/// A wasm of a few bytes, with a hash in its name, and a file without.
pub(crate) static ASSETS: &[Asset] = &[
    Asset {
        path: "/app-0123456789abcdef_bg.wasm",
        hash: "aaaa",
        plain: b"\0asm and more",
        brotli: Some(b"brotli bytes"),
        gzip: Some(b"gzip bytes"),
    },
    Asset { path: "/favicon.svg", hash: "bbbb", plain: b"<svg/>", brotli: None, gzip: None },
];

/// What differs between two servers here.
pub(crate) struct Plan {
    pub(crate) public_url: &'static str,
    pub(crate) files: Vec<(&'static str, String)>,
    pub(crate) common: &'static str,
    pub(crate) demo: bool,
    pub(crate) index: Option<&'static str>,
    pub(crate) tenants: Option<&'static str>,
    pub(crate) office: Option<&'static str>,
    pub(crate) account: Option<&'static str>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080",
            files: vec![("extranet.toml", RIVES.to_owned()), ("ekidom.toml", EKIDOM.to_owned())],
            common: "",
            demo: false,
            index: Some(INDEX),
            tenants: None,
            office: None,
            account: None,
        }
    }
}

impl Plan {
    /// With one portal only.
    pub(crate) fn alone() -> Self {
        Self { files: vec![("extranet.toml", RIVES.to_owned())], ..Self::default() }
    }

    /// With Ekidom on host names of its own.
    pub(crate) fn hosts() -> Self {
        let ekidom =
            EKIDOM.replacen("hosts = []", "hosts = [\"espace.ekidom.example\", \"ekidom.example\"]", 1);
        Self { files: vec![("extranet.toml", RIVES.to_owned()), ("ekidom.toml", ekidom)], ..Self::default() }
    }

    pub(crate) async fn open(self) -> Server {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in &self.files {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        std::fs::write(folder.path().join("palier.toml"), self.common).expect("written");
        let environment = Environment {
            public_url: Some(self.public_url.to_owned()),
            database_url: Some(format!("sqlite://{}?mode=rwc", folder.path().join("palier.db").display())),
            smtp_url: Some(format!("file://{}", folder.path().join("mails").display())),
            demo: self.demo,
            ..Environment::default()
        };
        let Loaded { config, texts, documents } =
            load(folder.path(), &environment, &|_| true).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let store = Store::open(&config.database_url).await.expect("a database");
        store.migrate().await.expect("its tables");
        let entropy = Arc::new(SeededEntropy::new(3));
        let site = Site {
            index: self.index,
            tenants: self.tenants,
            scheme: None,
            clients: None,
            office: self.office,
            account: self.account,
            assets: ASSETS,
        };
        let state = AppState::new(Parts {
            pages: Pages::new(site, &config.portals),
            config,
            store,
            passwords: Passwords::new(entropy.clone()),
            clock: Arc::new(FixedClock::new("2026-11-21T23:30:00Z".parse().expect("a moment"))),
            demo_clock: None,
            entropy,
            texts,
            documents,
            outbox: OutboxSignal::default(),
        });
        Server { app: palier_server::http::app(state.clone()), state, _folder: folder }
    }
}

pub(crate) struct Server {
    pub(crate) app: Router,
    pub(crate) state: AppState,
    _folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Server {
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, "").await
    }

    /// A request of our own pages.
    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        self.send(Method::POST, path, &OURS, body).await
    }
}

/// What our own pages send with every request.
pub(crate) const OURS: [(&str, &str); 3] =
    [("content-type", "application/json"), ("x-palier", "1"), ("sec-fetch-site", "same-origin")];

impl Answer {
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("no header {name}: {:?}", self.headers));
        value.to_str().expect("a text")
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// What the data block of a page carries.
    #[track_caller]
    pub(crate) fn boot(&self) -> Value {
        let text = self.text();
        let start = "<script type=\"application/json\" id=\"boot\">";
        let block = text.split_once(start).and_then(|(_, rest)| rest.split_once("</script>"));
        let (block, _) = block.unwrap_or_else(|| panic!("no data block: {text}"));
        serde_json::from_str(block).expect("JSON")
    }

    /// The body, decompressed.
    pub(crate) fn plain(&self) -> String {
        let mut text = String::new();
        let body = self.body.as_slice();
        let read = match self.header("content-encoding") {
            "br" => brotli::Decompressor::new(body, 4096).read_to_string(&mut text),
            "gzip" => flate2::read::GzDecoder::new(body).read_to_string(&mut text),
            other => panic!("{other}"),
        };
        read.expect("decompressed");
        text
    }
}
