//! What a page is started with: its portal, its texts.

use serde_json::Value;

#[cfg(feature = "onboarding")]
use super::clients;
#[cfg(feature = "partners")]
use super::partners;
use super::{Read, flag, inside, items, mediation, number, text};
use crate::account::Session;
use crate::portal::{Contact, Portal, PortalLink, TenancyRules, Terms};
use crate::texts;
use crate::values::{NameRule, PasswordPolicy, PasswordProfile, ReferenceFormat};
use crate::wire::Boot;

impl Read for Boot {
    fn read(value: &Value) -> Option<Self> {
        let texts = texts::joined::part(value["texts"].as_str()?);
        Some(Self {
            portal: inside(value, "portal").map(portal),
            portals: items(value, "portals").iter().map(portal_link).collect(),
            session: inside(value, "session").and_then(Session::read),
            language: text(value, "language"),
            today: text(value, "today"),
            demo: flag(value, "demo"),
            texts,
        })
    }
}

fn portal(value: &Value) -> Portal {
    let (contact, terms) = (&value["contact"], &value["terms"]);
    Portal {
        slug: text(value, "slug"),
        base: text(value, "base"),
        name: text(value, "name"),
        contact: Contact {
            phone: text(contact, "phone"),
            email: text(contact, "email"),
            hours: text(contact, "hours"),
            hours_en: text(contact, "hours_en"),
        },
        password: password_policy(&value["password"]),
        terms: Terms { version: text(terms, "version"), sha256: text(terms, "sha256") },
        passkeys: flag(value, "passkeys"),
        tenancy: inside(value, "tenancy").map(tenancy_rules),
        mediation: inside(value, "mediation").filter(|_| super::SCHEMES).and_then(mediation::rules),
        #[cfg(feature = "onboarding")]
        onboarding: inside(value, "onboarding").map(clients::rules),
        #[cfg(feature = "partners")]
        partners: inside(value, "partners").and_then(partners::rules),
    }
}

fn portal_link(value: &Value) -> PortalLink {
    PortalLink { base: text(value, "base"), name: text(value, "name") }
}

fn password_policy(value: &Value) -> PasswordPolicy {
    let profile = match value["profile"].as_str() {
        Some("historique") => PasswordProfile::Historique,
        _ => PasswordProfile::Recommande,
    };
    PasswordPolicy { profile, min_length: number(value, "min_length").unwrap_or_default() }
}

fn tenancy_rules(value: &Value) -> TenancyRules {
    let name_rule = match value["name_rule"].as_str() {
        Some("one_part") => NameRule::OnePart,
        _ => NameRule::Whole,
    };
    TenancyRules {
        reference: number_format(&value["reference"]),
        name_rule,
        asks_birth_date: flag(value, "asks_birth_date"),
        picture: text(value, "picture"),
    }
}

pub(super) fn number_format(value: &Value) -> ReferenceFormat {
    ReferenceFormat {
        prefix: text(value, "prefix"),
        min_digits: number(value, "min_digits").unwrap_or_default(),
        max_digits: number(value, "max_digits").unwrap_or(usize::MAX),
        example: text(value, "example"),
    }
}
