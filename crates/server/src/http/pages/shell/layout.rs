use std::fmt::Write as _;

use super::super::View;
use super::super::place::Place;
use crate::config::PortalConfig;
use crate::documents::{DOCUMENTS, escape};

/// Everything around `main`: skip link, header, footer, the place where the network's loss is told.
pub(super) fn around(view: &View<'_>, main: &str) -> String {
    format!(
        "<a class=\"skip\" href=\"#main\">{skip}</a>{header}<main id=\"main\" tabindex=\"-1\">\
         <noscript><div class=\"notice warning\">{noscript}</div></noscript>{main}</main>{footer}\
         <div class=\"offline\" role=\"status\"></div>",
        skip = view.text("header.skip"),
        header = header(view, "", &account(view)),
        noscript = trouble(view, "shell.noscript"),
        footer = view.portal.map(|portal| footer(view, portal)).unwrap_or_default(),
    )
}

/// The same around a page that works without the program: nothing in it needs one.
pub(super) fn around_plain(view: &View<'_>, main: &str, onward: Option<&str>) -> String {
    let onward = onward.map(|path| format!("&suite={path}")).unwrap_or_default();
    format!(
        "<a class=\"skip\" href=\"#main\">{skip}</a>{header}<main id=\"main\" tabindex=\"-1\">{main}</main>{footer}",
        skip = view.text("header.skip"),
        header = header(view, &onward, ""),
        footer = view.portal.map(|portal| footer(view, portal)).unwrap_or_default(),
    )
}

/// A heading, what to do, and whom to call.
pub(super) fn trouble(view: &View<'_>, key: &str) -> String {
    let contact = view.portal.map(|portal| contact(view, portal)).unwrap_or_default();
    let (title, text) = (view.text(&format!("{key}.title")), view.text(&format!("{key}.text")));
    format!("<h2>{title}</h2><p>{text}</p>{contact}")
}

/// `kept` is what the language's link says beside it; `account` is HTML.
fn header(view: &View<'_>, kept: &str, account: &str) -> String {
    let name = view.portal.map_or("Palier", |portal| portal.public.name.as_str());
    let (other, other_name) = if view.language == "fr" { ("en", "English") } else { ("fr", "Français") };
    format!(
        "<header class=\"site-head\"><div><a class=\"brand\" href=\"{home}\">{name}</a>\
         <nav class=\"site-nav\" aria-label=\"{label}\">\
         <a id=\"language\" href=\"?lang={other}{kept}\" lang=\"{other}\" hreflang=\"{other}\">{other_name}</a>{account}\
         </nav></div></header>",
        home = view.href("/"),
        name = escape(name),
        kept = escape(kept),
        label = view.text("header.nav"),
    )
}

/// Who is signed in, or the way to sign in; neither where there are no accounts.
fn account(view: &View<'_>) -> String {
    if view.portal.is_none() || matches!(view.place, Place::Desk) {
        return String::new();
    }
    let Some(session) = view.session else {
        return format!("<a href=\"{}\">{}</a>", view.href("/connexion"), view.text("sign_in.submit"));
    };
    let link =
        |path: &str, key: &str| format!("<li><a href=\"{}\">{}</a></li>", view.href(path), view.text(key));
    format!(
        "<details class=\"account\"><summary>{name}</summary><ul>{home}{account}{email}{password}\
         <li><button type=\"button\">{sign_out}</button></li></ul></details>",
        name = escape(&session.name),
        home = link(super::home_of(session), "menu.home"),
        account = link("/compte", "menu.account"),
        email = link("/compte/adresse", "menu.email"),
        password = link("/compte/mot-de-passe", "menu.password"),
        sign_out = view.text("menu.sign_out"),
    )
}

/// On links to pages that the program doesn't make.
pub(super) const EXTERNAL: &str = " rel=\"external\"";

fn footer(view: &View<'_>, portal: &PortalConfig) -> String {
    let mut links = String::new();
    let mut link = |path: &str, key: &str, rel: &str| {
        // Writing to a text can't fail.
        let _ = write!(links, "<li><a href=\"{}\"{rel}>{}</a></li>", view.href(path), view.text(key));
    };
    for name in DOCUMENTS {
        link(&format!("/{name}"), &format!("footer.{name}"), "");
    }
    if view.state.config().demo {
        link("/demo/courriels", "footer.demo_mails", EXTERNAL);
        link("/demo/horloge", "footer.demo_clock", EXTERNAL);
        if portal.public.onboarding.is_some() {
            link("/demo/courriers", "footer.demo_letters", EXTERNAL);
        }
    }
    format!(
        "<footer class=\"site-foot\"><div>{}<nav aria-label=\"{}\"><ul>{links}</ul></nav></div></footer>",
        contact(view, portal),
        view.text("footer.nav"),
    )
}

/// Whom to call, and when, the number as a link.
fn contact(view: &View<'_>, portal: &PortalConfig) -> String {
    let contact = &portal.public.contact;
    let hours = if view.language == "en" { &contact.hours_en } else { &contact.hours };
    let text = view.texts().with("footer.contact", &[("landlord", &portal.public.name), ("hours", hours)]);
    let (before, after) = text.split_once("{phone}").unwrap_or((&text, ""));
    let number: String = contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!(
        "<p>{}<a href=\"tel:{number}\">{}</a>{}</p>",
        escape(before),
        escape(&contact.phone),
        escape(after)
    )
}
