use palier_domain::account::{IdentifierReminderForm, PasswordResetForm};
use palier_domain::account_fields;
use palier_domain::journey::{Answers, answer};
use palier_domain::portal::Portal;
use serde_json::Value;

use crate::api::Call;
use crate::form::{Form, links_view, plain_head, simple_form};
use crate::html;
use crate::routes::{Place, SENT_QUERY};
use crate::site::Site;
use crate::ui::{Html, done, el, live};

/// Lost identifier (T8).
static IDENTIFIER: Form = Form {
    name: "forgotten_identifier",
    fields: &account_fields::FORGOTTEN_IDENTIFIER,
    problems: |answers, _| reminder(answers).problems(),
    call: |_, answers| Call::form("/account/identifier-reminders", &reminder(answers)),
    done: asked,
    cleared: &[],
};

/// Lost password (T8).
static PASSWORD: Form = Form {
    name: "forgotten_password",
    fields: &account_fields::FORGOTTEN_PASSWORD,
    problems: |answers, _| reset(answers).problems(),
    call: |_, answers| Call::form("/account/password-resets", &reset(answers)),
    done: asked,
    cleared: &[],
};

fn reminder(answers: &Answers) -> IdentifierReminderForm {
    IdentifierReminderForm { email: answer(answers, "email").to_owned() }
}

fn reset(answers: &Answers) -> PasswordResetForm {
    PasswordResetForm { login: answer(answers, "login").to_owned() }
}

fn asked(site: Site, _: &Value) {
    let path = site.nav.path();
    site.nav.arrive();
    site.nav.replace(&format!("{path}?{SENT_QUERY}"));
}

/// The page for a lost identifier.
pub(crate) fn identifier_view(site: Site, portal: &'static Portal) -> Html {
    recovery_view(site, portal, &IDENTIFIER, Place::ForgottenPassword, "sign_in.forgotten_password")
}

/// The page for a lost password.
pub(crate) fn password_view(site: Site, portal: &'static Portal) -> Html {
    recovery_view(site, portal, &PASSWORD, Place::ForgottenIdentifier, "sign_in.forgotten_identifier")
}

fn recovery_view(
    site: Site,
    portal: &'static Portal,
    form: &'static Form,
    other: Place,
    other_words: &'static str,
) -> Html {
    live(move || {
        if site.nav.here().with(|here| here.query == SENT_QUERY) {
            answered(site, portal, form)
        } else {
            html![
                simple_form(site, portal, form, Some(Place::SignIn.path())),
                links_view(site, &[(other.path(), other_words)]),
            ]
        }
    })
}

/// The same words whether there is an account or not.
fn answered(site: Site, portal: &'static Portal, form: &'static Form) -> Html {
    let text = |part: &str| site.i18n.portal(&format!("{}.{part}", form.name), portal);
    html![
        done(plain_head(site, text("sent.title"), None), &text("sent.text")),
        el("p").text(&text("sent.nothing")),
        links_view(site, &[(Place::SignIn.path(), "sign_in.submit")]),
    ]
}
