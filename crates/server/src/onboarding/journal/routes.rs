use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use palier_domain::onboarding::JournalView;
use serde::Deserialize;

use super::rows::{HEADERS, rows};
use super::view;
use crate::account::{Post, SignedIn};
use crate::http::extract::{Asked, Json, Language, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::onboarding::administrator;
use crate::table::table;

/// Below the portal's `/api/organisation/journal`.
pub(in crate::onboarding) fn routes() -> Router<AppState> {
    Router::new().route("/organisation/journal", get(show)).route("/organisation/journal.csv", get(file))
}

#[derive(Deserialize)]
struct Part {
    /// Number of the last entry that is known.
    #[serde(default)]
    before: String,
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Asked(part): Asked<Part>,
) -> Result<Json<JournalView>, ApiError> {
    let post = Post::new(&state, &portal, language.0);
    let administrator = administrator::seen(post, account).await?;
    let before = match part.before.as_str() {
        "" => None,
        number => Some(number.parse().map_err(|_| ApiError::malformed())?),
    };
    Ok(Json(view::view(post, &administrator, before).await?))
}

async fn file(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
) -> Result<Response, ApiError> {
    let post = Post::new(&state, &portal, language.0);
    let administrator = administrator::seen(post, account).await?;
    let texts = state.texts().portal(portal.slug(), language.0);
    let rows = rows(state.store().read(), &portal, &administrator.client, texts, language.0).await?;
    let table = table(&HEADERS, rows.iter().map(<[String; HEADERS.len()]>::as_slice));
    let mut response = table.map_err(|error| ApiError::internal(&error))?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let attachment = HeaderValue::from_static("attachment; filename=\"journal.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, attachment);
    Ok(response)
}
