//! What the server says, read by the pages from plain JSON values.
//!
//! The derived `Deserialize` of these types would be a seventh of the whole program on a phone: it reads any format,
//! in any order, with an error for each way to be wrong. Pages read one format, written by a server of the same
//! version, and have one thing to do when they can't: say so. A test reads back everything that `Serialize` writes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::account::{Consent, LeaseSummary, Session};
use crate::portal::{Contact, Portal, PortalLink, TenancyRules, Terms};
use crate::problem::{Data, FieldProblem};
use crate::tenancy::SignUpReceipt;
use crate::values::{NameRule, PasswordPolicy, PasswordProfile, ReferenceFormat};
use crate::wire::{Boot, Document, Problem};

/// Can be read from what the server says.
pub trait Read: Sized {
    /// None when it isn't what it should be.
    fn read(value: &Value) -> Option<Self>;
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or_default()
}

fn number(value: &Value, name: &str) -> Option<usize> {
    value.get(name)?.as_u64().and_then(|number| usize::try_from(number).ok())
}

/// What may be left out; what is there and can't be read counts as left out.
fn maybe<T: Read>(value: &Value, name: &str) -> Option<T> {
    value.get(name).and_then(T::read)
}

fn list<T: Read>(value: &Value, name: &str) -> Vec<T> {
    value
        .get(name)
        .and_then(Value::as_array)
        .map(|all| all.iter().filter_map(T::read).collect())
        .unwrap_or_default()
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

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
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
        Some(Self {
            portal: maybe(value, "portal"),
            portals: list(value, "portals"),
            session: maybe(value, "session"),
            language: text(value, "language")?,
            today: text(value, "today")?,
            demo: flag(value, "demo"),
            texts: maybe(value, "texts")?,
        })
    }
}

impl Read for Portal {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            slug: text(value, "slug")?,
            base: text(value, "base")?,
            name: text(value, "name")?,
            contact: maybe(value, "contact")?,
            password: maybe(value, "password")?,
            terms: maybe(value, "terms")?,
            tenancy: maybe(value, "tenancy"),
        })
    }
}

impl Read for PortalLink {
    fn read(value: &Value) -> Option<Self> {
        Some(Self { base: text(value, "base")?, name: text(value, "name")? })
    }
}

impl Read for Contact {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            phone: text(value, "phone")?,
            email: text(value, "email")?,
            hours: text(value, "hours")?,
            hours_en: text(value, "hours_en")?,
        })
    }
}

impl Read for Terms {
    fn read(value: &Value) -> Option<Self> {
        Some(Self { version: text(value, "version")?, sha256: text(value, "sha256")? })
    }
}

impl Read for PasswordPolicy {
    fn read(value: &Value) -> Option<Self> {
        let profile = match text(value, "profile")?.as_str() {
            "historique" => PasswordProfile::Historique,
            _ => PasswordProfile::Recommande,
        };
        Some(Self { profile, min_length: number(value, "min_length")? })
    }
}

impl Read for TenancyRules {
    fn read(value: &Value) -> Option<Self> {
        let name_rule = match text(value, "name_rule")?.as_str() {
            "one_part" => NameRule::OnePart,
            _ => NameRule::Whole,
        };
        Some(Self {
            reference: maybe(value, "reference")?,
            name_rule,
            asks_birth_date: flag(value, "asks_birth_date"),
            picture: text(value, "picture")?,
        })
    }
}

impl Read for ReferenceFormat {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            prefix: text(value, "prefix")?,
            min_digits: number(value, "min_digits")?,
            max_digits: number(value, "max_digits")?,
            example: text(value, "example")?,
        })
    }
}

impl Read for Session {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            name: text(value, "name")?,
            identifier: text(value, "identifier")?,
            email: text(value, "email")?,
            idle_minutes: number(value, "idle_minutes").and_then(|minutes| u32::try_from(minutes).ok()),
            lease: maybe(value, "lease"),
            consents: list(value, "consents"),
        })
    }
}

impl Read for LeaseSummary {
    fn read(value: &Value) -> Option<Self> {
        Some(Self { reference: text(value, "reference")?, address: list(value, "address") })
    }
}

impl Read for Consent {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            version: text(value, "version")?,
            sha256: text(value, "sha256")?,
            accepted_at: text(value, "accepted_at")?,
        })
    }
}

impl Read for SignUpReceipt {
    fn read(value: &Value) -> Option<Self> {
        Some(Self { handle: text(value, "handle")? })
    }
}

impl Read for Document {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            title: text(value, "title")?,
            html: text(value, "html")?,
            version: text(value, "version"),
            sha256: text(value, "sha256"),
        })
    }
}

impl Read for FieldProblem {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            name: text(value, "name")?,
            code: text(value, "code")?,
            data: data(value, &["name", "code"]),
        })
    }
}

impl Read for Problem {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            kind: text(value, "type")?,
            title: text(value, "title")?,
            status: number(value, "status").and_then(|status| u16::try_from(status).ok())?,
            code: text(value, "code")?,
            request_id: text(value, "request_id").unwrap_or_default(),
            fields: list(value, "fields"),
            data: data(value, &["type", "title", "status", "code", "request_id", "fields"]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            tenancy,
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
            consents: vec![Consent { version: "1".into(), sha256: "cd".into(), accepted_at: "2026".into() }],
        }
    }

    #[test]
    fn all_that_the_server_writes_is_read_back() {
        let bare = Session { idle_minutes: None, lease: None, consents: Vec::new(), ..session() };
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
