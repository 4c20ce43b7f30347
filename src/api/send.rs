use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::*;
use palier_domain::problem::Data;
use palier_domain::reading::Read;
use palier_domain::wire::{IDEMPOTENCY_HEADER, Problem, REQUEST_HEADER, code};
use serde::Serialize;
use web_sys::AbortController;

use super::Contacts;
use crate::json;

/// Why a request didn't do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server said why.
    Refused(Problem),
    /// No answer: off line, too slow, or the server is away. It may have been done all the same.
    Lost,
}

impl Failure {
    /// The problem's code; empty when there was no answer.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(problem) => &problem.code,
            Self::Lost => "",
        }
    }
}

/// The server of one portal.
#[derive(Clone, Copy)]
pub struct Api {
    base: &'static str,
    /// When it was spoken to.
    pub contacts: Contacts,
}

/// How long an answer is waited for. A slow phone network takes a few seconds; a person gives up after some more.
const PATIENCE: Duration = Duration::from_secs(20);

/// Requests below this path prolong the session.
const SESSION: &str = "/account/session";

impl Api {
    /// The API below a portal's base.
    pub fn new(base: &'static str) -> Self {
        Self { base, contacts: Contacts::new(base) }
    }

    /// Asks for something.
    pub async fn get<T: Read>(self, path: &str) -> Result<T, Failure> {
        read(&self.send(Method::GET, path, None, None).await?)
    }

    /// Sends a form, for an answer that only says that it worked.
    pub async fn post(self, path: &str, form: &impl Serialize) -> Result<(), Failure> {
        let body = serde_json::to_string(form).unwrap_or_default();
        self.send(Method::POST, path, Some(body), None).await.map(drop)
    }

    /// Sends a form that is written already, for an answer to read. `key` names the submission, so that sending it
    /// twice does it once.
    pub async fn submit(self, path: &str, body: String, key: Option<&str>) -> Result<String, Failure> {
        self.send(Method::POST, path, Some(body), key).await
    }

    /// Ends something.
    pub async fn delete(self, path: &str) -> Result<(), Failure> {
        self.send(Method::DELETE, path, None, None).await.map(drop)
    }

    async fn send(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<&str>,
    ) -> Result<String, Failure> {
        let patience = AbortController::new().ok();
        let clock = patience
            .clone()
            .and_then(|patience| set_timeout_with_handle(move || patience.abort(), PATIENCE).ok());
        let signal = patience.as_ref().map(AbortController::signal);
        let mut request = RequestBuilder::new(&format!("{}/api{path}", self.base))
            .method(method)
            .header("accept", "application/json")
            .header(REQUEST_HEADER, "1")
            .abort_signal(signal.as_ref());
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY_HEADER, key);
        }
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body),
            None => request.build(),
        };
        let request = request.map_err(|_| Failure::Lost)?;
        let answer = match request.send().await {
            Ok(response) => receive(response).await,
            Err(_) => Err(Failure::Lost),
        };
        if let Some(clock) = clock {
            clock.clear();
        }
        if path.starts_with(SESSION) && answer != Err(Failure::Lost) {
            self.contacts.spoke();
        }
        answer
    }
}

async fn receive(response: Response) -> Result<String, Failure> {
    let (ok, status) = (response.ok(), response.status());
    let text = response.text().await.map_err(|_| Failure::Lost)?;
    if ok { Ok(text) } else { Err(Failure::Refused(problem(status, &text))) }
}

/// What a refusal says. One that isn't the API's own (a proxy's page) is a fault of ours in the person's eyes.
fn problem(status: u16, text: &str) -> Problem {
    read(text).unwrap_or_else(|_| Problem {
        kind: "about:blank".to_owned(),
        title: String::new(),
        status,
        code: (if status == 503 || status == 502 || status == 504 { code::BUSY } else { code::INTERNAL })
            .to_owned(),
        request_id: String::new(),
        fields: Vec::new(),
        data: Data::new(),
    })
}

/// Reads an answer. One that can't be read is as good as none.
pub(crate) fn read<T: Read>(text: &str) -> Result<T, Failure> {
    json::parse(text).and_then(|value| T::read(&value)).ok_or(Failure::Lost)
}
