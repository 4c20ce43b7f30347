//! The page as it is seen before the program arrives: the same markup, from the same data and texts, so that nothing
//! moves when the program takes over.

mod early;
mod fields;
mod forms;
mod layout;
mod mediation;
mod terms;
mod wizard;

use std::borrow::Cow;

use palier_domain::account::Session;
use palier_domain::mediation::IDENTITY;
use palier_domain::onboarding::REGISTRATION;
use palier_domain::portal::PortalLink;
use palier_domain::tenancy::SIGN_UP;
use palier_domain::texts::Texts;
use palier_domain::wording;

pub(super) use terms::{
    ACCEPT as ACCEPT_TERMS, ALL_ACCEPTED, Fault, accept as accept_terms, accepted as accepted_terms,
    all_accepted,
};

use super::View;
use super::boot::links;
use super::place::Place;
use crate::documents::escape;

/// The title and the content of the page's root element.
pub(super) fn render(view: &View<'_>) -> (String, String) {
    let page = page(view);
    (title(view, &page), layout::around(view, &page.main))
}

fn title(view: &View<'_>, page: &Page) -> String {
    let name = view.portal.map_or("Palier", |portal| portal.public.name.as_str());
    escape(&format!("{}{} – {}", page.title, page.title_end, name)).into_owned()
}

/// A whole page that works without the program. `onward` is kept when the language is changed.
pub(super) fn plain(view: &View<'_>, page: &Page, onward: Option<&str>) -> String {
    let sheets = view.state.pages().stylesheets(view.portal);
    let sheets: String = sheets
        .iter()
        .map(|sheet| format!("<link rel=\"stylesheet\" href=\"{}\">\n", escape(sheet)))
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n{sheets}</head>\n<body>\n{body}\n\
         </body>\n</html>\n",
        language = view.language,
        title = title(view, page),
        body = layout::around_plain(view, &page.main, onward),
    )
}

/// What is said, hidden until then, when the program fails: with whom to call.
pub(super) fn broken(view: &View<'_>) -> String {
    format!(
        "{}<p><a href=\"\">{}</a></p>",
        layout::trouble(view, "shell.broken"),
        view.text("shell.broken.reload")
    )
}

/// What stands in `main`.
pub(super) struct Page {
    /// The heading, as plain text.
    title: String,
    /// What follows it in the title: the step.
    title_end: String,
    main: String,
}

impl Page {
    fn new(title: String, main: String) -> Self {
        Self { title, title_end: String::new(), main }
    }
}

impl<'a> View<'a> {
    fn texts(&self) -> &'a Texts {
        let catalog = self.state.texts();
        self.portal.map_or_else(
            || catalog.shared(self.language),
            |portal| catalog.portal(portal.slug(), self.language),
        )
    }

    /// A text as plain text, the portal's values put in.
    fn plain(&self, key: &str) -> String {
        self.portal.map_or_else(
            || self.texts().get(key).to_owned(),
            |portal| wording::text(self.texts(), key, &portal.public),
        )
    }

    /// A text as HTML, the portal's values put in.
    fn text(&self, key: &str) -> String {
        escape(&self.plain(key)).into_owned()
    }

    /// The same, if there is such a text.
    fn find(&self, key: &str) -> Option<String> {
        self.texts().find(key)?;
        Some(self.text(key))
    }

    /// The whole address of a path below the portal, as HTML.
    fn href(&self, path: &str) -> String {
        let base = self.portal.map_or("", |portal| portal.public.base.as_str());
        escape(&format!("{base}{path}")).into_owned()
    }
}

fn page(view: &View<'_>) -> Page {
    match view.place {
        Place::Portals => portals(view),
        Place::Home => home(view),
        Place::SignIn
        | Place::ForgottenIdentifier
        | Place::ForgottenPassword
        | Place::NewPassword
        | Place::Activation
        | Place::Refusal
        | Place::FirstSignIn => forms::page(view),
        Place::Registration(step) => wizard::page(view, &REGISTRATION, step, "/"),
        Place::Registered => one_click(view, "registered"),
        Place::SignUp(step) => wizard::page(view, &SIGN_UP, step, "/"),
        Place::Identity(step) => {
            mediation::unless_closed(view, || wizard::page(view, &IDENTITY, step, mediation::SCHEME))
        }
        Place::Confirmation => one_click(view, "confirmation"),
        Place::Certification => one_click(view, "certification"),
        Place::Reminders => one_click(view, "reminders"),
        Place::Mediation => mediation::scheme(view),
        Place::Directory => mediation::directory(view),
        Place::Document(name) => document(view, name),
        Place::Personal | Place::Other | Place::Desk | Place::Gallery => waiting(view),
        Place::Unknown => not_found(view),
    }
}

/// A heading by itself.
fn heading(text: &str) -> String {
    format!("<h1 tabindex=\"-1\">{}</h1>", escape(text))
}

/// Heading and introduction of a page without a form.
fn simple(view: &View<'_>, title: &str, intro: &str, rest: &str) -> Page {
    let title = view.plain(title);
    let main = format!("{}<p class=\"intro\">{}</p>{rest}", heading(&title), view.text(intro));
    Page::new(title, main)
}

fn card(href: &str, rel: &str, title: &str, text: &str) -> String {
    let text = if text.is_empty() { Cow::Borrowed("") } else { Cow::Owned(format!("<span>{text}</span>")) };
    format!("<li><a href=\"{href}\"{rel}><strong>{title}</strong>{text}</a></li>")
}

fn portals(view: &View<'_>) -> Page {
    let link = |portal: &PortalLink| {
        card(&escape(&format!("{}/", portal.base)), layout::EXTERNAL, &escape(&portal.name), "")
    };
    let cards: String = links(view).iter().map(link).collect();
    simple(view, "portals.title", "portals.intro", &format!("<ul class=\"cards\">{cards}</ul>"))
}

/// Where a person comes home to.
pub(super) fn home_of(session: &Session) -> &'static str {
    if session.organisation.is_some() {
        mediation::SCHEME
    } else if session.client.is_some() || session.lease.is_none() {
        "/compte"
    } else {
        "/locataire"
    }
}

fn home(view: &View<'_>) -> Page {
    let choice = |path: &str, key: &str| {
        card(&view.href(path), "", &view.text(key), &view.text(&format!("{key}_text")))
    };
    let tenants = view.portal.is_some_and(|portal| portal.public.tenancy.is_some());
    let sign_up = if tenants { choice(SIGN_UP.path, "home.sign_up") } else { String::new() };
    let named = |path: &str, key: &str| {
        card(&view.href(path), "", &view.text(&format!("{key}.title")), &view.text(&format!("{key}.text")))
    };
    let clients = if view.portal.is_some_and(|portal| portal.public.onboarding.is_some()) {
        named(REGISTRATION.path, "home.onboarding") + &named("/administrateur/activation", "home.activation")
    } else {
        String::new()
    };
    let scheme = if view.portal.is_some_and(|portal| portal.public.mediation.is_some()) {
        named(mediation::SCHEME, "home.mediation") + &named("/annuaire", "home.directory")
    } else {
        String::new()
    };
    let (first, lost) = if view.portal.is_some_and(|portal| portal.partners.is_some()) {
        let help = palier_domain::partners::Step::SignedIn.path();
        (named("/partenaire/premiere-connexion", "home.first_sign_in"), named(help, "home.partner_help"))
    } else {
        Default::default()
    };
    let cards = format!(
        "{sign_up}{scheme}{clients}{first}{}{lost}{}",
        choice("/connexion", "home.sign_in"),
        choice("/aide", "home.help")
    );
    simple(view, "home.title", "home.intro", &format!("<ul class=\"cards\">{cards}</ul>"))
}

/// Opening the page does nothing: scanners of e-mails open links too. The button's click is kept for the program.
fn one_click(view: &View<'_>, text: &str) -> Page {
    let button = forms::button(&view.text(&format!("{text}.submit")));
    simple(
        view,
        &format!("{text}.title"),
        &format!("{text}.intro"),
        &format!("<form novalidate method=\"post\">{button}</form>"),
    )
}

fn document(view: &View<'_>, name: &str) -> Page {
    let slug = view.portal.map_or("", crate::config::PortalConfig::slug);
    let Some(document) = view.state.documents().get(slug, name, view.language) else {
        return not_found(view);
    };
    let main = format!("{}<article class=\"text\">{}</article>", heading(&document.title), document.html);
    Page::new(document.title.clone(), main)
}

/// The shape of a page that only the program can show.
fn waiting(view: &View<'_>) -> Page {
    let field = "<div class=\"field skeleton\"><i></i><i></i></div>";
    let main = format!(
        "<h1 tabindex=\"-1\" class=\"vh\">{}</h1><div aria-hidden=\"true\">{field}{field}</div>",
        view.text("shell.loading"),
    );
    Page::new(view.plain("shell.loading"), main)
}

fn not_found(view: &View<'_>) -> Page {
    let home = format!("<p><a href=\"{}\">{}</a></p>", view.href("/"), view.text("not_found.home"));
    simple(view, "not_found.title", "not_found.text", &home)
}
