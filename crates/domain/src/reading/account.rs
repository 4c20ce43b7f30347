//! Who is signed in, and who signs up.

use serde_json::Value;

#[cfg(feature = "onboarding")]
use super::clients;
use super::{Read, flag, given, inside, items, number, text};
#[cfg(feature = "onboarding")]
use crate::account::Due;
use crate::account::{Consent, LeaseSummary, OrganisationSummary, Session, SignUpReceipt};

impl Read for Session {
    fn read(value: &Value) -> Option<Self> {
        let identifier = given(value, "identifier")?;
        Some(Self {
            name: text(value, "name"),
            identifier,
            email: text(value, "email"),
            idle_minutes: number(value, "idle_minutes").and_then(|minutes| u32::try_from(minutes).ok()),
            lease: inside(value, "lease").map(lease_summary),
            organisation: inside(value, "organisation").filter(|_| super::SCHEMES).map(|value| {
                OrganisationSummary {
                    name: text(value, "name"),
                    siren: text(value, "siren"),
                    member: flag(value, "member"),
                }
            }),
            #[cfg(feature = "onboarding")]
            client: inside(value, "client").map(clients::summary),
            consents: items(value, "consents").iter().map(consent).collect(),
            #[cfg(feature = "onboarding")]
            due: match value["due"].as_str() {
                Some("terms") => Some(Due::Terms),
                Some("password") => Some(Due::Password),
                _ => None,
            },
        })
    }
}

fn lease_summary(value: &Value) -> LeaseSummary {
    let line = |line: &Value| line.as_str().unwrap_or_default().to_owned();
    LeaseSummary {
        reference: text(value, "reference"),
        address: items(value, "address").iter().map(line).collect(),
    }
}

fn consent(value: &Value) -> Consent {
    Consent {
        version: text(value, "version"),
        sha256: text(value, "sha256"),
        accepted_at: text(value, "accepted_at"),
    }
}

impl Read for SignUpReceipt {
    fn read(value: &Value) -> Option<Self> {
        given(value, "handle").map(|handle| Self { handle })
    }
}
