//! One page of the identity checked by the server, for what browsers can't know (M2).

use palier_domain::account::PageCheck;
use palier_domain::mediation::{IDENTITY, IdentityForm};
use palier_domain::problem::FieldProblem;
use palier_domain::values::{Password, PasswordError};

use super::scheme;
use crate::account::Post;
use crate::http::problem::ApiError;

/// Checks a page and those before it: a step can't be skipped by asking for a later one.
pub(super) fn check(post: Post<'_>, check: &PageCheck<IdentityForm>) -> Result<(), ApiError> {
    scheme::open(post)?;
    let step = IDENTITY.step(&check.page).ok_or_else(ApiError::malformed)?;
    let context = scheme::context(post);
    let asked = IDENTITY.asked_until(step, context.portal);
    let mut problems = check.form.problems(context);
    problems.retain(|problem| asked.contains(&problem.name.as_str()));
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    if asked.contains(&"password") {
        password(post, &check.form)?;
    }
    Ok(())
}

/// Everybody's passwords are known to the server only.
pub(super) fn password(post: Post<'_>, form: &IdentityForm) -> Result<Password, ApiError> {
    let refuse = |error| ApiError::invalid_field(FieldProblem::new("password", &error));
    let about = form.about();
    let password = Password::parse(&form.password, post.portal.public.password, about).map_err(refuse)?;
    if post.state.passwords().well_known(&password, about) {
        return Err(refuse(PasswordError::WellKnown));
    }
    Ok(password)
}
