//! What pages read beside journeys: written pages and texts of the other language.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;

use super::extract::{Language, Part, PortalHandle};
use super::files;
use super::problem::ApiError;
use super::state::AppState;

/// Below the portal's `/api`.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/documents/cgu.pdf", get(terms))
        .route("/documents/{name}", get(document))
        .route("/texts", get(texts))
}

async fn document(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Part(name): Part<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let found = state.documents().get(portal.slug(), &name, language.0).ok_or_else(ApiError::not_found)?;
    answer(&state, found, &headers).await
}

/// The terms of use, to keep.
async fn terms(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
) -> Result<Response, ApiError> {
    let file = files::terms(&state, &portal, language.0).await?;
    Ok(files::pdf(file, "conditions-generales.pdf"))
}

/// What the programs of the office and of the account add to the address: they have texts of their own.
const OFFICE: &str = "pages=office";
const ACCOUNT: &str = "pages=account";

/// The texts of a language; those of the gallery too in the demonstration, which alone has one.
async fn texts(
    State(state): State<AppState>,
    portal: Option<axum::Extension<PortalHandle>>,
    language: Language,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let slug = portal.as_ref().map(|portal| portal.0.slug());
    let mut texts = state.texts().browser(slug, language.0).clone();
    if state.config().demo {
        texts.extend(state.texts().gallery(slug, language.0).clone());
    }
    let asks = |pages: &str| query.as_deref().is_some_and(|query| query.split('&').any(|pair| pair == pages));
    if asks(OFFICE) {
        texts.extend(state.texts().office(slug, language.0).clone());
    }
    if asks(ACCOUNT) {
        texts.extend(state.texts().account(slug, language.0).clone());
    }
    answer(&state, &texts, &headers).await
}

async fn answer(state: &AppState, value: &impl Serialize, headers: &HeaderMap) -> Result<Response, ApiError> {
    let body = serde_json::to_vec(value).map_err(|error| ApiError::internal(&error))?;
    Ok(state.pages().respond(headers, "application/json", body, true).await)
}
