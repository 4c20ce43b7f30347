//! One portal's file, read and checked by itself; what needs the other files is checked in `load`.

use std::collections::BTreeMap;

use palier_domain::credentials::Periods;
use palier_domain::portal::{Contact, TenancyRules};
use palier_domain::values::{
    Email, LeaseReference, NameRule, PasswordPolicy, PasswordProfile, ReferenceFormat,
};

use super::account::{self, AccountRules};
use super::colour;
use super::credentials;
use super::mediation;
use super::onboarding;
use super::partners::{self, Partners};
use super::portal::{Colour, Columns, Links};
use super::reader::{File, Located, Section};
use super::retention::{self, Retention};
use crate::import::{Column, Record as _};
use crate::store::clients::NewClient;
use crate::store::leases::{Exit, NewLease};
use crate::store::partners::NewPartner;

/// A portal's file as read, with the lines that later checks name.
pub(super) struct Draft {
    pub(super) file: String,
    pub(super) slug: Located<String>,
    pub(super) name: String,
    pub(super) legal_name: String,
    pub(super) address: String,
    pub(super) publisher: String,
    pub(super) host: String,
    pub(super) dpo_email: String,
    pub(super) complaints: String,
    pub(super) hosts: Vec<Located<String>>,
    pub(super) language: &'static str,
    pub(super) colour: Colour,
    pub(super) contact: Contact,
    pub(super) password: PasswordPolicy,
    pub(super) account: AccountRules,
    pub(super) links: Links,
    pub(super) periods: Periods,
    pub(super) retention: Retention,
    pub(super) terms: Located<String>,
    pub(super) tenancy: Option<TenancyRules>,
    pub(super) mediation: Option<mediation::Draft>,
    pub(super) onboarding: Option<onboarding::Draft>,
    pub(super) partners: Option<Partners>,
    pub(super) texts: BTreeMap<&'static str, BTreeMap<String, Located<String>>>,
    pub(super) columns: Columns,
}

/// First parts of addresses that a portal's name would hide.
const RESERVED: [&str; 6] = ["api", "demo", "healthz", "metrics", "readyz", "theme"];

/// Reads a portal's file; `pictures` are the files that pages may show.
pub(super) fn read(file: File<'_>, pictures: &dyn Fn(&str) -> bool) -> Draft {
    let section = Section::open(file);
    let password = password(&section);
    let draft = Draft {
        file: file.name.to_owned(),
        slug: slug(&section),
        name: section.need("name").value,
        legal_name: section.need("legal_name").value,
        address: section.need("address").value,
        publisher: section.need("publisher").value,
        host: section.need("host").value,
        dpo_email: email(&section, "dpo_email"),
        complaints: section.need("complaints").value,
        hosts: hosts(&section),
        language: section.choice("language", &crate::texts::LANGUAGES),
        colour: colour::read(&section),
        contact: contact(&section),
        password,
        account: account::read(&section),
        links: links(&section),
        periods: credentials::read(&section, password.profile),
        retention: retention::read(&section),
        terms: terms(&section),
        tenancy: section.section("tenancy").map(|section| tenancy(section, pictures)),
        mediation: section.section("mediation").map(mediation::read),
        onboarding: section.section("onboarding").map(|section| onboarding::read(section, pictures)),
        partners: section.section("partners").map(partners::read),
        texts: texts(&section),
        columns: columns(&section),
    };
    section.end();
    draft
}

fn slug(section: &Section<'_>) -> Located<String> {
    let slug = section.need("slug");
    let text = slug.value.as_str();
    let right = text.len() <= 32
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !text.is_empty() && !right {
        let reason =
            "`slug` must be at most 32 lower-case letters, digits and hyphens, and begin with a letter";
        section.file().fault(slug.line, reason);
    } else if RESERVED.contains(&text) {
        section
            .file()
            .fault(slug.line, format!("`slug`: {text} is an address of the server itself; choose another"));
    }
    slug
}

fn email(section: &Section<'_>, key: &'static str) -> String {
    let found = section.need(key);
    if !found.value.is_empty() && Email::parse(&found.value).is_err() {
        section
            .file()
            .fault(found.line, format!("`{key}` must be an e-mail address such as contact@exemple.fr"));
    }
    found.value
}

fn hosts(section: &Section<'_>) -> Vec<Located<String>> {
    let mut hosts = section.list("hosts");
    for host in &mut hosts {
        host.value = host.value.to_ascii_lowercase();
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if host.value.len() > 253 || !host.value.split('.').all(label) {
            let reason =
                format!("`hosts`: \"{}\" must be a host name alone, such as espace.exemple.fr", host.value);
            section.file().fault(host.line, reason);
        }
    }
    hosts
}

fn contact(section: &Section<'_>) -> Contact {
    let Some(section) = section.need_section("contact") else {
        let empty = String::new;
        return Contact { phone: empty(), email: empty(), hours: empty(), hours_en: empty() };
    };
    let phone = section.need("phone");
    let digits = phone.value.bytes().filter(u8::is_ascii_digit).count();
    let written =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '.' | '-' | '(' | ')');
    let right = phone.value.chars().all(written) && (3..=15).contains(&digits);
    if !phone.value.is_empty() && !right {
        section
            .file()
            .fault(phone.line, "`phone` must be a number such as 05 49 44 60 00 or +33 5 49 44 60 00");
    }
    let contact = Contact {
        phone: phone.value,
        email: email(&section, "email"),
        hours: section.need("hours").value,
        hours_en: section.need("hours_en").value,
    };
    section.end();
    contact
}

fn password(section: &Section<'_>) -> PasswordPolicy {
    let Some(section) = section.section("password") else {
        return PasswordPolicy { profile: PasswordProfile::default(), min_length: 8 };
    };
    let profile = profile(&section, PasswordProfile::default());
    let min_length = section.number("min_length", 8..=64, 8);
    section.end();
    PasswordPolicy { profile, min_length: usize::try_from(min_length).unwrap_or(8) }
}

/// The name of a profile; `default` where there is none.
pub(super) fn profile(section: &Section<'_>, default: PasswordProfile) -> PasswordProfile {
    let names = match default {
        PasswordProfile::Recommande => ["recommande", "historique"],
        PasswordProfile::Historique => ["historique", "recommande"],
    };
    match section.choice("profile", &names) {
        "historique" => PasswordProfile::Historique,
        _ => PasswordProfile::Recommande,
    }
}

fn links(section: &Section<'_>) -> Links {
    const DEFAULT: Links = Links { confirm_hours: 24 };
    let Some(section) = section.section("links") else { return DEFAULT };
    let links = Links { confirm_hours: section.number("confirm_hours", 1..=168, DEFAULT.confirm_hours) };
    section.end();
    links
}

fn terms(section: &Section<'_>) -> Located<String> {
    let Some(section) = section.need_section("terms") else {
        return Located { value: String::new(), line: section.line };
    };
    let version = section.need("version");
    section.end();
    version
}

fn tenancy(section: Section<'_>, pictures: &dyn Fn(&str) -> bool) -> TenancyRules {
    let reference = section.need_section("reference").map_or_else(ReferenceFormat::any, reference);
    let name_rule = match section.choice("name_rule", &["whole", "one_part"]) {
        "one_part" => NameRule::OnePart,
        _ => NameRule::Whole,
    };
    let picture = picture(&section, pictures);
    let asks_birth_date = section.flag("asks_birth_date");
    section.end();
    TenancyRules { reference, name_rule, asks_birth_date, picture }
}

/// The picture that shows where a number stands.
pub(super) fn picture(section: &Section<'_>, pictures: &dyn Fn(&str) -> bool) -> String {
    let picture = section.need("picture");
    if !picture.value.is_empty() && !pictures(&picture.value) {
        let reason =
            format!("`picture`: there is no file {} among the pages (they come from public/)", picture.value);
        section.file().fault(picture.line, reason);
    }
    picture.value
}

/// How a number is written, whatever it is called.
pub(super) fn reference(section: Section<'_>) -> ReferenceFormat {
    let number = |key, default| usize::try_from(section.number(key, 1..=18, default)).unwrap_or(1);
    let prefix = section.text_or_empty("prefix");
    let format = ReferenceFormat {
        prefix: prefix.as_ref().map(|prefix| prefix.value.clone()).unwrap_or_default(),
        min_digits: number("min_digits", 1),
        max_digits: number("max_digits", 18),
        example: section.need("example").value,
    };
    for key in ["min_digits", "max_digits"] {
        if !section.has(key) {
            section.missing(key);
        }
    }
    let line = section.text("example").map_or(section.line, |example| example.line);
    if let Some(prefix) = prefix.filter(|prefix| {
        prefix.value.len() > 8 || !prefix.value.bytes().all(|byte| byte.is_ascii_alphabetic())
    }) {
        section
            .file()
            .fault(prefix.line, "`prefix` must be at most 8 letters without accents, such as \"L\"");
    } else if format.min_digits > format.max_digits {
        section.file().fault(section.line, "`min_digits` is greater than `max_digits`");
    } else if !format.example.is_empty() && LeaseReference::parse(&format.example, &format).is_err() {
        let reason = format!("`example`: {} isn't right under these very rules", format.example);
        section.file().fault(line, reason);
    }
    section.end();
    format
}

fn texts(section: &Section<'_>) -> BTreeMap<&'static str, BTreeMap<String, Located<String>>> {
    let Some(section) = section.section("texts") else { return BTreeMap::new() };
    let texts = crate::texts::LANGUAGES
        .into_iter()
        .filter_map(|language| Some((language, section.section(language)?.texts())))
        .collect();
    section.end();
    texts
}

fn columns(section: &Section<'_>) -> Columns {
    let Some(section) = section.section("columns") else { return Columns::default() };
    let columns = Columns {
        leases: renamed(&section, "leases", NewLease::COLUMNS),
        exits: renamed(&section, "exits", Exit::COLUMNS),
        clients: renamed(&section, "clients", NewClient::COLUMNS),
        partners: renamed(&section, "partners", NewPartner::COLUMNS),
    };
    section.end();
    columns
}

/// The portal's own names of the columns of a kind of file (`interface.md`).
fn renamed(section: &Section<'_>, kind: &'static str, known: &[Column]) -> BTreeMap<String, String> {
    let Some(section) = section.section(kind) else { return BTreeMap::new() };
    let named = |column: &Column| Some((section.text(column.name)?.value, column.name.to_owned()));
    let renamed = known.iter().filter_map(named).collect();
    section.end();
    renamed
}
