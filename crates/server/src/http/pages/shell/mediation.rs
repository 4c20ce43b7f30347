//! The mediation scheme and its directory of members (M1, M6).

use palier_domain::mediation::{IDENTITY, MEMBERSHIP};
use palier_domain::values::Phase;

use super::super::View;
use super::forms::button;
use super::{Page, heading, simple};

/// Address of the scheme's page.
pub(super) const SCHEME: &str = "/mediation";

/// What may be done while the campaign is open; what is said when it isn't.
pub(super) fn unless_closed(view: &View<'_>, page: impl FnOnce() -> Page) -> Page {
    let phase = phase(view);
    if phase.is_open() {
        return page();
    }
    let (title, text) = words(view, phase);
    simple(view, &title, &text, &format!("<p>{}</p>", link(view, SCHEME, "mediation.title")))
}

/// The scheme: its campaign, what it takes to join, and the one thing to do next.
pub(super) fn scheme(view: &View<'_>) -> Page {
    let phase = phase(view);
    let (title, text) = words(view, phase);
    let tone = if phase == Phase::Late { "notice warning" } else { "notice" };
    let steps = ["mediation.step_one", "mediation.step_two"].map(|key| {
        format!("<li><strong>{}</strong><p>{}</p></li>", view.text(key), view.text(&format!("{key}_text")))
    });
    let rest = format!(
        "<div class=\"{tone}\"><h2>{title}</h2><p>{text}</p></div><ol>{steps}</ol>{next}<p>{directory}</p>",
        title = view.text(&title),
        text = view.text(&text),
        steps = steps.concat(),
        next = next(view, phase.is_open()),
        directory = link(view, "/annuaire", "mediation.directory"),
    );
    simple(view, "mediation.title", "mediation.intro", &rest)
}

/// The search; what is found is the program's to show.
pub(super) fn directory(view: &View<'_>) -> Page {
    let title = view.plain("directory.title");
    let main = format!(
        "{heading}<p class=\"intro\">{intro}</p><form novalidate method=\"post\"><div class=\"field\">\
         <label for=\"q\">{label}</label><p class=\"hint\" id=\"q-hint\">{hint}</p>\
         <input type=\"text\" autocomplete=\"off\" inputmode=\"search\" required autocapitalize=\"none\" \
         spellcheck=\"false\" id=\"q\" aria-describedby=\"q-hint\" name=\"q\"></div>{button}</form>\
         <p class=\"status\" role=\"status\"></p>",
        heading = heading(&title),
        intro = view.text("directory.intro"),
        label = view.text("directory.search"),
        hint = view.text("directory.hint"),
        button = button(&view.text("directory.submit")),
    );
    Page::new(title, main)
}

fn phase(view: &View<'_>) -> Phase {
    let rules = view.portal.and_then(|portal| Some((portal, portal.public.mediation.as_ref()?)));
    rules.map_or(Phase::Closed, |(portal, rules)| rules.campaign.phase(portal.today(view.state.now())))
}

/// Where what is said of the campaign is: heading and text.
fn words(view: &View<'_>, phase: Phase) -> (String, String) {
    let rules = view.portal.and_then(|portal| portal.public.mediation.as_ref());
    let endless = rules.is_some_and(|rules| rules.campaign.preferred_end.is_none());
    let ending = if phase == Phase::Open && endless { "_endless" } else { "" };
    (format!("campaign.{}_title", phase.name()), format!("campaign.{}{ending}", phase.name()))
}

/// The one thing to do next.
fn next(view: &View<'_>, open: bool) -> String {
    let organisation = view.session.map(|session| session.organisation.as_ref());
    let begin = || main_link(view, IDENTITY.path, "mediation.begin");
    match organisation {
        Some(Some(organisation)) if organisation.member => {
            main_link(view, &format!("{}/envoye", MEMBERSHIP.path), "mediation.joined")
        }
        _ if !open => String::new(),
        None => {
            let then = format!("/connexion?retour={}", MEMBERSHIP.path);
            format!("{}<p>{}</p>", begin(), link(view, &then, "mediation.sign_in"))
        }
        Some(None) => format!("<p>{}</p>{}", view.text("mediation.not_yours"), begin()),
        Some(Some(_)) => main_link(view, MEMBERSHIP.path, "mediation.join"),
    }
}

fn main_link(view: &View<'_>, path: &str, key: &str) -> String {
    let (href, words) = (view.href(path), view.text(key));
    format!("<div class=\"actions\"><a class=\"button\" href=\"{href}\">{words}</a></div>")
}

fn link(view: &View<'_>, path: &str, key: &str) -> String {
    format!("<a href=\"{}\">{}</a>", view.href(path), view.text(key))
}
