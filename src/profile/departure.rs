use std::rc::Rc;

use palier_domain::account::Session;
use palier_domain::account_fields::DEPARTURE;
use palier_domain::departure::{DepartureForm, Kind};
use palier_domain::journey::{Answers, answer};
use palier_domain::portal::Portal;
use palier_domain::wire::code;
use palier_domain::wording;
use serde_json::Value;

use crate::account;
use crate::api::{Answer, Call, Failure};
use crate::dom;
use crate::fetched::{Question, fetched};
use crate::form::{FormState, Head, head, links_view, notice_slot, plain_head};
use crate::html;
use crate::message::Message;
use crate::moment::date_and_time;
use crate::routes::{Place, USERS};
use crate::site::Site;
use crate::ui::{
    Button, El, Entry, Frame, Html, PasswordInput, Tone, el, explained_choice, input_id, link_button,
    notice_box, one_button_form, password_input, text_area,
};
use crate::var::Local;

const PATH: &str = "/account/departure";
/// The id of what there is to know; the focus comes there when the form that had it is gone.
const NEWS: &str = "requests";

/// `/compte/depart`: what waits or was answered, and what can be asked (T10).
pub(crate) fn departure_view(site: Site, _: &Session) -> Html {
    let Some(portal) = &site.portal else { return Html::default() };
    let title = site.i18n.text("departure.title");
    if portal.partners.is_some() {
        let words = site.i18n.portal("departure.off", portal);
        return html![plain_head(site, title, None), el("p").text(&words)];
    }
    let state = site.form("departure");
    if site.nav.is_arriving() {
        state.forget_problems();
    }
    let known = Local::new(None);
    let question = Question {
        path: PATH.to_owned(),
        known: known.clone(),
        waiting: "document.loading",
        failed: |_| Html::default(),
        heard: |_, _| {},
    };
    let top = Head { back: Some(Place::Account.path()), step: None, title, intro: None };
    let leaving = Leaving { site, portal, state, known };
    html![
        head(site, top, state.faults(site, portal, 0, DEPARTURE.iter().collect())),
        fetched(site, question, move |said| leaving.view(said)),
    ]
}

#[derive(Clone)]
struct Leaving {
    site: Site,
    portal: &'static Portal,
    state: FormState,
    known: Local<Option<Answer>>,
}

/// How much of something, as the server says it.
fn number(said: &Value, name: &str) -> u64 {
    said[name].as_u64().unwrap_or_default()
}

/// A telephone number that stays on one line.
fn unbroken(phone: &str) -> String {
    phone.replace(' ', "\u{a0}")
}

impl Leaving {
    fn view(&self, said: &Value) -> Option<Html> {
        let news = el("div").id(NEWS).attr("tabindex", "-1");
        for request in said["requests"].as_array()? {
            news.add(self.request(request));
        }
        let offers: Vec<Kind> =
            said["offers"].as_array()?.iter().filter_map(|kind| Kind::parse(kind.as_str()?)).collect();
        let form = match offers[..] {
            [] => el("p").text(self.site.i18n.t("departure.nothing")).into(),
            _ => self.form(said, &offers),
        };
        Some(html![news, self.obstacle(said), notice_slot(self.site.i18n, self.state.notice), form])
    }

    /// What has become of a request.
    fn request(&self, said: &Value) -> Html {
        let i18n = self.site.i18n;
        let text = |name: &str| said[name].as_str().unwrap_or_default();
        let (kind, state) = (text("kind"), text("state"));
        let moment = |name: &str| date_and_time(text(name), i18n.language());
        let values = [
            ("asked", moment("asked")),
            ("settled", moment("settled")),
            ("until", text("until").to_owned()),
            ("phone", unbroken(&self.portal.contact.phone)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let key = format!("departure.state.{kind}.{state}");
        let quoted = |name: &'static str, key: &str| {
            let words = i18n.with(key, &[(name, text(name))]);
            (!text(name).is_empty()).then(|| el("p").text(&words))
        };
        let waits = state == "waiting";
        let content = html![
            el("p").text(&i18n.with(&key, &values)),
            quoted("reason", "departure.reason"),
            waits.then(|| quoted("note", "departure.note")),
            (waits && said["at_desk"] == true).then(|| el("p").text(i18n.t("departure.at_desk"))),
            waits.then(|| self.withdrawal(kind)),
        ];
        let tone = match state {
            "waiting" => Tone::Information,
            "accepted" => Tone::Success,
            "refused" => Tone::Warning,
            _ => return content,
        };
        notice_box(tone, false, None, content).into()
    }

    fn withdrawal(&self, kind: &str) -> El {
        let (leaving, path) = (self.clone(), format!("{PATH}/{kind}"));
        let about = format!(" : {}", self.site.i18n.text(&format!("departure.{kind}.title")));
        let button = link_button(self.site.i18n.t("departure.withdraw"), Some(self.state.busy), move || {
            leaving.send(Call::delete(&path), "departure.withdrawn");
        });
        el("p").put(button.put(el("span").class("vh").text(&about)))
    }

    /// Why the whole service can't be left, and what to do instead.
    fn obstacle(&self, said: &Value) -> Option<El> {
        let (i18n, name) = (self.site.i18n, said["obstacle"].as_str()?);
        let (path, key) = if name == code::LAST_ADMINISTRATOR {
            (USERS.to_owned(), "departure.obstacle.users")
        } else {
            (Place::Email.path(), "menu.email")
        };
        let words = i18n.portal(&format!("departure.obstacle.{name}"), self.portal);
        let content = html![el("p").text(&words), links_view(self.site, &[(path, key)])];
        Some(notice_box(Tone::Warning, false, Some(i18n.t("departure.obstacle.title")), content))
    }

    /// What it means to ask, and the form that does; with one thing to ask, nothing is to be chosen.
    fn form(&self, said: &Value, offers: &[Kind]) -> Html {
        let (i18n, state) = (self.site.i18n, self.state);
        let answered = i18n.texts().count("departure.answer", number(said, "answer_days"), &[]);
        let meaning = |kind: Kind| {
            let text = i18n.text(&format!("departure.{}.text", kind.name()));
            let kept = i18n.texts().count("departure.kept", number(said, "kept_months"), &[]);
            if kind == Kind::Whole { format!("{text} {kept}") } else { text }
        };
        let title = |kind: Kind| i18n.text(&format!("departure.{}.title", kind.name()));
        let [kind, note, present] = &DEPARTURE;
        let frame = |field: &'static palier_domain::journey::Field| {
            let portal = self.portal;
            Frame {
                id: input_id(field.name),
                label: wording::label(i18n.texts(), field).to_owned(),
                hint: wording::hint(i18n.texts(), field, portal),
                error: Rc::new(move || state.problem(0, field.name).map(|it| i18n.error(&it, portal))),
            }
        };
        let entry = |name: &str| Entry::new(state.answers, name);
        let only = (offers.len() == 1).then(|| offers[0]);
        let what = if let Some(only) = only {
            html![el("h2").text(&title(only)), el("p").text(&meaning(only))]
        } else {
            let choices = offers.iter().map(|kind| (kind.name(), title(*kind), meaning(*kind)));
            explained_choice(i18n, &frame(kind), &entry(kind.name), choices.collect()).into()
        };
        let password = PasswordInput {
            frame: frame(present),
            entry: entry(present.name),
            autocomplete: present.autocomplete,
            measure: None,
        };
        let content = html![
            what,
            text_area(i18n, &frame(note), &entry(note.name), false),
            password_input(i18n, password),
        ];
        let button = Button {
            words: i18n.text("departure.submit"),
            busy_words: i18n.text("departure.busy"),
            busy: state.busy,
        };
        let leaving = self.clone();
        html![
            el("p").text(&answered),
            el("p").text(&i18n.with("departure.agency", &[("phone", &unbroken(&self.portal.contact.phone))])),
            one_button_form(content, button, move || leaving.ask(only)),
        ]
    }

    fn ask(&self, only: Option<Kind>) {
        if self.state.busy.now() {
            return;
        }
        self.state.forget_problems();
        let form = form(&self.state.answers.now(), only);
        let problems = form.problems();
        if problems.is_empty() {
            self.send(Call::form(PATH, &form), "departure.sent");
        } else {
            self.state.show_problems(0, problems);
        }
    }

    /// Sends a request, and shows what has become of all of them.
    fn send(&self, call: Call, done: &'static str) {
        let Self { site, state, .. } = *self;
        let known = self.known.clone();
        state.forget_problems();
        state.busy.set(true);
        site.api.send(call, move |answer| {
            state.busy.set(false);
            let present = DEPARTURE[2].name;
            match answer {
                Ok(said) => {
                    state.answers.set(Answers::new());
                    known.set(Some(Ok(said)));
                    site.tell(Message::success(done));
                    dom::focus(NEWS);
                }
                Err(failure) if failure.code() == code::SIGNED_OUT => account::ended(site),
                Err(Failure::Refused(problem)) if !problem.fields.is_empty() => {
                    state.show_problems(0, problem.fields);
                }
                Err(failure) => {
                    // Nobody can see what was wrong in it.
                    state.answers.update(|all| drop(all.insert(present.to_owned(), String::new())));
                    state.notice.set(Some(Message::failure(&failure)));
                    if matches!(&failure, Failure::Refused(problem) if problem.status == 409) {
                        // Decided, taken back or done in another tab.
                        site.api.send(Call::get(PATH), move |answer| known.set(Some(answer)));
                    }
                }
            }
        });
    }
}

fn form(answers: &Answers, only: Option<Kind>) -> DepartureForm {
    let [kind, note, present] = &DEPARTURE;
    let text = |name| answer(answers, name).to_owned();
    DepartureForm {
        kind: only.map_or_else(|| text(kind.name), |kind| kind.name().to_owned()),
        note: text(note.name),
        present: text(present.name),
    }
}
