//! Addresses below the portal's `/api/organisation` by which colleagues join; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use palier_domain::account::LinkForm;
use palier_domain::onboarding::{GrantForm, InvitationForm, JoiningForm, JoiningView, ReasonForm};
use serde_json::{Value, json};

use super::super::takeover;
use super::{completion, decision, invitation};
use crate::account::{Post, SignedIn};
use crate::http::extract::{Json, Language, Nothing, Part, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// Requests, invitations, and the link that ends both.
pub(in super::super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/organisation/requests/{id}/accept", post(accept))
        .route("/organisation/requests/{id}/refuse", post(refuse))
        .route("/organisation/invitations", post(invite))
        .route("/organisation/invitations/{id}/resend", post(resend))
        .route("/organisation/invitations/{id}/cancel", post(cancel))
        .route("/organisation/joinings/show", post(show))
        .route("/organisation/joinings", post(complete))
        .route("/organisation/objections", post(object))
}

async fn accept(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Part(id): Part<i64>,
    Json(form): Json<GrantForm>,
) -> Result<Json<Value>, ApiError> {
    decision::accept(Post::new(&state, &portal, language.0), account, id, &form).await?;
    Ok(Json(json!({})))
}

async fn refuse(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Part(id): Part<i64>,
    Json(form): Json<ReasonForm>,
) -> Result<Json<Value>, ApiError> {
    decision::refuse(Post::new(&state, &portal, language.0), account, id, &form).await?;
    Ok(Json(json!({})))
}

async fn invite(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Json(form): Json<InvitationForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    // On the heap, like all that write several things at once: they are large futures.
    Box::pin(invitation::invite(Post::new(&state, &portal, language.0), account, &form)).await?;
    Ok((StatusCode::CREATED, Json(json!({}))))
}

async fn resend(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Part(id): Part<i64>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<Value>, ApiError> {
    invitation::resend(Post::new(&state, &portal, language.0), account, id).await?;
    Ok(Json(json!({})))
}

async fn cancel(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Part(id): Part<i64>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<Value>, ApiError> {
    invitation::cancel(Post::new(&state, &portal, language.0), account, id).await?;
    Ok(Json(json!({})))
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<JoiningView>, ApiError> {
    Ok(Json(completion::show(Post::new(&state, &portal, language.0), &form).await?))
}

async fn complete(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<JoiningForm>,
) -> Result<Json<Value>, ApiError> {
    Box::pin(completion::complete(Post::new(&state, &portal, language.0), &form)).await?;
    Ok(Json(json!({})))
}

async fn object(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<Value>, ApiError> {
    Box::pin(takeover::object(Post::new(&state, &portal, language.0), &form)).await?;
    Ok(Json(json!({})))
}
