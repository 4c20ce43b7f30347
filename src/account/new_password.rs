use palier_domain::account::NewPasswordForm;
use palier_domain::account_fields;
use palier_domain::journey::{Answers, answer};
use palier_domain::portal::Portal;
use palier_domain::wire::code;

use crate::api::Call;
use crate::form::{Form, links_view, plain_head, simple_form};
use crate::html;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::token;
use crate::ui::Html;

/// Choose another password, by the link that was sent (T8).
static FORM: Form = Form {
    name: "new_password",
    fields: &account_fields::NEW_PASSWORD,
    problems: |answers, context| form(String::new(), answers).problems(context),
    call: |site, answers| {
        let token = token::take(site, Place::NewPassword);
        let token = token.map(|token| token.reveal().to_owned()).unwrap_or_default();
        Call::form("/account/password-resets/complete", &form(token, answers))
    },
    done: |site, _| {
        token::forget(site, Place::NewPassword);
        site.nav.replace(&Place::SignIn.path());
        // Every session of the account has ended, this one too.
        site.forget_person();
        site.tell(Message::success("new_password.done"));
    },
    cleared: &[],
};

fn form(token: String, answers: &Answers) -> NewPasswordForm {
    NewPasswordForm { token, password: answer(answers, "password").to_owned() }
}

/// The page that the link opens.
pub(crate) fn new_password_view(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let links = links_view(
        site,
        &[
            (Place::ForgottenPassword.path(), "new_password.another_link"),
            (Place::SignIn.path(), "sign_in.submit"),
        ],
    );
    if token::take(site, Place::NewPassword).is_some() {
        return html![simple_form(site, portal, &FORM, None), links];
    }
    let why = i18n.text(&format!("problem.{}", code::LINK_UNKNOWN));
    html![plain_head(site, i18n.text("new_password.broken"), Some(why)), links]
}
