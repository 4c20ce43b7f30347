//! The addresses that are put together: those of steps, and where one comes home to.

use palier_domain::account::Session;
use palier_domain::journey::{Journey, Step};

use super::{ACCOUNTS, Place, SCHEMES};

/// Where a step asked again from the page of answers leads back to it.
const EDIT: &str = "?modifier";
const SENT: &str = "envoye";
/// What the address of a form of one page says once it was sent, so that Back and a reload show what is true.
pub const SENT_QUERY: &str = SENT;

/// The path of a wizard's step.
pub fn step_path(journey: &Journey, step: Step) -> String {
    match journey.slug(step) {
        "" => journey.path.to_owned(),
        slug => format!("{}/{slug}", journey.path),
    }
}

/// The path of a step that leads back to the page of answers.
pub fn edit_path(journey: &Journey, step: Step) -> String {
    step_path(journey, step) + EDIT
}

/// Whether a query is that of [`edit_path`].
pub fn is_edit(query: &str) -> bool {
    EDIT.strip_prefix('?') == Some(query)
}

/// The path of the page shown once a wizard's form was sent.
pub fn sent_path(journey: &Journey) -> String {
    format!("{}/{SENT}", journey.path)
}

/// The path of the sign-in page that leads to `place` afterwards.
pub fn sign_in_then(place: Place) -> String {
    format!("{}?retour={}", Place::SignIn.path(), place.path())
}

/// Where the sign-in page leads to afterwards, if that was said: never outside of our own pages.
pub fn after_sign_in(query: &str) -> Option<Place> {
    query.strip_prefix("retour=").map(Place::parse).filter(|place| *place != Place::Unknown)
}

/// Where a person comes home to.
pub fn home_of(session: &Option<Session>) -> Place {
    let organisation =
        (SCHEMES || ACCOUNTS) && session.as_ref().is_some_and(|session| session.organisation.is_some());
    #[cfg(feature = "onboarding")]
    if session.as_ref().is_some_and(|session| session.client.is_some()) {
        return Place::Account;
    }
    // Somebody without a home here has an account and nothing else.
    let tenant = session.as_ref().is_none_or(|session| session.lease.is_some());
    match (organisation, tenant) {
        (true, _) => Place::Mediation,
        (false, true) => Place::Tenant,
        (false, false) => Place::Account,
    }
}

/// The step of a journey at a path.
pub(super) fn step_at(journey: &Journey, path: &str) -> Option<Step> {
    let rest = path.strip_prefix(journey.path)?;
    match rest.strip_prefix('/') {
        Some("") => None,
        Some(slug) => journey.step(slug),
        None if rest.is_empty() => journey.step(""),
        None => None,
    }
}
