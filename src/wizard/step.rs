use palier_domain::journey::{Field, Page, Step, answer_optional};
use palier_domain::portal::Portal;

use super::{Draft, Wizard, submission};
use crate::api::Call;
use crate::form::{Head, fields_view, head, notice_slot, required_view};
use crate::html;
use crate::message::Message;
use crate::routes::{self, CLIENTS};
use crate::site::Site;
use crate::ui::{Button, Html, Tone, one_button_form};

/// One page of questions.
pub(super) fn step_view(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: &'static Draft,
    index: usize,
) -> Html {
    let journey = wizard.journey;
    let Some(page) = journey.pages.get(index) else { return Html::default() };
    let i18n = site.i18n;
    let step = Step::Page(index);
    let fields: Vec<&'static Field> = journey.fields(step, portal).collect();
    submission::enter(site, draft, index);
    let text = |part: &str| {
        let key = format!("{}.{part}", page.text);
        i18n.find_text(&key).map(|_| i18n.portal(&key, portal))
    };
    let edit = routes::is_edit(&site.nav.query());
    let back = if edit {
        routes::step_path(journey, Step::Review)
    } else {
        submission::before(wizard, step, portal)
    };
    let top = Head {
        back: Some(back),
        step: Some(journey.number(step, portal)),
        title: text("title").unwrap_or_default(),
        intro: text("intro"),
    };
    let form = draft.form;
    let own = if CLIENTS { text("continue") } else { None };
    let button = Button {
        words: own.unwrap_or_else(|| i18n.text("wizard.continue")),
        busy_words: i18n.t("wizard.checking").to_owned(),
        busy: form.busy,
    };
    let lost = fields.iter().any(|field| !field.kind.may_be_kept()) && draft.lost.now();
    let lost = lost.then(|| Message::new(Tone::Information, "wizard.lost_secret").view(i18n, false));
    let content = html![
        required_view(site, &fields),
        fields_view(site, portal, &fields, form, index),
        notice_slot(i18n, form.notice),
    ];
    let view = html![
        head(site, top, form.faults(site, portal, index, fields)),
        lost,
        (wizard.panel)(site, portal, page),
        one_button_form(content, button, move || submit(site, portal, wizard, draft, index)),
    ];
    #[cfg(feature = "onboarding")]
    if let Some(words) = text("cancel") {
        let home = crate::ui::el("a").attr("href", &site.nav.href(wizard.home)).text(&words);
        // Whoever gives up leaves nothing behind.
        view.add(crate::ui::el("p").put(home.on("click", move |_| draft.restart())));
    }
    view
}

fn submit(site: Site, portal: &'static Portal, wizard: &'static Wizard, draft: &'static Draft, index: usize) {
    let form = draft.form;
    let Some(page) = wizard.journey.pages.get(index).filter(|_| !form.busy.now()) else { return };
    form.forget_problems();
    let context = site.context(portal);
    let step = Step::Page(index);
    if routes::SCHEMES {
        form.answers.update(|answers| answer_optional(wizard.journey.fields(step, portal), answers));
    }
    let problems = form.answers.peek(|answers| wizard.journey.problems_at(step, answers, context));
    if !problems.is_empty() {
        form.show_problems(index, problems);
        return;
    }
    if wizard.journey.fields(step, portal).any(|field| !field.kind.may_be_kept()) {
        draft.lost.set(false);
    }
    if page.checked {
        ask(site, portal, wizard, draft, index, page);
    } else {
        go_on(site, portal, wizard, draft, index);
    }
}

/// Asks the server what the browser can't know, then goes on.
fn ask(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: &'static Draft,
    index: usize,
    page: &'static Page,
) {
    let form = draft.form;
    let body = form.answers.peek(|answers| (wizard.check)(page.slug, answers, portal));
    form.busy.set(true);
    let from = site.nav.path();
    site.api.send(Call::post(wizard.journey.check_endpoint, body), move |answer| {
        form.busy.set(false);
        // Somebody who went back meanwhile isn't pushed on.
        if site.nav.path() != from {
            return;
        }
        match answer {
            Ok(said) => match (wizard.accepted)(site, draft, &said) {
                // From a page that was changed, this one leads back to the page of answers too.
                Some(step) if routes::SCHEMES && routes::is_edit(&site.nav.query()) => {
                    site.nav.go(&routes::edit_path(wizard.journey, step));
                }
                Some(step) => site.nav.go(&routes::step_path(wizard.journey, step)),
                None => go_on(site, portal, wizard, draft, index),
            },
            Err(failure) => submission::refuse(site, portal, wizard, draft, Step::Page(index), &failure),
        }
    });
}

/// To the next page; from a page that was changed, to what the answers now lead to: the page of answers, mostly.
fn go_on(site: Site, portal: &'static Portal, wizard: &'static Wizard, draft: &'static Draft, index: usize) {
    let journey = wizard.journey;
    let next = if routes::is_edit(&site.nav.query()) {
        draft.form.answers.peek(|answers| journey.next(answers, site.context(portal)))
    } else {
        journey.after(Step::Page(index), portal)
    };
    site.nav.go(&routes::step_path(journey, next));
}
