use palier_domain::account::LinkForm;
use palier_domain::journey::answer;
use palier_domain::onboarding::{FollowForm, LETTER_LINK, LetterStage, LetterView, REGISTRATION};
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use palier_domain::values::{Date, Token};
use palier_domain::wire::code;
use palier_domain::wording;

use crate::api::{Answer, Call, Failure};
use crate::form::{Form, FormState, links_view, notice_slot, plain_head, simple_form};
use crate::html;
use crate::message::Message;
use crate::routes::{Place, SENT_QUERY};
use crate::site::Site;
use crate::token;
use crate::ui::{
    AnswerRow, Button, El, Html, Tone, answer_list, done, el, link_button, live, notice_box, one_button_form,
};
use crate::var::Local;

/// Asks for the link again.
static LINK: Form = Form {
    name: "letter_link",
    fields: &LETTER_LINK,
    problems: |answers, _| FollowForm { email: answer(answers, "email").to_owned() }.problems(),
    call: |_, answers| {
        Call::form("/onboarding/letter/link", &FollowForm { email: answer(answers, "email").to_owned() })
    },
    done: |site, _| {
        let path = Place::Letter.path();
        site.nav.arrive();
        site.nav.replace(&format!("{path}?{SENT_QUERY}"));
    },
    cleared: &[],
};

/// "Où est mon courrier ?", for who has the link; else the link is sent again (A6).
pub(crate) fn letter_view(site: Site, portal: &'static Portal) -> Html {
    let opened = site.nav.here().peek(|here| !here.fragment.is_empty());
    let Some(token) = token::take(site, Place::Letter) else { return link_view(site, portal, opened) };
    let form = LinkForm { token: Token::reveal(&token).to_owned() };
    let known: Local<Option<Answer>> = Local::new(None);
    let follow = Follow { site, portal, form, known: known.clone() };
    follow.ask("");
    live(move || match known.get() {
        None => el("p").attr("role", "status").text(site.i18n.t("document.loading")).into(),
        Some(Ok(said)) => {
            LetterView::read(&said).map_or_else(|| follow.failed(&Failure::Lost), |view| follow.told(&view))
        }
        Some(Err(failure)) if is_final(failure.code()) => {
            token::forget(site, Place::Letter);
            link_view(site, portal, true)
        }
        Some(Err(failure)) => follow.failed(&failure),
    })
}

fn is_final(found: &str) -> bool {
    [code::LINK_UNKNOWN, code::LINK_EXPIRED].contains(&found)
}

/// Where the link is asked for; `dead`: by who has just opened one that is too old or unknown.
fn link_view(site: Site, portal: &'static Portal, dead: bool) -> Html {
    live(move || {
        if !site.nav.here().with(|here| here.query == SENT_QUERY) {
            let notice = Message::new(Tone::Warning, "letter_link.dead");
            let notice = dead.then(|| notice.view(site.i18n, true));
            return html![notice, simple_form(site, portal, &LINK, None)];
        }
        let text = |part: &str| site.i18n.portal(&format!("letter_link.sent.{part}"), portal);
        html![done(plain_head(site, text("title"), None), &text("text")), el("p").text(&text("nothing"))]
    })
}

/// Somebody who follows a letter.
#[derive(Clone)]
struct Follow {
    site: Site,
    portal: &'static Portal,
    form: LinkForm,
    known: Local<Option<Answer>>,
}

impl Follow {
    fn state(&self) -> FormState {
        self.site.form("letter")
    }

    fn ask(&self, what: &str) {
        let (known, state, nav) = (self.known.clone(), self.state(), &self.site.nav);
        let again = !what.is_empty();
        if again {
            state.busy.set(true);
        }
        self.site.api.send(Call::form(&format!("/onboarding/letter{what}"), &self.form), move |answer| {
            state.busy.set(false);
            match answer {
                // What is shown stays: only what went wrong is told beside it.
                Err(failure) if again => state.notice.set(Some(Message::failure(&failure))),
                answer => {
                    let renewed = again && answer.is_ok();
                    if renewed {
                        // The button that had the focus goes with what was shown.
                        nav.arrive();
                    }
                    known.set(Some(answer));
                    state.notice.set(renewed.then(|| Message::success("letter.again_done")));
                }
            }
        });
    }

    fn failed(&self, failure: &Failure) -> Html {
        let follow = self.clone();
        let again = move || {
            follow.site.nav.arrive();
            follow.known.set(None);
            follow.ask("");
        };
        let i18n = self.site.i18n;
        html![
            plain_head(self.site, i18n.text("letter.title"), None),
            Message::failure(failure).view(i18n, true),
            el("p").put(link_button(i18n.t("document.again"), None, again)),
        ]
    }

    fn told(&self, view: &LetterView) -> Html {
        let (site, i18n) = (self.site, self.site.i18n);
        let intro = i18n
            .with("letter.intro", &[("organisation", &view.organisation), ("recipient", &view.recipient)]);
        let stage = i18n.text(&format!("letter.stage.{}", view.stage.name()));
        let words = |day: &str| {
            Date::parse_text(day).map_or_else(|| day.to_owned(), |date| wording::day(i18n.texts(), date))
        };
        let row = |part: &str, value: String| AnswerRow {
            label: i18n.text(&format!("letter.{part}")),
            value,
            digits: part == "reference",
            edit: None,
        };
        let mut rows = vec![row("reference", view.reference.clone()), row("asked", words(&view.asked))];
        let days = [
            ("printed", &view.printed),
            ("posted", &view.posted),
            ("expected", &view.expected),
            ("valid_until", &view.valid_until),
        ];
        rows.extend(days.into_iter().filter_map(|(part, day)| Some(row(part, words(day.as_deref()?)))));
        let from = view.renewable_from.as_ref().map(|day| {
            let text = i18n.portal("letter.again_from", self.portal).replace("{from}", &words(day));
            el("p").text(&text)
        });
        let held = view.held_until.as_ref();
        let held = held.map(|day| el("p").text(&i18n.with("letter.held", &[("until", &words(day))])));
        html![
            plain_head(site, i18n.text("letter.title"), Some(intro)),
            notice_box(tone(view.stage), false, None, el("p").text(&stage)),
            held,
            answer_list(rows),
            from,
            self.next(view),
            el("p").text(&i18n.portal("letter.contact", self.portal)),
        ]
    }

    /// The one thing to do next.
    fn next(&self, view: &LetterView) -> Html {
        let (site, i18n, state) = (self.site, self.site.i18n, self.state());
        let button = |path: &str, key: &'static str| {
            let link = el("a").class("button").attr("href", &site.nav.href(path)).text(i18n.t(key));
            el("div").class("actions").put(link)
        };
        let does: El = match view.stage {
            LetterStage::Printed | LetterStage::Posted => {
                button(&Place::Activation.path(), "letter.activate")
            }
            LetterStage::Used => button(&Place::SignIn.path(), "sign_in.submit"),
            LetterStage::Refused | LetterStage::Lapsed => {
                return links_view(site, &[(REGISTRATION.path.to_owned(), "home.onboarding.title")]).into();
            }
            _ if view.renewable => {
                let button = Button {
                    words: i18n.text("letter.again"),
                    busy_words: i18n.text("letter.again_busy"),
                    busy: state.busy,
                };
                let follow = self.clone();
                let again = move || {
                    if !follow.state().busy.now() {
                        follow.ask("/again");
                    }
                };
                one_button_form(Html::default(), button, again)
            }
            _ => el("div"),
        };
        html![notice_slot(i18n, state.notice), does]
    }
}

fn tone(stage: LetterStage) -> Tone {
    match stage {
        LetterStage::Asked | LetterStage::Printed | LetterStage::Posted => Tone::Information,
        LetterStage::Used => Tone::Success,
        LetterStage::Returned
        | LetterStage::Expired
        | LetterStage::Locked
        | LetterStage::Refused
        | LetterStage::Objected
        | LetterStage::Lapsed => Tone::Warning,
    }
}
