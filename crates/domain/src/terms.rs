//! Consent to the terms of use (*conditions générales d'utilisation*) by a box that names their version (T12, A10).

use validator::ValidationError;

use crate::journey::{Answers, TICKED, answer};
use crate::portal::{Context, Portal};
use crate::problem::{Coded, invalid};

/// What the box called `name` says: the version of the terms in force when it is ticked, else nothing.
pub(crate) fn accepted(answers: &Answers, name: &str, portal: &Portal) -> String {
    if answer(answers, name) == TICKED { portal.terms.version.clone() } else { String::new() }
}

/// Why the consent doesn't count.
enum TermsError {
    /// Not ticked.
    Required,
    /// Another version than the one in force: the page is older than the terms.
    Outdated,
}

impl Coded for TermsError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Outdated => "terms_outdated",
        }
    }
}

/// Whether it is the version in force.
pub(crate) fn in_force(version: &str, context: &Context<'_>) -> Result<(), ValidationError> {
    match version {
        "" => Err(invalid(&TermsError::Required)),
        other if other == context.portal.terms.version => Ok(()),
        _ => Err(invalid(&TermsError::Outdated)),
    }
}
