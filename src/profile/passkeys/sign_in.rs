use palier_domain::account_fields;
use palier_domain::journey::{Answers, TICKED, answer};
use palier_domain::portal::Portal;
use palier_domain::profile::PasskeySignIn;

use super::device;
use super::list::off;
use crate::account::signed_in;
use crate::api::Call;
use crate::form::{Form, links_view, simple_form};
use crate::html;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::Html;

/// Where the box is kept while the device answers.
const ASKED: &str = "passkey_asked";

/// Sign in with a passkey: the device says whose it is.
static FORM: Form = Form {
    name: "passkey_sign_in",
    fields: &account_fields::PASSKEY_SIGN_IN,
    problems: |_, _| Vec::new(),
    call: |site, answers| {
        site.form(ASKED).answers.set(answers.clone());
        Call::post("/account/session/passkey/begin", "{}".to_owned())
    },
    done: |site, said| {
        let state = site.form(FORM.name);
        // A form that was sent is emptied: until somebody is signed in, the box stays as it was.
        state.answers.set(site.form(ASKED).answers.now());
        device::ask(device::USE, said, state, move |handle, credential| {
            let stay = state.answers.peek(|answers| answer(answers, "stay") == TICKED);
            let from = site.nav.path();
            let call = Call::form("/account/session/passkey", &PasskeySignIn { handle, credential, stay });
            site.api.send(call, move |answer| match answer {
                Ok(said) => {
                    state.answers.set(Answers::new());
                    if site.nav.path() == from {
                        signed_in(site, &said);
                    }
                }
                Err(failure) => state.notice.set(Some(Message::failure(&failure))),
            });
        });
    },
    cleared: &[],
};

/// `/connexion/cle`.
pub(crate) fn sign_in_view(site: Site, portal: &'static Portal) -> Html {
    let links = links_view(site, &[(Place::SignIn.path(), "passkey_sign_in.password")]);
    if !portal.passkeys {
        return html![off(site), links];
    }
    html![simple_form(site, portal, &FORM, None), links]
}
