//! What the server says, read by the pages from plain JSON values.
//!
//! The derived `Deserialize` of these types would be a seventh of the whole program on a phone: it reads any format,
//! in any order, with an error for each way to be wrong. Pages read one format, written by a server of the same
//! version, and have one thing to do when they can't: say so. A test reads back everything that `Serialize` writes.

#[cfg(feature = "onboarding")]
mod clients;
mod mediation;
#[cfg(feature = "partners")]
mod partners;

use std::collections::BTreeMap;

use serde_json::Value;

#[cfg(feature = "onboarding")]
use crate::account::Due;
use crate::account::{Consent, LeaseSummary, OrganisationSummary, Session, SignUpReceipt};
use crate::portal::{Contact, Portal, PortalLink, TenancyRules, Terms};
use crate::problem::{Data, FieldProblem};
use crate::texts;
use crate::values::{NameRule, PasswordPolicy, PasswordProfile, ReferenceFormat};
use crate::wire::{Boot, Document, Problem};

/// The journeys of mediation schemes are in this program, or the account of those who take part in one.
const SCHEMES: bool = cfg!(any(feature = "mediation", feature = "account"));

/// Can be read from what the server says.
///
/// Only what tells whether the value is what it should be is looked at before: the rest of it is then taken as it is,
/// and empty where it is missing.
pub trait Read: Sized {
    /// None when it isn't what it should be.
    fn read(value: &Value) -> Option<Self>;
}

/// Empty when it isn't there.
fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// A text that something of its kind always has.
fn given(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(str::to_owned)
}

fn flag(value: &Value, name: &str) -> bool {
    value[name] == Value::Bool(true)
}

fn number(value: &Value, name: &str) -> Option<usize> {
    value[name].as_u64().and_then(|number| usize::try_from(number).ok())
}

fn items<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What is there, other than null.
fn inside<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    Some(&value[name]).filter(|value| !value.is_null())
}

/// What stands beside the names in `known`.
fn data(value: &Value, known: &[&str]) -> Data {
    let mut data = Data::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        if !known.contains(&name.as_str()) {
            data.insert(name.clone(), value.clone());
        }
    }
    data
}

impl Read for BTreeMap<String, String> {
    fn read(value: &Value) -> Option<Self> {
        let mut all = Self::new();
        for (name, value) in value.as_object()? {
            all.insert(name.clone(), value.as_str()?.to_owned());
        }
        Some(all)
    }
}

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
        mediation: inside(value, "mediation").filter(|_| SCHEMES).and_then(mediation::rules),
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

fn number_format(value: &Value) -> ReferenceFormat {
    ReferenceFormat {
        prefix: text(value, "prefix"),
        min_digits: number(value, "min_digits").unwrap_or_default(),
        max_digits: number(value, "max_digits").unwrap_or(usize::MAX),
        example: text(value, "example"),
    }
}

impl Read for Session {
    fn read(value: &Value) -> Option<Self> {
        let identifier = given(value, "identifier")?;
        Some(Self {
            name: text(value, "name"),
            identifier,
            email: text(value, "email"),
            idle_minutes: number(value, "idle_minutes").and_then(|minutes| u32::try_from(minutes).ok()),
            lease: inside(value, "lease").map(lease_summary),
            organisation: inside(value, "organisation").filter(|_| SCHEMES).map(|value| {
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

impl Read for Document {
    fn read(value: &Value) -> Option<Self> {
        let html = given(value, "html")?;
        let (version, sha256) = (given(value, "version"), given(value, "sha256"));
        Some(Self { title: text(value, "title"), html, version, sha256 })
    }
}

fn field_problem(value: &Value) -> FieldProblem {
    FieldProblem {
        name: text(value, "name"),
        code: text(value, "code"),
        data: data(value, &["name", "code"]),
    }
}

impl Read for Problem {
    fn read(value: &Value) -> Option<Self> {
        let status = number(value, "status").and_then(|status| u16::try_from(status).ok())?;
        let code = given(value, "code")?;
        Some(Self {
            kind: text(value, "type"),
            title: text(value, "title"),
            status,
            code,
            request_id: text(value, "request_id"),
            fields: items(value, "fields").iter().map(field_problem).collect(),
            data: data(value, &["type", "title", "status", "code", "request_id", "fields"]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::human::{Challenge, HumanPass};
    use crate::onboarding::{Enrolling, LetterStage, LetterView};
    use crate::problem;

    fn read_back<T: Read + serde::Serialize + PartialEq + std::fmt::Debug>(said: &T) {
        let value = serde_json::to_value(said).unwrap_or_default();
        assert_eq!(T::read(&value).as_ref(), Some(said), "{value}");
    }

    fn portal(tenancy: Option<TenancyRules>, profile: PasswordProfile) -> Portal {
        Portal {
            slug: "essai".into(),
            base: "/essai".into(),
            name: "Essai".into(),
            contact: Contact {
                phone: "05 49 00 00 00".into(),
                email: "aide@exemple.test".into(),
                hours: "8 h".into(),
                hours_en: "8 am".into(),
            },
            password: PasswordPolicy { profile, min_length: 9 },
            terms: Terms { version: "2026-11".into(), sha256: "ab".into() },
            passkeys: false,
            tenancy,
            mediation: None,
            onboarding: None,
            partners: None,
        }
    }

    fn rules(name_rule: NameRule) -> TenancyRules {
        let reference =
            ReferenceFormat { prefix: "L".into(), min_digits: 6, max_digits: 10, example: "482135".into() };
        TenancyRules {
            reference,
            name_rule,
            asks_birth_date: name_rule == NameRule::Whole,
            picture: "/a.svg".into(),
        }
    }

    fn session() -> Session {
        Session {
            name: "Awa Ndiaye".into(),
            identifier: "K7TM-94PX".into(),
            email: "awa@exemple.test".into(),
            idle_minutes: Some(20),
            lease: Some(LeaseSummary {
                reference: "48213".into(),
                address: vec!["1 rue".into(), "86000".into()],
            }),
            organisation: None,
            client: None,
            consents: vec![Consent { version: "1".into(), sha256: "cd".into(), accepted_at: "2026".into() }],
            due: Some(Due::Password),
        }
    }

    #[test]
    fn all_that_the_server_writes_is_read_back() {
        let bare = Session { idle_minutes: None, lease: None, consents: Vec::new(), due: None, ..session() };
        for (portal, session) in [
            (None, None),
            (Some(portal(None, PasswordProfile::Recommande)), Some(bare)),
            (Some(portal(Some(rules(NameRule::Whole)), PasswordProfile::Historique)), Some(session())),
            (Some(portal(Some(rules(NameRule::OnePart)), PasswordProfile::Historique)), None),
        ] {
            read_back(&Boot {
                portal,
                portals: vec![PortalLink { base: "/essai".into(), name: "Essai".into() }],
                session,
                language: "fr".into(),
                today: "2026-11-22".into(),
                demo: true,
                texts: [("a.b".to_owned(), "Été « {n} »".to_owned())].into(),
            });
        }
        read_back(&SignUpReceipt { handle: "x".into() });
        read_back(&Enrolling { organisation: "Ville".into(), colleague: true, administered: true });
        for stage in LetterStage::ALL {
            read_back(&LetterView {
                organisation: "Ville".into(),
                recipient: "Maire".into(),
                reference: "C-K7TM-94PX".into(),
                stage,
                asked: "2026-11-22".into(),
                printed: Some("2026-11-23".into()),
                posted: None,
                expected: None,
                valid_until: Some("2026-12-23".into()),
                renewable: stage == LetterStage::Expired,
                renewable_from: None,
                held_until: Some("2026-12-02".into()),
            });
        }
        read_back(&HumanPass { pass: "AAEC".into() });
        read_back(&Challenge {
            algorithm: "SHA-256".into(),
            challenge: "ab".into(),
            maxnumber: 50_000,
            salt: "s&".into(),
            signature: "cd".into(),
        });
        read_back(&Document {
            title: "T".into(),
            html: "<p>".into(),
            version: None,
            sha256: Some("ab".into()),
        });
        let fields = vec![FieldProblem {
            name: "email".into(),
            code: "too_long".into(),
            data: problem::data([("max", Value::from(254))]),
        }];
        let data = problem::data([("tries_left", Value::from(3)), ("until", Value::from("2026"))]);
        let kind = "about:blank".to_owned();
        let title = "Unauthorized".to_owned();
        read_back(&Problem {
            kind,
            title,
            status: 401,
            code: "locked".into(),
            request_id: "r".into(),
            fields,
            data,
        });
    }

    #[test]
    fn what_is_something_else_is_not_read() {
        for value in [Value::Null, Value::from("<html>"), serde_json::json!({ "code": "busy" })] {
            assert_eq!(Problem::read(&value), None);
            assert_eq!(Boot::read(&value), None);
        }
    }
}
