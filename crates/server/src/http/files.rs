//! Files to keep: PDF made here.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::problem::ApiError;
use super::state::AppState;
use crate::config::PortalConfig;
use crate::documents::{TERMS, TUTORIAL, Written};
use crate::paper::Sheet;

/// What was printed for everybody, by portal, document and language: it changes with the configuration only.
#[derive(Debug, Default)]
pub(crate) struct OnPaper(Mutex<BTreeMap<(String, &'static str, &'static str), Bytes>>);

/// The terms of use of a portal as a file.
pub(crate) async fn terms(
    state: &AppState,
    portal: &PortalConfig,
    language: &'static str,
) -> Result<Bytes, ApiError> {
    let written = || state.documents().terms(portal.slug(), language);
    let edition = Some(portal.public.terms.version.clone());
    once(state, portal, (TERMS, language), written, edition).await
}

/// The tutorial of those who sign up as first of their organisation, as a file.
pub(crate) async fn tutorial(
    state: &AppState,
    portal: &PortalConfig,
    language: &'static str,
) -> Result<Bytes, ApiError> {
    let written = || state.documents().tutorial(portal.slug(), language);
    once(state, portal, (TUTORIAL, language), written, None).await
}

/// Prints a document the first time that it is asked for.
async fn once(
    state: &AppState,
    portal: &PortalConfig,
    (document, language): (&'static str, &'static str),
    written: impl FnOnce() -> Option<Written>,
    edition: Option<String>,
) -> Result<Bytes, ApiError> {
    let key = (portal.slug().to_owned(), document, language);
    let printed = &state.on_paper().0;
    if let Some(known) = printed.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(known.clone());
    }
    let written = written().ok_or_else(ApiError::not_found)?;
    let texts = state.texts().portal(portal.slug(), language);
    let mut sheet = Sheet::new(portal, texts, language, state.now(), written);
    sheet.edition = edition;
    let file = state.press().print(sheet).await.map_err(|error| ApiError::internal(&error))?;
    let file = Bytes::from(file);
    printed.lock().unwrap_or_else(PoisonError::into_inner).insert(key, file.clone());
    Ok(file)
}

/// A file to keep. It may be personal: no cache holds it.
pub(crate) fn pdf(file: impl Into<Body>, name: &'static str) -> Response {
    let mut response = Response::new(file.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
