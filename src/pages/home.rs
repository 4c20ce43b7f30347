#[cfg(feature = "onboarding")]
use palier_domain::journey::Step;
#[cfg(feature = "account")]
use palier_domain::partners::Step as Help;
use palier_domain::portal::Portal;
use palier_domain::tenancy::SIGN_UP;

use crate::form::plain_head;
use crate::html;
use crate::routes::{Place, SCHEMES};
use crate::site::Site;
use crate::ui::{Card, Html, cards};

/// Choose what you come for.
pub(crate) fn home_view(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let card = |path: String, key: &str| Card {
        href: site.nav.href(&path),
        title: i18n.text(key),
        text: i18n.portal(&format!("{key}_text"), portal),
        external: false,
    };
    let mut choices = Vec::new();
    if portal.tenancy.is_some() {
        choices.push(card(SIGN_UP.path.to_owned(), "home.sign_up"));
    }
    let named = |place: Place, key: &str| Card {
        href: site.nav.href(&place.path()),
        title: i18n.text(&format!("{key}.title")),
        text: i18n.text(&format!("{key}.text")),
        external: false,
    };
    if SCHEMES && portal.mediation.is_some() {
        choices.push(named(Place::Mediation, "home.mediation"));
        choices.push(named(Place::Directory, "home.directory"));
    }
    #[cfg(feature = "onboarding")]
    if portal.onboarding.is_some() {
        choices.push(named(Place::Registration(Step::Page(0)), "home.onboarding"));
        choices.push(named(Place::Activation, "home.activation"));
    }
    #[cfg(feature = "account")]
    if portal.partners.is_some() {
        choices.push(named(Place::FirstSignIn, "home.first_sign_in"));
    }
    choices.push(card(Place::SignIn.path(), "home.sign_in"));
    #[cfg(feature = "account")]
    if portal.partners.is_some() {
        choices.push(named(Place::Help(Help::SignedIn), "home.partner_help"));
    }
    choices.push(card(Place::Document("aide").path(), "home.help"));
    let text = |key: &str| i18n.portal(key, portal);
    html![plain_head(site, text("home.title"), Some(text("home.intro"))), cards(choices)]
}

/// The portals of this server.
pub(crate) fn portals_view(site: Site) -> Html {
    let i18n = site.i18n;
    let portals = site.portals.iter().map(|portal| Card {
        href: format!("{}/", portal.base),
        title: portal.name.clone(),
        text: String::new(),
        external: true,
    });
    let head = plain_head(site, i18n.text("portals.title"), Some(i18n.text("portals.intro")));
    html![head, cards(portals.collect())]
}
