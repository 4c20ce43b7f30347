//! What each e-mail says, part by part, before it is written as text and as HTML.

mod kinds;
mod writer;

use jiff::Timestamp;
use palier_domain::texts::Texts;

use self::writer::Writer;
use super::line::one_line;
use super::{Addressee, Mail, passkeys};
use crate::config::PortalConfig;

/// An e-mail as its parts. All texts are plain: nothing here is HTML yet.
pub(super) struct Letter {
    pub(super) language: String,
    pub(super) subject: String,
    /// Who writes: the portal's name.
    pub(super) portal: String,
    /// The portal's colour on white, `#rrggbb`.
    pub(super) colour: String,
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
    /// What stands below the line: why one receives it, whom to ask, who sends.
    pub(super) foot: Vec<String>,
}

/// A part of an e-mail.
pub(super) enum Part {
    /// A paragraph.
    Says(String),
    /// The one thing to do: a button, and its address for those whose button doesn't work.
    Button { label: String, link: String, bare: String },
    /// Other places to go, one line each.
    Links(Vec<(String, String)>),
    /// Something to copy, letter by letter.
    Identifier { label: String, value: String },
}

/// The parts of an e-mail.
pub(super) fn letter(
    portal: &PortalConfig,
    texts: &Texts,
    to: Addressee<'_>,
    now: Timestamp,
    mail: Mail<'_>,
) -> Letter {
    let mut writer = Writer::new(portal, texts, to.language, now, mail.kind());
    writer.values.push(("organisation", one_line(mail.organisation().unwrap_or_default())));
    writer.values.push(("recipient", one_line(mail.recipient().unwrap_or_default())));
    writer.values.push(("wanted", one_line(&mail.wanted().unwrap_or_default())));
    if let Mail::AccountLocked { until } = mail {
        let until = until.to_zoned(portal.time_zone.clone());
        writer.values.push(("until_hour", until.strftime("%H").to_string()));
        writer.values.push(("until_minute", until.strftime("%M").to_string()));
    }
    if let Mail::PasswordEnds { until } = mail {
        // The last moment at which none is asked for.
        let last = until.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(until);
        let day = last.to_zoned(portal.time_zone.clone()).strftime("%d/%m/%Y");
        writer.values.push(("day", day.to_string()));
    }
    if let Mail::Colleague(mail) = mail {
        writer.values.extend(mail.values().map(|(name, value)| (name, one_line(value))));
    }
    if let Mail::Decided(mail) = mail {
        writer.values.extend(mail.people().map(|(name, value)| (name, one_line(value))));
        // Made of texts and of the portal's file: its no-break spaces stay.
        writer.values.push(("rights", mail.rights.to_owned()));
    }
    if let Mail::Departure(mail) = mail {
        writer.values.extend(mail.value().map(|(name, value)| (name, one_line(value))));
    }
    if let Mail::Farewell(mail) = mail {
        writer.values.extend(mail.day().map(|day| ("day", day)));
    }
    if let Some(device) = mail.device() {
        writer.values.push(("device", passkeys::named(texts, device)));
    }
    if let Mail::Partner(mail) = mail {
        writer.values.extend(mail.values().map(|(name, value)| (name, value.to_owned())));
    }
    let greeting = match to.name.map(one_line).filter(|name| !name.is_empty()) {
        Some(name) => texts.with("mail.greeting_name", &[("name", &name)]),
        None => texts.get("mail.greeting").to_owned(),
    };
    let mut parts = vec![Part::Says(greeting), writer.own("happened"), writer.own("todo")];
    parts.extend(writer.rest(mail));
    parts.push(writer.own("not_you"));
    Letter {
        language: to.language.to_owned(),
        subject: one_line(&writer.say("subject")),
        portal: one_line(&portal.public.name),
        colour: portal.colour.light.clone(),
        title: writer.say("title"),
        parts,
        foot: vec![
            writer.say("why"),
            writer.shared("mail.help"),
            texts.get("mail.never").to_owned(),
            writer.shared("mail.sender"),
        ],
    }
}
