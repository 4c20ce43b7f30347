//! The account of somebody who calls (P7, P8): found, told in plain words, helped. Days are those of the landlord's time
//! zone, ISO 8601; what isn't known is left out. No password and no hash is ever here.

use serde::{Deserialize, Serialize};

use super::Paging;

/// Where somebody stands with what their account is opened with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Nothing was given yet, or the last identifiers were declared lost.
    Nothing,
    /// A letter waits to be printed.
    Ordered,
    /// The password of a letter is valid.
    Letter,
    /// That of an e-mail is.
    Mail,
    /// What was sent is valid no more.
    Over,
    /// They have a password of their own.
    Personal,
    /// It is so old that the next sign-in asks for another one.
    Renew,
}

impl AccountState {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Nothing, Self::Ordered, Self::Letter, Self::Mail, Self::Over, Self::Personal, Self::Renew];

    /// Its name on the wire and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Ordered => "ordered",
            Self::Letter => "letter",
            Self::Mail => "mail",
            Self::Over => "over",
            Self::Personal => "personal",
            Self::Renew => "renew",
        }
    }
}

/// What can be done for somebody now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// New identifiers by letter.
    ByLetter,
    /// New identifiers by e-mail.
    ByMail,
    /// What was sent is lost: it opens nothing any more, and a letter is asked for.
    LostByLetter,
    /// The same; an e-mail is sent.
    LostByMail,
    /// A link to another password.
    Reset,
}

impl Help {
    /// All of it.
    pub const ALL: [Self; 5] =
        [Self::ByLetter, Self::ByMail, Self::LostByLetter, Self::LostByMail, Self::Reset];

    /// Its name on the wire, in addresses, in the journal and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByLetter => "by_letter",
            Self::ByMail => "by_mail",
            Self::LostByLetter => "lost_by_letter",
            Self::LostByMail => "lost_by_mail",
            Self::Reset => "reset",
        }
    }

    /// The one with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|help| help.name() == name)
    }
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountRow {
    /// User number (*numéro utilisateur*), fourteen digits.
    pub number: String,
    /// The landlord's name.
    pub name: String,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it stands.
    pub state: AccountState,
}

/// A page of those who were found, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountsPage {
    /// At most [`PAGE`](super::PAGE); nobody when nothing is looked for.
    pub accounts: Vec<AccountRow>,
    /// Which page it is.
    pub paging: Paging,
}

/// The newest letter to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentLetter {
    /// Such as `C-K7TM-94PX`.
    pub reference: String,
    /// The day it was asked for.
    pub asked: String,
    /// The day it was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    /// The day it was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted: Option<String>,
    /// The day the post brought it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<String>,
    /// Why it ended, as [`super::LetterRow::ending`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<String>,
}

/// No try is let through before then (P6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountLock {
    /// Hour and minute, `14:10`.
    pub time: String,
    /// The day.
    pub day: String,
    /// Too many tries from all places together: it is for the rest of the day, but not where they have signed in before.
    pub whole_day: bool,
}

/// Something that was done at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskEntry {
    /// The day.
    pub day: String,
    /// Hour and minute.
    pub time: String,
    /// Who: an e-mail address.
    pub staff: String,
    /// What: `shown`, `made`, the name of a [`Help`], `letter_posted`, `letter_returned`, `letter_lost`.
    pub kind: String,
}

/// Somebody, as an agent tells it to who calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSheet {
    /// User number.
    pub number: String,
    /// The landlord's name.
    pub name: String,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it gets letters; empty where nobody knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
    /// How identifiers reach it: `letter` or `mail`.
    pub channel: String,
    /// Where it stands.
    pub state: AccountState,
    /// The day from which on it is so: identifiers sent, password chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The last day on which that is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// They have signed in.
    pub signed_in: bool,
    /// The newest letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<SentLetter>,
    /// Nobody can sign in now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<AccountLock>,
    /// What can be done now; nothing for who may only look.
    pub help: Vec<Help>,
    /// What was done before, the newest first.
    pub journal: Vec<DeskEntry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_help_have_one_name_everywhere() {
        for state in AccountState::ALL {
            assert_eq!(serde_json::to_string(&state).expect("a text"), format!("\"{}\"", state.name()));
        }
        for help in Help::ALL {
            assert_eq!(serde_json::to_string(&help).expect("a text"), format!("\"{}\"", help.name()));
            assert_eq!(Help::parse(help.name()), Some(help));
        }
        assert_eq!(Help::parse("password"), None);
    }
}
