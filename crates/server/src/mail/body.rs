//! What each e-mail says, part by part, before it is written as text and as HTML.

use jiff::Timestamp;
use palier_domain::departure::Kind;
use palier_domain::texts::Texts;
use palier_domain::values::LoginIdentifier;

use super::{Addressee, Colleague, DepartureMail, Farewell, Mail, PartnerMail, PasskeyMail, What, passkeys};
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

/// Fills the texts of one kind of e-mail with what all of them may name.
struct Writer<'a> {
    portal: &'a PortalConfig,
    texts: &'a Texts,
    kind: &'static str,
    values: Vec<(&'static str, String)>,
}

impl<'a> Writer<'a> {
    fn new(
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

    fn values(&self) -> Vec<(&str, &str)> {
        self.values.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// A text that several kinds have.
    fn shared(&self, key: &str) -> String {
        self.texts.with(key, &self.values())
    }

    /// A text of this kind.
    fn say(&self, name: &str) -> String {
        self.shared(&format!("mail.{}.{name}", self.kind))
    }

    fn own(&self, name: &str) -> Part {
        Part::Says(self.say(name))
    }

    /// What stands between what to do and the reassurance at the end.
    fn rest(&self, mail: Mail<'_>) -> Vec<Part> {
        match mail {
            Mail::ConfirmSignUp { link, hours }
            | Mail::PasswordReset { link, hours }
            | Mail::ConfirmEmail { link, hours }
            | Mail::CertifyIdentity { link, hours, .. }
            | Mail::ConfirmRegistration { link, hours, .. } => self.link_for_hours(link, hours),
            Mail::LetterAsked { link, .. }
            | Mail::LetterPosted { link, .. }
            | Mail::LetterReturned { link, .. }
            | Mail::EmailChangeAsked { link, .. } => {
                vec![self.button(self.say("button"), link.to_owned()), self.own("advice")]
            }
            Mail::DesignationRefused { .. } => vec![self.own("landlord")],
            Mail::IdentityReminder { link, hours, stop, .. } => {
                let mut parts = self.link_for_hours(link, hours);
                parts.push(self.stop(stop));
                parts
            }
            Mail::MembershipReminder { link, stop, .. } => {
                vec![self.button(self.say("button"), link.to_owned()), self.stop(stop)]
            }
            Mail::OrganisationKnown => vec![self.sign_in(), self.own("landlord")],
            Mail::IdentityAskedAgain { .. } | Mail::Passkey(PasskeyMail::AllRemoved) => vec![self.sign_in()],
            Mail::IdentityCertified { identifier, link, .. } => vec![
                self.identifier(identifier),
                self.button(self.say("button"), link.to_owned()),
                self.own("keep"),
            ],
            Mail::MembershipMade { reference, link, .. } => vec![
                Part::Identifier { label: self.say("reference"), value: reference.to_owned() },
                self.own("attached"),
                self.button(self.say("button"), link.to_owned()),
            ],
            Mail::HomeHasAccount => vec![
                self.sign_in(),
                Part::Links(vec![self.identifier_forgotten(), self.password_forgotten()]),
                self.own("landlord"),
            ],
            Mail::EmailHasAccount | Mail::AddressHasAccount | Mail::UserHasAccount | Mail::EmailTaken => {
                vec![self.sign_in(), Part::Links(vec![self.password_forgotten()]), self.own("landlord")]
            }
            Mail::AccountActive { identifier } | Mail::AdministratorActive { identifier, .. } => {
                vec![self.identifier(identifier), self.sign_in(), self.own("keep")]
            }
            Mail::IdentifierReminder { identifier } => {
                vec![
                    self.identifier(identifier),
                    self.sign_in(),
                    Part::Links(vec![self.password_forgotten()]),
                ]
            }
            Mail::EmailChanged { link, days, .. } => {
                let expires = format!("mail.{}.expires", self.kind);
                let expires = self.texts.count(&expires, u64::from(days), &self.values());
                vec![self.button(self.say("button"), link.to_owned()), Part::Says(expires)]
            }
            Mail::AccountLocked { .. } | Mail::Passkey(_) | Mail::DataDownloaded { .. } => {
                vec![Part::Links(vec![self.password_forgotten()])]
            }
            Mail::PasswordEnds { .. } => {
                vec![self.button(self.say("button"), self.portal.link("/compte/mot-de-passe"))]
            }
            Mail::PasswordChanged => vec![self.sign_in(), Part::Links(vec![self.password_forgotten()])],
            Mail::Colleague(mail) => self.colleague(mail),
            Mail::Decided(mail) => vec![self.after(mail.what)],
            Mail::Departure(mail) => self.departure(mail),
            Mail::Farewell(mail) => self.farewell(mail),
            Mail::Partner(mail) => self.partner(mail),
        }
    }

    fn partner(&self, mail: PartnerMail<'_>) -> Vec<Part> {
        let number = |number: &str| Part::Identifier {
            label: self.texts.get("mail.user_number").to_owned(),
            value: number.to_owned(),
        };
        match mail {
            PartnerMail::Identifiers { number: own, password, link, .. } => vec![
                number(own),
                Part::Identifier { label: self.say("password"), value: password.to_owned() },
                self.button(self.say("button"), link.to_owned()),
                self.own("expires"),
            ],
            PartnerMail::Invitation { number: own, link, hours, .. } => {
                let mut parts = vec![number(own)];
                parts.extend(self.link_for_hours(link, hours));
                parts
            }
            PartnerMail::LetterValid { link, .. } | PartnerMail::MailValid { link, .. } => {
                vec![self.button(self.say("button"), link.to_owned()), self.own("landlord")]
            }
            PartnerMail::LetterComing => vec![self.own("landlord")],
            PartnerMail::Active { number: own } => vec![number(own), self.sign_in(), self.own("keep")],
        }
    }

    fn colleague(&self, mail: Colleague<'_>) -> Vec<Part> {
        match mail {
            Colleague::ConfirmRequest { link, hours, .. } => self.link_for_hours(link, hours),
            Colleague::ConfirmTakeover { link, hours, days, .. } => {
                let objection = format!("mail.{}.objection", self.kind);
                let objection = self.texts.count(&objection, u64::from(days), &self.values());
                let mut parts = vec![Part::Says(objection)];
                parts.extend(self.link_for_hours(link, hours));
                parts
            }
            Colleague::AccessAsked { link, .. } => vec![self.button(self.say("button"), link.to_owned())],
            Colleague::RequestsWaiting { link, count, .. } => {
                let waiting = format!("mail.{}.waiting", self.kind);
                let waiting = self.texts.count(&waiting, count, &self.values());
                vec![Part::Says(waiting), self.button(self.say("button"), link.to_owned())]
            }
            Colleague::AccessGranted { link, .. }
            | Colleague::Invitation { link, .. }
            | Colleague::TakeoverAsked { link, .. } => {
                vec![self.button(self.say("button"), link.to_owned()), self.own("expires")]
            }
            Colleague::AccessRefused { .. } => vec![self.own("reason"), self.own("landlord")],
            Colleague::TakeoverHeld { link, .. } => {
                vec![self.button(self.say("button"), link.to_owned()), self.own("advice")]
            }
            Colleague::AccessExpired { .. } | Colleague::TakeoverObjected { .. } => {
                vec![self.own("landlord")]
            }
            Colleague::TakeoverStopped { .. } => vec![self.sign_in(), self.own("landlord")],
            Colleague::Active { identifier, .. } => {
                vec![self.identifier(identifier), self.sign_in(), self.own("keep")]
            }
        }
    }

    fn departure(&self, mail: DepartureMail<'_>) -> Vec<Part> {
        let own = || self.button(self.say("button"), self.portal.link("/compte/depart"));
        match mail {
            DepartureMail::Asked { .. } | DepartureMail::Accepted { kind: Kind::Paperless, .. } => {
                vec![own()]
            }
            DepartureMail::Refused { .. } => vec![self.own("reason"), own(), self.own("landlord")],
            DepartureMail::Accepted { kind: Kind::Whole, months } => {
                let kept = format!("mail.{}.kept", self.kind);
                let kept = self.texts.count(&kept, u64::from(months), &self.values());
                vec![Part::Says(kept), self.own("landlord")]
            }
        }
    }

    fn farewell(&self, mail: Farewell) -> Vec<Part> {
        match mail {
            Farewell::Closing { .. } => vec![self.sign_in(), self.own("landlord")],
            Farewell::Staying => vec![self.sign_in()],
            Farewell::Closed => vec![self.own("landlord")],
        }
    }

    /// What one can do after a decision about a user.
    fn after(&self, what: What) -> Part {
        match what {
            What::Suspended | What::Removed => self.own("landlord"),
            What::RightsChanged | What::Resumed | What::Demoted => self.sign_in(),
            What::Named | What::OtherNamed | What::OtherLost => {
                self.button(self.say("button"), self.portal.link("/organisme/utilisateurs"))
            }
        }
    }

    /// A button whose link works for some hours.
    fn link_for_hours(&self, link: &str, hours: u32) -> Vec<Part> {
        let expires = format!("mail.{}.expires", self.kind);
        let expires = self.texts.count(&expires, u64::from(hours), &self.values());
        vec![self.button(self.say("button"), link.to_owned()), Part::Says(expires)]
    }

    /// The link that stops reminders.
    fn stop(&self, link: &str) -> Part {
        Part::Links(vec![(self.texts.get("mail.stop_reminders").to_owned(), link.to_owned())])
    }

    fn button(&self, label: String, link: String) -> Part {
        Part::Button { label, link, bare: self.texts.get("mail.bare_link").to_owned() }
    }

    fn sign_in(&self) -> Part {
        self.button(self.texts.get("mail.sign_in").to_owned(), self.portal.link("/connexion"))
    }

    fn identifier(&self, identifier: &LoginIdentifier) -> Part {
        let label = self.texts.get("mail.identifier").to_owned();
        Part::Identifier { label, value: identifier.to_string() }
    }

    fn identifier_forgotten(&self) -> (String, String) {
        (self.texts.get("mail.identifier_forgotten").to_owned(), self.portal.link("/identifiant-oublie"))
    }

    fn password_forgotten(&self) -> (String, String) {
        (self.texts.get("mail.password_forgotten").to_owned(), self.portal.link("/mot-de-passe-oublie"))
    }
}

/// Text fit for a header line: no line break or other control character, no override of the writing direction.
pub(super) fn one_line(text: &str) -> String {
    let visible = text.chars().map(|character| {
        let hidden = character.is_control()
            || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if hidden { ' ' } else { character }
    });
    palier_domain::fold::tidy(&visible.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_header_line_stays_one() {
        assert_eq!(
            one_line("Objet\r\nBcc: all@exemple.fr\u{2028}x \u{202e}y"),
            "Objet Bcc: all@exemple.fr x y"
        );
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in "\\PC{0,20}[\\x00-\\x1f\u{85}\u{2066}]{0,3}\\PC{0,20}") {
            let line = one_line(&text);
            prop_assert!(!line.chars().any(char::is_control) && !line.contains('\u{2066}'), "{line:?}");
        }
    }
}
