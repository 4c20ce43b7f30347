//! Pieces of page made from what the server says.

use palier_domain::wire::code;
use serde_json::Value;

use crate::account;
use crate::api::{Answer, Call, Failure};
use crate::html;
use crate::message::Message;
use crate::routes::SCHEMES;
use crate::site::Site;
use crate::ui::{Html, el, link_button, live};
use crate::var::Local;

/// What is asked, and what is shown meanwhile.
#[derive(Clone)]
pub(crate) struct Question {
    /// What is asked for, below the portal's `/api`.
    pub(crate) path: String,
    /// What was said: nothing while it is awaited, which it is only when nothing is known yet.
    pub(crate) known: Local<Option<Answer>>,
    /// Where the text is that is shown meanwhile.
    pub(crate) waiting: &'static str,
    /// What precedes the reason when nothing came.
    pub(crate) failed: fn(Site) -> Html,
    /// Called with what was said when it comes, before it is shown.
    pub(crate) heard: fn(Site, &Value),
}

/// Makes a piece of page from what was said; nothing when that isn't understood.
trait Show {
    fn show(&self, said: &Value) -> Option<Html>;
}

impl<F: Fn(&Value) -> Option<Html>> Show for F {
    fn show(&self, said: &Value) -> Option<Html> {
        self(said)
    }
}

/// Shows what the server says; `show` gives nothing when that isn't understood.
pub(crate) fn fetched(
    site: Site,
    question: Question,
    show: impl Fn(&Value) -> Option<Html> + 'static,
) -> Html {
    fetched_boxed(site, question, Box::new(show))
}

fn fetched_boxed(site: Site, question: Question, show: Box<dyn Show>) -> Html {
    if question.known.now().is_none() {
        ask(site, &question);
    }
    live(move || match question.known.get() {
        None => el("p").attr("role", "status").text(site.i18n.t(question.waiting)).into(),
        Some(Ok(said)) => show.show(&said).unwrap_or_else(|| failed(site, &question, &Failure::Lost)),
        Some(Err(failure)) => failed(site, &question, &failure),
    })
}

fn ask(site: Site, question: &Question) {
    let Question { path, known, heard, .. } = question.clone();
    site.api.send(Call::get(&path), move |answer| {
        match &answer {
            Ok(said) => heard(site, said),
            Err(failure) if failure.code() == code::SIGNED_OUT => account::ended(site),
            Err(_) => {}
        }
        // Asked twice, by a page that was made again meanwhile: the same answer makes nothing anew, nor takes the focus.
        if !SCHEMES || known.now().as_ref() != Some(&answer) {
            known.set(Some(answer));
        }
    });
}

fn failed(site: Site, question: &Question, failure: &Failure) -> Html {
    let asked = question.clone();
    let again = move || {
        asked.known.set(None);
        ask(site, &asked);
    };
    html![
        (question.failed)(site),
        Message::failure(failure).view(site.i18n, true),
        el("p").put(link_button(site.i18n.t("document.again"), None, again)),
    ]
}
