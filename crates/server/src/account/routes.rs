//! Addresses below the portal's `/api/account`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::{get, post};
use palier_domain::account::{
    ConsentForm, IdentifierReminderForm, LinkForm, NewPasswordForm, PasswordResetForm, ResendForm, Session,
    SignInForm,
};
use serde_json::{Value, json};

use super::discreet::evenly;
use super::post::Post;
use super::{data, own, passkeys, recovery, resend, reset, session, sign_in, terms};
use crate::http::extract::{Client, Json, Language, Part, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// Signing in and out, lost password, lost identifier, one's own account.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/account/session", post(begin).get(show).delete(end))
        .route("/account/session/extend", post(extend))
        .route("/account/consents", post(consent))
        .route("/account/consents/{sha256}", get(consented))
        .route("/account/password-resets", post(ask_reset))
        .route("/account/password-resets/complete", post(complete_reset))
        .route("/account/identifier-reminders", post(ask_identifier))
        .merge(own::routes())
        .merge(passkeys::routes())
        .merge(data::routes())
}

async fn begin(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(form): Json<SignInForm>,
) -> Result<impl IntoResponse, ApiError> {
    let earlier = session::token(&portal, &headers);
    let post = Post::new(&state, &portal, language.0);
    let signed_in = sign_in::sign_in(post, client, &form, earlier.as_ref()).await?;
    let cookie = session::set_cookie(&portal, Some(&signed_in.token), form.stay);
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(signed_in.session)))
}

/// Asked when a page of the person's is shown without being loaded: a sign of life like loading it.
async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    headers: HeaderMap,
) -> Result<Json<Session>, ApiError> {
    let current = session::required(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    Ok(Json(session::tell(Post::new(&state, &portal, language.0), &current).await?))
}

async fn extend(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    let current = session::required(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    session::end(&state, &portal, &headers).await?;
    let cookie = session::set_cookie(&portal, None, false);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}

async fn consent(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
    Json(form): Json<ConsentForm>,
) -> Result<Json<Value>, ApiError> {
    terms::accept(Post::new(&state, &portal, &portal.language), &headers, &form).await?;
    Ok(Json(json!({})))
}

/// The exact bytes: their SHA-256 is the proof.
async fn consented(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
    Part(sha256): Part<String>,
) -> Result<impl IntoResponse, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    let accepted = terms::accepted(post, &headers, &sha256).await?;
    // Markdown would be downloaded by browsers; as plain text they show it.
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((kind, accepted.text))
}

async fn ask_reset(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<PasswordResetForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    evenly(recovery::ask_reset(Post::new(&state, &portal, language.0), &form)).await?;
    Ok(accepted())
}

async fn complete_reset(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<NewPasswordForm>,
) -> Result<StatusCode, ApiError> {
    reset::complete(Post::new(&state, &portal, language.0), &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn ask_identifier(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<IdentifierReminderForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    evenly(recovery::ask_identifier(Post::new(&state, &portal, language.0), &form)).await?;
    Ok(accepted())
}

/// 202: perhaps an e-mail is on its way.
fn accepted() -> (StatusCode, Json<Value>) {
    (StatusCode::ACCEPTED, Json(json!({})))
}

/// What every sign-up's e-mail may need: sent again, taken back, its link renewed. Below the addresses of a journey.
pub(crate) fn sign_up_routes(sign_ups: &str, confirmations: &str) -> Router<AppState> {
    Router::new()
        .route(&format!("{sign_ups}/resend"), post(resend_by_handle))
        .route(&format!("{sign_ups}/withdraw"), post(withdraw))
        .route(&format!("{confirmations}/resend"), post(resend_by_link))
}

async fn resend_by_handle(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<ResendForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    evenly(resend::by_handle(Post::new(&state, &portal, language.0), &form)).await?;
    Ok(accepted())
}

async fn withdraw(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<ResendForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    evenly(resend::withdraw(Post::new(&state, &portal, language.0), &form)).await?;
    Ok(accepted())
}

async fn resend_by_link(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    evenly(resend::by_link(Post::new(&state, &portal, language.0), &form)).await?;
    Ok(accepted())
}
