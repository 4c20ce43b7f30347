use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::due;
use crate::http::extract::PortalHandle;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::accounts::Account;

/// Who is signed in and of whom nothing is asked before, or 401, or 403 `terms_due` or `password_due`, whatever was sent: ask
/// for it before the body.
pub(crate) struct SignedIn(pub(crate) Account);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let portal = PortalHandle::from_request_parts(parts, state).await?;
        Ok(Self(due::signed_in(state, &portal, &parts.headers).await?.into_account()))
    }
}
