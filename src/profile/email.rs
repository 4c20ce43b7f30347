use palier_domain::account::Session;
use palier_domain::account_fields;
use palier_domain::journey::{Answers, answer};
use palier_domain::portal::Portal;
use palier_domain::profile::EmailChangeForm;

use crate::api::Call;
use crate::form::{Form, links_view, plain_head, simple_form};
use crate::html;
use crate::links::LinkPage;
use crate::routes::{Place, SENT_QUERY};
use crate::site::Site;
use crate::ui::{AnswerRow, Html, answer_list, done, el, live};

/// Another e-mail address (T9).
static FORM: Form = Form {
    name: "email_change",
    fields: &account_fields::EMAIL_CHANGE,
    problems: |answers, _| form(answers).problems(),
    call: |_, answers| Call::form("/account/email", &form(answers)),
    done: |site, _| {
        let path = site.nav.path();
        site.nav.arrive();
        site.nav.replace(&format!("{path}?{SENT_QUERY}"));
    },
    cleared: &["present"],
};

/// The link that the new address was sent.
pub(crate) static CONFIRMATION: LinkPage = LinkPage {
    text: "email_confirmation",
    place: Place::EmailConfirmation,
    endpoint: "/account/email/confirm",
    start: (ADDRESS, "email_change.again"),
    follow: None,
};

/// The link that the former address was sent.
pub(crate) static OBJECTION: LinkPage = LinkPage {
    text: "email_objection",
    place: Place::EmailObjection,
    endpoint: "/account/email/object",
    start: ("/mot-de-passe-oublie", "sign_in.forgotten_password"),
    follow: None,
};

/// Where another address is asked for.
const ADDRESS: &str = "/compte/adresse";

fn form(answers: &Answers) -> EmailChangeForm {
    EmailChangeForm {
        email: answer(answers, "email").to_owned(),
        present: answer(answers, "present").to_owned(),
    }
}

/// `/compte/adresse`: the question, and once it was sent, what to do.
pub(crate) fn email_view(site: Site, session: &Session) -> Html {
    let Some(portal) = &site.portal else { return Html::default() };
    let email = session.email.clone();
    live(move || {
        if site.nav.here().with(|here| here.query == SENT_QUERY) {
            return asked(site, portal);
        }
        let row = AnswerRow {
            label: site.i18n.text("email_change.present"),
            value: email.clone(),
            digits: false,
            edit: None,
        };
        let known = (!email.is_empty()).then(|| answer_list(vec![row]));
        html![simple_form(site, portal, &FORM, Some(Place::Account.path())), known]
    })
}

/// The same words whether the new address has an account or not.
fn asked(site: Site, portal: &'static Portal) -> Html {
    let text = |part: &str| site.i18n.portal(&format!("email_change.sent.{part}"), portal);
    html![
        done(plain_head(site, text("title"), None), &text("text")),
        el("p").text(&text("nothing")),
        links_view(site, &[(Place::Account.path(), "menu.account")]),
    ]
}
