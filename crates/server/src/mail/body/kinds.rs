//! What each kind of e-mail says of its own.

use palier_domain::departure::Kind;

use super::{Part, Writer};
use crate::mail::{Colleague, DepartureMail, Farewell, Mail, PartnerMail, PasskeyMail, What};

impl Writer<'_> {
    /// What stands between what to do and the reassurance at the end.
    pub(super) fn rest(&self, mail: Mail<'_>) -> Vec<Part> {
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
}
