//! Pages about the terms of use that people get as plain HTML: no program of any portal grows by them (A10).

use jiff::tz::TimeZone;

use super::super::View;
use super::{Page, forms, heading, not_found};
use crate::account::AcceptedTerms;
use crate::documents::{Library, escape};
use crate::store::accounts::Consent;

/// Where the new terms are accepted.
pub(in crate::http::pages) const ACCEPT: &str = "/cgu/accepter";

/// The list of what somebody accepted; below it, each text.
pub(in crate::http::pages) const ALL_ACCEPTED: &str = "/cgu/acceptees";

/// The box, and what errors lead to.
const BOX: &str = "read_terms";

/// Why the form is shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http::pages) enum Fault {
    /// The box wasn't ticked.
    Unticked,
    /// The terms have changed once more since the page was made.
    Outdated,
}

/// The page that asks for the consent; `onward` is where its owner wanted to go, a path of ours.
pub(in crate::http::pages) fn accept(view: &View<'_>, onward: Option<&str>, fault: Option<Fault>) -> Page {
    let Some(portal) = view.portal.map(|portal| &portal.public) else { return not_found(view) };
    let version = &portal.terms.version;
    let title = view.plain("shell.terms.title");
    let fault = fault.map(|fault| match fault {
        Fault::Unticked => view.text("shell.terms.unticked"),
        Fault::Outdated => view.text("shell.terms.outdated"),
    });
    let onward = onward.map(|path| hidden("suite", path)).unwrap_or_default();
    let main = format!(
        "{summary}{heading}<p class=\"intro\">{intro}</p>\
         <p>{said} <a href=\"{terms}\" target=\"_blank\" rel=\"noopener\">{read}</a></p>\
         <form method=\"post\" action=\"{here}\" novalidate>{hidden}{onward}{check}\
         <div class=\"actions\"><button class=\"button\" name=\"what\" value=\"accept\">{submit}</button></div></form>\
         <h2>{leave_title}</h2><p>{leave_text}</p>\
         <form method=\"post\" action=\"{here}\"><div class=\"actions\">\
         <button class=\"button secondary\" name=\"what\" value=\"leave\">{leave}</button></div></form>",
        summary = fault.as_deref().map(|fault| summary(view, fault)).unwrap_or_default(),
        heading = heading(&title),
        intro = view.text("shell.terms.intro"),
        said = escape(&view.texts().with("shell.terms.version", &[("version", version)])),
        terms = view.href("/cgu"),
        read = view.text("shell.terms.read"),
        here = view.href(ACCEPT),
        hidden = hidden("version", version),
        check = check(view, fault.as_deref()),
        submit = view.text("shell.terms.submit"),
        leave_title = view.text("shell.terms.leave_title"),
        leave_text = view.text("shell.terms.leave_text"),
        leave = view.text("menu.sign_out"),
    );
    let title = if fault.is_some() { view.plain("form.error_prefix") + &title } else { title };
    Page::new(title, main)
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))
}

fn summary(view: &View<'_>, fault: &str) -> String {
    let title = view.texts().count("form.errors", 1, &[]);
    format!(
        "<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\" autofocus aria-labelledby=\"error-title\">\
         <h2 id=\"error-title\">{}</h2><ul><li><a href=\"#{BOX}\">{fault}</a></li></ul></div>",
        escape(&title),
    )
}

fn check(view: &View<'_>, fault: Option<&str>) -> String {
    let (error, described) = match fault {
        Some(fault) => (
            format!(
                "<p class=\"error\" id=\"{BOX}-error\"><span class=\"vh\">{}</span>{fault}</p>",
                view.text("form.error_prefix")
            ),
            format!(" aria-invalid=\"true\" aria-describedby=\"{BOX}-error\""),
        ),
        None => Default::default(),
    };
    format!(
        "<div class=\"field\">{error}<div class=\"check\"><input id=\"{BOX}\" name=\"{BOX}\" type=\"checkbox\" \
         required{described}><label for=\"{BOX}\">{}</label></div></div>",
        view.text("shell.terms.box"),
    )
}

/// The terms that somebody accepted, version by version.
pub(in crate::http::pages) fn all_accepted(view: &View<'_>, consents: &[Consent]) -> Page {
    let title = view.plain("shell.accepted.title");
    let item = |consent: &Consent| {
        let href = view.href(&format!("{ALL_ACCEPTED}/{}", consent.sha256));
        format!("<li><a href=\"{href}\">{}</a><br>{}</li>", when(view, consent), print(view, consent))
    };
    let items: String = consents.iter().map(item).collect();
    let list = if items.is_empty() {
        format!("<p>{}</p>", view.text("shell.accepted.none"))
    } else {
        format!("<ul>{items}</ul>")
    };
    let main = format!("{}{}{list}", forms::back(view, "/compte"), heading(&title));
    Page::new(title, main)
}

/// The terms that somebody accepted, as they were then, with the proof; nothing of theirs gives a page that says so.
pub(in crate::http::pages) fn accepted(view: &View<'_>, accepted: Option<&AcceptedTerms>) -> Page {
    let (Some(portal), Some(accepted)) = (view.portal, accepted) else { return not_found(view) };
    let (title, html) = Library::shown(&accepted.text, &portal.public.base);
    let main = format!(
        "{back}{heading}<p>{when}</p><p>{print}</p><p><a href=\"{exact}\">{exact_text}</a></p>\
         <article class=\"text\">{html}</article>",
        back = forms::back(view, ALL_ACCEPTED),
        heading = heading(&title),
        when = when(view, &accepted.consent),
        print = print(view, &accepted.consent),
        exact = view.href(&format!("/api/account/consents/{}", accepted.consent.sha256)),
        exact_text = view.text("shell.accepted.exact"),
    );
    Page::new(title, main)
}

/// The SHA-256 of the text, set apart from the words: few people read it.
fn print(view: &View<'_>, Consent { sha256, .. }: &Consent) -> String {
    let said = view.texts().with("shell.accepted.print", &[("sha256", sha256)]);
    escape(&said).replace(sha256, &format!("<code>{sha256}</code>"))
}

fn when(view: &View<'_>, consent: &Consent) -> String {
    let zone = view.portal.map_or(TimeZone::UTC, |portal| portal.time_zone.clone());
    let local = consent.accepted_at.to_zoned(zone);
    let part = |format: &str| local.strftime(format).to_string();
    let values = [
        ("version", consent.version.as_str()),
        ("date", &part("%d/%m/%Y")),
        ("hour", &part("%H")),
        ("minute", &part("%M")),
    ];
    escape(&view.texts().with("shell.accepted.when", &values)).into_owned()
}
