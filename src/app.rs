//! The whole page: what surrounds every page, and which page is shown.

use std::cell::Cell;

use leptos::prelude::window;
#[cfg(feature = "mediation")]
use palier_domain::mediation::IDENTITY;
#[cfg(feature = "onboarding")]
use palier_domain::onboarding::REGISTRATION;
use palier_domain::portal::Portal;
use palier_domain::tenancy::SIGN_UP;
use web_sys::Element;

#[cfg(feature = "office")]
use crate::desk;
use crate::links::link_view;
#[cfg(feature = "mediation")]
use crate::mediation;
#[cfg(feature = "office")]
use crate::office;
#[cfg(feature = "onboarding")]
use crate::onboarding;
#[cfg(feature = "account")]
use crate::partners;
#[cfg(feature = "account")]
use crate::profile;
use crate::routes::{APART, Place, SCHEMES};
use crate::site::Site;
use crate::ui::{El, Html, el, keep_right, live};
use crate::var::Var;
use crate::{account, dom, html, idle, pages, tenancy, wizard};

/// Makes the site and shows it in `root`. To be called once.
///
/// Which page an address means is said once, in `routes`. Everything is made again in the other language; what was
/// typed is kept outside.
pub fn app(site: Site, root: &Element) {
    if site.session.peek(Option::is_none) {
        site.forget_person();
    }
    keep_flash_to_its_page(site);
    // It fails for nodes that contain their new parent only.
    let _ = root.append_child(frame_view(site).element());
}

fn frame_view(site: Site) -> El {
    let offline = pages::watch_network();
    let asked = idle::watch(site, &account::IDLE);
    #[cfg(feature = "office")]
    let asked_at_desk = idle::watch(site, &desk::IDLE);
    let place = follow_place(site);
    let shown = Cell::new(place.now());
    let main = el("main").id("main").attr("tabindex", "-1").put(html![
        live(move || site.flash.get().map(|(_, message)| message.view(site.i18n, true)).into()),
        live(move || {
            site.i18n.track();
            let place = place.get();
            let before = shown.replace(place);
            if before != place {
                site.nav.arrive();
            }
            if SCHEMES && !matches!((before, place), (Place::Membership(_), Place::Membership(_))) {
                site.kept.set(None);
            }
            page(site, place)
        }),
    ]);
    let head = live(move || {
        site.i18n.track();
        html![skip_view(site), pages::header_view(site)]
    });
    let foot = live(move || {
        site.i18n.track();
        let question = idle::dialog_view(site, &account::IDLE, asked);
        let foot = html![pages::footer_view(site), pages::offline_view(site, offline), question];
        #[cfg(feature = "office")]
        foot.add(idle::dialog_view(site, &desk::IDLE, asked_at_desk));
        foot
    });
    el("div").class("page").put(html![head, main, foot])
}

/// The page shown: changes only when another one is, not with what follows the path.
fn follow_place(site: Site) -> Var<Place> {
    let place = Var::new(Place::parse(&site.nav.path()));
    keep_right(move || {
        let now = site.nav.here().with(|here| Place::parse(&here.path));
        if place.now() != now {
            place.set(now);
        }
    });
    place
}

fn skip_view(site: Site) -> El {
    let link = el("a").class("skip").attr("href", "#main").text(site.i18n.t("header.skip"));
    link.on("click", move |event| {
        event.prevent_default();
        dom::focus("main");
    })
}

/// What one page says first isn't said by the next. And a link opened in a tab that shows the page of another link
/// already: the page is loaded again, as for the first one. So is a page that this program doesn't have.
fn keep_flash_to_its_page(site: Site) {
    let first = Cell::new(true);
    keep_right(move || {
        let here = site.nav.here().get();
        if site.flash.peek(|flash| flash.as_ref().is_some_and(|(path, _)| *path != here.path)) {
            site.flash.set(None);
        }
        let place = Place::parse(&here.path);
        let by_link = matches!(
            place,
            Place::Confirmation | Place::NewPassword | Place::Certification | Place::Reminders
        );
        #[cfg(feature = "onboarding")]
        let by_link = by_link
            || matches!(place, Place::Registered | Place::Letter | Place::Activation | Place::Refusal);
        #[cfg(feature = "account")]
        let by_link = by_link || matches!(place, Place::EmailConfirmation | Place::EmailObjection);
        #[cfg(feature = "office")]
        let by_link = by_link || matches!(place, Place::Invitation | Place::Objection | Place::Welcome);
        #[cfg(feature = "account")]
        let by_link = by_link || place == Place::FirstSignIn;
        let elsewhere = site.is_elsewhere(place);
        if !first.replace(false) && (by_link && !here.fragment.is_empty() || elsewhere) {
            // Refused only to pages that may not navigate at all.
            let load = || drop(window().location().reload());
            // A link's address is in the bar a moment later.
            dom::soon(load);
        }
    });
}

fn page(site: Site, place: Place) -> Html {
    match (&site.portal, place) {
        (None, Place::Home) => pages::portals_view(site),
        (Some(portal), place) => page_of(site, portal, place),
        (None, _) => pages::not_found_view(site),
    }
}

fn page_of(site: Site, portal: &'static Portal, place: Place) -> Html {
    let tenants = portal.tenancy.is_some() && !APART;
    match place {
        // Until their own program is loaded.
        Place::Home | Place::NewPassword if APART && site.is_elsewhere(place) => Html::default(),
        Place::Tenant if APART => Html::default(),
        Place::Home => pages::home_view(site, portal),
        Place::SignIn => account::sign_in_view(site, portal),
        Place::ForgottenIdentifier => account::identifier_view(site, portal),
        Place::ForgottenPassword => account::password_view(site, portal),
        Place::NewPassword => account::new_password_view(site, portal),
        Place::SignUp(step) if tenants => wizard::wizard_view(site, portal, &tenancy::WIZARD, step),
        Place::SignUpSent if tenants => wizard::sent_view(site, portal, &SIGN_UP),
        Place::Confirmation if tenants => link_view(site, portal, &tenancy::CONFIRMATION),
        Place::Tenant => account::required(site, place, tenancy::tenant_view),
        #[cfg(feature = "account")]
        Place::Account => account::required(site, place, profile::account_view),
        #[cfg(feature = "account")]
        Place::Email => account::required(site, place, profile::email_view),
        #[cfg(feature = "account")]
        Place::Password => account::required(site, place, profile::password_view),
        #[cfg(feature = "account")]
        Place::Departure => account::required(site, place, profile::departure_view),
        #[cfg(feature = "account")]
        Place::Passkeys => account::required(site, place, profile::passkeys_view),
        #[cfg(feature = "account")]
        Place::AddPasskey => account::required(site, place, profile::add_passkey_view),
        #[cfg(feature = "account")]
        Place::RemovePasskey => account::required(site, place, profile::remove_passkey_view),
        #[cfg(feature = "account")]
        Place::Data => account::required(site, place, profile::data_view),
        #[cfg(feature = "account")]
        Place::PasskeySignIn => profile::passkey_sign_in_view(site, portal),
        #[cfg(feature = "account")]
        Place::EmailConfirmation => link_view(site, portal, &profile::CONFIRMATION),
        #[cfg(feature = "account")]
        Place::EmailObjection => link_view(site, portal, &profile::OBJECTION),
        #[cfg(not(feature = "account"))]
        Place::Account => Html::default(),
        #[cfg(feature = "account")]
        Place::FirstSignIn | Place::Help(_) if portal.partners.is_none() => pages::not_found_view(site),
        #[cfg(feature = "account")]
        Place::FirstSignIn => partners::first_sign_in_view(site, portal),
        #[cfg(feature = "account")]
        Place::Help(step) => partners::help_view(site, portal, step),
        Place::Document(name) => pages::document_view(site, name),
        #[cfg(feature = "gallery")]
        Place::Gallery if site.demo => crate::gallery::gallery_view(site),
        #[cfg(feature = "gallery")]
        Place::Gallery => pages::not_found_view(site),
        #[cfg(feature = "office")]
        Place::Users | Place::Journal | Place::Invitation | Place::Objection => {
            page_of_office(site, portal, place)
        }
        #[cfg(feature = "onboarding")]
        Place::Registration(_)
        | Place::RegistrationSent
        | Place::Registered
        | Place::Letter
        | Place::Activation
        | Place::Refusal => page_of_clients(site, portal, place),
        #[cfg(feature = "office")]
        Place::Desk(room) => desk::desk_view(site, portal, room),
        #[cfg(feature = "office")]
        Place::Welcome => desk::welcome_view(site, portal),
        place => page_of_scheme(site, portal, place),
    }
}

/// The pages of portals with client organisations.
#[cfg(feature = "onboarding")]
fn page_of_clients(site: Site, portal: &'static Portal, place: Place) -> Html {
    match place {
        _ if portal.onboarding.is_none() || APART => pages::not_found_view(site),
        Place::Registration(step) => wizard::wizard_view(site, portal, &onboarding::WIZARD, step),
        Place::RegistrationSent => wizard::sent_view(site, portal, &REGISTRATION),
        Place::Registered => link_view(site, portal, &onboarding::REGISTERED),
        Place::Letter => onboarding::letter_view(site, portal),
        Place::Activation => onboarding::activation_view(site, portal),
        Place::Refusal => onboarding::refusal_view(site, portal),
        _ => pages::not_found_view(site),
    }
}

/// The pages of those who are signed in and work.
#[cfg(feature = "office")]
fn page_of_office(site: Site, portal: &'static Portal, place: Place) -> Html {
    match place {
        Place::Users if portal.onboarding.is_some() => account::required(site, place, office::users_view),
        Place::Journal if portal.onboarding.is_some() => account::required(site, place, office::journal_view),
        Place::Invitation if portal.onboarding.is_some() => office::invitation_view(site, portal),
        Place::Objection if portal.onboarding.is_some() => link_view(site, portal, &office::OBJECTION),
        _ => pages::not_found_view(site),
    }
}

/// The pages of portals with a mediation scheme.
#[cfg(feature = "mediation")]
fn page_of_scheme(site: Site, portal: &'static Portal, place: Place) -> Html {
    match place {
        _ if portal.mediation.is_none() => pages::not_found_view(site),
        Place::Mediation => mediation::scheme_view(site, portal),
        Place::Identity(step) => mediation::identity_view(site, portal, step),
        Place::IdentitySent => wizard::sent_view(site, portal, &IDENTITY),
        Place::Certification => link_view(site, portal, &mediation::CERTIFICATION),
        Place::Membership(_) | Place::Joined => account::required(site, place, mediation::membership_view),
        Place::Reminders => link_view(site, portal, &mediation::REMINDERS),
        Place::Directory => mediation::directory_view(site, portal),
        _ => pages::not_found_view(site),
    }
}

/// This program doesn't have them.
#[cfg(not(feature = "mediation"))]
fn page_of_scheme(site: Site, _: &'static Portal, _: Place) -> Html {
    pages::not_found_view(site)
}
