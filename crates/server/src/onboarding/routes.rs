//! Addresses below the portal's `/api/onboarding`; see `docs/API.md`.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use palier_domain::account::{LinkForm, PageCheck, SignUpReceipt};
use palier_domain::onboarding::{
    ActivationForm, Confirmed, Enrolling, FollowForm, LetterView, RefusalForm, RegistrationForm,
};
use serde_json::{Value, json};

use super::{activation, confirmation, follow, joining, journal, registration, users};
use crate::account::{Post, evenly, sign_up_routes};
use crate::http::extract::{Client, IdempotencyKey, Json, Language, PortalHandle};
use crate::http::files;
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// From the client number to the administrator's account.
pub fn routes() -> Router<AppState> {
    sign_up_routes("/onboarding/registrations", "/onboarding/confirmations")
        .route("/onboarding/registration-checks", post(check_page))
        .route("/onboarding/registrations", post(submit))
        .route("/onboarding/confirmations", post(confirm))
        .route("/onboarding/letter", post(show))
        .route("/onboarding/letter/again", post(again))
        .route("/onboarding/letter/link", post(resend))
        .route("/onboarding/activations", post(activate))
        .route("/onboarding/refusals", post(refuse))
        .route("/onboarding/tutoriel.pdf", get(tutorial))
        .merge(joining::routes())
        .merge(users::routes())
        .merge(journal::routes())
}

async fn check_page(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    Json(form): Json<PageCheck<RegistrationForm>>,
) -> Result<Json<Enrolling>, ApiError> {
    Ok(Json(registration::check(Post::new(&state, &portal, language.0), client, &form).await?))
}

async fn submit(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    key: IdempotencyKey,
    Json(form): Json<RegistrationForm>,
) -> Result<(StatusCode, Json<SignUpReceipt>), ApiError> {
    let receipt = registration::submit(Post::new(&state, &portal, language.0), client, &key, &form).await?;
    Ok((StatusCode::ACCEPTED, Json(receipt)))
}

async fn confirm(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<Confirmed>, ApiError> {
    // On the heap: with the letter and all who are told of it, it is a large future.
    Ok(Json(Box::pin(confirmation::confirm(Post::new(&state, &portal, language.0), &form)).await?))
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<LetterView>, ApiError> {
    Ok(Json(follow::view(Post::new(&state, &portal, language.0), &form).await?))
}

async fn again(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<LinkForm>,
) -> Result<Json<LetterView>, ApiError> {
    Ok(Json(follow::again(Post::new(&state, &portal, language.0), &form).await?))
}

async fn resend(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    Json(form): Json<FollowForm>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    evenly(follow::resend(Post::new(&state, &portal, language.0), &form)).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({}))))
}

async fn activate(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    Json(form): Json<ActivationForm>,
) -> Result<Json<Value>, ApiError> {
    activation::activate(Post::new(&state, &portal, language.0), client, &form).await?;
    Ok(Json(json!({})))
}

async fn refuse(
    State(state): State<AppState>,
    portal: PortalHandle,
    client: Client,
    language: Language,
    Json(form): Json<RefusalForm>,
) -> Result<Json<Value>, ApiError> {
    activation::refuse(Post::new(&state, &portal, language.0), client, &form).await?;
    Ok(Json(json!({})))
}

async fn tutorial(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
) -> Result<Response, ApiError> {
    if portal.onboarding.is_none() {
        return Err(ApiError::not_found());
    }
    let file = files::tutorial(&state, &portal, language.0).await?;
    Ok(files::pdf(file, "tutoriel-inscription.pdf"))
}
