//! Fills the texts of e-mails, and makes the parts that many kinds have.

use jiff::Timestamp;
use palier_domain::texts::Texts;
use palier_domain::values::LoginIdentifier;

use super::Part;
use crate::config::PortalConfig;

/// Fills the texts of one kind of e-mail with what all of them may name.
pub(super) struct Writer<'a> {
    pub(super) portal: &'a PortalConfig,
    pub(super) texts: &'a Texts,
    pub(super) kind: &'static str,
    pub(super) values: Vec<(&'static str, String)>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        portal: &'a PortalConfig,
        texts: &'a Texts,
        language: &str,
        now: Timestamp,
        kind: &'static str,
    ) -> Self {
        let contact = &portal.public.contact;
        let hours = if language == "en" { &contact.hours_en } else { &contact.hours };
        let local = now.to_zoned(portal.time_zone.clone());
        let values = vec![
            ("portal", portal.public.name.clone()),
            ("legal_name", portal.legal_name.clone()),
            ("address", portal.address.clone()),
            ("phone", contact.phone.clone()),
            ("hours", hours.clone()),
            ("date", local.strftime("%d/%m/%Y").to_string()),
            ("hour", local.strftime("%H").to_string()),
            ("minute", local.strftime("%M").to_string()),
        ];
        Self { portal, texts, kind, values }
    }

    pub(super) fn values(&self) -> Vec<(&str, &str)> {
        self.values.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// A text that several kinds have.
    pub(super) fn shared(&self, key: &str) -> String {
        self.texts.with(key, &self.values())
    }

    /// A text of this kind.
    pub(super) fn say(&self, name: &str) -> String {
        self.shared(&format!("mail.{}.{name}", self.kind))
    }

    pub(super) fn own(&self, name: &str) -> Part {
        Part::Says(self.say(name))
    }

    /// A button whose link works for some hours.
    pub(super) fn link_for_hours(&self, link: &str, hours: u32) -> Vec<Part> {
        let expires = format!("mail.{}.expires", self.kind);
        let expires = self.texts.count(&expires, u64::from(hours), &self.values());
        vec![self.button(self.say("button"), link.to_owned()), Part::Says(expires)]
    }

    /// The link that stops reminders.
    pub(super) fn stop(&self, link: &str) -> Part {
        Part::Links(vec![(self.texts.get("mail.stop_reminders").to_owned(), link.to_owned())])
    }

    pub(super) fn button(&self, label: String, link: String) -> Part {
        Part::Button { label, link, bare: self.texts.get("mail.bare_link").to_owned() }
    }

    pub(super) fn sign_in(&self) -> Part {
        self.button(self.texts.get("mail.sign_in").to_owned(), self.portal.link("/connexion"))
    }

    pub(super) fn identifier(&self, identifier: &LoginIdentifier) -> Part {
        let label = self.texts.get("mail.identifier").to_owned();
        Part::Identifier { label, value: identifier.to_string() }
    }

    pub(super) fn identifier_forgotten(&self) -> (String, String) {
        (self.texts.get("mail.identifier_forgotten").to_owned(), self.portal.link("/identifiant-oublie"))
    }

    pub(super) fn password_forgotten(&self) -> (String, String) {
        (self.texts.get("mail.password_forgotten").to_owned(), self.portal.link("/mot-de-passe-oublie"))
    }
}
