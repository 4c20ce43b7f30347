//! Addresses below the portal's `/api/desk/accounts`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use palier_domain::departure::{DecisionForm, DesiredForm};
use palier_domain::desk::{AccountSheet, AccountsPage, DeparturesPage, Help, NewAccountForm};

use super::{departures, has_partners, help, make, owners, search, sheet};
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
        .route("/desk/accounts/{number}/departures", post(ask_to_leave))
        .route("/desk/accounts/{number}/{help}", post(act))
        .route("/desk/departures", get(list_departures))
        .route("/desk/departures/{id}", post(decide))
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

async fn list_departures(
    State(state): State<AppState>,
    portal: PortalHandle,
    AtDesk(staff): AtDesk,
    asked: Asked,
) -> Result<Json<DeparturesPage>, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    Ok(Json(departures::list(post, &staff, &asked).await?))
}

async fn ask_to_leave(
    State(state): State<AppState>,
    portal: PortalHandle,
    AtCalls(staff): AtCalls,
    Part(number): Part<String>,
    Json(form): Json<DesiredForm>,
) -> Result<Json<AccountSheet>, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    Ok(Json(Box::pin(departures::ask(post, &staff, &number, &form)).await?))
}

async fn decide(
    State(state): State<AppState>,
    portal: PortalHandle,
    AtCalls(staff): AtCalls,
    Part(id): Part<i64>,
    Json(form): Json<DecisionForm>,
) -> Result<Json<AccountSheet>, ApiError> {
    let post = Post::new(&state, &portal, &portal.language);
    Ok(Json(Box::pin(departures::decide(post, &staff, id, &form)).await?))
}
