use leptos::prelude::window;
use palier_domain::account::Session;
use palier_domain::reading::Read as _;
use palier_domain::wire::code;

use crate::api::Call;
use crate::dom;
use crate::idle::Idle;
use crate::message::Message;
use crate::routes::{Place, SCHEMES, sign_in_then};
use crate::site::Site;
use crate::ui::{Html, Tone, live};

/// Where the session is asked for, begun and ended.
pub(super) const PATH: &str = "/account/session";

/// The session of who is signed in.
pub(crate) static IDLE: Idle = Idle {
    name: "account",
    contacts: |site| &site.api.contacts,
    minutes: |site| site.session.with(|session| session.as_ref().and_then(|session| session.idle_minutes)),
    left: |site| site.forget_person(),
    expire,
    extend,
    leave: sign_out,
};

/// Shows a page to whoever is signed in, and asks the others to sign in first.
pub(crate) fn required(site: Site, place: Place, page: fn(Site, &Session) -> Html) -> Html {
    refresh(site);
    live(move || {
        if let Some(session) = site.session.get() {
            return page(site, &session);
        }
        dom::soon(move || {
            // Somebody who just signed out is on the way elsewhere.
            if Place::parse(&site.nav.path()) == place {
                site.nav.replace(&sign_in_then(place));
            }
        });
        Html::default()
    })
}

/// Asks who is signed in, unless that came with the page.
fn refresh(site: Site) {
    if !site.nav.moved() || site.session.peek(Option::is_none) {
        return;
    }
    site.api.send(Call::get(PATH), move |answer| match answer {
        Ok(said) => {
            let session = Session::read(&said);
            if said["due"].is_string() {
                // New terms (A10), another password (P2): the server leads to where that is asked in the place of this page.
                // Refused only to pages that may not navigate at all.
                let _ = window().location().reload();
            }
            if site.session.peek(|known| *known != session) {
                // What a page did may have changed it (an organisation became a member). The page is made again then:
                // who was led to its heading is led to the new one.
                if SCHEMES && dom::is_focus_idle() {
                    site.nav.arrive();
                }
                site.session.set(session);
            }
        }
        Err(failure) if failure.code() == code::SIGNED_OUT => ended(site),
        // Without an answer, what is known stays on the screen.
        Err(_) => {}
    });
}

/// Signs out, here and in the other tabs.
pub(crate) fn sign_out(site: Site) {
    site.api.send(Call::delete(PATH), move |answer| match answer {
        Err(failure) if failure.code() != code::SIGNED_OUT => site.tell(Message::failure(&failure)),
        _ => {
            site.api.contacts.left();
            site.nav.go(&Place::SignIn.path());
            site.forget_person();
            site.tell(Message::success("session.signed_out"));
        }
    });
}

/// Prolongs the session.
fn extend(site: Site) {
    site.api.send(Call::post("/account/session/extend", String::new()), move |answer| match answer {
        Err(failure) if failure.code() == code::SIGNED_OUT => ended(site),
        Err(failure) => site.tell(Message::failure(&failure)),
        Ok(_) => {}
    });
}

/// Ends a session that nobody prolonged. The server ends it too; without an answer it does so by itself.
fn expire(site: Site) {
    site.api.send(Call::delete(PATH), move |_| {
        site.api.contacts.left();
        ended(site);
    });
}

/// The session is over, though nobody asked for it.
pub(crate) fn ended(site: Site) {
    let place = Place::parse(&site.nav.path());
    // There first: what is said belongs to the page that it is said on.
    if place.is_personal() {
        site.nav.replace(&sign_in_then(place));
    }
    site.forget_person();
    site.tell(Message::new(Tone::Information, "session.ended"));
}
