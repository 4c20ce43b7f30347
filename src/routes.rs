//! Every address of the pages, built and read in one place.

use palier_domain::account::Session;
use palier_domain::journey::{Journey, Step};
#[cfg(feature = "mediation")]
use palier_domain::mediation::{IDENTITY, MEMBERSHIP};
#[cfg(feature = "onboarding")]
use palier_domain::onboarding::REGISTRATION;
use palier_domain::tenancy::SIGN_UP;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Choose what you come for; or the list of portals.
    Home,
    /// Sign in.
    SignIn,
    /// Lost identifier.
    ForgottenIdentifier,
    /// Lost password: ask for a link.
    ForgottenPassword,
    /// Lost password: choose another, by the link.
    NewPassword,
    /// A step of the tenant's sign-up.
    SignUp(Step),
    /// The sign-up was sent.
    SignUpSent,
    /// Confirm one's address, by the link.
    Confirmation,
    /// The tenant's home.
    Tenant,
    /// The mediation scheme and its campaign.
    Mediation,
    /// A step of the organisation's identity.
    Identity(Step),
    /// The identity was sent.
    IdentitySent,
    /// Certify the identity, by the link.
    Certification,
    /// A step of joining the scheme.
    Membership(Step),
    /// The organisation is a member.
    Joined,
    /// No more reminders, by the link.
    Reminders,
    /// The directory of members.
    Directory,
    /// A step of a first administrator's sign-up.
    #[cfg(feature = "onboarding")]
    Registration(Step),
    /// The sign-up was sent.
    #[cfg(feature = "onboarding")]
    RegistrationSent,
    /// Confirm the address of a first administrator, by the link.
    #[cfg(feature = "onboarding")]
    Registered,
    /// Where is my letter?
    #[cfg(feature = "onboarding")]
    Letter,
    /// The code of the letter typed.
    #[cfg(feature = "onboarding")]
    Activation,
    /// A request refused with the code of the letter.
    #[cfg(feature = "onboarding")]
    Refusal,
    /// The account.
    Account,
    /// A written page, by its name.
    Document(&'static str),
    /// All components (development only).
    #[cfg(feature = "gallery")]
    Gallery,
    /// No page of ours.
    Unknown,
}

/// The journeys of mediation schemes are in this program, and what only they use of the rest.
pub const SCHEMES: bool = cfg!(feature = "mediation");
/// So are the journeys of client organisations.
pub const CLIENTS: bool = cfg!(feature = "onboarding");

/// A journey, and what the page of one of its steps is.
pub type Steps = (&'static Journey, fn(Step) -> Place);

/// The journeys of this program.
pub const JOURNEYS: &[Steps] = &[
    (&SIGN_UP, Place::SignUp),
    #[cfg(feature = "mediation")]
    (&IDENTITY, Place::Identity),
    #[cfg(feature = "mediation")]
    (&MEMBERSHIP, Place::Membership),
    #[cfg(feature = "onboarding")]
    (&REGISTRATION, Place::Registration),
];

/// The written pages.
pub const DOCUMENTS: [&str; 5] = ["cgu", "cookies", "accessibilite", "mentions-legales", "aide"];

/// Where a step asked again from the page of answers leads back to it.
const EDIT: &str = "?modifier";
const SENT: &str = "envoye";
/// What the address of a form of one page says once it was sent, so that Back and a reload show what is true.
pub const SENT_QUERY: &str = SENT;

/// The pages whose address never changes.
const FIXED: &[(&str, Place)] = &[
    ("/", Place::Home),
    ("/connexion", Place::SignIn),
    ("/identifiant-oublie", Place::ForgottenIdentifier),
    ("/mot-de-passe-oublie", Place::ForgottenPassword),
    ("/mot-de-passe-oublie/nouveau", Place::NewPassword),
    ("/locataire/confirmation", Place::Confirmation),
    ("/locataire", Place::Tenant),
    ("/compte", Place::Account),
    #[cfg(feature = "gallery")]
    ("/galerie", Place::Gallery),
    ("/locataire/inscription/envoye", Place::SignUpSent),
    ("/mediation", Place::Mediation),
    ("/mediation/identite/envoye", Place::IdentitySent),
    ("/mediation/identite/certification", Place::Certification),
    ("/mediation/adhesion/envoye", Place::Joined),
    ("/mediation/rappels", Place::Reminders),
    ("/annuaire", Place::Directory),
    #[cfg(feature = "onboarding")]
    ("/administrateur/inscription/envoye", Place::RegistrationSent),
    #[cfg(feature = "onboarding")]
    ("/administrateur/confirmation", Place::Registered),
    #[cfg(feature = "onboarding")]
    ("/administrateur/courrier", Place::Letter),
    #[cfg(feature = "onboarding")]
    ("/administrateur/activation", Place::Activation),
    #[cfg(feature = "onboarding")]
    ("/administrateur/refus", Place::Refusal),
];

impl Place {
    /// The page at a path below the portal's base; a slash at the end doesn't matter.
    pub fn parse(path: &str) -> Self {
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        if let Some((_, place)) = FIXED.iter().find(|(fixed, _)| *fixed == path) {
            return *place;
        }
        if let Some(name) = DOCUMENTS.into_iter().find(|name| path.strip_prefix('/') == Some(*name)) {
            return Self::Document(name);
        }
        let step = JOURNEYS.iter().find_map(|(journey, place)| step_at(journey, path).map(place));
        step.unwrap_or(Self::Unknown)
    }

    /// Whether it shows what is somebody's own, to who is signed in.
    pub fn is_personal(self) -> bool {
        match self {
            Self::Tenant | Self::Account => true,
            Self::Membership(_) | Self::Joined => SCHEMES,
            _ => false,
        }
    }

    /// Its path below the portal's base; the home page's for no page of ours.
    pub fn path(self) -> String {
        match self {
            Self::SignUp(step) => step_path(&SIGN_UP, step),
            #[cfg(feature = "mediation")]
            Self::Identity(step) => step_path(&IDENTITY, step),
            #[cfg(feature = "mediation")]
            Self::Membership(step) => step_path(&MEMBERSHIP, step),
            #[cfg(feature = "onboarding")]
            Self::Registration(step) => step_path(&REGISTRATION, step),
            Self::Document(name) => format!("/{name}"),
            other => FIXED.iter().find(|(_, place)| *place == other).map_or("/", |(path, _)| path).to_owned(),
        }
    }
}

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
    let organisation = SCHEMES && session.as_ref().is_some_and(|session| session.organisation.is_some());
    #[cfg(feature = "onboarding")]
    if session.as_ref().is_some_and(|session| session.client.is_some()) {
        return Place::Account;
    }
    if organisation { Place::Mediation } else { Place::Tenant }
}

fn step_at(journey: &Journey, path: &str) -> Option<Step> {
    let rest = path.strip_prefix(journey.path)?;
    match rest.strip_prefix('/') {
        Some("") => None,
        Some(slug) => journey.step(slug),
        None if rest.is_empty() => journey.step(""),
        None => None,
    }
}
