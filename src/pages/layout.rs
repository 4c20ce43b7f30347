use leptos::prelude::{document, window};
use palier_domain::journey::Answers;
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use palier_domain::wire::LANGUAGE_COOKIE;

use crate::account::menu_view;
use crate::api::{Call, Failure};
use crate::i18n::LANGUAGES;
use crate::message::Message;
use crate::routes::{DOCUMENTS, Place};
use crate::site::Site;
use crate::ui::{El, Html, el};
use crate::var::Var;
use crate::{dom, html};

const LANGUAGE_LINK: &str = "language";

/// What is added to the foot of the page in the demonstration.
const DEMO: [(&str, &str); 2] =
    [("/demo/courriels", "footer.demo_mails"), ("/demo/horloge", "footer.demo_clock")];

/// Name, language, account.
pub(crate) fn header_view(site: Site) -> El {
    let i18n = site.i18n;
    let account = site.portal.is_some().then(|| menu_view(site));
    // Who comes to the desk has no account: the way to sign in there would lead elsewhere.
    #[cfg(feature = "office")]
    let account =
        account.filter(|_| !matches!(Place::parse(&site.nav.path()), Place::Desk(_) | Place::Welcome));
    let brand = el("a").class("brand").attr("href", &site.nav.href("/")).text(site.name());
    let nav = el("nav").class("site-nav").attr("aria-label", i18n.t("header.nav"));
    let nav = nav.put(html![language_link(site), account]);
    el("header").class("site-head").put(el("div").put(html![brand, nav]))
}

fn language_link(site: Site) -> Option<El> {
    let shown = site.i18n.language();
    let (other, name) = LANGUAGES.into_iter().find(|(name, _)| *name != shown)?;
    let link = el("a").id(LANGUAGE_LINK).attr("href", "?").attr("lang", other).attr("hreflang", other);
    Some(link.text(name).on("click", move |event| {
        event.prevent_default();
        switch(site, other);
    }))
}

/// Shows the other language; everything typed stays where it is.
fn switch(site: Site, language: &'static str) {
    if site.i18n.switch(language) {
        return switched(language);
    }
    let path = format!("/texts?lang={language}");
    #[cfg(feature = "office")]
    let path = path + "&pages=office";
    #[cfg(feature = "account")]
    let path = path + "&pages=account";
    site.api.send(Call::get(&path), move |answer| {
        match answer.and_then(|said| Answers::read(&said).ok_or(Failure::Lost)) {
            Ok(texts) => {
                site.i18n.learn(language, texts);
                switched(language);
            }
            Err(failure) => site.tell(Message::failure(&failure)),
        }
    });
}

fn switched(language: &'static str) {
    dom::set_session_cookie(LANGUAGE_COOKIE, language);
    if let Some(root) = document().document_element() {
        // Setting an attribute of that name can't fail.
        let _ = root.set_attribute("lang", language);
    }
    // The link was made again with the page; it had the focus.
    dom::soon(|| dom::focus(LANGUAGE_LINK));
}

/// Whom to call, and the pages that must be reachable from everywhere (T12).
pub(crate) fn footer_view(site: Site) -> Html {
    let i18n = site.i18n;
    let Some(portal) = &site.portal else { return Html::default() };
    let link = |path: &str, words: &str| {
        // Pages made by the server are loaded like those of any other site.
        let rel = (Place::parse(path) == Place::Unknown).then_some("external");
        el("li").put(el("a").attr("href", &site.nav.href(path)).maybe("rel", rel).text(words))
    };
    let links = DOCUMENTS.into_iter().fold(el("ul"), |links, name| {
        links.put(link(&Place::Document(name).path(), &i18n.text(&format!("footer.{name}"))))
    });
    let demo = if site.demo { &DEMO[..] } else { &[] };
    let links = demo.iter().fold(links, |links, (path, key)| links.put(link(path, i18n.t(key))));
    #[cfg(feature = "onboarding")]
    let links = if site.demo && portal.onboarding.is_some() {
        links.put(link("/demo/courriers", i18n.t("footer.demo_letters")))
    } else {
        links
    };
    let nav = el("nav").attr("aria-label", i18n.t("footer.nav")).put(links);
    el("footer").class("site-foot").put(el("div").put(html![contact(site, portal), nav])).into()
}

fn contact(site: Site, portal: &'static Portal) -> El {
    let contact = &portal.contact;
    let hours = if site.i18n.language() == "en" { &contact.hours_en } else { &contact.hours };
    let text = site.i18n.with("footer.contact", &[("landlord", &portal.name), ("hours", hours)]);
    let (before, after) = text.split_once("{phone}").unwrap_or((&text, ""));
    let number: String = contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let phone = el("a").attr("href", &format!("tel:{number}")).text(&contact.phone);
    el("p").text(before).put(phone).text(after)
}

/// Says that the network is gone, and that nothing is lost.
pub(crate) fn offline_view(site: Site, offline: Var<bool>) -> El {
    el("div")
        .class("offline")
        .attr("role", "status")
        .live_text(move || if offline.get() { site.i18n.text("network.offline") } else { String::new() })
}

/// Whether the browser says that it is off line.
pub(crate) fn watch_network() -> Var<bool> {
    let offline = Var::new(!window().navigator().on_line());
    dom::on_window("offline", move || offline.set(true));
    dom::on_window("online", move || offline.set(false));
    offline
}
