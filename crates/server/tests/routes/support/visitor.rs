use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::forms::Tenant;
use super::house::House;

/// Somebody with a browser: an address, cookies, a portal.
#[derive(Clone)]
pub(crate) struct Visitor {
    app: Router,
    portal: &'static str,
    address: SocketAddr,
    pub(crate) cookies: BTreeMap<String, String>,
    headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    /// Its size, as sent.
    pub(crate) length: usize,
    /// The body, when it isn't JSON.
    pub(crate) bytes: Vec<u8>,
}

impl Visitor {
    pub(super) fn new(app: Router) -> Self {
        let address = SocketAddr::from(([203, 0, 113, 7], 40_000));
        Self { app, portal: "extranet", address, cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// The same person at the other landlord's, or at the server's own addresses when that is empty.
    pub(crate) fn at(mut self, portal: &'static str) -> Self {
        self.portal = portal;
        self
    }

    /// From another address.
    pub(crate) fn from(mut self, address: &str) -> Self {
        self.address = SocketAddr::new(address.parse().expect("an address"), 40_000);
        self
    }

    /// With one more header on each request.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        self.post("/api/account/session", &json!({ "login": login, "password": password })).await
    }

    /// Sends the form of the sign-up as the submission called `name`.
    pub(crate) async fn sign_up(&mut self, tenant: &Tenant, name: &str) -> Answer {
        self.sign_up_by_key(tenant, &format!("submission-{name}")).await
    }

    /// Sends the form of the sign-up under this very idempotency key.
    pub(crate) async fn sign_up_by_key(&mut self, tenant: &Tenant, key: &str) -> Answer {
        let mut once = self.clone().with("idempotency-key", key);
        once.post("/api/tenancy/sign-ups", &tenant.form).await
    }

    pub(crate) async fn confirm(&mut self, token: &str) -> Answer {
        self.post("/api/tenancy/confirmations", &json!({ "token": token })).await
    }

    /// Asks as the portal's own pages do, and keeps the cookies that come back.
    pub(crate) async fn ask(&mut self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let body = body.map(|body| ("application/json", body.to_string()));
        self.send(method, path, body).await
    }

    /// Sends a form as browsers do by themselves.
    pub(crate) async fn fill(&mut self, path: &str, form: &str) -> Answer {
        self.send(Method::POST, path, Some(("application/x-www-form-urlencoded", form.to_owned()))).await
    }

    /// The same person, cookies and all, at another server of the house.
    pub(crate) fn returns_to(&self, house: &House) -> Self {
        Self { app: house.visitor().app, ..self.clone() }
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<(&str, String)>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(if self.portal.is_empty() { path.to_owned() } else { format!("/{}{path}", self.portal) })
            .header(header::HOST, "127.0.0.1:8080")
            .header("x-palier", "1");
        if self.headers.iter().all(|(name, _)| *name != "sec-fetch-site") {
            request = request.header("sec-fetch-site", "same-origin");
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = match body {
            Some((kind, body)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(body)
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole answer").to_bytes();
        self.keep_cookies(&parts.headers);
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let length = bytes.len();
        Answer { status: parts.status, headers: parts.headers, body, length, bytes: bytes.to_vec() }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a name and a value");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    /// The code of a problem, or the empty text.
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The status and the code of a problem.
    pub(crate) fn problem(&self) -> (u16, &str) {
        (self.status.as_u16(), self.code())
    }

    /// Fields and codes of what is wrong.
    pub(crate) fn fields(&self) -> Vec<(&str, &str)> {
        let fields = self.body["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |value: &'_ Value| value.as_str().map(str::to_owned).unwrap_or_default();
        assert!(fields.iter().all(|field| !text(&field["code"]).is_empty()));
        fields
            .iter()
            .map(|it| (it["name"].as_str().unwrap_or(""), it["code"].as_str().unwrap_or("")))
            .collect()
    }

    /// What a stranger could compare: everything but what names the request.
    pub(crate) fn outside(&self) -> (u16, Vec<(String, String)>, Value) {
        let headers = self.headers.iter().filter(|(name, _)| *name != "x-request-id" && *name != "date");
        let headers = headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
        let mut body = self.body.clone();
        if let Some(body) = body.as_object_mut() {
            body.remove("request_id");
            body.remove("handle");
        }
        (self.status.as_u16(), headers, body)
    }
}
