//! The pages.

use palier_domain::journey::Step;
#[cfg(feature = "mediation")]
use palier_domain::mediation::{IDENTITY, MEMBERSHIP};
#[cfg(feature = "onboarding")]
use palier_domain::onboarding::REGISTRATION;
#[cfg(feature = "account")]
use palier_domain::partners::Step as Help;
use palier_domain::tenancy::SIGN_UP;

use super::paths::{step_at, step_path};
use super::table::{DOCUMENTS, FIXED, JOURNEYS};
use super::{ACCOUNT, ACCOUNTS, APART, PASSKEY_SIGN_IN, SCHEMES};

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
        let step = JOURNEYS.iter().find_map(|(journey, place)| step_at(journey, path).map(place));
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
