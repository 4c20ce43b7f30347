//! Mediation schemes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Read, flag, given, inside, items, number, text};
use crate::mediation::{Found, Joined, Kept, Listed, MembershipView};
use crate::portal::{Choice, MediationRules};
use crate::values::{Campaign, Date};

fn day(value: &Value, name: &str) -> Option<Date> {
    Date::parse_text(value[name].as_str()?)
}

pub(super) fn rules(value: &Value) -> Option<MediationRules> {
    let campaign = &value["campaign"];
    let choice = |value: &Value| Choice { code: text(value, "code"), name: text(value, "name") };
    Some(MediationRules {
        campaign: Campaign {
            opens: day(campaign, "opens")?,
            preferred_end: day(campaign, "preferred_end"),
            hard_end: day(campaign, "hard_end"),
        },
        partners: items(value, "partners").iter().map(choice).collect(),
        asks_code: flag(value, "asks_code"),
        contract: text(value, "contract"),
    })
}

impl Read for MembershipView {
    fn read(value: &Value) -> Option<Self> {
        let revision = given(value, "revision")?;
        Some(Self {
            name: text(value, "name"),
            number: text(value, "number"),
            email: text(value, "email"),
            revision,
            begun: flag(value, "begun"),
            answers: BTreeMap::read(&value["answers"]).unwrap_or_default(),
            joined: inside(value, "joined").and_then(Joined::read),
        })
    }
}

impl Read for Joined {
    fn read(value: &Value) -> Option<Self> {
        let reference = given(value, "reference")?;
        Some(Self {
            reference,
            joined_at: text(value, "joined_at"),
            partner: given(value, "partner"),
            promo_code: given(value, "promo_code"),
            sha256: text(value, "sha256"),
        })
    }
}

impl Read for Kept {
    fn read(value: &Value) -> Option<Self> {
        given(value, "revision").map(|revision| Self { revision, contract: text(value, "contract") })
    }
}

impl Read for Found {
    fn read(value: &Value) -> Option<Self> {
        let total = number(value, "total")?;
        let listed = |value: &Value| Listed {
            name: text(value, "name"),
            siren: text(value, "siren"),
            since: text(value, "since"),
        };
        Some(Self { total, listed: items(value, "listed").iter().map(listed).collect() })
    }
}
