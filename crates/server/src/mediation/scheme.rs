//! The scheme of a portal, and whether one may join it today (M1).

use axum::http::StatusCode;
use palier_domain::portal::{Context, MediationRules};
use palier_domain::values::Phase;
use palier_domain::wire::code;

use crate::account::Post;
use crate::config::{Mediation, PortalConfig};
use crate::http::problem::ApiError;

/// What the portal's file says of its scheme; 404 where it has none.
pub(super) fn of(portal: &PortalConfig) -> Result<(&MediationRules, &Mediation), ApiError> {
    portal.public.mediation.as_ref().zip(portal.mediation.as_ref()).ok_or_else(ApiError::not_found)
}

/// Refuses before the campaign opens and after its end.
pub(super) fn open(post: Post<'_>) -> Result<(), ApiError> {
    let (rules, _) = of(post.portal)?;
    let refused = |code| Err(ApiError::code(StatusCode::CONFLICT, code));
    match rules.campaign.phase(post.portal.today(post.now)) {
        Phase::Open | Phase::Late => Ok(()),
        Phase::Before => refused(code::CAMPAIGN_BEFORE),
        Phase::Closed => refused(code::CAMPAIGN_CLOSED),
    }
}

/// What checks need.
pub(super) fn context(post: Post<'_>) -> Context<'_> {
    Context { portal: &post.portal.public, today: post.portal.today(post.now) }
}
