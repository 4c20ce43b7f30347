//! What the portal's file says of its client organisations.

use palier_domain::portal::{Context, OnboardingRules};

use crate::account::Post;
use crate::config::{Onboarding, PortalConfig};
use crate::http::problem::ApiError;

/// The rules of the portal; 404 where it has no client organisations.
pub(super) fn of(portal: &PortalConfig) -> Result<(&OnboardingRules, &Onboarding), ApiError> {
    portal.public.onboarding.as_ref().zip(portal.onboarding.as_ref()).ok_or_else(ApiError::not_found)
}

/// What checks need.
pub(super) fn context(post: Post<'_>) -> Context<'_> {
    Context { portal: &post.portal.public, today: post.portal.today(post.now) }
}
