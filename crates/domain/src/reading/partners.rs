//! Offices that give accounts out: until when what they send is valid.

use serde_json::Value;

use super::number;
use crate::credentials::Span;
use crate::portal::PartnerRules;

pub(super) fn rules(value: &Value) -> Option<PartnerRules> {
    Some(PartnerRules { letter: span(&value["letter"])?, mail: span(&value["mail"])? })
}

fn span(value: &Value) -> Option<Span> {
    let of = |name| number(value, name).and_then(|number| u32::try_from(number).ok());
    of("hours")
        .map(Span::Hours)
        .or_else(|| of("days").map(Span::Days))
        .or_else(|| of("months").map(Span::Months))
}
