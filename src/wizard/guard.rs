use palier_domain::journey::{Journey, Step};
use palier_domain::portal::Portal;

use super::Draft;
use crate::routes;
use crate::site::Site;

/// The one place where it is decided whether a step may be shown.
///
/// # Errors
/// The path to go to instead: the page that says it was sent, or the first step whose answers aren't right.
pub(super) fn guard(
    site: Site,
    portal: &'static Portal,
    journey: &'static Journey,
    draft: &Draft,
    asked: Step,
) -> Result<(), String> {
    if draft.is_sent() {
        draft.again.set(true);
        return Err(routes::sent_path(journey));
    }
    let step = draft.form.answers.peek(|answers| journey.guard(asked, answers, site.context(portal)));
    step.map(drop).map_err(|step| routes::step_path(journey, step))
}
