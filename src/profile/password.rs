use palier_domain::account::{Due, Session};
use palier_domain::account_fields;
use palier_domain::journey::{Answers, answer};
use palier_domain::profile::PasswordChangeForm;

use crate::api::Call;
use crate::form::{Form, links_view, simple_form};
use crate::html;
use crate::message::Message;
use crate::routes::{Place, after_sign_in};
use crate::site::Site;
use crate::ui::{Html, Tone, el, notice_box};

/// Another password (T9).
static FORM: Form = Form {
    name: "password_change",
    fields: &account_fields::PASSWORD_CHANGE,
    problems: |answers, context| form(answers).problems(context),
    call: |_, answers| Call::form("/account/password", &form(answers)),
    done: |site, _| {
        // Who was led here by its end goes on to where they were going.
        let onward = after_sign_in(&site.nav.query()).unwrap_or(Place::Account);
        site.nav.replace(&onward.path());
        site.tell(Message::success("password_change.done"));
    },
    cleared: &["present"],
};

fn form(answers: &Answers) -> PasswordChangeForm {
    PasswordChangeForm {
        present: answer(answers, "present").to_owned(),
        password: answer(answers, "password").to_owned(),
    }
}

/// `/compte/mot-de-passe`.
pub(crate) fn password_view(site: Site, session: &Session) -> Html {
    let Some(portal) = &site.portal else { return Html::default() };
    let links = links_view(site, &[(Place::ForgottenPassword.path(), "sign_in.forgotten_password")]);
    if session.due == Some(Due::Password) {
        let words = el("p").text(site.i18n.t("password_change.due"));
        let due = notice_box(Tone::Information, false, None, words);
        return html![due, simple_form(site, portal, &FORM, None), links];
    }
    html![simple_form(site, portal, &FORM, Some(Place::Account.path())), links]
}
