use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::{get, post};
use palier_domain::profile::{
    PasskeyAnswer, PasskeyChallenge, PasskeyForm, PasskeyRemovalForm, PasskeySignIn, PasskeysView,
};

use super::{registration, removal, sign_in};
use crate::account::{Post, due, session};
use crate::http::extract::{Client, Json, Language, Nothing, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// Passkeys of who is signed in, and signing in with one.
pub(in crate::account) fn routes() -> Router<AppState> {
    Router::new()
        .route("/account/passkeys", get(list).post(finish))
        .route("/account/passkeys/begin", post(begin))
        .route("/account/passkeys/remove", post(remove))
        .route("/account/session/passkey", post(finish_sign_in))
        .route("/account/session/passkey/begin", post(begin_sign_in))
}

async fn list(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
) -> Result<Json<PasskeysView>, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    Ok(Json(super::list(Post::new(&state, &portal, &portal.language), &current).await?))
}

async fn begin(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(form): Json<PasskeyForm>,
) -> Result<Json<PasskeyChallenge>, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    let post = Post::new(&state, &portal, language.0);
    Ok(Json(Box::pin(registration::begin(post, client, current, &form)).await?))
}

async fn finish(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(answer): Json<PasskeyAnswer>,
) -> Result<StatusCode, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    let post = Post::new(&state, &portal, language.0);
    Box::pin(registration::finish(post, client, &current, &answer)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(form): Json<PasskeyRemovalForm>,
) -> Result<StatusCode, ApiError> {
    let current = due::signed_in(&state, &portal, &headers).await?;
    session::keep(&state, &current).await?;
    let post = Post::new(&state, &portal, language.0);
    Box::pin(removal::remove(post, client, current, &form)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn begin_sign_in(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<PasskeyChallenge>, ApiError> {
    Ok(Json(sign_in::begin(Post::new(&state, &portal, &portal.language), client).await?))
}

async fn finish_sign_in(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    headers: HeaderMap,
    Json(answer): Json<PasskeySignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let earlier = session::token(&portal, &headers);
    let post = Post::new(&state, &portal, language.0);
    let signed_in = Box::pin(sign_in::finish(post, client, &answer, earlier.as_ref())).await?;
    let cookie = session::set_cookie(&portal, Some(&signed_in.token), answer.stay);
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(signed_in.session)))
}
