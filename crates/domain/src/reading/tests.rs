use serde_json::Value;

use super::*;
#[cfg(feature = "onboarding")]
use crate::account::Due;
use crate::account::{Consent, LeaseSummary, Session, SignUpReceipt};
use crate::human::{Challenge, HumanPass};
use crate::onboarding::{Enrolling, LetterStage, LetterView};
use crate::portal::{Contact, Portal, PortalLink, TenancyRules, Terms};
use crate::problem;
use crate::values::{NameRule, PasswordPolicy, PasswordProfile, ReferenceFormat};
use crate::wire::Boot;

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
    read_back(&Document { title: "T".into(), html: "<p>".into(), version: None, sha256: Some("ab".into()) });
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
