use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use palier_domain::profile::{DataForm, DataView};

use super::download;
use crate::account::{Post, due, session};
use crate::http::extract::{Client, Json, Language, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// What is kept of who is signed in, and the file.
pub(in crate::account) fn routes() -> Router<AppState> {
    Router::new().route("/account/data", get(kept).post(given))
}

async fn kept(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    headers: HeaderMap,
) -> Result<Json<DataView>, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    Ok(Json(super::kept(Post::new(&state, &portal, language.0), &current).await?))
}

async fn given(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(form): Json<DataForm>,
) -> Result<Response, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    let post = Post::new(&state, &portal, language.0);
    let file = Box::pin(download::make(post, client, current, &form)).await?;
    let day = post.now.to_zoned(portal.time_zone.clone()).strftime("%Y-%m-%d").to_string();
    let mut response = Response::new(file.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"palier-donnees-{day}.zip\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(|error| ApiError::internal(&error))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}
