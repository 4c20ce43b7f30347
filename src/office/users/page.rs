use std::rc::Rc;

use palier_domain::account::Session;
use palier_domain::journey::Answers;
use palier_domain::onboarding::UsersView;
use palier_domain::portal::Portal;
use palier_domain::problem::{Data, FieldProblem};
use palier_domain::wire::code;
use serde::Serialize;

use super::{invite, people, waiting};
use crate::account;
use crate::api::{Answer, Call, Failure};
use crate::dom;
use crate::fetched::{Question, fetched};
use crate::form::{FormState, plain_head};
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{Confirmation, El, Html, Tone, confirm_dialog, el, link_button, live, notice_box};
use crate::var::{Local, Var};

/// Where the users are asked for, and what is done with them.
const PATH: &str = "/organisation";

/// The forms that are about one person.
const OF_ONE_PERSON: [&str; 3] = ["users.accept", "users.refuse", "users.rights"];

/// The form that is open: one at most, so that nobody wonders which one a button sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Accept a request.
    Accept(i64),
    /// Refuse a request.
    Refuse(i64),
    /// Change a user's rights.
    Rights(i64),
    /// Invite a colleague.
    Invite,
}

impl Open {
    /// The id of the button that opens it, where the focus goes back to.
    pub(super) fn button(self) -> String {
        match self {
            Self::Accept(id) => format!("accept-{id}"),
            Self::Refuse(id) => format!("refuse-{id}"),
            Self::Rights(id) => format!("rights-{id}"),
            Self::Invite => "invite".to_owned(),
        }
    }
}

/// A visit of the page.
#[derive(Clone)]
pub(super) struct Visit {
    pub(super) site: Site,
    pub(super) portal: &'static Portal,
    pub(super) open: Local<Option<Open>>,
    known: Local<Option<Answer>>,
    asked: Local<Option<Confirmation>>,
    /// What was done, or why not.
    said: Local<Option<Message>>,
}

/// Shows it.
pub(crate) fn users_view(site: Site, _: &Session) -> Html {
    let Some(portal) = &site.portal else { return Html::default() };
    let visit = Visit {
        site,
        portal,
        open: Local::new(None),
        known: Local::new(None),
        asked: Local::new(None),
        said: Local::new(None),
    };
    let question = Question {
        path: format!("{PATH}/users"),
        known: visit.known.clone(),
        waiting: "document.loading",
        failed: |site| plain_head(site, site.i18n.text("users.title_plain"), None),
        heard: |_, _| {},
    };
    let shown = visit.clone();
    html![fetched(site, question, move |said| Some(shown.all(&read(said)?))), confirm_dialog(&visit.asked),]
}

impl Visit {
    fn all(&self, view: &UsersView) -> Html {
        let i18n = self.site.i18n;
        let title = i18n.with("users.title", &[("organisation", &view.organisation)]);
        let intro = i18n.with("users.intro", &[("number", &view.number)]);
        let alone = view.alone.then(|| {
            let title = i18n.t("users.alone.title");
            notice_box(Tone::Warning, false, Some(title), el("p").text(i18n.t("users.alone.text")))
        });
        let journal = el("a").attr("href", &self.site.nav.href(&Place::Journal.path()));
        html![
            plain_head(self.site, title, Some(intro)),
            self.told(),
            alone,
            waiting::requests_view(self, view),
            people::users_view(self, view),
            waiting::invitations_view(self, view),
            invite::invite_view(self, view),
            el("p").put(journal.text(i18n.t("users.journal"))),
        ]
    }

    /// What was done, or why it wasn't: it takes the focus, since what was used is gone or made anew.
    fn told(&self) -> Html {
        let (i18n, said) = (self.site.i18n, self.said.clone());
        live(move || {
            let shown = said.get().map(|message| {
                let slot = el("div").attr("tabindex", "-1").put(message.view(i18n, false));
                slot.focus_when_shown(false)
            });
            shown.into()
        })
    }

    /// Opens a form in the place of the one that was. What was chosen for one person isn't offered for another.
    pub(super) fn show(&self, open: Open) {
        self.said.set(None);
        for name in OF_ONE_PERSON {
            self.site.form(name).answers.set(Answers::new());
        }
        self.open.set(Some(open));
    }

    /// Closes the form; the focus goes back to the button that opened it.
    pub(super) fn close(&self) {
        if let Some(open) = self.open.now() {
            self.open.set(None);
            dom::soon(move || dom::focus(&open.button()));
        }
    }

    /// The way out of a form.
    pub(super) fn cancel_view(&self) -> El {
        let visit = self.clone();
        el("p").put(link_button(self.site.i18n.t("users.back"), None, move || visit.close()))
    }

    /// Asks whether something is to be done with somebody, and does it. `key` is where its texts are.
    pub(super) fn confirm(&self, key: &'static str, name: &str, path: String) {
        let i18n = self.site.i18n;
        let text = |part: &str| i18n.with(&format!("users.{key}.{part}"), &[("name", name)]);
        let (visit, done) = (self.clone(), told(key, name));
        self.asked.set(Some(Confirmation {
            title: text("title"),
            text: text("text"),
            yes: text("yes"),
            no: i18n.text("users.back"),
            act: Rc::new(move || visit.send(None, &path, &NOTHING, done.clone())),
        }));
    }

    /// Sends something that changes the list, once at a time, and shows the list as it is then. What a form sent is told
    /// there when it is refused, and is kept.
    pub(super) fn send(&self, form: Option<FormState>, path: &str, body: &impl Serialize, done: Message) {
        let running = self.running();
        if running.now() {
            return;
        }
        running.set(true);
        self.said.set(None);
        let visit = self.clone();
        self.site.api.send(Call::form(&format!("{PATH}/{path}"), body), move |answer| {
            running.set(false);
            match (answer, form) {
                (Ok(_), form) => {
                    if let Some(form) = form {
                        form.answers.set(Answers::new());
                    }
                    visit.again(done);
                }
                (Err(failure), _) if failure.code() == code::SIGNED_OUT => account::ended(visit.site),
                // Somebody else was faster, or it isn't allowed any more: what is shown is out of date.
                (Err(failure), _) if is_outdated(failure.code()) => visit.again(Message::failure(&failure)),
                (Err(failure), Some(form)) => refuse(form, &failure),
                (Err(failure), None) => visit.said.set(Some(Message::failure(&failure))),
            }
        });
    }

    /// Whether something is being done: another click does nothing meanwhile.
    pub(super) fn running(&self) -> Var<bool> {
        self.site.form("users").busy
    }

    /// Asks for the list again, and tells what was done.
    fn again(&self, done: Message) {
        let visit = self.clone();
        self.site.api.send(Call::get(&format!("{PATH}/users")), move |answer| {
            let found = answer.as_ref().err().map(|failure| failure.code().to_owned()).unwrap_or_default();
            // Who took the access or the role from themself has no list any more.
            if found == code::SIGNED_OUT {
                account::ended(visit.site);
                visit.site.tell(done);
                return;
            }
            if found == code::NO_CLIENT {
                visit.site.nav.replace(&Place::Account.path());
                visit.site.tell(done);
                return;
            }
            visit.open.set(None);
            visit.known.set(Some(answer));
            visit.said.set(Some(done));
        });
    }
}

/// What is sent with what needs no more words.
pub(super) const NOTHING: Data = Data::new();

/// Shows in a form why it was refused.
fn refuse(form: FormState, failure: &Failure) {
    match failure {
        Failure::Refused(problem) if !problem.fields.is_empty() => {
            form.show_problems(0, problem.fields.clone());
        }
        Failure::Refused(problem) if problem.code == code::ALREADY_USER && asks_email(form) => {
            form.show_problems(0, vec![FieldProblem::plain("email", code::ALREADY_USER)]);
        }
        _ => form.notice.set(Some(Message::failure(failure))),
    }
}

fn asks_email(form: FormState) -> bool {
    form.answers.peek(|answers| answers.contains_key("email"))
}

/// Says that something was done with somebody.
pub(super) fn told(key: &str, name: &str) -> Message {
    let mut message = Message::success(&format!("users.{key}.done"));
    message.values.insert("name".to_owned(), name.into());
    message
}

fn is_outdated(found: &str) -> bool {
    [code::DECIDED, code::NOT_FOUND, code::LAST_ADMINISTRATOR].contains(&found)
}
