use leptos::prelude::*;
use leptos::task::spawn_local;
use palier_domain::journey::{Journey, Step};
use palier_domain::portal::Portal;
use palier_domain::problem::FieldProblem;

use super::{Draft, Wizard};
use crate::api::Failure;
use crate::message::Message;
use crate::routes;
use crate::site::Site;

/// The number under which a step's problems are found; the review comes after all pages.
pub(super) fn place(journey: &Journey, step: Step) -> usize {
    journey.number(step) - 1
}

/// A step is shown: problems of other steps are forgotten, and what was typed before the program arrived is taken.
pub(super) fn enter(site: Site, draft: Draft, at: usize) {
    let typed = site.take_typed();
    if !typed.is_empty() {
        let typed = typed.into_iter().filter(|(_, value)| !value.is_empty());
        draft.form.answers.update(|answers| answers.extend(typed));
    }
    if draft.form.found.with_untracked(|found| found.at != at) {
        draft.form.forget_problems();
    } else if draft.form.notice.with_untracked(Option::is_some) && !draft.form.busy.get_untracked() {
        draft.form.notice.set(None);
    }
}

/// Sends the form. Another click meanwhile does nothing; another try after a lost network is the same submission.
pub(super) fn submit(site: Site, portal: &'static Portal, wizard: &'static Wizard, draft: Draft) {
    let form = draft.form;
    if form.busy.get_untracked() {
        return;
    }
    form.forget_problems();
    let journey = wizard.journey;
    let answers = form.answers.get_untracked();
    let problems = (journey.problems)(&answers, site.context(portal));
    if !problems.is_empty() {
        show(site, portal, wizard, draft, &problems);
        return;
    }
    let body = (wizard.body)(&answers, portal);
    form.busy.set(true);
    spawn_local(async move {
        let key = draft.key_for(&body);
        let mut answer = site.api.submit(journey.endpoint, body.clone(), Some(&key)).await;
        if matches!(&answer, Err(failure) if failure.code() == KEY_REUSED) {
            // The name was given to another form before a reload: what was sent then can't be told any more.
            draft.renew_key();
            let key = draft.key_for(&body);
            answer = site.api.submit(journey.endpoint, body, Some(&key)).await;
        }
        form.busy.set(false);
        match answer {
            Ok(text) => {
                draft.settle((wizard.receipt)(&answers, &text));
                if site.nav.path().starts_with(journey.path) {
                    site.nav.replace(&routes::sent_path(journey));
                }
            }
            Err(failure) => refuse(site, portal, wizard, draft, Step::Review, &failure),
        }
    });
}

/// Code of the problem that says that a submission's name was used for another form.
const KEY_REUSED: &str = "idempotency_key_reused";

/// Tells what the server refused: at the fields, on the step where they are, or above the button of `step`.
pub(super) fn refuse(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: Draft,
    step: Step,
    failure: &Failure,
) {
    let fields = match failure {
        Failure::Refused(problem) => problem.fields.as_slice(),
        Failure::Lost => &[],
    };
    if !show(site, portal, wizard, draft, fields) {
        draft.form.found.update(|found| found.at = place(wizard.journey, step));
        draft.form.notice.set(Some(Message::failure(failure)));
    }
}

/// Leads to the first step that has one of these problems; says whether there was one.
fn show(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: Draft,
    problems: &[FieldProblem],
) -> bool {
    let journey = wizard.journey;
    let steps = problems.iter().filter_map(|problem| journey.step_of(&problem.name, portal));
    let Some(first) = steps.min_by_key(|step| journey.number(*step)) else { return false };
    let here: Vec<FieldProblem> = journey
        .fields(first, portal)
        .filter_map(|field| problems.iter().find(|problem| problem.name == field.name).cloned())
        .collect();
    draft.form.show_problems(place(journey, first), here);
    let path = routes::step_path(journey, first);
    if site.nav.path() != path {
        site.nav.go(&routes::edit_path(journey, first));
    }
    true
}
