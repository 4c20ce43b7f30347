//! Addresses below the portal's `/api/mediation`, and the public directory; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use palier_domain::account::{LinkForm, PageCheck, SignUpReceipt};
use palier_domain::mediation::{
    DraftForm, Found, IdentityForm, Joined, Kept, MembershipForm, MembershipView,
};
use palier_domain::wire::Document;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{certification, check, draft, identity, join, members, reminders};
use crate::account::{Post, SignedIn, sign_up_routes};
use crate::http::extract::{Asked, Client, IdempotencyKey, Json, Language, PortalHandle};
use crate::http::files::pdf;
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// From the identity to the membership; the directory.
pub fn routes() -> Router<AppState> {
    sign_up_routes("/mediation/identities", "/mediation/certifications")
        .route("/mediation/identity-checks", post(check_page))
        .route("/mediation/identities", post(submit))
        .route("/mediation/certifications", post(certify))
        .route("/mediation/membership", get(show))
        .route("/mediation/membership/draft", post(save))
        .route("/mediation/contract", get(contract))
        .route("/mediation/contract.pdf", get(contract_file))
        .route("/mediation/terms.pdf", get(terms_file))
        .route("/mediation/memberships", post(make))
        .route("/mediation/reminders/stop", post(stop_reminders))
        .route("/directory", get(search))
}

async fn check_page(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<PageCheck<IdentityForm>>,
) -> Result<StatusCode, ApiError> {
    check::check(Post::new(&state, &portal, language.0), &form)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn submit(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    key: IdempotencyKey,
    Json(form): Json<IdentityForm>,
) -> Result<(StatusCode, Json<SignUpReceipt>), ApiError> {
    let receipt = identity::submit(Post::new(&state, &portal, language.0), client, &key, &form).await?;
    Ok((StatusCode::ACCEPTED, Json(receipt)))
}

async fn certify(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<Value>, ApiError> {
    certification::certify(Post::new(&state, &portal, language.0), &form).await?;
    Ok(Json(json!({})))
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
) -> Result<Json<MembershipView>, ApiError> {
    Ok(Json(draft::view(Post::new(&state, &portal, language.0), &account).await?))
}

async fn save(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    SignedIn(account): SignedIn,
    Json(form): Json<DraftForm>,
) -> Result<Json<Kept>, ApiError> {
    let post = Post::new(&state, &portal, language.0);
    Ok(Json(draft::save(post, client, &account, &form).await?))
}

async fn contract(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
) -> Result<Json<Document>, ApiError> {
    let contract = draft::contract(Post::new(&state, &portal, language.0), &account).await?;
    Ok(Json(contract.page))
}

async fn contract_file(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
) -> Result<Response, ApiError> {
    let file = draft::file(Post::new(&state, &portal, language.0), &account).await?;
    Ok(pdf(file, "contrat-mediation.pdf"))
}

async fn terms_file(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    SignedIn(account): SignedIn,
) -> Result<Response, ApiError> {
    let file = draft::terms(Post::new(&state, &portal, language.0), &account).await?;
    Ok(pdf(file, "conditions-generales.pdf"))
}

async fn make(
    State(state): State<AppState>,
    (portal, language): (PortalHandle, Language),
    client: Client,
    key: IdempotencyKey,
    SignedIn(account): SignedIn,
    Json(form): Json<MembershipForm>,
) -> Result<(StatusCode, Json<Joined>), ApiError> {
    let post = Post::new(&state, &portal, language.0);
    let joined = join::join(post, client, &account, &key, &form).await?;
    Ok((StatusCode::CREATED, Json(joined)))
}

async fn stop_reminders(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<Value>, ApiError> {
    reminders::stop(Post::new(&state, &portal, language.0), &form).await?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
}

async fn search(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Asked(search): Asked<Search>,
) -> Result<Json<Found>, ApiError> {
    let found = members::search(Post::new(&state, &portal, language.0), &search.q).await?;
    Ok(Json(found))
}
