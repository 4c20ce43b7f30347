//! The account of somebody who calls (P7, P8): found, told in plain words, helped. Days are those of the landlord's time
//! zone, ISO 8601; what isn't known is left out. No password and no hash is ever here.

use serde::{Deserialize, Serialize};

use super::Paging;
use crate::departure::{Kind, KnownDeparture};

/// Where somebody stands with what their account is opened with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
    /// They began to sign up, and have to confirm their address.
    Unconfirmed,
    /// They did not confirm it in time.
    Lapsed,
    /// An administrator of their organisation suspended them (A8).
    Suspended,
    /// An administrator of their organisation removed them (A8).
    Removed,
    /// They leave, and the account will be closed (T11).
    Closing,
    /// The account is closed (T11).
    Closed,
    /// It was erased a moment ago: nothing of it is found any more (D4).
    Erased,
}

impl AccountState {
    /// Every state.
    pub const ALL: [Self; 14] = [
        Self::Nothing,
        Self::Ordered,
        Self::Letter,
        Self::Mail,
        Self::Over,
        Self::Personal,
        Self::Renew,
        Self::Unconfirmed,
        Self::Lapsed,
        Self::Suspended,
        Self::Removed,
        Self::Closing,
        Self::Closed,
        Self::Erased,
    ];

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
            Self::Unconfirmed => "unconfirmed",
            Self::Lapsed => "lapsed",
            Self::Suspended => "suspended",
            Self::Removed => "removed",
            Self::Closing => "closing",
            Self::Closed => "closed",
            Self::Erased => "erased",
        }
    }
}

/// What can be done for somebody now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
    /// What they sign in with, by e-mail.
    Identifier,
    /// The e-mail that confirms an address, again.
    Resend,
    /// What is kept of who has left goes at once, for good (D4).
    #[serde(rename = "erased")]
    Erase,
}

impl Help {
    /// All of it.
    pub const ALL: [Self; 8] = [
        Self::ByLetter,
        Self::ByMail,
        Self::LostByLetter,
        Self::LostByMail,
        Self::Reset,
        Self::Identifier,
        Self::Resend,
        Self::Erase,
    ];

    /// Its name on the wire, in addresses, in the journal and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByLetter => "by_letter",
            Self::ByMail => "by_mail",
            Self::LostByLetter => "lost_by_letter",
            Self::LostByMail => "lost_by_mail",
            Self::Reset => "reset",
            Self::Identifier => "identifier",
            Self::Resend => "resend",
            Self::Erase => "erased",
        }
    }

    /// The one with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|help| help.name() == name)
    }
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountRow {
    /// By which it is asked for: the user number (*numéro utilisateur*), fourteen digits, the login identifier, or
    /// what stands for a sign-up that waits.
    pub number: String,
    /// The name of who has it; the address of who began to sign up.
    pub name: String,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it stands.
    pub state: AccountState,
}

/// A page of those who were found, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountsPage {
    /// At most [`PAGE`](super::PAGE); nobody when nothing is looked for.
    pub accounts: Vec<AccountRow>,
    /// Which page it is.
    pub paging: Paging,
}

/// The newest letter to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeskEntry {
    /// The day.
    pub day: String,
    /// Hour and minute.
    pub time: String,
    /// Who: an e-mail address.
    pub staff: String,
    /// What: `shown`, `made`, the name of a [`Help`], `letter_posted`, `letter_returned`, `letter_lost`, and of requests
    /// to leave `ask_…`, `accept_…` and `refuse_…` with their kind.
    pub kind: String,
}

/// Somebody, as an agent tells it to who calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountSheet {
    /// As [`AccountRow::number`].
    pub number: String,
    /// As [`AccountRow::name`].
    pub name: String,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it gets letters, or the home; empty where nobody knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
    /// How identifiers reach a partner: `letter` or `mail`; empty for everybody else.
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
    /// The newest request of each kind to leave (T10).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departures: Vec<KnownDeparture>,
    /// What can be asked for them, for who helps callers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leavable: Vec<Kind>,
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
