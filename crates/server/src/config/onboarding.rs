//! The section `[onboarding]` of a portal's file: client numbers, letters to legal representatives (A1, A4, A5).

use palier_domain::onboarding::{Level, Rights};
use palier_domain::portal::OnboardingRules;
use palier_domain::values::ReferenceFormat;

use super::draft::{picture, reference};
use super::reader::Section;

/// What only the server knows of how client organisations get their administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Onboarding {
    /// The letters (*courriers*) to legal representatives.
    pub letters: Letters,
    /// The services (*services*) that users of an organisation are given rights for (A8), in the order of the file.
    pub services: Vec<Service>,
    /// Colleagues who ask or are invited.
    pub joining: Joining,
    /// Days in which administrators can object to who asks to become one by letter (A8): 1 to 60.
    pub objection_days: u32,
}

/// A service of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// What is kept: `prets`.
    pub code: String,
    /// Its name in French.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
}

impl Service {
    /// Its name in a language: English, or else French.
    pub fn name_in(&self, language: &str) -> &str {
        if language == "en" { &self.name_en } else { &self.name }
    }
}

/// How long colleagues who ask or are invited may wait (A7, A8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joining {
    /// Days in which a request can be decided: 1 to 90.
    pub request_days: u32,
    /// Days for which the link of an invitation works: 1 to 30.
    pub invitation_days: u32,
}

impl Onboarding {
    /// The services that are open by these rights, in the order of the file: their names in a language, and how far.
    /// Services that the portal has no more are left out.
    pub fn open<'a>(
        &'a self,
        rights: &'a Rights,
        language: &'a str,
    ) -> impl Iterator<Item = (&'a str, Level)> {
        let named = move |service: &'a Service| (service.name_in(language), rights.level(&service.code));
        self.services.iter().map(named).filter(|(_, level)| *level > Level::None)
    }

    /// The codes of the services.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(|service| service.code.as_str())
    }
}

/// How letters are sent, and how many: each costs money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters {
    /// Days that the post takes at most, from the posting on: 1 to 30.
    pub delivery_days: u32,
    /// Letters for one organisation in 30 days: 1 to 20.
    pub per_client: u32,
    /// Letters of the portal in 24 hours: 1 to 100,000.
    pub a_day: u32,
}

/// A section as read.
pub(super) struct Draft {
    pub(super) rules: OnboardingRules,
    pub(super) own: Onboarding,
}

/// Reads the section.
pub(super) fn read(section: Section<'_>, pictures: &dyn Fn(&str) -> bool) -> Draft {
    let number = section.need_section("number").map_or_else(ReferenceFormat::any, reference);
    let picture = picture(&section, pictures);
    let letters = letters(&section);
    let joining = joining(&section);
    let services = services(&section);
    let objection_days = section.number("objection_days", 1..=60, 10);
    section.end();
    let own = Onboarding { letters, services, joining, objection_days };
    Draft { rules: OnboardingRules { number, picture }, own }
}

fn letters(section: &Section<'_>) -> Letters {
    let default = Letters { delivery_days: DELIVERY_DAYS, per_client: 3, a_day: A_DAY };
    let Some(section) = section.section("letters") else { return default };
    let letters = Letters {
        delivery_days: delivery_days(&section),
        per_client: section.number("per_client", 1..=20, default.per_client),
        a_day: a_day(&section),
    };
    section.end();
    letters
}

const DELIVERY_DAYS: u32 = 7;
const A_DAY: u32 = 500;

/// Days that the post takes at most.
pub(super) fn delivery_days(section: &Section<'_>) -> u32 {
    section.number("delivery_days", 1..=30, DELIVERY_DAYS)
}

/// Letters in 24 hours.
pub(super) fn a_day(section: &Section<'_>) -> u32 {
    section.number("a_day", 1..=100_000, A_DAY)
}

fn joining(section: &Section<'_>) -> Joining {
    let default = Joining { request_days: 30, invitation_days: 7 };
    let Some(section) = section.section("joining") else { return default };
    let joining = Joining {
        request_days: section.number("request_days", 1..=90, default.request_days),
        invitation_days: section.number("invitation_days", 1..=30, default.invitation_days),
    };
    section.end();
    joining
}

fn services(section: &Section<'_>) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    for section in section.sections("services") {
        let (code, name, name_en) = (section.need("code"), section.need("name"), section.need("name_en"));
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !code.value.bytes().all(known) || code.value.len() > 32 {
            section.file().fault(code.line, "`code` must be at most 32 of a–z, 0–9 and -");
        }
        if services.iter().any(|service| service.code == code.value) {
            section.file().fault(code.line, format!("`code`: there is a service {} already", code.value));
        }
        services.push(Service { code: code.value, name: name.value, name_en: name_en.value });
        section.end();
    }
    services
}
