use palier_domain::journey::{Journey, Step};
use palier_domain::mediation::{IDENTITY, MEMBERSHIP};
use palier_domain::onboarding::REGISTRATION;
use palier_domain::partners::Step as Help;
use palier_domain::tenancy::SIGN_UP;

use crate::config::PortalConfig;
use crate::documents::DOCUMENTS;

/// A page, as far as what is sent of it before the program arrives differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// The list of portals.
    Portals,
    /// Choose what you come for.
    Home,
    /// Sign in.
    SignIn,
    /// Lost identifier.
    ForgottenIdentifier,
    /// Lost password.
    ForgottenPassword,
    /// Lost password, by the link.
    NewPassword,
    /// A step of the tenant's sign-up.
    SignUp(Step),
    /// Confirm one's address, by the link.
    Confirmation,
    /// The mediation scheme.
    Mediation,
    /// A step of an organisation's identity.
    Identity(Step),
    /// Certify the identity, by the link.
    Certification,
    /// No more reminders, by the link.
    Reminders,
    /// The directory of members.
    Directory,
    /// A step of a first administrator's sign-up.
    Registration(Step),
    /// Confirm the address of a first administrator, by the link.
    Registered,
    /// The code of the letter typed.
    Activation,
    /// A request refused with the code of the letter.
    Refusal,
    /// The first sign-in of a partner.
    FirstSignIn,
    /// A written page.
    Document(&'static str),
    /// Somebody's own: for who is signed in, and known to the program only.
    Personal,
    /// Known to the program only, which alone can tell what is on it.
    Other,
    /// The same of the desk, where nobody has an account.
    Desk,
    /// The gallery of components.
    Gallery,
    /// No page of ours: 404.
    Unknown,
}

/// What the address of a form says once it was sent: the program shows something else then.
const SENT: &str = "envoye";

/// What the addresses of the office start with.
const OFFICE: [&str; 2] = ["/organisme", "/guichet"];
/// The same of the account.
const ACCOUNT: [&str; 3] = ["/compte", "/partenaire", "/connexion/cle"];

/// Which program shows a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    /// The portal's own.
    Own,
    /// That of the office.
    Office,
    /// That of the account.
    Account,
}

/// The rooms of the desk: who is there is known to the program only.
const DESK: [&str; 10] = [
    "/guichet",
    "/guichet/bienvenue",
    "/guichet/courriers",
    "/guichet/clients",
    "/guichet/demandes",
    "/guichet/adhesions",
    "/guichet/comptes",
    "/guichet/compte",
    "/guichet/nouveau-compte",
    "/guichet/desinscriptions",
];

impl Place {
    /// The page at a path below the portal's base; a slash at the end doesn't matter.
    pub(super) fn parse(path: &str, query: Option<&str>, portal: Option<&PortalConfig>, demo: bool) -> Self {
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        let Some(portal) = portal else { return if path == "/" { Self::Portals } else { Self::Unknown } };
        if let Some(name) = DOCUMENTS.into_iter().find(|name| path.strip_prefix('/') == Some(*name)) {
            return Self::Document(name);
        }
        let sent = query == Some(SENT);
        match path {
            "" | "/" => Self::Home,
            "/connexion" => Self::SignIn,
            "/identifiant-oublie" | "/mot-de-passe-oublie" if sent => Self::Other,
            "/identifiant-oublie" => Self::ForgottenIdentifier,
            "/mot-de-passe-oublie" => Self::ForgottenPassword,
            "/mot-de-passe-oublie/nouveau" => Self::NewPassword,
            "/locataire"
            | "/compte"
            | "/compte/adresse"
            | "/compte/mot-de-passe"
            | "/compte/depart"
            | "/compte/donnees"
            | "/compte/cles"
            | "/compte/cles/ajouter"
            | "/compte/cles/retirer" => Self::Personal,
            // What the first needs is asked of the device by the program; whose link opens the others is known to it only.
            "/connexion/cle" | "/compte/adresse/confirmation" | "/compte/adresse/opposition" => Self::Other,
            _ if DESK.contains(&path) => Self::Desk,
            "/galerie" if demo => Self::Gallery,
            _ => {
                let tenants = portal.public.tenancy.as_ref().and_then(|_| Self::of_tenants(path));
                let scheme = || portal.public.mediation.as_ref().and_then(|_| Self::of_scheme(path));
                let clients = || portal.public.onboarding.as_ref().and_then(|_| Self::of_clients(path));
                let partners = || portal.partners.and_then(|_| Self::of_partners(path));
                tenants.or_else(scheme).or_else(clients).or_else(partners).unwrap_or(Self::Unknown)
            }
        }
    }

    fn of_tenants(path: &str) -> Option<Self> {
        match path {
            "/locataire/confirmation" => Some(Self::Confirmation),
            _ => at(&SIGN_UP, path).map(|reached| reached.shown(Self::SignUp)),
        }
    }

    fn of_clients(path: &str) -> Option<Self> {
        match path {
            "/administrateur/confirmation" => Some(Self::Registered),
            "/administrateur/activation" => Some(Self::Activation),
            "/administrateur/refus" => Some(Self::Refusal),
            // Whose letter, invitation or request it is is known to the program only.
            "/administrateur/courrier" | "/organisme/invitation" | "/organisme/opposition" => {
                Some(Self::Other)
            }
            // Nor what an organisation's users see of it.
            "/organisme/utilisateurs" | "/organisme/journal" => Some(Self::Personal),
            _ => at(&REGISTRATION, path).map(|reached| reached.shown(Self::Registration)),
        }
    }

    fn of_partners(path: &str) -> Option<Self> {
        match path {
            "/partenaire/premiere-connexion" => Some(Self::FirstSignIn),
            // What is asked there follows from what was answered before.
            path => Help::ALL.iter().any(|step| step.path() == path).then_some(Self::Other),
        }
    }

    fn of_scheme(path: &str) -> Option<Self> {
        match path {
            "/mediation" => Some(Self::Mediation),
            "/mediation/identite/certification" => Some(Self::Certification),
            "/mediation/rappels" => Some(Self::Reminders),
            "/annuaire" => Some(Self::Directory),
            _ => at(&IDENTITY, path)
                .map(|reached| reached.shown(Self::Identity))
                // How far an organisation has come is known to the program only.
                .or_else(|| at(&MEMBERSHIP, path).map(|_| Self::Personal)),
        }
    }
}

/// Which program shows a page: that of the addresses which it is below, or, for the sign-in that leads to such a page
/// afterwards, the same, which must know it.
pub(super) fn program(path: &str, query: Option<&str>) -> Program {
    let path = match query.and_then(|query| query.strip_prefix("retour=")) {
        Some(wanted) if path.trim_end_matches('/') == "/connexion" => wanted,
        _ => path,
    };
    let below = |start: &str| {
        path.strip_prefix(start).is_some_and(|rest| matches!(rest, "") || rest.starts_with('/'))
    };
    if OFFICE.iter().any(|start| below(start)) {
        Program::Office
    } else if ACCOUNT.iter().any(|start| below(start)) {
        Program::Account
    } else {
        Program::Own
    }
}

/// Where in a journey an address leads.
enum Reached {
    /// To one of its steps.
    Step(Step),
    /// To the page that says that its form was sent.
    Sent,
}

impl Reached {
    /// What was sent is known to the program only.
    fn shown(self, of_step: fn(Step) -> Place) -> Place {
        match self {
            Self::Step(step) => of_step(step),
            Self::Sent => Place::Other,
        }
    }
}

/// Where in a journey a path leads; nothing elsewhere.
fn at(journey: &Journey, path: &str) -> Option<Reached> {
    match path.strip_prefix(journey.path)? {
        "" => journey.step("").map(Reached::Step),
        // A step has a name; the bare address is that of the first one.
        below => match below.strip_prefix('/')? {
            "" => None,
            SENT => Some(Reached::Sent),
            slug => journey.step(slug).map(Reached::Step),
        },
    }
}
