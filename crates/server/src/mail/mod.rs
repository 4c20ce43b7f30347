//! E-mails: what each says, how it is written, and the worker that hands them to the mail server.
//!
//! A journey [`compose`]s an e-mail and puts it in the outbox ([`crate::store::outbox`]) in the transaction of what
//! caused it; the [`worker`] sends what the outbox holds. See `docs/decisions/0004-mail.md`.

mod body;
mod colleagues;
mod decided;
mod departure;
mod farewell;
mod folder;
mod line;
mod message;
mod partners;
mod passkeys;
mod render;
mod smtp;
mod transport;
pub mod worker;

use jiff::Timestamp;
use palier_domain::profile::Device;
use palier_domain::texts::Texts;
use palier_domain::values::{Email, LoginIdentifier};

pub use self::colleagues::Colleague;
pub use self::decided::{Decided, What};
pub use self::departure::DepartureMail;
pub use self::farewell::Farewell;
pub(crate) use self::message::PORTAL_HEADER;
pub use self::partners::PartnerMail;
pub use self::passkeys::PasskeyMail;
pub(crate) use self::render::escape;
pub use self::transport::{Transport, TransportError};
use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::store::outbox::NewMail;

/// What an e-mail is about. Links that carry a token carry it in the fragment; all are made by [`PortalConfig::link`].
#[derive(Clone, Copy)]
pub enum Mail<'a> {
    /// The first e-mail of a sign-up (T6): its link confirms the address.
    ConfirmSignUp {
        /// `/locataire/confirmation#TOKEN`, absolute.
        link: &'a str,
        /// How long it is valid.
        hours: u32,
    },
    /// A sign-up for a home that has an account already (T5). Doesn't say whose.
    HomeHasAccount,
    /// A sign-up with the e-mail address of an account.
    EmailHasAccount,
    /// The second e-mail of a sign-up (T7).
    AccountActive {
        /// The login identifier.
        identifier: &'a LoginIdentifier,
    },
    /// A lost password (T8): the link opens the page where a new one is chosen.
    PasswordReset {
        /// `/mot-de-passe-oublie/nouveau#TOKEN`, absolute.
        link: &'a str,
        /// How long it is valid.
        hours: u32,
    },
    /// Tells the owner that the password is another one now.
    PasswordChanged,
    /// Tells the owner that everything kept of them was downloaded (D4).
    DataDownloaded {
        /// To which kind of device.
        device: Device,
    },
    /// Warns that the password comes to its end (P2): another one is asked for then.
    PasswordEnds {
        /// From when on.
        until: Timestamp,
    },
    /// Another e-mail address was asked for: its link, sent to the new one, confirms it (T9).
    ConfirmEmail {
        /// `/compte/adresse/confirmation#TOKEN`, absolute.
        link: &'a str,
        /// How long it is valid.
        hours: u32,
    },
    /// The same, where the new address has an account.
    EmailTaken,
    /// Tells the present address at once that another one was asked for.
    EmailChangeAsked {
        /// `/compte/adresse/opposition#TOKEN`, absolute.
        link: &'a str,
        /// The new address.
        wanted: &'a Email,
    },
    /// Tells the former address that another one is the account's now.
    EmailChanged {
        /// As in [`Self::EmailChangeAsked`].
        link: &'a str,
        /// The new address.
        wanted: &'a Email,
        /// For how many days it can be undone.
        days: u32,
    },
    /// Tells the owner that the account was locked out of a place after too many wrong tries (P6).
    AccountLocked {
        /// Until when.
        until: Timestamp,
    },
    /// A lost identifier (T8).
    IdentifierReminder {
        /// The login identifier.
        identifier: &'a LoginIdentifier,
    },
    /// The first e-mail of an organisation's identity (M2): its link certifies it.
    CertifyIdentity {
        /// `/mediation/identite/certification#TOKEN`, absolute.
        link: &'a str,
        /// How long it is valid.
        hours: u32,
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// An identity for an organisation that has one already. Doesn't say whose address it has.
    OrganisationKnown,
    /// An identity with the e-mail address of an account.
    AddressHasAccount,
    /// Tells the correspondent that somebody asked for an identity for the organisation again.
    IdentityAskedAgain {
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// The second e-mail of an identity (M2): what comes next.
    IdentityCertified {
        /// The login identifier.
        identifier: &'a LoginIdentifier,
        /// Name of the organisation.
        organisation: &'a str,
        /// Where one joins, absolute.
        link: &'a str,
    },
    /// The receipt of a membership (M4), with the contract attached.
    MembershipMade {
        /// Its reference.
        reference: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// Where it is seen, absolute.
        link: &'a str,
    },
    /// Reminds of an identity that was never certified (M8).
    IdentityReminder {
        /// As in [`Self::CertifyIdentity`].
        link: &'a str,
        /// How long it is valid.
        hours: u32,
        /// Name of the organisation.
        organisation: &'a str,
        /// `/mediation/rappels#TOKEN`, absolute.
        stop: &'a str,
    },
    /// Reminds of a membership that stopped half-way (M8).
    MembershipReminder {
        /// Where one goes on, absolute.
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// `/mediation/rappels#TOKEN`, absolute.
        stop: &'a str,
    },
    /// The first e-mail of a first administrator's sign-up (A3): its link confirms the address.
    ConfirmRegistration {
        /// `/administrateur/confirmation#TOKEN`, absolute.
        link: &'a str,
        /// How long it is valid.
        hours: u32,
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// The same with the e-mail address of an account.
    UserHasAccount,
    /// A letter to the legal representative will be printed (A4); also sent again to who lost the link (A6).
    LetterAsked {
        /// `/administrateur/courrier#TOKEN`, absolute.
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// The function of the legal representative: `Maire`.
        recipient: &'a str,
    },
    /// The letter was posted (A6).
    LetterPosted {
        /// As in [`Self::LetterAsked`].
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// As in [`Self::LetterAsked`].
        recipient: &'a str,
    },
    /// The post brought the letter back (A6).
    LetterReturned {
        /// As in [`Self::LetterAsked`].
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// As in [`Self::LetterAsked`].
        recipient: &'a str,
    },
    /// The request was refused by the legal representative, or stopped by telephone (A4).
    DesignationRefused {
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// The code of the letter was used (A5).
    AdministratorActive {
        /// The login identifier.
        identifier: &'a LoginIdentifier,
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// About colleagues who join (A7, A8).
    Colleague(Colleague<'a>),
    /// An administrator decided about a user (A8).
    Decided(Decided<'a>),
    /// To who wishes to leave the service (T10).
    Departure(DepartureMail<'a>),
    /// To tenants who leave the home (T11).
    Farewell(Farewell),
    /// About passkeys (X3).
    Passkey(PasskeyMail),
    /// To partners (P2, P5, P8).
    Partner(PartnerMail<'a>),
}

/// To whom an e-mail goes.
#[derive(Clone, Copy)]
pub struct Addressee<'a> {
    /// The address.
    pub email: &'a Email,
    /// First name and surname, for the greeting, once the address is known to be theirs.
    pub name: Option<&'a str>,
    /// `fr` or `en`.
    pub language: &'a str,
}

impl Mail<'_> {
    /// Its name in the outbox, in logs and metrics, and below `mail.` in the texts.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConfirmSignUp { .. } => "confirm_sign_up",
            Self::HomeHasAccount => "home_has_account",
            Self::EmailHasAccount => "email_has_account",
            Self::AccountActive { .. } => "account_active",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::DataDownloaded { .. } => "data_downloaded",
            Self::PasswordEnds { .. } => "password_ends",
            Self::ConfirmEmail { .. } => "confirm_email",
            Self::EmailTaken => "email_taken",
            Self::EmailChangeAsked { .. } => "email_change_asked",
            Self::EmailChanged { .. } => "email_changed",
            Self::AccountLocked { .. } => "account_locked",
            Self::IdentifierReminder { .. } => "identifier_reminder",
            Self::CertifyIdentity { .. } => "certify_identity",
            Self::OrganisationKnown => "organisation_known",
            Self::AddressHasAccount => "address_has_account",
            Self::IdentityAskedAgain { .. } => "identity_asked_again",
            Self::IdentityCertified { .. } => "identity_certified",
            Self::MembershipMade { .. } => "membership_made",
            Self::IdentityReminder { .. } => "identity_reminder",
            Self::MembershipReminder { .. } => "membership_reminder",
            Self::ConfirmRegistration { .. } => "confirm_registration",
            Self::UserHasAccount => "user_has_account",
            Self::LetterAsked { .. } => "letter_asked",
            Self::LetterPosted { .. } => "letter_posted",
            Self::LetterReturned { .. } => "letter_returned",
            Self::DesignationRefused { .. } => "designation_refused",
            Self::AdministratorActive { .. } => "administrator_active",
            Self::Colleague(mail) => mail.kind(),
            Self::Decided(mail) => mail.what.kind(),
            Self::Departure(mail) => mail.kind(),
            Self::Farewell(mail) => mail.kind(),
            Self::Passkey(mail) => mail.kind(),
            Self::Partner(mail) => mail.kind(),
        }
    }

    /// The organisation that it is about.
    const fn organisation(&self) -> Option<&str> {
        match self {
            Self::CertifyIdentity { organisation, .. }
            | Self::IdentityAskedAgain { organisation }
            | Self::IdentityCertified { organisation, .. }
            | Self::MembershipMade { organisation, .. }
            | Self::IdentityReminder { organisation, .. }
            | Self::ConfirmRegistration { organisation, .. }
            | Self::LetterAsked { organisation, .. }
            | Self::LetterPosted { organisation, .. }
            | Self::LetterReturned { organisation, .. }
            | Self::DesignationRefused { organisation }
            | Self::AdministratorActive { organisation, .. }
            | Self::MembershipReminder { organisation, .. } => Some(organisation),
            Self::Colleague(mail) => Some(mail.organisation()),
            Self::Decided(mail) => Some(mail.organisation),
            _ => None,
        }
    }

    /// The device that it names.
    const fn device(&self) -> Option<Device> {
        match self {
            Self::DataDownloaded { device } => Some(*device),
            Self::Passkey(mail) => mail.device(),
            _ => None,
        }
    }

    /// The address that an account's is to be, or has become.
    fn wanted(&self) -> Option<String> {
        match self {
            Self::EmailChangeAsked { wanted, .. } | Self::EmailChanged { wanted, .. } => {
                Some(wanted.to_string())
            }
            _ => None,
        }
    }

    /// The function of who gets the letter that it is about.
    const fn recipient(&self) -> Option<&str> {
        match self {
            Self::LetterAsked { recipient, .. }
            | Self::LetterPosted { recipient, .. }
            | Self::LetterReturned { recipient, .. } => Some(recipient),
            _ => None,
        }
    }
}

/// Writes an e-mail of a portal in the language of its addressee, ready for the outbox.
pub fn write(state: &AppState, portal: &PortalConfig, to: Addressee<'_>, mail: Mail<'_>) -> NewMail {
    let texts = state.texts().portal(portal.slug(), to.language);
    let sender = state.config().mail_from.as_deref().unwrap_or(&portal.public.contact.email);
    let message_id = state.entropy().message_id(sender.rsplit('@').next().unwrap_or(sender));
    compose(portal, texts, to, message_id, state.now(), mail)
}

/// Writes an e-mail. The same arguments give the same e-mail, byte for byte.
///
/// `message_id` is the `Message-ID` without its angle brackets; it stays the same however often sending is tried.
pub fn compose(
    portal: &PortalConfig,
    texts: &Texts,
    to: Addressee<'_>,
    message_id: String,
    now: Timestamp,
    mail: Mail<'_>,
) -> NewMail {
    let letter = body::letter(portal, texts, to, now, mail);
    NewMail {
        portal: portal.slug().to_owned(),
        kind: mail.kind(),
        to: to.email.clone(),
        reply_to: Some(portal.public.contact.email.clone()),
        text: render::text(&letter),
        html: render::html(&letter),
        subject: letter.subject,
        language: to.language.to_owned(),
        message_id,
        attachment: None,
        now,
    }
}
