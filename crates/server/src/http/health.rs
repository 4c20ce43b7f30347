//! Whether the server lives, and whether it can work.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::state::AppState;

/// `/healthz` answers as long as the process does; `/readyz` when the database answers too and it wasn't asked to stop.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

async fn alive() -> Response {
    answer(StatusCode::OK, "ok\n")
}

async fn ready(State(state): State<AppState>) -> Response {
    if state.is_leaving() {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match state.store().ping().await {
        Ok(()) => answer(StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            answer(StatusCode::SERVICE_UNAVAILABLE, "the database doesn't answer\n")
        }
    }
}

fn answer(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}
