//! Addresses below the portal's `/api/human`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use palier_domain::human::{Challenge, HumanPass, PassForm};

use super::{challenge, pass};
use crate::account::Post;
use crate::http::extract::{Client, Json, Language, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// A challenge, and what its solution is exchanged for.
pub fn routes() -> Router<AppState> {
    Router::new().route("/human/challenge", get(ask)).route("/human/passes", post(exchange))
}

async fn ask(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
) -> Result<Json<Challenge>, ApiError> {
    Ok(Json(challenge::make(Post::new(&state, &portal, language.0), client).await?))
}

async fn exchange(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    Json(form): Json<PassForm>,
) -> Result<Json<HumanPass>, ApiError> {
    Ok(Json(pass::make(Post::new(&state, &portal, language.0), client, &form.payload).await?))
}
