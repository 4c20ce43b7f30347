//! Who asks, for handlers: each is to be asked for before the body, so that whoever may not do something is told that
//! first, whatever they sent.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use palier_domain::desk::DeskStage;
use palier_domain::wire::code;

use super::session::{self, Current};
use crate::http::extract::PortalHandle;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::staff::Staff;

/// Whose session it is, however far they have come in; 401 without one.
pub(super) struct ComingIn(pub(super) Current);

/// Who is at the open desk; 401 without a session, 403 before the second factor.
pub(super) struct AtDesk(pub(super) Staff);

/// The same, when they handle letters; 403 for other roles.
pub(super) struct AtLetters(pub(super) Staff);

/// The same, when they help callers; 403 for other roles.
pub(super) struct AtCalls(pub(super) Staff);

impl FromRequestParts<AppState> for ComingIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let portal = PortalHandle::from_request_parts(parts, state).await?;
        Ok(Self(session::used(state, &portal, &parts.headers).await?))
    }
}

impl FromRequestParts<AppState> for AtDesk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let ComingIn(current) = ComingIn::from_request_parts(parts, state).await?;
        match current.stage() {
            DeskStage::Open => Ok(Self(current.staff)),
            DeskStage::Enrol | DeskStage::Code => {
                Err(ApiError::code(StatusCode::FORBIDDEN, code::SECOND_FACTOR))
            }
        }
    }
}

impl FromRequestParts<AppState> for AtLetters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let AtDesk(staff) = AtDesk::from_request_parts(parts, state).await?;
        if staff.role.handles_letters() {
            Ok(Self(staff))
        } else {
            Err(ApiError::code(StatusCode::FORBIDDEN, code::ROLE))
        }
    }
}

impl FromRequestParts<AppState> for AtCalls {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let AtDesk(staff) = AtDesk::from_request_parts(parts, state).await?;
        if staff.role.helps_callers() {
            Ok(Self(staff))
        } else {
            Err(ApiError::code(StatusCode::FORBIDDEN, code::ROLE))
        }
    }
}
