//! Client organisations: the proof that a person asks, the sign-up, the letter.

use serde_json::Value;

use super::boot::number_format;
use super::{Read, flag, given, items, number, text};
use crate::account::ClientSummary;
use crate::human::{Challenge, HumanPass};
use crate::onboarding::{Enrolling, LetterStage, LetterView};
use crate::portal::OnboardingRules;

pub(super) fn rules(value: &Value) -> OnboardingRules {
    OnboardingRules { number: number_format(&value["number"]), picture: text(value, "picture") }
}

pub(super) fn summary(value: &Value) -> ClientSummary {
    ClientSummary {
        name: text(value, "name"),
        number: text(value, "number"),
        administrator: flag(value, "administrator"),
        alone: flag(value, "alone"),
        rights: items(value, "rights").iter().map(|pair| (part(pair, 0), part(pair, 1))).collect(),
    }
}

fn part(pair: &Value, place: usize) -> String {
    pair[place].as_str().unwrap_or_default().to_owned()
}

impl Read for Challenge {
    fn read(value: &Value) -> Option<Self> {
        let challenge = given(value, "challenge")?;
        Some(Self {
            algorithm: text(value, "algorithm"),
            challenge,
            maxnumber: number(value, "maxnumber").and_then(|number| u32::try_from(number).ok())?,
            salt: text(value, "salt"),
            signature: text(value, "signature"),
        })
    }
}

impl Read for HumanPass {
    fn read(value: &Value) -> Option<Self> {
        given(value, "pass").map(|pass| Self { pass })
    }
}

impl Read for Enrolling {
    fn read(value: &Value) -> Option<Self> {
        let organisation = given(value, "organisation")?;
        let (colleague, administered) = (flag(value, "colleague"), flag(value, "administered"));
        Some(Self { organisation, colleague, administered })
    }
}

impl Read for LetterView {
    fn read(value: &Value) -> Option<Self> {
        let stage = value["stage"].as_str()?;
        let stage = LetterStage::ALL.into_iter().find(|known| known.name() == stage)?;
        Some(Self {
            organisation: text(value, "organisation"),
            recipient: text(value, "recipient"),
            reference: text(value, "reference"),
            stage,
            asked: text(value, "asked"),
            held_until: given(value, "held_until"),
            printed: given(value, "printed"),
            posted: given(value, "posted"),
            expected: given(value, "expected"),
            valid_until: given(value, "valid_until"),
            renewable: flag(value, "renewable"),
            renewable_from: given(value, "renewable_from"),
        })
    }
}
