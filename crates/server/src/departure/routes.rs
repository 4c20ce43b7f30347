use axum::Router;
use axum::extract::State;
use axum::routing::{delete, get};
use palier_domain::departure::{DepartureForm, DepartureView, Kind};

use super::ask;
use super::view::view;
use crate::account::{Post, SignedIn};
use crate::http::extract::{Client, Json, Language, Part, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// Leaving, for who is signed in. What is decided about it is the desk's.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/account/departure", get(show).post(ask_for))
        .route("/account/departure/{kind}", delete(withdraw))
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    SignedIn(account): SignedIn,
) -> Result<Json<DepartureView>, ApiError> {
    there(&portal)?;
    let post = Post::new(&state, &portal, &portal.language);
    Ok(Json(view(post, state.store().read(), &account).await?))
}

async fn ask_for(
    State(state): State<AppState>,
    portal: PortalHandle,
    (client, language): (Client, Language),
    SignedIn(account): SignedIn,
    Json(form): Json<DepartureForm>,
) -> Result<Json<DepartureView>, ApiError> {
    there(&portal)?;
    let post = Post::new(&state, &portal, language.0);
    Ok(Json(Box::pin(ask::ask(post, client, account, &form)).await?))
}

async fn withdraw(
    State(state): State<AppState>,
    portal: PortalHandle,
    SignedIn(account): SignedIn,
    Part(kind): Part<String>,
) -> Result<Json<DepartureView>, ApiError> {
    there(&portal)?;
    let kind = Kind::parse(&kind).ok_or_else(ApiError::not_found)?;
    let post = Post::new(&state, &portal, &portal.language);
    Ok(Json(ask::withdraw(post, &account, kind).await?))
}

/// 404 where accounts are given out: who gave them closes them.
fn there(portal: &crate::config::PortalConfig) -> Result<(), ApiError> {
    if portal.partners.is_some() { Err(ApiError::not_found()) } else { Ok(()) }
}
