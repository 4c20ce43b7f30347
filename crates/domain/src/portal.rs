//! The part of a portal's configuration that browsers may see: what differs between two landlords, as data.

use serde::{Deserialize, Serialize};

#[cfg(feature = "partners")]
use crate::credentials::Span;
use crate::values::{Campaign, Date, NameRule, PasswordPolicy, ReferenceFormat};

/// A portal (*portail*) as the pages know it: one landlord, mediator, bank or office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    /// Its name in addresses: lower-case letters, digits, hyphens.
    pub slug: String,
    /// What all its addresses start with: `/extranet`, or nothing when it has its own host name or is alone.
    pub base: String,
    /// Its name, shown in the header.
    pub name: String,
    /// How people reach somebody.
    pub contact: Contact,
    /// Rules for passwords.
    pub password: PasswordPolicy,
    /// The terms of use in force.
    pub terms: Terms,
    /// Passkeys may be added here (X3): browsers have them for addresses with a name, by https.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub passkeys: bool,
    /// Tenants may sign up here (*inscription locataire*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenancy: Option<TenancyRules>,
    /// Organisations may join a mediation scheme here (*adhésion au dispositif de médiation*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediation: Option<MediationRules>,
    /// Client organisations get their administrator here (*inscription de l'administrateur*).
    #[cfg(feature = "onboarding")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onboarding: Option<OnboardingRules>,
    /// An office gives accounts out to landlords here (*compte partenaire*).
    #[cfg(feature = "partners")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partners: Option<PartnerRules>,
}

impl Portal {
    /// Whether it has no journey by which an account begins: those there are were given out.
    pub const fn has_accounts_alone(&self) -> bool {
        let none = self.tenancy.is_none() && self.mediation.is_none();
        #[cfg(feature = "onboarding")]
        let none = none && self.onboarding.is_none();
        none
    }

    /// What can be chosen in a field of the kind [`crate::journey::Kind::Select`].
    pub fn choices(&self, field: &str) -> &[Choice] {
        match (field, &self.mediation) {
            ("partner", Some(rules)) => &rules.partners,
            _ => &[],
        }
    }
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is kept: `USH`.
    pub code: String,
    /// What is shown: `USH – Union sociale pour l'habitat`.
    pub name: String,
}

/// How people reach the landlord.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// As people read it: `05 49 44 60 00`.
    pub phone: String,
    /// Shown and written to.
    pub email: String,
    /// When the phone is answered, in French.
    pub hours: String,
    /// The same in English.
    pub hours_en: String,
}

/// The terms of use (*conditions générales d'utilisation*) in force (T12, A10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Such as `2026-11`.
    pub version: String,
    /// SHA-256 of the exact text in French, in lower-case hexadecimal.
    pub sha256: String,
}

/// What a landlord asks of a tenant who signs up (T1–T4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenancyRules {
    /// How references are written.
    pub reference: ReferenceFormat,
    /// How surnames are compared.
    #[serde(default)]
    pub name_rule: NameRule,
    /// The birth date of the main signatory is asked too.
    #[serde(default)]
    pub asks_birth_date: bool,
    /// Address of the annotated picture of a rent notice (*avis d'échéance*), below the site's root.
    pub picture: String,
}

/// How organisations join a mediation scheme (M1–M5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediationRules {
    /// When one may join.
    pub campaign: Campaign,
    /// The mediator's partners: federations (*fédérations*), associations, unions.
    pub partners: Vec<Choice>,
    /// Promotional codes (*codes promotionnels*) are asked for: there are some.
    pub asks_code: bool,
    /// The version of the contract: such as `2026-11`.
    pub contract: String,
}

/// How the first administrator of a client organisation signs up (A1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnboardingRules {
    /// How client numbers (*numéros client*) are written.
    pub number: ReferenceFormat,
    /// Address of the picture that shows where the number stands in a letter, below the site's root.
    pub picture: String,
}

/// Until when what an office sends to its partners is valid (P2): what the pages say follows from it.
#[cfg(feature = "partners")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerRules {
    /// Of a provisional password by letter, from the day that the letter says.
    pub letter: Span,
    /// Of a first one by e-mail, from the day on which it was sent.
    pub mail: Span,
}

/// What checks need beside the answers themselves.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The portal's rules.
    pub portal: &'a Portal,
    /// Today, in the landlord's time zone.
    pub today: Date,
}

/// A portal in the list shown at the root of a server that carries several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalLink {
    /// See [`Portal::base`].
    pub base: String,
    /// See [`Portal::name`].
    pub name: String,
}
