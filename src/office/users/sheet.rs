use std::rc::Rc;

use palier_domain::journey::Field;
use palier_domain::portal::Choice;
use palier_domain::problem::FieldProblem;

use super::grant;
use super::page::Visit;
use crate::form::{FormState, fields_view, notice_slot};
use crate::html;
use crate::ui::{Button, El, Fault, Html, Live, el, error_summary, one_button_form};

/// A form of the page, opened where it is needed.
pub(super) struct Sheet {
    /// Where its texts are: `users.<text>.submit`…
    pub(super) text: &'static str,
    /// Its heading.
    pub(super) title: String,
    /// What was typed.
    pub(super) state: FormState,
    /// Its fields, in order.
    pub(super) fields: Vec<&'static Field>,
    /// The services whose rights are given after them; none where no rights are.
    pub(super) services: Vec<Choice>,
    /// What stands after all of them.
    pub(super) rest: Html,
    /// The name of the field in there whose problems are listed too.
    pub(super) last: Option<&'static str>,
}

/// Shows it; its heading takes the focus. `problems` finds what is wrong, `send` sends what is right.
pub(super) fn sheet_view(
    visit: &Visit,
    sheet: Sheet,
    problems: impl Fn() -> Vec<FieldProblem> + 'static,
    send: impl Fn() + 'static,
) -> El {
    let (site, portal) = (visit.site, visit.portal);
    let Sheet { text, title, state, fields, services, rest, last } = sheet;
    let words = |part: &str| site.i18n.text(&format!("users.{text}.{part}"));
    let button = Button { words: words("submit"), busy_words: words("busy"), busy: visit.running() };
    let rights = (!services.is_empty()).then(|| grant::rights_view(site, portal, &services, state));
    let content = html![
        fields_view(site, portal, &fields, state, 0),
        rights,
        rest,
        notice_slot(site.i18n, state.notice),
    ];
    let running = visit.running();
    let submit = move || {
        if running.now() {
            return;
        }
        state.forget_problems();
        let found = problems();
        if found.is_empty() { send() } else { state.show_problems(0, found) }
    };
    let heading = el("h3").attr("tabindex", "-1").text(&title).focus_when_shown(false);
    el("div").class("form-sheet").put(html![
        heading,
        site.i18n.find_text(&format!("users.{text}.intro")).map(|intro| el("p").text(&intro)),
        error_summary(site.i18n, faults(visit, state, fields, services, last)),
        one_button_form(content, button, submit),
        visit.cancel_view(),
    ])
}

/// What is wrong, in the order of the fields.
fn faults(
    visit: &Visit,
    state: FormState,
    fields: Vec<&'static Field>,
    services: Vec<Choice>,
    last: Option<&'static str>,
) -> Live<Vec<Fault>> {
    let (site, portal) = (visit.site, visit.portal);
    let of_fields = state.faults(site, portal, 0, fields);
    Rc::new(move || {
        let mut faults = of_fields.ask();
        let others = [
            (grant::RIGHTS, grant::target(&services)),
            (last.unwrap_or_default(), last.unwrap_or_default().to_owned()),
        ];
        for (name, target) in others {
            if let Some(problem) = state.problem(0, name) {
                faults.push(Fault { target, text: site.i18n.error(&problem, portal) });
            }
        }
        faults
    })
}
