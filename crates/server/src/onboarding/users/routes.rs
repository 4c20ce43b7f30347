use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use palier_domain::onboarding::{Decision, GrantForm, UsersView};
use serde_json::{Value, json};

use super::decide::{Change, decide};
use super::view;
use crate::account::{Post, SignedIn};
use crate::http::extract::{Json, Language, Nothing, Part, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::onboarding::administrator;

/// Below the portal's `/api/organisation/users`.
pub(in crate::onboarding) fn routes() -> Router<AppState> {
    Router::new()
        .route("/organisation/users", get(show))
        .route("/organisation/users/{id}/rights", post(grant))
        .route("/organisation/users/{id}/{decision}", post(change))
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
) -> Result<Json<UsersView>, ApiError> {
    let post = Post::new(&state, &portal, language.0);
    let administrator = administrator::seen(post, account).await?;
    Ok(Json(view::view(post, &administrator).await?))
}

async fn grant(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Part(id): Part<i64>,
    Json(form): Json<GrantForm>,
) -> Result<Json<Value>, ApiError> {
    decide(Post::new(&state, &portal, language.0), account, id, Change::Rights(&form.rights)).await?;
    Ok(Json(json!({})))
}

async fn change(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
    Part((id, decision)): Part<(i64, String)>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<Value>, ApiError> {
    let decision = Decision::parse(&decision).ok_or_else(ApiError::not_found)?;
    decide(Post::new(&state, &portal, language.0), account, id, Change::Role(decision)).await?;
    Ok(Json(json!({})))
}
