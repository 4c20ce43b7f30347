//! One page of the sign-up checked by the server, for what browsers can't know (T3, T4).

use palier_domain::account::PageCheck;
use palier_domain::portal::Context;
use palier_domain::tenancy::{SIGN_UP, SignUpForm};

use super::lookup::{self, Claim};
use crate::config::PortalConfig;
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// Checks a page and those before it: a step can't be skipped by asking for a later one.
pub(super) async fn check(
    state: &AppState,
    portal: &PortalConfig,
    client: Client,
    check: &PageCheck<SignUpForm>,
) -> Result<(), ApiError> {
    let step = SIGN_UP.step(&check.page).ok_or_else(ApiError::malformed)?;
    let context = Context { portal: &portal.public, today: portal.today(state.now()) };
    let asked = SIGN_UP.asked_until(step, context.portal);
    let mut problems = check.form.problems(context);
    problems.retain(|problem| asked.contains(&problem.name.as_str()));
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    if !asked.contains(&"surname") {
        return Ok(());
    }
    let claim = Claim::read(&check.form, context).ok_or_else(ApiError::malformed)?;
    let lease = lookup::lease(state, portal, client, &claim).await?;
    if asked.contains(&"password") {
        lookup::check_password(state, portal, &check.form, &lease)?;
    }
    Ok(())
}
