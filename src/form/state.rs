use std::rc::Rc;

use palier_domain::human;
use palier_domain::journey::{Answers, Field, Kind};
use palier_domain::portal::Portal;
use palier_domain::problem::FieldProblem;

use crate::i18n::I18n;
use crate::message::Message;
use crate::routes::CLIENTS;
use crate::site::Site;
use crate::ui::{Fault, Html, Live, el, input_id, live};
use crate::var::Var;

/// What was typed in a form and what came of it. Mirrors the screen: texts, converted when they are sent.
#[derive(Clone, Copy, Debug)]
pub struct FormState {
    /// What was typed.
    pub answers: Var<Answers>,
    /// What is wrong with it, found when it was last sent.
    pub found: Var<Found>,
    /// What is told about the whole form.
    pub notice: Var<Option<Message>>,
    /// It is being sent: another click does nothing.
    pub busy: Var<bool>,
}

/// Problems, and the page of the form that they are shown on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The page's number; 0 for forms of one page.
    pub at: usize,
    /// The problems, in the order of the fields.
    pub problems: Vec<FieldProblem>,
}

impl FormState {
    /// An empty form.
    pub fn new() -> Self {
        Self {
            answers: Var::new(Answers::new()),
            found: Var::new(Found::default()),
            notice: Var::new(None),
            busy: Var::new(false),
        }
    }

    /// Forgets problems and message, before another try or on another page.
    pub fn forget_problems(self) {
        if self.found.peek(|found| !found.problems.is_empty()) {
            self.found.set(Found::default());
        }
        if self.notice.peek(Option::is_some) {
            self.notice.set(None);
        }
    }

    /// A pass that the server refused is no answer any more: its box is to be ticked again.
    pub fn forget_refused_pass(self, problems: &[FieldProblem]) {
        if CLIENTS && problems.iter().any(|problem| problem.name == human::FIELD) {
            self.answers.update(|answers| drop(answers.insert(human::FIELD.to_owned(), String::new())));
        }
    }

    /// Shows problems on a page of the form.
    pub fn show_problems(self, at: usize, problems: Vec<FieldProblem>) {
        self.found.set(Found { at, problems });
    }

    /// The problem of one field on one page.
    pub fn problem(self, at: usize, name: &'static str) -> Option<FieldProblem> {
        self.found.with(|found| {
            let here = found.at == at;
            found.problems.iter().find(|problem| here && problem.name == name).cloned()
        })
    }

    /// The problems of one page as the summary lists them, in the order of its fields.
    pub fn faults(
        self,
        site: Site,
        portal: &'static Portal,
        at: usize,
        fields: Vec<&'static Field>,
    ) -> Live<Vec<Fault>> {
        Rc::new(move || {
            let fault = |field: &&'static Field| {
                let problem = self.problem(at, field.name)?;
                Some(Fault { target: target(field, &problem), text: site.i18n.error(&problem, portal) })
            };
            fields.iter().filter_map(fault).collect()
        })
    }
}

impl Default for FormState {
    fn default() -> Self {
        Self::new()
    }
}

/// The id of the input where a problem is put right.
fn target(field: &Field, problem: &FieldProblem) -> String {
    match field.kind {
        Kind::Date => {
            input_id(&format!("{}.{}", field.name, faulty_parts(problem).first().unwrap_or(&"day")))
        }
        _ => input_id(field.name),
    }
}

/// The parts of a date that a problem is about.
pub(super) fn faulty_parts(problem: &FieldProblem) -> Vec<&'static str> {
    match problem.code.as_str() {
        "date_day_missing" => vec!["day"],
        "date_month_missing" => vec!["month"],
        "date_year_missing" | "date_year" => vec!["year"],
        _ => vec!["day", "month", "year"],
    }
}

/// Where a form tells what became of it, just above its button. Refusals take the focus; a lost network leaves it on
/// the button, which is what one presses again.
pub fn notice_slot(i18n: I18n, notice: Var<Option<Message>>) -> Html {
    live(move || {
        let shown = notice.get().map(|message| {
            let slot = el("div").attr("tabindex", "-1").put(message.view(i18n, true));
            if message.key.starts_with("problem.") { slot.focus_when_shown(false) } else { slot }
        });
        shown.into()
    })
}
