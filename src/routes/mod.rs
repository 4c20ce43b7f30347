//! Every address of the pages, built and read in one place.

mod paths;

pub use self::paths::{
    SENT_QUERY, after_sign_in, edit_path, home_of, is_edit, sent_path, sign_in_then, step_path,
};

use palier_domain::journey::{Journey, Step};
#[cfg(feature = "mediation")]
use palier_domain::mediation::{IDENTITY, MEMBERSHIP};
#[cfg(feature = "onboarding")]
use palier_domain::onboarding::REGISTRATION;
#[cfg(feature = "account")]
use palier_domain::partners::Step as Help;
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
    /// A room of the desk of those who run the portal.
    #[cfg(feature = "office")]
    Desk(Room),
    /// The link by which somebody comes to the desk for the first time.
    #[cfg(feature = "office")]
    Welcome,
    /// An organisation's users.
    #[cfg(feature = "office")]
    Users,
    /// What happened to an organisation and its users.
    #[cfg(feature = "office")]
    Journal,
    /// Choose a password, by the link of an invitation.
    #[cfg(feature = "office")]
    Invitation,
    /// Object to who wants to become administrator by letter, by the link.
    #[cfg(feature = "office")]
    Objection,
    /// The first sign-in of a partner.
    #[cfg(feature = "account")]
    FirstSignIn,
    /// Lost identifier or lost password? A question of it.
    #[cfg(feature = "account")]
    Help(Help),
    /// The account.
    Account,
    /// Another e-mail address.
    #[cfg(feature = "account")]
    Email,
    /// Confirm another address, by the link.
    #[cfg(feature = "account")]
    EmailConfirmation,
    /// Stop or undo a change of address, by the link.
    #[cfg(feature = "account")]
    EmailObjection,
    /// Another password.
    #[cfg(feature = "account")]
    Password,
    /// Leaving the service, or paperless notices.
    #[cfg(feature = "account")]
    Departure,
    /// The passkeys.
    #[cfg(feature = "account")]
    Passkeys,
    /// Another passkey.
    #[cfg(feature = "account")]
    AddPasskey,
    /// One passkey less.
    #[cfg(feature = "account")]
    RemovePasskey,
    /// One's data, and how long they are kept.
    #[cfg(feature = "account")]
    Data,
    /// Sign in with a passkey.
    #[cfg(feature = "account")]
    PasskeySignIn,
    /// A written page, by its name.
    Document(&'static str),
    /// All components (development only).
    #[cfg(feature = "gallery")]
    Gallery,
    /// No page of ours.
    Unknown,
}

/// A room of the desk.
#[cfg(feature = "office")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// What is going on, in numbers.
    Hall,
    /// Letters.
    Letters,
    /// Client organisations.
    Clients,
    /// What is stuck.
    Requests,
    /// Memberships of the mediation scheme.
    Memberships,
    /// Partners' accounts, looked for by who answers callers.
    Accounts,
    /// One of them.
    Account,
    /// One that is made.
    NewAccount,
    /// Requests to leave.
    Departures,
}

/// The journeys of mediation schemes are in this program, and what only they use of the rest.
pub const SCHEMES: bool = cfg!(feature = "mediation");
/// So are the journeys of client organisations.
pub const CLIENTS: bool = cfg!(feature = "onboarding");

/// This is the program of the office and of nothing else: its pages alone are shown, the others are those of the
/// portal's own program. Developers' program has both.
pub const OFFICE_ALONE: bool = cfg!(all(feature = "office", not(feature = "mediation")));

/// This is the program of the account: its pages alone are shown, and those of portals that have nothing but accounts.
pub const ACCOUNT_ALONE: bool = cfg!(all(feature = "account", not(feature = "mediation")));

/// This is a program that stands beside the portal's own.
pub const APART: bool = OFFICE_ALONE || ACCOUNT_ALONE;

/// This program shows the account.
pub const ACCOUNTS: bool = cfg!(feature = "account");

/// What the addresses of the account start with.
const ACCOUNT: &str = "/compte";

/// Where one signs in with a passkey: a page of the account's program, which others lead to.
pub const PASSKEY_SIGN_IN: &str = "/connexion/cle";

/// A journey, and what the page of one of its steps is.
pub type Steps = (&'static Journey, fn(Step) -> Place);

/// The journeys of this program.
pub const JOURNEYS: &[Steps] = if APART {
    &[]
} else {
    &[
        (&SIGN_UP, Place::SignUp),
        #[cfg(feature = "mediation")]
        (&IDENTITY, Place::Identity),
        #[cfg(feature = "mediation")]
        (&MEMBERSHIP, Place::Membership),
        #[cfg(feature = "onboarding")]
        (&REGISTRATION, Place::Registration),
    ]
};

/// The written pages.
pub const DOCUMENTS: [&str; 5] = ["cgu", "cookies", "accessibilite", "mentions-legales", "aide"];

/// An organisation's users: a page of the office's program, which others lead to.
#[cfg(feature = "onboarding")]
pub const USERS: &str = "/organisme/utilisateurs";
/// Its journal.
#[cfg(feature = "onboarding")]
pub const JOURNAL: &str = "/organisme/journal";

/// The pages whose address never changes.
const FIXED: &[(&str, Place)] = &[
    ("/", Place::Home),
    ("/connexion", Place::SignIn),
    ("/identifiant-oublie", Place::ForgottenIdentifier),
    ("/mot-de-passe-oublie", Place::ForgottenPassword),
    ("/mot-de-passe-oublie/nouveau", Place::NewPassword),
    ("/locataire/confirmation", Place::Confirmation),
    ("/locataire", Place::Tenant),
    (ACCOUNT, Place::Account),
    #[cfg(feature = "account")]
    ("/partenaire/premiere-connexion", Place::FirstSignIn),
    #[cfg(feature = "account")]
    ("/compte/adresse", Place::Email),
    #[cfg(feature = "account")]
    ("/compte/adresse/confirmation", Place::EmailConfirmation),
    #[cfg(feature = "account")]
    ("/compte/adresse/opposition", Place::EmailObjection),
    #[cfg(feature = "account")]
    ("/compte/mot-de-passe", Place::Password),
    #[cfg(feature = "account")]
    ("/compte/depart", Place::Departure),
    #[cfg(feature = "account")]
    ("/compte/cles", Place::Passkeys),
    #[cfg(feature = "account")]
    ("/compte/cles/ajouter", Place::AddPasskey),
    #[cfg(feature = "account")]
    ("/compte/cles/retirer", Place::RemovePasskey),
    #[cfg(feature = "account")]
    ("/compte/donnees", Place::Data),
    #[cfg(feature = "account")]
    (PASSKEY_SIGN_IN, Place::PasskeySignIn),
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
    #[cfg(feature = "office")]
    ("/guichet", Place::Desk(Room::Hall)),
    #[cfg(feature = "office")]
    ("/guichet/bienvenue", Place::Welcome),
    #[cfg(feature = "office")]
    ("/guichet/courriers", Place::Desk(Room::Letters)),
    #[cfg(feature = "office")]
    ("/guichet/clients", Place::Desk(Room::Clients)),
    #[cfg(feature = "office")]
    ("/guichet/demandes", Place::Desk(Room::Requests)),
    #[cfg(feature = "office")]
    ("/guichet/adhesions", Place::Desk(Room::Memberships)),
    #[cfg(feature = "office")]
    ("/guichet/comptes", Place::Desk(Room::Accounts)),
    #[cfg(feature = "office")]
    ("/guichet/compte", Place::Desk(Room::Account)),
    #[cfg(feature = "office")]
    ("/guichet/nouveau-compte", Place::Desk(Room::NewAccount)),
    #[cfg(feature = "office")]
    ("/guichet/desinscriptions", Place::Desk(Room::Departures)),
    #[cfg(feature = "office")]
    (USERS, Place::Users),
    #[cfg(feature = "office")]
    (JOURNAL, Place::Journal),
    #[cfg(feature = "office")]
    ("/organisme/invitation", Place::Invitation),
    #[cfg(feature = "office")]
    ("/organisme/opposition", Place::Objection),
];

impl Place {
    /// The page at a path below the portal's base; a slash at the end doesn't matter.
    pub fn parse(path: &str) -> Self {
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        if let Some((_, place)) = FIXED.iter().find(|(fixed, _)| *fixed == path) {
            return *place;
        }
        #[cfg(feature = "account")]
        if let Some(step) = Help::ALL.into_iter().find(|step| step.path() == path) {
            return Self::Help(step);
        }
        // Whichever it is, another program shows it.
        if !ACCOUNTS && (path.starts_with(ACCOUNT) || path == PASSKEY_SIGN_IN) {
            return Self::Account;
        }
        if let Some(name) = DOCUMENTS.into_iter().find(|name| path.strip_prefix('/') == Some(*name)) {
            return Self::Document(name);
        }
        let step = JOURNEYS.iter().find_map(|(journey, place)| paths::step_at(journey, path).map(place));
        step.unwrap_or(Self::Unknown)
    }

    /// Whether it shows what is somebody's own, to who is signed in.
    pub fn is_personal(self) -> bool {
        match self {
            Self::Tenant | Self::Account => true,
            Self::Membership(_) | Self::Joined => SCHEMES,
            #[cfg(feature = "account")]
            Self::Email | Self::Password | Self::Data | Self::Departure => true,
            #[cfg(feature = "account")]
            Self::Passkeys | Self::AddPasskey | Self::RemovePasskey => true,
            #[cfg(feature = "office")]
            Self::Users | Self::Journal => true,
            _ => false,
        }
    }

    /// Whether another program shows it, perhaps: the server is asked then, which has all of them.
    pub fn is_elsewhere(self) -> bool {
        match self {
            Self::Unknown => true,
            Self::Account => !ACCOUNTS,
            #[cfg(feature = "account")]
            Self::FirstSignIn | Self::Help(_) => false,
            #[cfg(feature = "account")]
            Self::Email | Self::EmailConfirmation | Self::EmailObjection | Self::Password | Self::Data => {
                false
            }
            #[cfg(feature = "account")]
            Self::Departure => false,
            #[cfg(feature = "account")]
            Self::Passkeys | Self::AddPasskey | Self::RemovePasskey | Self::PasskeySignIn => false,
            Self::SignIn | Self::ForgottenIdentifier | Self::ForgottenPassword | Self::Document(_) => false,
            #[cfg(feature = "office")]
            Self::Users | Self::Journal | Self::Invitation | Self::Objection => false,
            #[cfg(feature = "office")]
            Self::Desk(_) | Self::Welcome => false,
            _ => APART,
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
            #[cfg(feature = "account")]
            Self::Help(step) => step.path().to_owned(),
            other => FIXED.iter().find(|(_, place)| *place == other).map_or("/", |(path, _)| path).to_owned(),
        }
    }
}
