use palier_domain::account::{Session, SignInForm};
use palier_domain::account_fields;
use palier_domain::journey::{Answers, TICKED, answer};
use palier_domain::mediation::IDENTITY;
#[cfg(feature = "onboarding")]
use palier_domain::onboarding::REGISTRATION;
#[cfg(feature = "account")]
use palier_domain::partners::Step as Help;
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use palier_domain::tenancy::SIGN_UP;
use serde_json::Value;

use super::session::PATH;
use crate::api::Call;
use crate::form::{Form, links_view, simple_form};
use crate::html;
use crate::routes::{ACCOUNTS, PASSKEY_SIGN_IN, Place, SCHEMES, after_sign_in, home_of};
use crate::site::Site;
use crate::ui::{Html, Tone, el, notice_box};

/// Sign in (T8).
static FORM: Form = Form {
    name: "sign_in",
    fields: &account_fields::SIGN_IN,
    problems: |answers, _| form(answers).problems(),
    call: |_, answers| Call::form(PATH, &form(answers)),
    done: signed_in,
    cleared: &["password"],
};

/// Leads who has just signed in to where they wanted to go, or home.
pub(crate) fn signed_in(site: Site, said: &Value) {
    site.session.set(Session::read(said));
    let wanted = after_sign_in(&site.nav.query());
    // Home may be for everybody: what must be done first is asked where one's own begins.
    let due = SCHEMES && said["due"].is_string();
    let home = || if due { Place::Account } else { site.session.peek(home_of) };
    site.nav.replace(&wanted.unwrap_or_else(home).path());
}

fn form(answers: &Answers) -> SignInForm {
    SignInForm {
        login: answer(answers, "login").to_owned(),
        password: answer(answers, "password").to_owned(),
        stay: answer(answers, "stay") == TICKED,
    }
}

/// Where one signs in with a passkey; the program that shows it knows where one wants to go afterwards.
fn passkey(site: Site) -> (String, &'static str) {
    let query = if ACCOUNTS { site.nav.query() } else { String::new() };
    let sign = if query.is_empty() { "" } else { "?" };
    (
        if ACCOUNTS { format!("{PASSKEY_SIGN_IN}{sign}{query}") } else { PASSKEY_SIGN_IN.to_owned() },
        "sign_in.passkey",
    )
}

/// The page where one signs in, with the ways out for those who forgot something.
pub(crate) fn sign_in_view(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let already = site.session.now().map(|session| {
        let words = i18n.with("sign_in.already", &[("name", &session.name)]);
        let home = site.nav.href(&site.session.peek(home_of).path());
        let link = el("a").attr("href", &home).text(i18n.t("menu.home"));
        notice_box(Tone::Information, false, None, el("p").text(&words).text(" ").put(link))
    });
    let mut links = vec![
        (Place::ForgottenIdentifier.path(), "sign_in.forgotten_identifier"),
        (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
    ];
    if portal.passkeys {
        links.push(passkey(site));
    }
    if portal.tenancy.is_some() {
        links.push((SIGN_UP.path.to_owned(), "sign_in.sign_up"));
    } else if SCHEMES && portal.mediation.is_some() {
        links.push((IDENTITY.path.to_owned(), "mediation.begin"));
    }
    #[cfg(feature = "onboarding")]
    if portal.onboarding.is_some() && portal.tenancy.is_none() {
        links.push((REGISTRATION.path.to_owned(), "home.onboarding.title"));
    }
    #[cfg(feature = "account")]
    if portal.partners.is_some() {
        links.clear();
        links.push((Place::FirstSignIn.path(), "home.first_sign_in.title"));
        links.push((Place::Help(Help::SignedIn).path(), "home.partner_help.title"));
        links.push((Place::ForgottenPassword.path(), "sign_in.forgotten_password"));
        if portal.passkeys {
            links.push(passkey(site));
        }
    }
    html![already, simple_form(site, portal, &FORM, None), links_view(site, &links)]
}
