use serde::{Deserialize, Serialize};

use crate::values::PasswordProfile;

/// Kinds of secrets, by how their owner came by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Provisional, printed in a letter (*mot de passe provisoire par courrier*).
    Letter,
    /// Provisional, the first one, sent by e-mail (*mot de passe initial par mail*).
    Mail,
    /// Sent by e-mail to who has forgotten a personal one (*mot de passe réinitialisé*).
    Reset,
    /// Chosen by its owner (*mot de passe personnel*).
    Personal,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Letter, Self::Mail, Self::Reset, Self::Personal];

    /// Its name in the store, on the wire and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Mail => "mail",
            Self::Reset => "reset",
            Self::Personal => "personal",
        }
    }

    /// The one with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A length of time, as people say it. Months are the calendar's: a letter of 3 May is valid until 3 July.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Of 60 minutes.
    Hours(u32),
    /// Until the same hour of a later day, whatever the clocks did between.
    Days(u32),
    /// Until the same day of a later month, or its last one where that month has no such day.
    Months(u32),
}

/// How long secrets are valid (P2): one table a profile, from which a portal's file may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Of a letter, from the moment it is printed.
    pub letter: Span,
    /// Of a first one by e-mail.
    pub mail: Span,
    /// Hours that the link of a first e-mail lives, 1 to 24: the e-mail has no password then, and who opens it later is sent
    /// a fresh one. None: the password itself is sent.
    pub mail_link_hours: Option<u32>,
    /// Hours of a reset by e-mail: 1 to 24.
    pub reset_hours: u32,
    /// Of a personal password; none when it has no end.
    pub personal: Option<Span>,
}

impl Periods {
    /// The document's, to the letter (P2).
    pub const HISTORIQUE: Self = Self {
        letter: Span::Months(2),
        mail: Span::Days(14),
        mail_link_hours: None,
        reset_hours: 24,
        personal: Some(Span::Months(6)),
    };
    /// The safer ones of today's guidance (`standards.md`): a personal password ends when there is a reason, not a date.
    pub const RECOMMANDE: Self = Self {
        letter: Span::Days(30),
        mail: Span::Days(14),
        mail_link_hours: Some(24),
        reset_hours: 1,
        personal: None,
    };

    /// Those of a profile.
    pub const fn of(profile: PasswordProfile) -> Self {
        match profile {
            PasswordProfile::Historique => Self::HISTORIQUE,
            PasswordProfile::Recommande => Self::RECOMMANDE,
        }
    }

    /// How long a secret of that kind is valid; none when it has no end.
    pub const fn span(&self, kind: Kind) -> Option<Span> {
        match kind {
            Kind::Letter => Some(self.letter),
            Kind::Mail => Some(self.mail),
            Kind::Reset => Some(Span::Hours(self.reset_hours)),
            Kind::Personal => self.personal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p2_the_documents_validities() {
        let table = Kind::ALL.map(|kind| Periods::of(PasswordProfile::Historique).span(kind));
        let wanted = [Span::Months(2), Span::Days(14), Span::Hours(24), Span::Months(6)];
        assert_eq!(table, wanted.map(Some));
    }

    #[test]
    fn the_recommended_ones_are_never_longer() {
        let table = Kind::ALL.map(|kind| Periods::of(PasswordProfile::Recommande).span(kind));
        let wanted = [Some(Span::Days(30)), Some(Span::Days(14)), Some(Span::Hours(1)), None];
        assert_eq!(table, wanted);
    }

    #[test]
    fn kinds_are_known_by_their_names() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
        }
        assert_eq!(Kind::parse("Letter"), None);
    }
}
