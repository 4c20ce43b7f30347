use palier_domain::journey::{Answers, DATE_PARTS, Field, Kind, Step, answer};
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
    let at = submission::place(journey, Step::Review);
    let fields: Vec<&'static Field> = journey.fields(Step::Review, portal).collect();
    submission::enter(site, draft, at);
    let text = |part: &str| i18n.portal(&format!("{}.{part}", journey.name), portal);
    let top = Head {
        back: Some(routes::step_path(journey, Step::Page(journey.pages.len().saturating_sub(1)))),
        step: Some((journey.number(Step::Review), journey.length())),
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

fn rows(site: Site, portal: &'static Portal, wizard: &'static Wizard, answers: &Answers) -> Vec<AnswerRow> {
    let journey = wizard.journey;
    let i18n = site.i18n;
    let mut rows = Vec::new();
    for index in 0..journey.pages.len() {
        let step = Step::Page(index);
        let href = site.nav.href(&routes::edit_path(journey, step));
        rows.extend(journey.fields(step, portal).map(|field| AnswerRow {
            label: wording::label(i18n.texts(), field).to_owned(),
            value: shown(field, answers).unwrap_or_else(|| i18n.t("wizard.hidden").to_owned()),
            digits: field.kind == Kind::Digits,
            edit: Some((href.clone(), i18n.t("wizard.edit"))),
        }));
    }
    rows
}

/// An answer as it is shown; nothing for those that aren't.
fn shown(field: &Field, answers: &Answers) -> Option<String> {
    match field.kind {
        Kind::NewPassword | Kind::Password => None,
        Kind::Date => {
            let parts = DATE_PARTS.map(|part| {
                let typed = answer(answers, &format!("{}.{part}", field.name)).trim();
                format!("{typed:0>2}")
            });
            Some(parts.join("/"))
        }
        _ => Some(answer(answers, field.name).trim().to_owned()),
    }
}
