use palier_domain::account::LinkForm;
use palier_domain::journey::{Answers, Field, Kind, TICKED, answer};
use palier_domain::onboarding::{JoiningForm, JoiningView};
use palier_domain::portal::Portal;
use palier_domain::problem::FieldProblem;
use palier_domain::wire::code;

use crate::api::{Answer, Call, Failure};
use crate::form::{FormState, Head, fields_view, head, links_view, notice_slot, plain_head};
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::token;
use crate::ui::{
    AnswerRow, Button, Html, Tone, answer_list, done, el, link_button, live, notice_box, one_button_form,
};
use crate::var::Local;

const PATH: &str = "/organisation/joinings";
const PASSWORD: Field =
    Field::new("password", "field.activation_password", Kind::NewPassword, "new-password");

/// The terms are accepted here by who was invited, and were by who asked.
static FIELDS: [Field; 2] = [PASSWORD, Field::new("read_terms", "field.read_terms", Kind::Consent, "off")];

/// `/organisme/invitation`: somebody who was accepted or invited chooses a password (A7, A8).
pub(crate) fn invitation_view(site: Site, portal: &'static Portal) -> Html {
    let state = site.form("invitation");
    state.forget_problems();
    let known: Local<Option<Answer>> = Local::new(None);
    let visit = token::take(site, Place::Invitation).map(|token| Visit {
        site,
        portal,
        state,
        token: token.reveal().to_owned(),
        known: known.clone(),
    });
    let Some(visit) = visit else { return useless(site, portal, code::LINK_UNKNOWN) };
    visit.ask();
    let joined = Local::new(false);
    live(move || match known.get() {
        _ if joined.get() => finished(site, portal),
        None => el("p").attr("role", "status").text(site.i18n.t("document.loading")).into(),
        Some(Ok(said)) => match read::<JoiningView>(&said) {
            Some(view) => visit.form(&view, &joined),
            None => visit.failed(&Failure::Lost),
        },
        Some(Err(failure)) if is_final(failure.code()) => {
            token::forget(site, Place::Invitation);
            useless(site, portal, failure.code())
        }
        Some(Err(failure)) => visit.failed(&failure),
    })
}

fn is_final(found: &str) -> bool {
    [code::LINK_UNKNOWN, code::LINK_EXPIRED, code::LINK_USED, code::LINK_SUPERSEDED, code::ALREADY_USER]
        .contains(&found)
}

/// Why the link is of no use, and what to do.
fn useless(site: Site, portal: &'static Portal, found: &str) -> Html {
    let text = |part: &str| site.i18n.portal(&format!("invitation.{found}.{part}"), portal);
    html![
        plain_head(site, text("title"), Some(text("text"))),
        links_view(site, &[(Place::SignIn.path(), "sign_in.submit")]),
        el("p").text(&site.i18n.portal("invitation.contact", portal)),
    ]
}

fn finished(site: Site, portal: &'static Portal) -> Html {
    let text = |part: &str| site.i18n.portal(&format!("invitation.done.{part}"), portal);
    let sign_in = el("a").class("button").attr("href", &site.nav.href(&Place::SignIn.path()));
    html![
        done(plain_head(site, text("title"), None), &text("text")),
        el("div").class("actions").put(sign_in.text(site.i18n.t("sign_in.submit"))),
    ]
}

/// Somebody who came by the link.
#[derive(Clone)]
struct Visit {
    site: Site,
    portal: &'static Portal,
    state: FormState,
    token: String,
    known: Local<Option<Answer>>,
}

impl Visit {
    /// Asks whose link it is: that uses nothing up.
    fn ask(&self) {
        let (site, known) = (self.site, self.known.clone());
        let form = LinkForm { token: self.token.clone() };
        site.api.send(Call::form(&format!("{PATH}/show"), &form), move |answer| {
            site.nav.arrive();
            known.set(Some(answer));
        });
    }

    fn failed(&self, failure: &Failure) -> Html {
        let (i18n, visit) = (self.site.i18n, self.clone());
        let again = move || {
            visit.known.set(None);
            visit.ask();
        };
        html![
            plain_head(self.site, i18n.text("invitation.title_plain"), None),
            Message::failure(failure).view(i18n, true),
            el("p").put(link_button(i18n.t("document.again"), None, again)),
        ]
    }

    fn form(&self, view: &JoiningView, joined: &Local<bool>) -> Html {
        let (site, portal, state, i18n) = (self.site, self.portal, self.state, self.site.i18n);
        let organisation = [("organisation", view.organisation.as_str())];
        let fields: Vec<&'static Field> = FIELDS.iter().take(if view.asks_terms { 2 } else { 1 }).collect();
        let top = Head {
            back: None,
            step: None,
            title: i18n.with("invitation.title", &organisation),
            intro: Some(i18n.with("invitation.intro", &organisation)),
        };
        let row = |key: &str, value: &str| AnswerRow {
            label: i18n.text(key),
            value: value.to_owned(),
            digits: false,
            edit: None,
        };
        let rows = vec![
            row("invitation.organisation", &view.organisation),
            row("invitation.name", &format!("{} {}", view.first_name, view.surname)),
            row("account.email", &view.email),
        ];
        let other = site.session.now().map(|session| {
            let words = i18n.with("invitation.signed_in", &[("name", &session.name)]);
            notice_box(Tone::Information, false, None, el("p").text(&words))
        });
        let button = Button {
            words: i18n.text("invitation.submit"),
            busy_words: i18n.text("invitation.busy"),
            busy: state.busy,
        };
        let content = html![fields_view(site, portal, &fields, state, 0), notice_slot(i18n, state.notice)];
        let (visit, joined, asks_terms) = (self.clone(), joined.clone(), view.asks_terms);
        html![
            head(site, top, state.faults(site, portal, 0, fields)),
            other,
            answer_list(rows),
            one_button_form(content, button, move || visit.join(asks_terms, &joined)),
        ]
    }

    fn join(&self, asks_terms: bool, joined: &Local<bool>) {
        let (site, state) = (self.site, self.state);
        if state.busy.now() {
            return;
        }
        state.forget_problems();
        let form = state.answers.peek(|answers| self.filled(answers));
        let mut problems = form.problems(site.context(self.portal));
        if asks_terms && form.read_terms.is_empty() {
            problems.push(FieldProblem::plain("read_terms", "required"));
        }
        if !problems.is_empty() {
            state.show_problems(0, problems);
            return;
        }
        state.busy.set(true);
        let (joined, known) = (joined.clone(), self.known.clone());
        site.api.send(Call::form(PATH, &form), move |answer| {
            state.busy.set(false);
            match answer {
                Ok(_) => {
                    state.answers.set(Answers::new());
                    token::forget(site, Place::Invitation);
                    site.nav.arrive();
                    joined.set(true);
                }
                Err(failure) if is_final(failure.code()) => {
                    site.nav.arrive();
                    known.set(Some(Err(failure)));
                }
                Err(Failure::Refused(problem)) if !problem.fields.is_empty() => {
                    state.show_problems(0, problem.fields);
                }
                Err(failure) => state.notice.set(Some(Message::failure(&failure))),
            }
        });
    }

    fn filled(&self, answers: &Answers) -> JoiningForm {
        let accepted = answer(answers, "read_terms") == TICKED;
        JoiningForm {
            token: self.token.clone(),
            password: answer(answers, "password").to_owned(),
            read_terms: if accepted { self.portal.terms.version.clone() } else { String::new() },
        }
    }
}
