//! Addresses below the portal's `/api/desk/accounts`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use palier_domain::desk::{AccountSheet, AccountsPage, Help, NewAccountForm};

use super::{has_partners, help, make, owners, search, sheet};
use crate::account::Post;
use crate::desk::at_desk::{AtCalls, AtDesk};
use crate::desk::paging::Asked;
use crate::http::extract::{Json, Nothing, Part, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// Accounts: found, shown, helped, made.
pub(in crate::desk) fn routes() -> Router<AppState> {
    Router::new()
        .route("/desk/accounts", get(find).post(add))
        .route("/desk/accounts/{number}", get(show))
        .route("/desk/accounts/{number}/{help}", post(act))
}

async fn find(
    State(state): State<AppState>,
    portal: PortalHandle,
    AtDesk(staff): AtDesk,
    asked: Asked,
) -> Result<Json<AccountsPage>, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    if post.portal.partners.is_none() {
        return Ok(Json(owners::list(post, &staff, &asked).await?));
    }
    Ok(Json(search::list(post, &staff, &asked).await?))
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    AtDesk(staff): AtDesk,
    Part(number): Part<String>,
) -> Result<Json<AccountSheet>, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    if post.portal.partners.is_none() {
        return Ok(Json(owners::show(post, &staff, &number).await?));
    }
    Ok(Json(sheet::show(post, &staff, &number).await?))
}

async fn add(
    State(state): State<AppState>,
    portal: PortalHandle,
    AtCalls(staff): AtCalls,
    Json(form): Json<NewAccountForm>,
) -> Result<Json<AccountSheet>, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    has_partners(post)?;
    Ok(Json(make::make(post, &staff, &form).await?))
}

async fn act(
    State(state): State<AppState>,
    portal: PortalHandle,
    AtCalls(staff): AtCalls,
    Part((number, help)): Part<(String, String)>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<AccountSheet>, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    let help = Help::parse(&help).ok_or_else(ApiError::not_found)?;
    if post.portal.partners.is_none() {
        return Ok(Json(Box::pin(owners::act(post, &staff, &number, help)).await?));
    }
    Ok(Json(Box::pin(help::act(post, &staff, &number, help)).await?))
}
