use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

use super::sign_out;
use crate::html;
use crate::routes::{ACCOUNTS, Place, home_of};
use crate::site::Site;
use crate::ui::{El, Html, el, keep_right, live};

/// Who is signed in, with what they can do; the way to sign in for everybody else.
pub(crate) fn menu_view(site: Site) -> Html {
    live(move || match site.session.get() {
        Some(session) => open_menu(site, &session.name).into(),
        None => link(site, Place::SignIn, "sign_in.submit").into(),
    })
}

fn link(site: Site, place: Place, key: &'static str) -> El {
    el("a").attr("href", &site.nav.href(&place.path())).text(site.i18n.t(key))
}

fn open_menu(site: Site, name: &str) -> El {
    let leave = el("button").attr("type", "button").text(site.i18n.t("menu.sign_out"));
    let home = link(site, site.session.peek(home_of), "menu.home");
    // Shown by a program of its own.
    let account = link(site, Place::Account, "menu.account").maybe("rel", (!ACCOUNTS).then_some("external"));
    let change = |path: &str, key: &'static str| {
        let link = el("a").attr("href", &site.nav.href(path)).text(site.i18n.t(key));
        link.maybe("rel", (!ACCOUNTS).then_some("external"))
    };
    let email = change("/compte/adresse", "menu.email");
    let password = change("/compte/mot-de-passe", "menu.password");
    let leave = leave.on("click", move |_| sign_out(site));
    #[cfg(not(feature = "office"))]
    let entries = [home, account, email, password, leave];
    #[cfg(feature = "office")]
    let entries = {
        let client = site.session.peek(|session| session.as_ref().and_then(|session| session.client.clone()));
        let mut entries = vec![home, account, email, password];
        if client.is_some_and(|client| client.administrator) {
            entries.push(link(site, Place::Users, "users.title_plain"));
            entries.push(link(site, Place::Journal, "journal_page.title_plain"));
        }
        entries.push(leave);
        entries
    };
    let list = entries.into_iter().fold(el("ul"), |list, entry| list.put(el("li").put(entry)));
    let summary = el("summary").text(name);
    let heading = summary.element().clone();
    let menu = el("details").class("account").put(html![summary, list]);
    let element = menu.element().clone();
    let closing = element.clone();
    let menu = menu.on("keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            let _ = closing.remove_attribute("open");
            if let Some(heading) = heading.dyn_ref::<HtmlElement>() {
                let _ = heading.focus();
            }
        }
    });
    // The menu stays when the page changes: it closes then.
    keep_right(move || {
        site.nav.here().with(|_| ());
        let _ = element.remove_attribute("open");
    });
    menu
}
