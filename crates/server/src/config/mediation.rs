//! The section `[mediation]` of a portal's file: campaign, partners, promotional codes, contract, reminders (M1–M5, M8).

use std::collections::BTreeMap;

use palier_domain::portal::{Choice, MediationRules};
use palier_domain::values::{Campaign, Date, PromoCode};

use super::reader::{Located, Section};

/// What only the server knows of a mediation scheme.
#[derive(Clone, Debug, Default)]
pub struct Mediation {
    /// The promotional codes.
    pub codes: Vec<PromoRule>,
    /// Days after which those who stopped half-way are reminded; none when nobody is.
    pub reminders: Vec<u32>,
    /// What the contract says of the price, by language.
    pub conditions: Conditions,
    /// The same for members of a partner, by its code.
    pub partners: BTreeMap<String, Conditions>,
}

/// What the contract says of the price.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// A promotional code (*code promotionnel*) and when it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromoRule {
    /// The code.
    pub code: PromoCode,
    /// Code of the partner whose members may use it.
    pub partner: String,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// How often it may be used.
    pub max_uses: Option<u32>,
}

/// A section as read, with what later checks name.
pub(super) struct Draft {
    pub(super) rules: MediationRules,
    pub(super) own: Mediation,
    /// The version of the contract, to be looked for among the documents.
    pub(super) contract: Located<String>,
}

/// Reminders are e-mails: nobody gets more than a few.
const MOST_REMINDERS: usize = 6;

pub(super) fn read(section: Section<'_>) -> Draft {
    let contract = section.need("contract");
    let campaign = campaign(&section);
    let mut partners = Vec::new();
    let mut own = Mediation { reminders: reminders(&section), ..Mediation::default() };
    own.conditions = section.need_section("conditions").map(conditions).unwrap_or_default();
    for partner in section.sections("partners") {
        let (code, name) = (partner.need("code"), partner.need("name"));
        if partners.iter().any(|known: &Choice| known.code == code.value) {
            partner.file().fault(code.line, format!("`code`: there is a partner {} already", code.value));
        }
        if let Some(conditions) = partner.section("conditions").map(conditions) {
            own.partners.insert(code.value.clone(), conditions);
        }
        partners.push(Choice { code: code.value, name: name.value });
        partner.end();
    }
    for rule in section.sections("codes") {
        if let Some(rule) = code(rule, &partners, &own.codes) {
            own.codes.push(rule);
        }
    }
    section.end();
    let rules = MediationRules {
        campaign,
        partners,
        asks_code: !own.codes.is_empty(),
        contract: contract.value.clone(),
    };
    Draft { rules, own, contract }
}

fn campaign(section: &Section<'_>) -> Campaign {
    let Some(section) = section.need_section("campaign") else {
        return Campaign { opens: Date::FIRST, preferred_end: None, hard_end: None };
    };
    let opens = section.day("opens");
    if !section.has("opens") {
        section.missing("opens");
    }
    let (preferred, hard) = (section.day("preferred_end"), section.day("hard_end"));
    let value = |day: &Option<Located<Date>>| day.as_ref().map(|day| day.value);
    let campaign = Campaign {
        opens: value(&opens).unwrap_or(Date::FIRST),
        preferred_end: value(&preferred),
        hard_end: value(&hard),
    };
    for end in [&preferred, &hard].into_iter().flatten() {
        if end.value < campaign.opens {
            section.file().fault(end.line, "the campaign ends before it opens (`opens`)");
        }
    }
    if let (Some(preferred), Some(hard)) = (&preferred, &hard)
        && hard.value < preferred.value
    {
        section.file().fault(hard.line, "`hard_end` is before `preferred_end`");
    }
    section.end();
    campaign
}

fn conditions(section: Section<'_>) -> Conditions {
    let conditions = Conditions { fr: section.need("fr").value, en: section.need("en").value };
    section.end();
    conditions
}

fn reminders(section: &Section<'_>) -> Vec<u32> {
    let Some(section) = section.section("reminders") else { return Vec::new() };
    let days = section.numbers("after_days", 1..=365);
    let rising = days.value.windows(2).all(|pair| pair[0] < pair[1]);
    if !rising || days.value.len() > MOST_REMINDERS {
        let reason = format!(
            "`after_days` must be at most {MOST_REMINDERS} numbers of days, each above the one before"
        );
        section.file().fault(days.line, reason);
    }
    section.end();
    days.value
}

fn code(section: Section<'_>, partners: &[Choice], known: &[PromoRule]) -> Option<PromoRule> {
    let file = section.file();
    let (typed, partner) = (section.need("code"), section.need("partner"));
    let code = PromoCode::parse(&typed.value).ok().flatten();
    if code.is_none() && !typed.value.is_empty() {
        file.fault(typed.line, "`code` must be 3 to 32 letters without accents and digits, such as USH2017");
    }
    if known.iter().any(|rule| Some(&rule.code) == code.as_ref()) {
        file.fault(typed.line, format!("`code`: {} is there already", typed.value));
    }
    if !partner.value.is_empty() && !partners.iter().any(|known| known.code == partner.value) {
        file.fault(partner.line, format!("`partner`: there is no partner {}", partner.value));
    }
    let (from, until) = (section.day("from"), section.day("until"));
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value < from.value
    {
        file.fault(until.line, "`until` is before `from`");
    }
    let max_uses = section.has("max_uses").then(|| section.number("max_uses", 1..=1_000_000, 1));
    section.end();
    Some(PromoRule {
        code: code?,
        partner: partner.value,
        from: from.map(|day| day.value),
        until: until.map(|day| day.value),
        max_uses,
    })
}
