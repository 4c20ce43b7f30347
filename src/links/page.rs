use std::rc::Rc;

use palier_domain::account::LinkForm;
use palier_domain::portal::Portal;
use palier_domain::values::Token;
use palier_domain::wire::code;

use crate::api::{Answer, Call};
use crate::form::{FormState, links_view, notice_slot, plain_head};
use crate::html;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::token;
use crate::ui::{Button, El, Html, Tone, done, el, live, notice_box, one_button_form};
use crate::var::Local;

/// One of these pages, as data.
pub(crate) struct LinkPage {
    /// Where its texts are: title, introduction, button, and for each end `<text>.done`, `<text>.<code>`…
    pub(crate) text: &'static str,
    /// The page itself.
    pub(crate) place: Place,
    /// What the click does; another link is asked for below it, at `/resend`.
    pub(crate) endpoint: &'static str,
    /// Where one begins anew when the link is unknown, and the text of the link there.
    pub(crate) start: (&'static str, &'static str),
    /// The page where one goes on, by the token that the server answers with, and the text of the link there; where there
    /// is none, one signs in. Without a token others decide first: `<text>.requested` says so; with one, they may object:
    /// `<text>.held`.
    #[cfg(feature = "onboarding")]
    pub(crate) follow: Option<(Place, &'static str)>,
}

impl LinkPage {
    fn key(&self, part: &str) -> String {
        format!("{}.{part}", self.text)
    }
}

/// What the click on the link has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// The button waits: opening the page does nothing, since scanners of e-mails open links too.
    Asked,
    /// It is done: the text says how far.
    Done(&'static str),
    /// It is done, and others decide what comes of it.
    #[cfg(feature = "onboarding")]
    Requested,
    /// The link is of no use: the code says why.
    Refused(String),
    /// Another link was sent in the place of one that was too old.
    Resent,
}

/// Shows another stage.
type Change = Rc<dyn Fn(Stage)>;

/// What all stages of a visit share.
#[derive(Clone, Copy)]
struct Visit {
    site: Site,
    portal: &'static Portal,
    page: &'static LinkPage,
    state: FormState,
}

/// Shows it.
pub(crate) fn link_view(site: Site, portal: &'static Portal, page: &'static LinkPage) -> Html {
    let form =
        token::take(site, page.place).map(|token| LinkForm { token: Token::reveal(&token).to_owned() });
    let first = if form.is_some() { Stage::Asked } else { Stage::Refused(code::LINK_UNKNOWN.to_owned()) };
    let reached = Local::new(first);
    let visit = Visit { site, portal, page, state: site.form(page.text) };
    visit.state.forget_problems();
    let turned = reached.clone();
    let change: Change = Rc::new(move |to: Stage| {
        if to != Stage::Resent {
            token::forget(site, page.place);
        }
        site.nav.arrive();
        turned.set(to);
    });
    live(move || match (reached.get(), form.clone()) {
        (Stage::Asked, Some(form)) => visit.asked(form, change.clone()),
        (Stage::Done(how), _) => visit.finished(how),
        #[cfg(feature = "onboarding")]
        (Stage::Requested, _) => visit.told("requested").into(),
        (Stage::Resent, _) => visit.told("resent").into(),
        (Stage::Refused(code), form) => visit.refused(&code, form, change.clone()),
        (Stage::Asked, None) => visit.refused(code::LINK_UNKNOWN, None, change.clone()),
    })
}

impl Visit {
    fn text(self, part: &str) -> String {
        self.site.i18n.portal(&self.page.key(part), self.portal)
    }

    fn asked(self, form: LinkForm, change: Change) -> Html {
        let i18n = self.site.i18n;
        let signed_in = self.page.key("signed_in");
        let session = self.site.session.now().filter(|_| i18n.find_text(&signed_in).is_some());
        let other = session.map(|session| {
            let words = i18n.with(&signed_in, &[("name", &session.name)]);
            notice_box(Tone::Information, false, None, el("p").text(&words))
        });
        let send = move || {
            let change = change.clone();
            self.run(self.page.endpoint, &form, move |answer| match answer {
                #[cfg(feature = "onboarding")]
                Ok(said) => change(match (self.page.follow, said["token"].as_str()) {
                    (Some((place, _)), Some(token)) => {
                        token::keep(self.site, place, token);
                        Stage::Done(if said["held"] == true { "held" } else { "done" })
                    }
                    (Some(_), None) => Stage::Requested,
                    (None, _) => Stage::Done("done"),
                }),
                #[cfg(not(feature = "onboarding"))]
                Ok(_) => change(Stage::Done("done")),
                Err(failure) if is_final(failure.code()) => change(Stage::Refused(failure.code().to_owned())),
                Err(failure) => self.state.notice.set(Some(Message::failure(&failure))),
            });
        };
        html![
            plain_head(self.site, self.text("title"), Some(self.text("intro"))),
            other,
            self.one_button("submit", send),
            self.contact(),
        ]
    }

    fn finished(self, how: &str) -> Html {
        #[cfg(feature = "onboarding")]
        if let Some((place, words)) = self.page.follow {
            let next = el("a").class("button").attr("href", &self.site.nav.href(&place.path()));
            return html![self.told(how), el("div").class("actions").put(next.text(self.site.i18n.t(words)))];
        }
        let sign_in = el("a").class("button").attr("href", &self.site.nav.href(&Place::SignIn.path()));
        let sign_in = sign_in.text(self.site.i18n.t("sign_in.submit"));
        html![self.told(how), el("div").class("actions").put(sign_in)]
    }

    fn told(self, what: &str) -> El {
        let text = |part: &str| self.text(&format!("{what}.{part}"));
        done(plain_head(self.site, text("title"), None), &text("text"))
    }

    fn refused(self, code: &str, form: Option<LinkForm>, change: Change) -> Html {
        let Self { site, page, state, .. } = self;
        let found = |part: &str| site.i18n.find_text(&page.key(part)).is_some();
        // Not every page has words for each of them.
        let code = if found(&format!("{code}.title")) { code } else { code::LINK_UNKNOWN };
        // Nor can each of them be sent again.
        let resends = !cfg!(any(feature = "office", feature = "account")) || found("resend");
        let again = form.filter(|_| code == code::LINK_EXPIRED && resends).map(|form| {
            let send = move || {
                let change = change.clone();
                self.run(&format!("{}/resend", page.endpoint), &form, move |answer| match answer {
                    Ok(_) => change(Stage::Resent),
                    Err(failure) => state.notice.set(Some(Message::failure(&failure))),
                });
            };
            self.one_button("resend", send)
        });
        let links = match code {
            #[cfg(feature = "onboarding")]
            code::LINK_USED if page.follow.is_some() => {
                page.follow.iter().map(|(place, words)| (place.path(), *words)).collect()
            }
            code::LINK_USED => vec![
                (Place::SignIn.path(), "sign_in.submit"),
                (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
            ],
            code::HOME_HAS_ACCOUNT | code::ORGANISATION_KNOWN => vec![
                (Place::SignIn.path(), "sign_in.submit"),
                (Place::ForgottenIdentifier.path(), "sign_in.forgotten_identifier"),
                (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
            ],
            code::LINK_UNKNOWN => {
                let (path, words) = page.start;
                vec![(path.to_owned(), words), (Place::SignIn.path(), "sign_in.submit")]
            }
            _ => Vec::new(),
        };
        let (title, text) = (self.text(&format!("{code}.title")), self.text(&format!("{code}.text")));
        html![plain_head(site, title, Some(text)), again, links_view(site, &links), self.contact()]
    }

    /// Where to call, for the pages that say so.
    fn contact(self) -> Option<El> {
        self.site.i18n.find_text(&self.page.key("contact"))?;
        Some(el("p").text(&self.text("contact")))
    }

    fn one_button(self, words: &str, send: impl Fn() + 'static) -> El {
        let button = Button { words: self.text(words), busy_words: self.text("busy"), busy: self.state.busy };
        one_button_form(notice_slot(self.site.i18n, self.state.notice), button, send)
    }

    fn run(self, path: &str, form: &LinkForm, then: impl FnOnce(Answer) + 'static) {
        let state = self.state;
        if state.busy.now() {
            return;
        }
        state.forget_problems();
        state.busy.set(true);
        self.site.api.send(Call::form(path, form), move |answer| {
            state.busy.set(false);
            then(answer);
        });
    }
}

/// Codes after which the button is of no use any more.
fn is_final(code: &str) -> bool {
    [
        code::LINK_USED,
        code::LINK_SUPERSEDED,
        code::LINK_EXPIRED,
        code::LINK_UNKNOWN,
        code::HOME_HAS_ACCOUNT,
        code::ORGANISATION_KNOWN,
        #[cfg(feature = "account")]
        code::EMAIL_TAKEN,
    ]
    .contains(&code)
}
