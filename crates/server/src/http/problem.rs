//! What a request that isn't answered as asked is answered with.

use std::fmt::Display;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use palier_domain::problem::{Data, FieldProblem};
use palier_domain::wire::{Problem, code};
use serde_json::Value;

use super::request_id;
use crate::passwords::Busy;
use crate::store::StoreError;

/// Why a request isn't answered as asked; becomes `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    fields: Vec<FieldProblem>,
    data: Data,
}

impl ApiError {
    /// An error of this status and code, one of [`palier_domain::wire::code`].
    pub const fn code(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, fields: Vec::new(), data: Data::new() }
    }

    /// 422: fields are wrong.
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        Self { fields, ..Self::code(StatusCode::UNPROCESSABLE_ENTITY, code::INVALID) }
    }

    /// 422: one field is wrong.
    pub fn invalid_field(field: FieldProblem) -> Self {
        Self::invalid(vec![field])
    }

    /// 429: too many requests of this kind; one may try again in so many minutes.
    pub fn too_many(minutes: u64) -> Self {
        Self::code(StatusCode::TOO_MANY_REQUESTS, code::TOO_MANY)
            .with("minutes", minutes)
            .with("retry_after_seconds", minutes * 60)
    }

    /// 503: too busy just now, trying again soon is right.
    pub fn busy() -> Self {
        Self::code(StatusCode::SERVICE_UNAVAILABLE, code::BUSY).with("retry_after_seconds", 2)
    }

    /// 404: no such thing, or one of another portal.
    pub const fn not_found() -> Self {
        Self::code(StatusCode::NOT_FOUND, code::NOT_FOUND)
    }

    /// 405: the address exists, but not for this method.
    pub const fn method() -> Self {
        Self::code(StatusCode::METHOD_NOT_ALLOWED, super::codes::METHOD)
    }

    /// 400: the request isn't understood.
    pub const fn malformed() -> Self {
        Self::code(StatusCode::BAD_REQUEST, code::MALFORMED)
    }

    /// 500: our fault. The cause is logged here, under the request's name, and goes no further.
    pub fn internal(cause: &(impl Display + ?Sized)) -> Self {
        // `{:#}` gives an error with its causes where the type knows them.
        tracing::error!(cause = format!("{cause:#}"), "a request failed");
        Self::code(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL)
    }

    /// Adds a value that the text of the error needs; `retry_after_seconds` becomes a header too.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }

    /// The status it is answered with.
    pub const fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

impl From<Busy> for ApiError {
    fn from(_: Busy) -> Self {
        Self::busy()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let retry = self.data.get("retry_after_seconds").and_then(Value::as_u64);
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: self.status.canonical_reason().unwrap_or_default().to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            request_id: request_id::current(),
            fields: self.fields,
            data: self.data,
        };
        // Texts, numbers and lists of them always have a JSON form.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
