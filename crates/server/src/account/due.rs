//! What is asked of who is signed in before anything else: new terms (A10), another password (P2).

use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use palier_domain::account::Due;
use palier_domain::wire::code;
use sea_orm::ConnectionTrait;

use super::session::{self, Current};
use super::terms;
use crate::config::PortalConfig;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::StoreError;
use crate::store::accounts::Account;

/// What is asked of somebody whose session began at a moment. A password that comes to its end meanwhile is asked for at
/// the next sign-in: nobody is torn from what they are doing.
pub(super) async fn of<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    account: &Account,
    began: Timestamp,
) -> Result<Option<Due>, StoreError> {
    if terms::are_due(conn, portal, account.id).await? {
        return Ok(Some(Due::Terms));
    }
    let over = account.password_until.is_some_and(|until| until <= began);
    Ok(over.then_some(Due::Password))
}

/// The session of a request of whose owner nothing is asked before; 401, or 403 `terms_due` or `password_due`.
pub(super) async fn signed_in(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<Current, ApiError> {
    match find(state, portal, headers).await? {
        (current, None) => Ok(current),
        (_, Some(due)) => Err(refused(due)),
    }
}

/// The same for who chooses another password, which may be what is asked.
pub(super) async fn choosing(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<Current, ApiError> {
    match find(state, portal, headers).await? {
        (current, None | Some(Due::Password)) => Ok(current),
        (_, Some(due)) => Err(refused(due)),
    }
}

async fn find(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<(Current, Option<Due>), ApiError> {
    let current = session::required(state, portal, headers).await?;
    let due = of(state.store().read(), portal, current.account(), current.began()).await?;
    Ok((current, due))
}

const fn refused(due: Due) -> ApiError {
    let code = match due {
        Due::Terms => code::TERMS_DUE,
        Due::Password => code::PASSWORD_DUE,
    };
    ApiError::code(StatusCode::FORBIDDEN, code)
}
