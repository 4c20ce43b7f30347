//! Terms of use accepted again once they have changed, and what was accepted read again (A10).

use axum::http::HeaderMap;
use palier_domain::account::ConsentForm;
use palier_domain::portal::Context;
use sea_orm::ConnectionTrait;

use super::Post;
use super::session;
use crate::config::PortalConfig;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::StoreError;
use crate::store::accounts::{self, Consent};
use crate::store::kept_files::{self, NewFile};

/// Keeps the exact text of each portal's terms in force, once: whoever accepts them can read that very text years later.
/// To be called before anybody is served.
pub async fn keep_terms(state: &AppState) -> Result<(), StoreError> {
    for portal in &state.config().portals {
        let Some(text) = state.documents().binding_terms(portal.slug()) else { continue };
        let file = NewFile {
            portal: portal.slug().to_owned(),
            media_type: "text/markdown".to_owned(),
            name: format!("conditions-generales-{}.md", portal.public.terms.version),
            content: text.into_bytes(),
            now: state.now(),
        };
        kept_files::keep(state.store().write(), file).await?;
    }
    Ok(())
}

/// Whether an account must accept the terms in force: the newest ones that it accepted are others. One that accepted
/// none yet is asked for its consent where it first matters, by the form of its journey.
pub(super) async fn are_due<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    account_id: i64,
) -> Result<bool, StoreError> {
    let accepted = accounts::newest_version(conn, account_id).await?;
    Ok(accepted.is_some_and(|version| version != portal.public.terms.version))
}

/// Keeps the consent of who is signed in to the terms in force. Given again, in another tab or by a second click, it
/// stays as it was.
pub(crate) async fn accept(post: Post<'_>, headers: &HeaderMap, form: &ConsentForm) -> Result<(), ApiError> {
    let account = session::required(post.state, post.portal, headers).await?.into_account();
    let problems = form.problems(Context { portal: &post.portal.public, today: post.portal.today(post.now) });
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let terms = &post.portal.public.terms;
    let transaction = post.state.store().begin().await?;
    // Of two at once, the second one waits for the first here.
    accounts::hold(&transaction, post.portal.slug(), account.id).await?;
    if accounts::newest_version(&transaction, account.id).await?.as_ref() != Some(&terms.version) {
        accounts::add_consent(&transaction, account.id, &terms.version, &terms.sha256, post.now).await?;
    }
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The consents of who is signed in, newest first; 401.
pub(crate) async fn consents(post: Post<'_>, headers: &HeaderMap) -> Result<Vec<Consent>, ApiError> {
    let account = session::required(post.state, post.portal, headers).await?.into_account();
    Ok(accounts::consents(post.state.store().read(), account.id).await?)
}

/// What was accepted: the consent, and the exact text, whose SHA-256 it has.
pub(crate) struct Accepted {
    pub(crate) consent: Consent,
    pub(crate) text: String,
}

/// The text with that SHA-256, if who is signed in accepted it; 401, or 404 for everybody else.
pub(crate) async fn accepted(
    post: Post<'_>,
    headers: &HeaderMap,
    sha256: &str,
) -> Result<Accepted, ApiError> {
    let account = session::required(post.state, post.portal, headers).await?.into_account();
    let conn = post.state.store().read();
    let consents = accounts::consents(conn, account.id).await?;
    let consent = consents.into_iter().find(|consent| consent.sha256 == sha256);
    let consent = consent.ok_or_else(ApiError::not_found)?;
    let file = kept_files::by_sha256(conn, post.portal.slug(), sha256).await?;
    let text = file.map(|file| String::from_utf8(file.content)).ok_or_else(ApiError::not_found)?;
    Ok(Accepted { consent, text: text.map_err(|error| ApiError::internal(&error))? })
}
