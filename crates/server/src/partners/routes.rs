//! Addresses below the portal's `/api/partners`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::post;
use palier_domain::partners::{FirstPasswordForm, IdentifiersForm, ProvisionalForm};
use serde_json::{Value, json};

use super::{first_sign_in, identifiers};
use crate::account::{Post, evenly, session_cookie};
use crate::http::extract::{Client, Json, Language, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// The first sign-in, new identifiers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/partners/first-sign-in/check", post(check))
        .route("/partners/first-sign-in", post(complete))
        .route("/partners/identifiers", post(ask))
}

async fn check(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    Json(form): Json<ProvisionalForm>,
) -> Result<Json<Value>, ApiError> {
    evenly(first_sign_in::check(Post::new(&state, &portal, language.0), client, &form)).await?;
    Ok(Json(json!({})))
}

async fn complete(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    Json(form): Json<FirstPasswordForm>,
) -> Result<impl IntoResponse, ApiError> {
    let post = Post::new(&state, &portal, language.0);
    let (token, session) = Box::pin(first_sign_in::complete(post, client, &form)).await?;
    let cookie = session_cookie(&portal, Some(&token), false);
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(session)))
}

async fn ask(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    Json(form): Json<IdentifiersForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    Box::pin(evenly(identifiers::ask(Post::new(&state, &portal, language.0), client, &form))).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({}))))
}
