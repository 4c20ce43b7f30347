//! Which page is at which address.

use palier_domain::journey::{Journey, Step};
#[cfg(feature = "mediation")]
use palier_domain::mediation::{IDENTITY, MEMBERSHIP};
#[cfg(feature = "onboarding")]
use palier_domain::onboarding::REGISTRATION;
use palier_domain::tenancy::SIGN_UP;

#[cfg(feature = "account")]
use super::PASSKEY_SIGN_IN;
use super::Place;
#[cfg(feature = "office")]
use super::Room;
use super::{ACCOUNT, APART};
#[cfg(feature = "office")]
use super::{JOURNAL, USERS};

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

/// The pages whose address never changes.
pub(super) const FIXED: &[(&str, Place)] = &[
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
