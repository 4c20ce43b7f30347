use palier_domain::journey::{Answers, Step};
use palier_domain::portal::Portal;
use palier_domain::problem::FieldProblem;
use palier_domain::wire::code;

use super::sent::receipt;
use super::{Draft, Wizard};
use crate::api::{Call, Failure};
use crate::message::Message;
use crate::routes;
use crate::site::Site;

/// Where the way back leads from a step.
pub(super) fn before(wizard: &Wizard, step: Step, portal: &'static Portal) -> String {
    let before = wizard.journey.before(step, portal);
    before.map_or_else(|| wizard.home.to_owned(), |before| routes::step_path(wizard.journey, before))
}

/// A step is shown: problems of other steps are forgotten, and what was typed before the program arrived is taken.
pub(super) fn enter(site: Site, draft: &'static Draft, at: usize) {
    let form = draft.form;
    let typed = site.take_typed();
    if !typed.is_empty() {
        form.answers.update(|answers| answers.extend(typed));
    }
    if form.found.peek(|found| found.at != at) {
        form.forget_problems();
    } else if !form.busy.now() {
        form.notice.set(None);
    }
}

/// Sends the form. Another click meanwhile does nothing; another try after a lost network is the same submission.
pub(super) fn submit(site: Site, portal: &'static Portal, wizard: &'static Wizard, draft: &'static Draft) {
    let form = draft.form;
    if form.busy.now() {
        return;
    }
    form.forget_problems();
    let answers = form.answers.now();
    let problems = (wizard.journey.problems)(&answers, site.context(portal));
    if !problems.is_empty() {
        show(site, portal, wizard, draft, &problems);
        return;
    }
    form.busy.set(true);
    send(site, portal, wizard, draft, answers, true);
}

fn send(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: &'static Draft,
    answers: Answers,
    first: bool,
) {
    let journey = wizard.journey;
    let body = (wizard.body)(&answers, portal);
    let key = draft.key_for(&body);
    site.api.send(Call::post(journey.endpoint, body).named(key), move |answer| {
        if first && matches!(&answer, Err(failure) if failure.code() == code::KEY_REUSED) {
            // The name was given to another form before a reload: what was sent then can't be told any more.
            draft.renew_key();
            return send(site, portal, wizard, draft, answers, false);
        }
        draft.form.busy.set(false);
        match answer {
            Ok(said) => {
                draft.settle(receipt(journey, &answers, &said));
                if site.nav.path().starts_with(journey.path) {
                    site.nav.replace(&routes::sent_path(journey));
                }
            }
            Err(failure) => refuse(site, portal, wizard, draft, Step::Review, &failure),
        }
    });
}

/// Tells what the server refused: at the fields, on the step where they are, or above the button of `step`.
pub(super) fn refuse(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: &'static Draft,
    step: Step,
    failure: &Failure,
) {
    if (wizard.refused)(site, draft, failure.code()) {
        return;
    }
    let fields = match failure {
        Failure::Refused(problem) => problem.fields.as_slice(),
        Failure::Lost => &[],
    };
    draft.form.forget_refused_pass(fields);
    if !show(site, portal, wizard, draft, fields) {
        draft.form.found.update(|found| found.at = step.index());
        draft.form.notice.set(Some(Message::failure(failure)));
    }
}

/// Leads to the first step that has one of these problems; says whether there was one.
fn show(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: &'static Draft,
    problems: &[FieldProblem],
) -> bool {
    let journey = wizard.journey;
    let steps = problems.iter().filter_map(|problem| journey.step_of(&problem.name, portal));
    let Some(first) = steps.min_by_key(|step| step.index()) else { return false };
    let here: Vec<FieldProblem> = journey
        .fields(first, portal)
        .filter_map(|field| problems.iter().find(|problem| problem.name == field.name).cloned())
        .collect();
    draft.form.show_problems(first.index(), here);
    let path = routes::step_path(journey, first);
    if site.nav.path() != path {
        site.nav.go(&routes::edit_path(journey, first));
    }
    true
}
