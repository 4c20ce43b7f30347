use std::rc::Rc;

use palier_domain::account::Session;
use palier_domain::account_fields;
use palier_domain::journey::{Answers, answer};
use palier_domain::portal::Portal;
use palier_domain::profile::DataForm;
use serde_json::Value;

use crate::api::{Call, Failure};
use crate::dom;
use crate::fetched::{Question, fetched};
use crate::form::{Form, refuse, sent_form};
use crate::html;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{AnswerRow, Html, Tone, answer_list, el};
use crate::var::Local;

const PATH: &str = "/account/data";

/// The file with everything (D4), for the password.
static FORM: Form = Form {
    name: "data_download",
    fields: &account_fields::DATA,
    problems: |answers, _| form(answers).problems(),
    call: |_, answers| Call::form(PATH, &form(answers)),
    done: |_, _| {},
    cleared: &["present"],
};

fn form(answers: &Answers) -> DataForm {
    DataForm { present: answer(answers, "present").to_owned() }
}

/// `/compte/donnees`: the file, and how long what is kept of somebody is kept.
pub(crate) fn data_view(site: Site, session: &Session) -> Html {
    let Some(portal) = &site.portal else { return Html::default() };
    let i18n = site.i18n;
    let known = if session.email.is_empty() { "data.done_without" } else { "data.done" };
    let question = Question {
        path: PATH.to_owned(),
        known: Local::new(None),
        waiting: "document.loading",
        failed: |_| Html::default(),
        heard: |_, _| {},
    };
    html![
        sent_form(
            site,
            portal,
            &FORM,
            Some(Place::Account.path()),
            Rc::new(move || send(site, portal, known))
        ),
        el("h2").text(i18n.t("data.kept")),
        el("p").text(i18n.t("data.while_open")),
        fetched(site, question, kept),
    ]
}

/// How long each is kept, in the server's words.
fn kept(said: &Value) -> Option<Html> {
    let row = |one: &Value| {
        Some(AnswerRow {
            label: one["what"].as_str()?.to_owned(),
            value: one["period"].as_str()?.to_owned(),
            digits: false,
            edit: None,
        })
    };
    let rows: Option<Vec<_>> = said["kept"].as_array()?.iter().map(row).collect();
    Some(answer_list(rows?).into())
}

/// Asks for the file, and hands it to the browser, which saves it.
fn send(site: Site, portal: &'static Portal, done: &'static str) {
    let state = site.form(FORM.name);
    if state.busy.now() {
        return;
    }
    state.forget_problems();
    let answers = state.answers.now();
    let problems = (FORM.problems)(&answers, site.context(portal));
    if !problems.is_empty() {
        return state.show_problems(0, problems);
    }
    state.busy.set(true);
    site.api.fetch_file((FORM.call)(site, &answers), move |content| {
        state.busy.set(false);
        match content {
            Ok(content) => {
                state.answers.set(Answers::new());
                let name = format!("{}-{}.zip", site.i18n.t("data.file"), site.today);
                let saved = dom::save_file(&name, "application/zip", &content);
                state.notice.set(Some(if saved {
                    Message::success(done)
                } else {
                    Message::new(Tone::Danger, "data.unsaved")
                }));
            }
            Err(failure) => refused(site, &failure),
        }
    });
}

fn refused(site: Site, failure: &Failure) {
    refuse(site, &FORM, site.form(FORM.name), failure);
}
