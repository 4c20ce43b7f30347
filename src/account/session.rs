use leptos::prelude::*;
use leptos::task::spawn_local;
use palier_domain::account::Session;
use palier_domain::wire::code;

use crate::message::Message;
use crate::routes::{Place, sign_in_then};
use crate::site::Site;
use crate::ui::{Html, Tone, live};

/// Shows a page to whoever is signed in, and asks the others to sign in first.
pub(crate) fn required(site: Site, place: Place, page: impl Fn(&Session) -> Html + 'static) -> Html {
    refresh(site);
    live(move || match site.session.get() {
        Some(session) => page(&session),
        None => {
            spawn_local(async move {
                // Somebody who just signed out is on the way elsewhere.
                if Place::parse(&site.nav.path()) == place {
                    site.nav.replace(&sign_in_then(place));
                }
            });
            Html::default()
        }
    })
}

/// Asks who is signed in, unless that came with the page.
fn refresh(site: Site) {
    if !site.nav.moved() || site.session.with_untracked(Option::is_none) {
        return;
    }
    spawn_local(async move {
        match site.api.get::<Session>("/account/session").await {
            Ok(session) if site.session.with_untracked(|known| known.as_ref() != Some(&session)) => {
                site.session.set(Some(session));
            }
            Err(failure) if failure.code() == code::SIGNED_OUT => ended(site),
            // Without an answer, what is known stays on the screen.
            _ => {}
        }
    });
}

/// Signs out, here and in the other tabs.
pub(crate) fn sign_out(site: Site) {
    spawn_local(async move {
        match site.api.delete("/account/session").await {
            Err(failure) if failure.code() != code::SIGNED_OUT => site.tell(Message::failure(&failure)),
            _ => {
                site.api.contacts.left();
                site.nav.go(&Place::SignIn.path());
                site.session.set(None);
                site.tell(Message::success("session.signed_out"));
            }
        }
    });
}

/// Prolongs the session.
pub(crate) fn extend(site: Site) {
    spawn_local(async move {
        if let Err(failure) = site.api.submit("/account/session/extend", String::new(), None).await {
            if failure.code() == code::SIGNED_OUT {
                ended(site);
            } else {
                site.tell(Message::failure(&failure));
            }
        }
    });
}

/// Ends a session that nobody prolonged.
pub(crate) fn expire(site: Site) {
    spawn_local(async move {
        // The server ends it too; without an answer it does so by itself.
        let _ = site.api.delete("/account/session").await;
        site.api.contacts.left();
        ended(site);
    });
}

fn ended(site: Site) {
    site.session.set(None);
    site.tell(Message::new(Tone::Information, "session.ended"));
}
