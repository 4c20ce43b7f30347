//! The secret that a link from an e-mail carries: read from the address, taken out of it at once, and kept in this
//! tab until it is used, so that a reload loses nothing.

use palier_domain::values::Token;

use crate::dom;
use crate::routes::Place;
use crate::site::Site;

/// The token of the page shown; nothing when the link was cut or changed, or the page was opened without one.
pub(crate) fn take(site: Site, place: Place) -> Option<Token> {
    let key = key(site, place);
    let fragment = site.nav.here().peek(|here| here.fragment.clone());
    if fragment.is_empty() {
        let kept = dom::storage()?.get_item(&key).ok().flatten()?;
        return Token::parse(&kept).ok();
    }
    site.nav.forget_fragment();
    let token = Token::parse(&fragment).ok()?;
    if let Some(storage) = dom::storage() {
        // Where it isn't kept, a reload asks to open the link again.
        let _ = storage.set_item(&key, token.reveal());
    }
    Some(token)
}

/// Keeps the token of a page that wasn't opened by its link, for when it is shown.
#[cfg(feature = "onboarding")]
pub(crate) fn keep(site: Site, place: Place, token: &str) {
    if let Some(storage) = dom::storage() {
        // Where it isn't kept, the e-mail's link leads there.
        let _ = storage.set_item(&key(site, place), token);
    }
}

/// Forgets the token of a page: it was used, or is of no use.
pub(crate) fn forget(site: Site, place: Place) {
    if let Some(storage) = dom::storage() {
        let _ = storage.remove_item(&key(site, place));
    }
}

fn key(site: Site, place: Place) -> String {
    format!("palier:{}:link:{}", site.nav.href(""), place.path())
}
