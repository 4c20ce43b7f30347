//! The forms of one page: sign in, lost identifier, lost password.

use palier_domain::account_fields;
use palier_domain::journey::Field;
use palier_domain::mediation::IDENTITY;
use palier_domain::onboarding::{self, REGISTRATION};
use palier_domain::partners::{self, Step};
use palier_domain::tenancy::SIGN_UP;

use super::super::View;
use super::super::place::Place;
use super::{Page, fields, heading, not_found};
use crate::documents::escape;

/// A form of one page, as data.
struct Form {
    name: &'static str,
    fields: &'static [Field],
    /// Where the way back leads.
    back: Option<&'static str>,
    /// What stands under the button: addresses and their texts.
    links: &'static [(&'static str, &'static str)],
}

static SIGN_IN: Form = Form {
    name: "sign_in",
    fields: &account_fields::SIGN_IN,
    back: None,
    links: &[
        (FIRST, "home.first_sign_in.title"),
        (HELP, "home.partner_help.title"),
        ("/identifiant-oublie", "sign_in.forgotten_identifier"),
        ("/mot-de-passe-oublie", "sign_in.forgotten_password"),
        (PASSKEY, "sign_in.passkey"),
        (SIGN_UP.path, "sign_in.sign_up"),
        (IDENTITY.path, "mediation.begin"),
        (REGISTRATION.path, "home.onboarding.title"),
    ],
};

static FORGOTTEN_IDENTIFIER: Form = Form {
    name: "forgotten_identifier",
    fields: &account_fields::FORGOTTEN_IDENTIFIER,
    back: Some("/connexion"),
    links: &[("/mot-de-passe-oublie", "sign_in.forgotten_password")],
};

static FORGOTTEN_PASSWORD: Form = Form {
    name: "forgotten_password",
    fields: &account_fields::FORGOTTEN_PASSWORD,
    back: Some("/connexion"),
    links: &[("/identifiant-oublie", "sign_in.forgotten_identifier")],
};

static NEW_PASSWORD: Form = Form {
    name: "new_password",
    fields: &account_fields::NEW_PASSWORD,
    back: None,
    links: &[("/mot-de-passe-oublie", "new_password.another_link"), ("/connexion", "sign_in.submit")],
};

static ACTIVATION: Form = Form {
    name: "activation",
    fields: &onboarding::ACTIVATION,
    back: None,
    links: &[("/administrateur/courrier", "activation.follow")],
};

static REFUSAL: Form = Form { name: "refusal", fields: &onboarding::REFUSAL, back: None, links: &[] };

static FIRST_SIGN_IN: Form = Form {
    name: "first_sign_in",
    fields: &partners::PROVISIONAL,
    back: None,
    links: &[(HELP, "first_sign_in.lost"), ("/connexion", "first_sign_in.own")],
};

/// Where one signs in with a passkey.
const PASSKEY: &str = "/connexion/cle";
/// Where partners go on who lost something.
const HELP: &str = Step::SignedIn.path();
/// Where they begin.
const FIRST: &str = "/partenaire/premiere-connexion";

/// The form of the page's address.
pub(super) fn page(view: &View<'_>) -> Page {
    let form = match view.place {
        Place::SignIn => &SIGN_IN,
        Place::ForgottenIdentifier => &FORGOTTEN_IDENTIFIER,
        Place::ForgottenPassword => &FORGOTTEN_PASSWORD,
        Place::Activation => &ACTIVATION,
        Place::Refusal => &REFUSAL,
        Place::FirstSignIn => &FIRST_SIGN_IN,
        _ => &NEW_PASSWORD,
    };
    let Some(portal) = view.portal.map(|portal| &portal.public) else { return not_found(view) };
    let title = view.plain(&format!("{}.title", form.name));
    let main = format!(
        "{already}{back}{heading}{intro}<form novalidate method=\"post\">{fields}{button}</form><ul>{links}</ul>",
        already = already(view, form),
        back = form.back.map(|path| back(view, path)).unwrap_or_default(),
        heading = heading(&title),
        intro = intro(view, &format!("{}.intro", form.name)),
        fields = fields::all(view, portal, form.fields.iter()),
        button = button(&view.text(&format!("{}.submit", form.name))),
        links = links(view, form),
    );
    Page::new(title, main)
}

/// The link back.
pub(super) fn back(view: &View<'_>, path: &str) -> String {
    format!("<a class=\"back\" href=\"{}\">{}</a>", view.href(path), view.text("wizard.back"))
}

/// What is said under the heading, if anything.
pub(super) fn intro(view: &View<'_>, key: &str) -> String {
    view.find(key).map(|intro| format!("<p class=\"intro\">{intro}</p>")).unwrap_or_default()
}

/// The button of a form; `words` are HTML.
pub(super) fn button(words: &str) -> String {
    format!("<div class=\"actions\"><button class=\"button\">{words}</button></div>")
}

/// Who opens the sign-in page while signed in is told so.
fn already(view: &View<'_>, form: &Form) -> String {
    let Some(session) = view.session.filter(|_| form.name == SIGN_IN.name) else { return String::new() };
    let words = view.texts().with("sign_in.already", &[("name", &session.name)]);
    let (href, home) = (view.href(super::home_of(session)), view.text("menu.home"));
    format!("<div class=\"notice\"><p>{} <a href=\"{href}\">{home}</a></p></div>", escape(&words))
}

fn links(view: &View<'_>, form: &Form) -> String {
    let portal = view.portal.map(|portal| &portal.public);
    let tenants = portal.is_some_and(|portal| portal.tenancy.is_some());
    let scheme = portal.is_some_and(|portal| portal.mediation.is_some());
    let clients = portal.is_some_and(|portal| portal.onboarding.is_some());
    let partners = view.portal.is_some_and(|portal| portal.partners.is_some());
    let shown = form.links.iter().filter(|(path, _)| match *path {
        FIRST | HELP => partners,
        "/identifiant-oublie" => !partners,
        PASSKEY => portal.is_some_and(|portal| portal.passkeys),
        path if path == SIGN_UP.path => tenants,
        path if path == IDENTITY.path => scheme && !tenants,
        path if path == REGISTRATION.path => clients && !tenants,
        _ => true,
    });
    let items: Vec<_> = shown
        .map(|(path, key)| format!("<li><a href=\"{}\">{}</a></li>", view.href(path), view.text(key)))
        .collect();
    items.concat()
}
