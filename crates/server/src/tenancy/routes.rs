//! Addresses below the portal's `/api/tenancy`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use palier_domain::account::{LinkForm, PageCheck, SignUpReceipt};
use palier_domain::tenancy::SignUpForm;
use serde_json::{Value, json};

use super::{check, confirmation, sign_up};
use crate::account::{Post, sign_up_routes};
use crate::http::extract::{Client, IdempotencyKey, Json, Language, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// The tenant's sign-up, from the first page to the confirmed address.
pub fn routes() -> Router<AppState> {
    sign_up_routes("/tenancy/sign-ups", "/tenancy/confirmations")
        .route("/tenancy/sign-up-checks", post(check_page))
        .route("/tenancy/sign-ups", post(submit))
        .route("/tenancy/confirmations", post(confirm))
}

async fn check_page(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    Json(form): Json<PageCheck<SignUpForm>>,
) -> Result<StatusCode, ApiError> {
    check::check(&state, &portal, client, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn submit(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    key: IdempotencyKey,
    Json(form): Json<SignUpForm>,
) -> Result<(StatusCode, Json<SignUpReceipt>), ApiError> {
    let receipt = sign_up::submit(Post::new(&state, &portal, language.0), client, &key, &form).await?;
    Ok((StatusCode::ACCEPTED, Json(receipt)))
}

async fn confirm(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<Value>, ApiError> {
    confirmation::confirm(Post::new(&state, &portal, language.0), &form).await?;
    Ok(Json(json!({})))
}
