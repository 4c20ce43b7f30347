use std::rc::Rc;

use palier_domain::journey::{Answers, Field};
use palier_domain::portal::{Context, Portal};
use palier_domain::problem::FieldProblem;
use palier_domain::wire::code;
use serde_json::Value;

use super::{FormState, Head, fields_view, head, notice_slot};
use crate::account;
use crate::api::{Call, Failure};
use crate::html;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{Button, Html, one_button_form};

/// A form of one page, as data.
pub struct Form {
    /// Where its texts are (`<name>.title`, `.intro`, `.submit`, `.busy`) and what its state is called.
    pub name: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
    /// Everything that is wrong with the answers.
    pub problems: fn(&Answers, Context<'static>) -> Vec<FieldProblem>,
    /// The request that the answers make.
    pub call: fn(Site, &Answers) -> Call,
    /// What happens with the server's answer.
    pub done: fn(Site, &Value),
    /// Answers that are emptied when the server refuses, since nobody can see what was wrong in them.
    pub cleared: &'static [&'static str],
}

/// Whether forms are for those who are signed in: tenants' program has none.
const PERSONAL: bool = cfg!(any(feature = "account", feature = "office"));

/// Shows it. `back` is where the way back leads.
pub fn simple_form(site: Site, portal: &'static Portal, form: &'static Form, back: Option<String>) -> Html {
    let state = site.form(form.name);
    sent_form(site, portal, form, back, Rc::new(move || submit(site, portal, form, state)))
}

/// The same, sent in another way.
pub(crate) fn sent_form(
    site: Site,
    portal: &'static Portal,
    form: &'static Form,
    back: Option<String>,
    send: Rc<dyn Fn()>,
) -> Html {
    let i18n = site.i18n;
    let state = site.form(form.name);
    // What was wrong at the last visit isn't said at this one.
    if site.nav.is_arriving() {
        state.forget_problems();
    }
    let typed = site.take_typed();
    if !typed.is_empty() {
        state.answers.update(|answers| answers.extend(typed));
    }
    let text = |part: &str| i18n.text(&format!("{}.{part}", form.name));
    let fields: Vec<&'static Field> = form.fields.iter().filter(|field| (field.asked)(portal)).collect();
    let intro = i18n.find_text(&format!("{}.intro", form.name));
    let top = Head { back, step: None, title: text("title"), intro };
    let button = Button { words: text("submit"), busy_words: text("busy"), busy: state.busy };
    let content = html![fields_view(site, portal, &fields, state, 0), notice_slot(i18n, state.notice)];
    html![
        head(site, top, state.faults(site, portal, 0, fields)),
        one_button_form(content, button, move || send()),
    ]
}

fn submit(site: Site, portal: &'static Portal, form: &'static Form, state: FormState) {
    if state.busy.now() {
        return;
    }
    state.forget_problems();
    let answers = state.answers.now();
    let problems = (form.problems)(&answers, site.context(portal));
    if !problems.is_empty() {
        state.show_problems(0, problems);
        return;
    }
    state.busy.set(true);
    let from = site.nav.path();
    site.api.send((form.call)(site, &answers), move |answer| {
        state.busy.set(false);
        match answer {
            Ok(said) => {
                state.answers.set(Answers::new());
                // Somebody who went elsewhere meanwhile isn't fetched back.
                if site.nav.path() == from {
                    (form.done)(site, &said);
                }
            }
            Err(failure) => refuse(site, form, state, &failure),
        }
    });
}

/// Shows why the server refused it, and empties what nobody can see.
pub(crate) fn refuse(site: Site, form: &Form, state: FormState, failure: &Failure) {
    let Failure::Refused(problem) = failure else {
        state.notice.set(Some(Message::failure(failure)));
        return;
    };
    state.answers.update(|answers| {
        for name in form.cleared {
            answers.insert((*name).to_owned(), String::new());
        }
    });
    if PERSONAL && problem.code == code::SIGNED_OUT && Place::parse(&site.nav.path()).is_personal() {
        return account::ended(site);
    }
    let ours: Vec<_> = problem
        .fields
        .iter()
        .filter(|it| form.fields.iter().any(|field| field.name == it.name))
        .cloned()
        .collect();
    state.forget_refused_pass(&ours);
    if ours.is_empty() {
        state.notice.set(Some(told(site, form, failure)));
    } else {
        state.show_problems(0, ours);
    }
}

/// Why it was refused, in the form's own words (`<name>.problem.<code>`) where it has some.
#[cfg(feature = "office")]
fn told(site: Site, form: &Form, failure: &Failure) -> Message {
    let mut message = Message::failure(failure);
    let own = format!("{}.{}", form.name, message.key);
    if site.i18n.find_text(&own).is_some() {
        message.key = own;
    }
    message
}

/// Why it was refused.
#[cfg(not(feature = "office"))]
fn told(_: Site, _: &Form, failure: &Failure) -> Message {
    Message::failure(failure)
}
