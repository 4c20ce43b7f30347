use std::time::Duration;

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::task::spawn_local;
use palier_domain::problem::Data;
use palier_domain::reading::Read as _;
use palier_domain::wire::{IDEMPOTENCY_HEADER, Problem, REQUEST_HEADER, code};
use serde::Serialize;
use serde_json::Value;
use web_sys::AbortController;

use super::Contacts;
use crate::{dom, json};

/// Why a request didn't do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server said why.
    Refused(Problem),
    /// No answer: off line, too slow, or the server is away. It may have been done all the same.
    Lost,
}

/// What came of a request: what the server said, null when it only said that it worked.
pub type Answer = Result<Value, Failure>;

impl Failure {
    /// The problem's code; empty when there was no answer.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(problem) => &problem.code,
            Self::Lost => "",
        }
    }
}

/// A request.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    path: String,
    body: Option<String>,
    key: Option<String>,
}

impl Call {
    /// Asks for something.
    pub fn get(path: &str) -> Self {
        Self { method: Method::GET, path: path.to_owned(), body: None, key: None }
    }

    /// Ends something.
    pub fn delete(path: &str) -> Self {
        Self { method: Method::DELETE, ..Self::get(path) }
    }

    /// Sends a form that is written already.
    pub fn post(path: &str, body: String) -> Self {
        Self { method: Method::POST, body: Some(body), ..Self::get(path) }
    }

    /// Sends a form.
    pub fn form(path: &str, form: &impl Serialize) -> Self {
        // Our forms are texts and boxes: they can always be written.
        Self::post(path, serde_json::to_string(form).unwrap_or_default())
    }

    #[cfg(any(feature = "account", feature = "office"))]
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Names the submission, so that sending it twice does it once.
    pub fn named(self, key: String) -> Self {
        Self { key: Some(key), ..self }
    }
}

/// The server of one portal.
#[derive(Clone, Debug)]
pub struct Api {
    base: &'static str,
    /// When it was spoken to by who is signed in.
    pub contacts: Contacts,
    /// When it was spoken to by who is at the desk.
    #[cfg(feature = "office")]
    pub desk_contacts: Contacts,
}

/// How long an answer is waited for. A slow phone network takes a few seconds; a person gives up after some more.
const PATIENCE: Duration = Duration::from_secs(20);
/// Requests below this path prolong the session.
const SESSION: &str = "/account/session";
/// All requests below this path prolong the session at the desk.
#[cfg(feature = "office")]
const DESK: &str = "/desk/";

impl Api {
    /// The API below a portal's base.
    pub fn new(base: &'static str) -> Self {
        Self {
            base,
            contacts: Contacts::new(base, "palier"),
            #[cfg(feature = "office")]
            desk_contacts: Contacts::new(base, "guichet"),
        }
    }

    /// Sends a request; `then` is called with what came of it, even when the page has changed meanwhile.
    pub fn send(&'static self, call: Call, then: impl FnOnce(Answer) + 'static) {
        self.send_boxed(call, Box::new(then));
    }

    fn send_boxed(&'static self, call: Call, then: Box<dyn FnOnce(Answer)>) {
        let session = self.prolonged(&call.path);
        spawn_local(async move {
            let patience = AbortController::new().ok();
            let clock = patience.clone().and_then(|patience| dom::after(PATIENCE, move || patience.abort()));
            let answer = self.ask(call, patience).await;
            clock.as_ref().map(TimeoutHandle::clear);
            if answer != Err(Failure::Lost) {
                session.map(Contacts::spoke);
            }
            then(answer);
        });
    }

    /// Whose session a request to this path prolongs.
    pub(super) fn prolonged(&'static self, path: &str) -> Option<&'static Contacts> {
        #[cfg(feature = "office")]
        if path.starts_with(DESK) {
            return Some(&self.desk_contacts);
        }
        path.starts_with(SESSION).then_some(&self.contacts)
    }

    async fn ask(&self, call: Call, patience: Option<AbortController>) -> Answer {
        let response = self.request(call, patience.as_ref())?.send().await.map_err(lost)?;
        receive(&response, &response.text().await.map_err(lost)?)
    }

    pub(super) fn request(&self, call: Call, patience: Option<&AbortController>) -> Result<Request, Failure> {
        let Call { method, path, body, key } = call;
        let signal = patience.map(AbortController::signal);
        let mut request = RequestBuilder::new(&format!("{}/api{path}", self.base))
            .method(method)
            .header("accept", "application/json")
            .header(REQUEST_HEADER, "1")
            .abort_signal(signal.as_ref());
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY_HEADER, &key);
        }
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body),
            None => request.build(),
        };
        request.map_err(lost)
    }
}

pub(super) fn lost(_: gloo_net::Error) -> Failure {
    Failure::Lost
}

pub(super) fn receive(response: &Response, text: &str) -> Answer {
    let said = json::parse(text);
    if response.ok() {
        return Ok(said.unwrap_or_default());
    }
    Err(Failure::Refused(
        said.and_then(|said| Problem::read(&said)).unwrap_or_else(|| unsaid(response.status())),
    ))
}

/// What a refusal means that isn't the API's own (a proxy's page, say): a fault of ours in the person's eyes.
fn unsaid(status: u16) -> Problem {
    let code = if (502..=504).contains(&status) { code::BUSY } else { code::INTERNAL };
    Problem {
        kind: "about:blank".to_owned(),
        title: String::new(),
        status,
        code: code.to_owned(),
        request_id: String::new(),
        fields: Vec::new(),
        data: Data::new(),
    }
}
