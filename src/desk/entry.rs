use palier_domain::desk::{CodeForm, DeskSignInForm};
use palier_domain::journey::{Answers, Field, Kind, answer};
use palier_domain::portal::Portal;
use serde_json::Value;

use super::session::{PATH, start_again};
use crate::api::Call;
use crate::form::{Form, simple_form};
use crate::html;
use crate::site::Site;
use crate::ui::{Html, el};

/// The code of the second factor, on both pages that ask it.
pub(super) const CODE: Field = Field::new("code", "field.code", Kind::Code, "one-time-code");

static SIGN_IN_FIELDS: [Field; 2] = [
    Field::new("email", "field.desk_email", Kind::Email, "username"),
    Field::new("password", "field.current_password", Kind::Password, "current-password"),
];
static CODE_FIELDS: [Field; 1] = [CODE];

/// E-mail address and password.
static SIGN_IN: Form = Form {
    name: "desk.sign_in",
    fields: &SIGN_IN_FIELDS,
    problems: |answers, _| sign_in(answers).problems(),
    call: |_, answers| Call::form(PATH, &sign_in(answers)),
    done: come_in,
    cleared: &["password"],
};

/// The code of the authenticator, or one of those for when it is lost.
static SECOND: Form = Form {
    name: "desk.code",
    fields: &CODE_FIELDS,
    problems: |answers, _| typed_code(answers).problems(),
    call: |_, answers| Call::form("/desk/session/code", &typed_code(answers)),
    done: come_in,
    cleared: &["code"],
};

fn sign_in(answers: &Answers) -> DeskSignInForm {
    DeskSignInForm {
        email: answer(answers, "email").to_owned(),
        password: answer(answers, "password").to_owned(),
    }
}

pub(super) fn typed_code(answers: &Answers) -> CodeForm {
    CodeForm { code: answer(answers, "code").to_owned() }
}

/// A step further: the next page's heading takes the focus.
pub(super) fn come_in(site: Site, said: &Value) {
    site.nav.arrive();
    site.flash.set(None);
    site.desk.set(Some(Ok(said.clone())));
}

/// The page where staff sign in.
pub(super) fn sign_in_view(site: Site, portal: &'static Portal) -> Html {
    html![simple_form(site, portal, &SIGN_IN, None), el("p").text(site.i18n.t("desk.sign_in.lost"))]
}

/// The page that asks the second factor.
pub(super) fn code_view(site: Site, portal: &'static Portal) -> Html {
    html![
        simple_form(site, portal, &SECOND, None),
        el("p").text(site.i18n.t("desk.code.lost")),
        start_again(site),
    ]
}
