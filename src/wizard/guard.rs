use leptos::prelude::*;
use leptos::task::spawn_local;
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
    draft: Draft,
    asked: Step,
) -> Result<(), String> {
    draft.form.answers.with_untracked(|answers| {
        if answers.is_empty() && draft.sent.with_untracked(Option::is_some) {
            draft.again.set(true);
            return Err(routes::sent_path(journey));
        }
        journey
            .guard(asked, answers, site.context(portal))
            .map(drop)
            .map_err(|step| routes::step_path(journey, step))
    })
}

/// Goes there, once what is under way is done.
pub(super) fn lead(site: Site, path: String) {
    spawn_local(async move { site.nav.replace(&path) });
}
