//! One of each e-mail, and how it is composed.

use jiff::Timestamp;
use palier_domain::departure::Kind;
use palier_domain::profile::Device;
use palier_domain::values::{Date, Email, LoginIdentifier};
use palier_server::config::{Environment, Loaded, PortalConfig};
use palier_server::mail::{
    self, Addressee, Colleague, Decided, DepartureMail, Farewell, Mail, PartnerMail, PasskeyMail, What,
};
use palier_server::store::outbox::NewMail;

use crate::support::loaded;

pub(crate) const ORGANISATION: &str = "Habitat & <b>Val</b>";
const RECIPIENT: &str = "Maire & <i>présidente</i>";
const UNTIL: &str = "29/11/2026";
const REASON: &str = "Inconnu <b>chez nous</b> & ailleurs";
pub(crate) const STOP: &str = "https://espace.exemple.fr/mediateur-hlm/mediation/rappels#AbC_123-x";
pub(crate) const LINK: &str = "https://espace.exemple.fr/extranet/locataire/confirmation#AbC_123-x";

pub(crate) fn environment() -> Environment {
    Environment {
        public_url: Some("https://espace.exemple.fr".to_owned()),
        database_url: Some("sqlite://unused.db".to_owned()),
        smtp_url: Some("smtp://localhost".to_owned()),
        ..Environment::default()
    }
}

fn now() -> Timestamp {
    "2026-11-21T09:30:00Z".parse().unwrap()
}

/// A partner's.
const NUMBER: &str = "07802700750001";
/// French and English.
const LANGUAGES: usize = 2;

fn every<'a>(identifier: &'a LoginIdentifier, wanted: &'a Email) -> [Mail<'a>; 68] {
    [
        Mail::ConfirmSignUp { link: LINK, hours: 24 },
        Mail::Partner(PartnerMail::Identifiers {
            number: NUMBER,
            password: "7K3MPACD4EWXTRR",
            link: LINK,
            until: "3 juillet",
        }),
        Mail::Partner(PartnerMail::Invitation { number: NUMBER, link: LINK, hours: 24, until: "17 mai" }),
        Mail::Partner(PartnerMail::LetterValid { sent: "3 mai", until: "3 juillet", link: LINK }),
        Mail::Partner(PartnerMail::MailValid { sent: "3 mai", until: "17 mai", link: LINK }),
        Mail::Partner(PartnerMail::LetterComing),
        Mail::Partner(PartnerMail::Active { number: NUMBER }),
        Mail::Passkey(PasskeyMail::Added { device: Device::of("Firefox/143.0 (Windows)") }),
        Mail::Passkey(PasskeyMail::Removed { device: Device::default() }),
        Mail::Passkey(PasskeyMail::AllRemoved),
        Mail::HomeHasAccount,
        Mail::EmailHasAccount,
        Mail::AccountActive { identifier },
        Mail::PasswordReset { link: LINK, hours: 1 },
        Mail::PasswordChanged,
        Mail::DataDownloaded { device: Device::of("Firefox/143.0 (Windows)") },
        Mail::PasswordEnds { until: now() },
        Mail::ConfirmEmail { link: LINK, hours: 24 },
        Mail::EmailTaken,
        Mail::EmailChangeAsked { link: LINK, wanted },
        Mail::EmailChanged { link: LINK, wanted, days: 7 },
        Mail::AccountLocked { until: now() },
        Mail::IdentifierReminder { identifier },
        Mail::CertifyIdentity { link: LINK, hours: 24, organisation: ORGANISATION },
        Mail::OrganisationKnown,
        Mail::AddressHasAccount,
        Mail::IdentityAskedAgain { organisation: ORGANISATION },
        Mail::IdentityCertified { identifier, organisation: ORGANISATION, link: LINK },
        Mail::MembershipMade { reference: "M-K7TM-94PX", organisation: ORGANISATION, link: LINK },
        Mail::IdentityReminder { link: LINK, hours: 1, organisation: ORGANISATION, stop: STOP },
        Mail::MembershipReminder { link: LINK, organisation: ORGANISATION, stop: STOP },
        Mail::ConfirmRegistration { link: LINK, hours: 24, organisation: ORGANISATION },
        Mail::UserHasAccount,
        Mail::LetterAsked { link: LINK, organisation: ORGANISATION, recipient: RECIPIENT },
        Mail::LetterPosted { link: LINK, organisation: ORGANISATION, recipient: RECIPIENT },
        Mail::LetterReturned { link: LINK, organisation: ORGANISATION, recipient: RECIPIENT },
        Mail::DesignationRefused { organisation: ORGANISATION },
        Mail::AdministratorActive { identifier, organisation: ORGANISATION },
        Mail::Colleague(Colleague::ConfirmRequest { link: LINK, hours: 24, organisation: ORGANISATION }),
        Mail::Colleague(Colleague::ConfirmTakeover {
            link: LINK,
            hours: 24,
            organisation: ORGANISATION,
            days: 10,
        }),
        Mail::Colleague(Colleague::AccessAsked {
            link: LINK,
            organisation: ORGANISATION,
            applicant: "Ève d’Almeida",
            applicant_email: "eve@vaux.example",
        }),
        Mail::Colleague(Colleague::RequestsWaiting { link: LINK, organisation: ORGANISATION, count: 2 }),
        Mail::Colleague(Colleague::AccessGranted { link: LINK, organisation: ORGANISATION, until: UNTIL }),
        Mail::Colleague(Colleague::AccessRefused { organisation: ORGANISATION, reason: REASON }),
        Mail::Colleague(Colleague::AccessExpired { organisation: ORGANISATION }),
        Mail::Colleague(Colleague::Invitation {
            link: LINK,
            organisation: ORGANISATION,
            until: UNTIL,
            by: "Awa Ndiaye",
        }),
        Mail::Colleague(Colleague::TakeoverAsked {
            link: LINK,
            organisation: ORGANISATION,
            applicant: "Ève d’Almeida",
            applicant_email: "eve@vaux.example",
            until: UNTIL,
        }),
        Mail::Colleague(Colleague::TakeoverHeld { link: LINK, organisation: ORGANISATION, until: UNTIL }),
        Mail::Colleague(Colleague::TakeoverObjected { organisation: ORGANISATION }),
        Mail::Colleague(Colleague::TakeoverStopped { organisation: ORGANISATION }),
        Mail::Colleague(Colleague::Active { identifier, organisation: ORGANISATION }),
        decided(What::RightsChanged),
        decided(What::Suspended),
        decided(What::Resumed),
        decided(What::Removed),
        decided(What::Named),
        decided(What::Demoted),
        decided(What::OtherNamed),
        decided(What::OtherLost),
        Mail::Farewell(Farewell::Closing { last_day: Date::FIRST }),
        Mail::Farewell(Farewell::Staying),
        Mail::Farewell(Farewell::Closed),
        Mail::Departure(DepartureMail::Asked { kind: Kind::Whole, until: UNTIL }),
        Mail::Departure(DepartureMail::Accepted { kind: Kind::Whole, months: 12 }),
        Mail::Departure(DepartureMail::Refused { kind: Kind::Whole, reason: REASON }),
        Mail::Departure(DepartureMail::Asked { kind: Kind::Paperless, until: UNTIL }),
        Mail::Departure(DepartureMail::Accepted { kind: Kind::Paperless, months: 12 }),
        Mail::Departure(DepartureMail::Refused { kind: Kind::Paperless, reason: REASON }),
    ]
}

const fn decided(what: What) -> Mail<'static> {
    Mail::Decided(Decided {
        what,
        organisation: ORGANISATION,
        user: "Ève & <b>d’Almeida</b>",
        by: "Chloé <Le Bihan>",
        rights: "Prêts & <i>taux</i> : agir",
    })
}

pub(crate) fn identifier() -> LoginIdentifier {
    LoginIdentifier::parse("K7TM-94PX").unwrap()
}

pub(crate) fn compose(
    loaded: &Loaded,
    portal: &PortalConfig,
    language: &str,
    name: Option<&str>,
    mail: Mail<'_>,
) -> NewMail {
    let email = Email::parse("marie@exemple.fr").unwrap();
    let to = Addressee { email: &email, name, language };
    let texts = loaded.texts.portal(portal.slug(), language);
    mail::compose(portal, texts, to, "1@exemple.fr".to_owned(), now(), mail)
}

/// Calls with every e-mail of all portals in both languages.
pub(crate) fn for_every(mut check: impl FnMut(&PortalConfig, &str, Mail<'_>, &NewMail)) {
    let loaded = loaded(&environment());
    let (identifier, wanted) = (identifier(), Email::parse("nouvelle@exemple.fr").unwrap());
    let mut count = 0;
    for portal in &loaded.config.portals {
        for language in ["fr", "en"] {
            for mail in every(&identifier, &wanted) {
                check(portal, language, mail, &compose(&loaded, portal, language, Some("Awa Ndiaye"), mail));
                count += 1;
            }
        }
    }
    let portals = loaded.config.portals.len();
    assert!(
        portals > 3 && count == portals * LANGUAGES * every(&identifier, &wanted).len(),
        "{count} e-mails"
    );
}
