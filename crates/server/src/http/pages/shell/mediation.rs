//! The mediation scheme and its directory of members (M1, M6).

use palier_domain::mediation::{Found, IDENTITY, Listed, MEMBERSHIP};
use palier_domain::values::{Date, OrganisationNumber, Phase};
use palier_domain::wording;

use super::super::View;
use super::forms::button;
use super::{Page, heading, simple};
use crate::documents::escape;

/// The letters from which on a search can tell anything.
const LEAST: usize = 2;

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

/// The search, and what was found for the text in the address: consumers find members without scripts too.
pub(super) fn directory(view: &View<'_>) -> Page {
    let title = view.plain("directory.title");
    let (typed, found) = view.search.as_ref().map_or(("", None), |(typed, found)| (typed, Some(found)));
    let main = format!(
        "{heading}<p class=\"intro\">{intro}</p><form novalidate method=\"get\"><div class=\"field\">\
         <label for=\"q\">{label}</label><p class=\"hint\" id=\"q-hint\">{hint}</p>\
         <input type=\"text\" autocomplete=\"off\" inputmode=\"search\" required autocapitalize=\"none\" \
         spellcheck=\"false\" id=\"q\" aria-describedby=\"q-hint\" name=\"q\" value=\"{typed}\"></div>{button}</form>\
         <p class=\"status\" role=\"status\">{said}</p>{listed}",
        heading = heading(&title),
        intro = view.text("directory.intro"),
        label = view.text("directory.search"),
        hint = view.text("directory.hint"),
        typed = escape(typed),
        button = button(&view.text("directory.submit")),
        said = found.map(|found| said(view, typed, found)).unwrap_or_default(),
        listed = found.map(|found| listed(view, found)).unwrap_or_default(),
    );
    Page::new(title, main)
}

/// How many were found.
fn said(view: &View<'_>, typed: &str, found: &Found) -> String {
    if typed.trim().chars().count() < LEAST {
        return view.text("directory.short");
    }
    if found.total == 0 {
        return view.text("directory.nothing");
    }
    let count = |key: &str, number: usize| view.texts().count(key, number as u64, &[]);
    let (all, shown) = (count("directory.found", found.total), found.listed.len());
    if shown < found.total { format!("{all}. {}", count("directory.first", shown)) } else { all }
}

fn listed(view: &View<'_>, found: &Found) -> String {
    if found.listed.is_empty() {
        return String::new();
    }
    let item = |member: &Listed| {
        let date = Date::parse_text(&member.since).map(|since| wording::day(view.texts(), since));
        let siren = OrganisationNumber::parse(&member.siren);
        let siren = siren.map_or_else(|_| member.siren.clone(), |siren| siren.to_string());
        let (date, siren) = (date.unwrap_or_default(), siren.replace(' ', "\u{a0}"));
        let since = view.texts().with("directory.since", &[("date", &date), ("siren", &siren)]);
        format!("<li><strong>{}</strong><span>{}</span></li>", escape(&member.name), escape(&since))
    };
    let items: String = found.listed.iter().map(item).collect();
    format!("<h2 class=\"vh\">{}</h2><ul class=\"found\">{items}</ul>", view.text("directory.results"))
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
