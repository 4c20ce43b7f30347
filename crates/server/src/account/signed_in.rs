use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::terms;
use crate::http::extract::PortalHandle;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::accounts::Account;

/// Who is signed in and has accepted the terms in force, or 401, or 403 `terms_due`, whatever was sent: ask for it before the body.
pub(crate) struct SignedIn(pub(crate) Account);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let portal = PortalHandle::from_request_parts(parts, state).await?;
        Ok(Self(terms::signed_in(state, &portal, &parts.headers).await?.into_account()))
    }
}
