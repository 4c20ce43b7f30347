//! Addresses below the portal's `/api/desk`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use palier_domain::account::LinkForm;
use palier_domain::desk::{
    ClientsPage, CodeForm, DeskSession, DeskSignInForm, Enrolment, LettersDone, LettersPage, MembershipsPage,
    Overview, ReferencesForm, RequestsView, WelcomeForm, WelcomeView,
};
use serde_json::{Value, json};

use super::at_desk::{AtDesk, AtLetters, ComingIn};
use super::paging::Asked;
use super::{clients, factor, letters, memberships, overview, requests, session, sign_in, support, welcome};
use crate::account::Post;
use crate::config::PortalConfig;
use crate::http::extract::{Client, Json, Language, Nothing, Part, PortalHandle};
use crate::http::files;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::onboarding::Fate;
use crate::store::staff_sessions;

/// From the one-time link to the work lists.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/desk/session", post(begin).get(show).delete(end))
        .route("/desk/session/code", post(enter))
        .route("/desk/session/extend", post(extend))
        .route("/desk/enrolment", post(propose))
        .route("/desk/enrolment/confirm", post(confirm))
        .route("/desk/welcome", post(greet))
        .route("/desk/welcome/complete", post(settle))
        .route("/desk/overview", get(show_overview))
        .route("/desk/letters", get(list_letters))
        .route("/desk/letters/print", post(print_letters))
        .route("/desk/letters/{fate}", post(note))
        .route("/desk/clients", get(list_clients))
        .route("/desk/requests", get(list_requests))
        .route("/desk/memberships", get(list_memberships))
        .merge(support::routes())
}

async fn begin(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    headers: HeaderMap,
    Json(form): Json<DeskSignInForm>,
) -> Result<impl IntoResponse, ApiError> {
    let (told, token) = sign_in::sign_in(&state, &portal, client, &headers, &form).await?;
    let cookie = session::set_cookie(&portal, Some(&token));
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(told)))
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    ComingIn(current): ComingIn,
) -> Result<Json<DeskSession>, ApiError> {
    let told = session::tell(state.store().read(), &portal, &current.staff, current.stage()).await?;
    Ok(Json(told))
}

/// Being asked for who it is was the sign of life.
async fn extend(_: AtDesk) -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn end(
    State(state): State<AppState>,
    portal: PortalHandle,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    if let Some(current) = session::find(&state, &portal, &headers).await? {
        staff_sessions::end(state.store().write(), current.row.id).await?;
    }
    let cookie = session::set_cookie(&portal, None);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}

async fn enter(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    ComingIn(current): ComingIn,
    Json(form): Json<CodeForm>,
) -> Result<impl IntoResponse, ApiError> {
    let (told, token) = factor::enter(&state, &portal, client, &current, &form).await?;
    let cookie = session::set_cookie(&portal, Some(&token));
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(told)))
}

async fn propose(
    State(state): State<AppState>,
    portal: PortalHandle,
    ComingIn(current): ComingIn,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<Enrolment>, ApiError> {
    Ok(Json(factor::propose(&state, &portal, &current).await?))
}

async fn confirm(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    ComingIn(current): ComingIn,
    Json(form): Json<CodeForm>,
) -> Result<impl IntoResponse, ApiError> {
    let (codes, token) = factor::confirm(&state, &portal, client, &current, &form).await?;
    let cookie = session::set_cookie(&portal, Some(&token));
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(codes)))
}

async fn greet(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<WelcomeView>, ApiError> {
    Ok(Json(welcome::show(Post::new(&state, &portal, language.0), &form).await?))
}

async fn settle(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<WelcomeForm>,
) -> Result<Json<Value>, ApiError> {
    welcome::complete(Post::new(&state, &portal, language.0), &form).await?;
    Ok(Json(json!({})))
}

async fn show_overview(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    _: AtDesk,
) -> Result<Json<Overview>, ApiError> {
    Ok(Json(overview::view(Post::new(&state, &portal, language.0)).await?))
}

async fn list_letters(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    _: AtDesk,
    asked: Asked,
) -> Result<Json<LettersPage>, ApiError> {
    sends_letters(&portal)?;
    Ok(Json(letters::list(Post::new(&state, &portal, language.0), &asked).await?))
}

async fn print_letters(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    AtLetters(staff): AtLetters,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Response, ApiError> {
    sends_letters(&portal)?;
    let pdf = letters::print(Post::new(&state, &portal, language.0), &staff).await?;
    Ok(files::pdf(pdf, "courriers.pdf"))
}

async fn note(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    AtLetters(staff): AtLetters,
    Part(fate): Part<String>,
    Json(form): Json<ReferencesForm>,
) -> Result<Json<LettersDone>, ApiError> {
    sends_letters(&portal)?;
    let fate = Fate::parse(&fate).ok_or_else(ApiError::not_found)?;
    Ok(Json(letters::note(Post::new(&state, &portal, language.0), &staff, &form, fate).await?))
}

async fn list_clients(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    _: AtDesk,
    asked: Asked,
) -> Result<Json<ClientsPage>, ApiError> {
    has_clients(&portal)?;
    Ok(Json(clients::list(Post::new(&state, &portal, language.0), &asked).await?))
}

async fn list_requests(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    _: AtDesk,
    asked: Asked,
) -> Result<Json<RequestsView>, ApiError> {
    has_clients(&portal)?;
    Ok(Json(requests::list(Post::new(&state, &portal, language.0), &asked).await?))
}

async fn list_memberships(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    _: AtDesk,
    asked: Asked,
) -> Result<Json<MembershipsPage>, ApiError> {
    if portal.mediation.is_none() {
        return Err(ApiError::not_found());
    }
    Ok(Json(memberships::list(Post::new(&state, &portal, language.0), &asked).await?))
}

/// 404 where the portal has no client organisations.
fn has_clients(portal: &PortalConfig) -> Result<(), ApiError> {
    portal.onboarding.as_ref().map(drop).ok_or_else(ApiError::not_found)
}

/// 404 where the portal sends nobody letters.
fn sends_letters(portal: &PortalConfig) -> Result<(), ApiError> {
    let sends = portal.onboarding.is_some() || portal.partners.is_some();
    if sends { Ok(()) } else { Err(ApiError::not_found()) }
}
