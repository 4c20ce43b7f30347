use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::{delete, get, post};
use palier_domain::account::LinkForm;
use palier_domain::profile::{EmailChangeForm, PasswordChangeForm, SessionsView};
use serde_json::{Value, json};

use super::{email, email_link, password, sessions};
use crate::account::{Post, due, evenly, session};
use crate::http::extract::{Client, Json, Language, Part, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// What people do with their own account.
pub(in crate::account) fn routes() -> Router<AppState> {
    Router::new()
        .route("/account/password", post(change_password))
        .route("/account/email", post(ask_email))
        .route("/account/email/confirm", post(confirm_email))
        .route("/account/email/object", post(object_email))
        .route("/account/sessions", get(list).delete(end_others))
        .route("/account/sessions/{id}", delete(end))
}

async fn change_password(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(form): Json<PasswordChangeForm>,
) -> Result<impl IntoResponse, ApiError> {
    let current = due::choosing(&state, &portal, &headers).await?;
    let stay = current.stays();
    let token = password::change(Post::new(&state, &portal, language.0), client, current, &form).await?;
    let cookie = session::set_cookie(&portal, Some(&token), stay);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}

async fn ask_email(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(form): Json<EmailChangeForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let account = due::signed_in(&state, &portal, &headers).await?.into_account();
    Box::pin(evenly(email::ask(Post::new(&state, &portal, language.0), client, account, &form))).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({}))))
}

async fn confirm_email(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<Value>, ApiError> {
    email_link::confirm(Post::new(&state, &portal, language.0), &form).await?;
    Ok(Json(json!({})))
}

async fn object_email(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<Value>, ApiError> {
    email_link::object(Post::new(&state, &portal, language.0), &form).await?;
    Ok(Json(json!({})))
}

async fn list(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
) -> Result<Json<SessionsView>, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    Ok(Json(sessions::list(Post::new(&state, &portal, &portal.language), &current).await?))
}

async fn end(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
    Part(id): Part<i64>,
) -> Result<StatusCode, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    sessions::end(Post::new(&state, &portal, &portal.language), &current, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end_others(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    sessions::end_others(Post::new(&state, &portal, &portal.language), &current).await?;
    Ok(StatusCode::NO_CONTENT)
}
