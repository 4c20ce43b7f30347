use palier_domain::account::LinkForm;
use palier_domain::desk::{WelcomeForm, WelcomeView};
use palier_domain::journey::{Answers, Field, Kind, answer};
use palier_domain::portal::Portal;
use palier_domain::wire::code;

use crate::api::{Answer, Call, Failure};
use crate::form::{Form, links_view, plain_head, simple_form};
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::routes::{Place, Room};
use crate::site::Site;
use crate::token;
use crate::ui::{Html, Tone, el, link_button, live, notice_box};
use crate::var::Local;

static FIELDS: [Field; 3] = [
    Field::new("first_name", "field.first_name", Kind::Text, "given-name"),
    Field::new("own_surname", "field.own_surname", Kind::Text, "family-name"),
    Field::new("password", "field.password", Kind::NewPassword, "new-password"),
];

/// Names and password of somebody who comes to the desk for the first time, or again after having lost everything.
static FORM: Form = Form {
    name: "desk.welcome",
    fields: &FIELDS,
    problems: |answers, context| form(String::new(), answers).problems(context),
    call: |site, answers| {
        let token = token::take(site, Place::Welcome);
        let token = token.map(|token| token.reveal().to_owned()).unwrap_or_default();
        Call::form("/desk/welcome/complete", &form(token, answers))
    },
    done: |site, _| {
        token::forget(site, Place::Welcome);
        site.desk.set(None);
        site.nav.replace(&Place::Desk(Room::Hall).path());
        site.tell(Message::success("desk.welcome.done"));
    },
    cleared: &[],
};

fn form(token: String, answers: &Answers) -> WelcomeForm {
    let text = |name| answer(answers, name).to_owned();
    WelcomeForm {
        token,
        first_name: text("first_name"),
        own_surname: text("own_surname"),
        password: text("password"),
    }
}

/// The page that the one-time link opens.
pub(crate) fn welcome_view(site: Site, portal: &'static Portal) -> Html {
    let Some(token) = token::take(site, Place::Welcome) else { return broken(site) };
    let link = LinkForm { token: token.reveal().to_owned() };
    let known: Local<Option<Answer>> = Local::new(None);
    ask(site, &link, &known);
    live(move || match known.get() {
        None => el("p").attr("role", "status").text(site.i18n.t("document.loading")).into(),
        Some(Ok(said)) => read::<WelcomeView>(&said)
            .map_or_else(|| failed(site, &link, &known, &Failure::Lost), |view| shown(site, portal, &view)),
        Some(Err(failure)) if is_final(failure.code()) => {
            token::forget(site, Place::Welcome);
            broken(site)
        }
        Some(Err(failure)) => failed(site, &link, &known, &failure),
    })
}

fn is_final(found: &str) -> bool {
    [code::LINK_UNKNOWN, code::LINK_USED, code::LINK_EXPIRED, code::LINK_SUPERSEDED].contains(&found)
}

fn ask(site: Site, link: &LinkForm, known: &Local<Option<Answer>>) {
    let known = known.clone();
    site.api.send(Call::form("/desk/welcome", link), move |answer| {
        if let Some(view) = answer.as_ref().ok().and_then(read::<WelcomeView>) {
            // Names that are known aren't asked twice; those typed since stay.
            site.form(FORM.name).answers.update(|answers| {
                for (name, text) in [("first_name", view.first_name), ("own_surname", view.surname)] {
                    answers.entry(name.to_owned()).or_insert(text);
                }
            });
        }
        known.set(Some(answer));
    });
}

fn shown(site: Site, portal: &'static Portal, view: &WelcomeView) -> Html {
    let i18n = site.i18n;
    let role = i18n.text(&format!("desk.role.{}", view.role.name()));
    let words = i18n.with("desk.welcome.who", &[("email", &view.email), ("role", &role)]);
    html![
        notice_box(Tone::Information, false, None, el("p").text(&words)),
        simple_form(site, portal, &FORM, None),
    ]
}

fn broken(site: Site) -> Html {
    let text = |part: &str| site.i18n.text(&format!("desk.welcome.broken_{part}"));
    html![
        plain_head(site, text("title"), Some(text("text"))),
        links_view(site, &[(Place::Desk(Room::Hall).path(), "desk.sign_in.submit")]),
    ]
}

fn failed(site: Site, link: &LinkForm, known: &Local<Option<Answer>>, failure: &Failure) -> Html {
    let i18n = site.i18n;
    let (link, known) = (link.clone(), known.clone());
    let again = move || {
        site.nav.arrive();
        known.set(None);
        ask(site, &link, &known);
    };
    html![
        plain_head(site, i18n.text("desk.welcome.title"), None),
        Message::failure(failure).view(i18n, true),
        el("p").put(link_button(i18n.t("document.again"), None, again)),
    ]
}
