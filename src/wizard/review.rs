use palier_domain::journey::{Answers, Field, Kind, Step};
use palier_domain::portal::Portal;
use palier_domain::wording;

use super::{Draft, Wizard, submission};
use crate::form::{Head, fields_view, head, notice_slot};
use crate::html;
use crate::routes;
use crate::site::Site;
use crate::ui::{AnswerRow, Button, Html, answer_list, one_button_form};

/// The page where answers are checked and the form is sent.
pub(super) fn review_view(
    site: Site,
    portal: &'static Portal,
    wizard: &'static Wizard,
    draft: &'static Draft,
) -> Html {
    let journey = wizard.journey;
    let (i18n, form) = (site.i18n, draft.form);
    let at = Step::Review.index();
    let fields: Vec<&'static Field> = journey.fields(Step::Review, portal).collect();
    submission::enter(site, draft, at);
    let text = |part: &str| i18n.portal(&format!("{}.{part}", journey.name), portal);
    let top = Head {
        back: Some(submission::before(wizard, Step::Review, portal)),
        step: Some(journey.number(Step::Review, portal)),
        title: text("review.title"),
        intro: Some(text("review.intro")),
    };
    let button = Button { words: text("submit"), busy_words: text("busy"), busy: form.busy };
    let rows = form.answers.peek(|answers| rows(site, portal, wizard, answers));
    let content = html![fields_view(site, portal, &fields, form, at), notice_slot(i18n, form.notice)];
    html![
        head(site, top, form.faults(site, portal, at, fields)),
        answer_list(rows),
        one_button_form(content, button, move || submission::submit(site, portal, wizard, draft)),
    ]
}

/// A pass says nothing to a person.
fn is_unseen(field: &Field) -> bool {
    match field.kind {
        #[cfg(feature = "onboarding")]
        Kind::Human => true,
        _ => false,
    }
}

fn rows(site: Site, portal: &'static Portal, wizard: &'static Wizard, answers: &Answers) -> Vec<AnswerRow> {
    let journey = wizard.journey;
    let i18n = site.i18n;
    let mut rows = Vec::new();
    for index in 0..journey.pages.len() {
        let step = Step::Page(index);
        let href = site.nav.href(&routes::edit_path(journey, step));
        let fields = journey.fields(step, portal).filter(|field| (field.shown)(answers) && !is_unseen(field));
        rows.extend(fields.map(|field| {
            AnswerRow {
                label: wording::label(i18n.texts(), field).to_owned(),
                value: wording::shown(i18n.texts(), field, answers, portal)
                    .unwrap_or_else(|| i18n.t("wizard.hidden").to_owned()),
                digits: matches!(field.kind, Kind::Digits | Kind::Code),
                edit: Some((href.clone(), i18n.t("wizard.edit"))),
            }
        }));
    }
    rows
}
