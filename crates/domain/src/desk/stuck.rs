//! What doesn't go on by itself, and what can be done about it (D2).

use serde::{Deserialize, Serialize};

use super::Paging;

/// Why something doesn't go on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StuckKind {
    /// No administrator has decided a request.
    Undecided,
    /// The post brought the letter back.
    LetterReturned,
    /// The time of the letter's code is over.
    LetterExpired,
    /// The letter's code was tried too often.
    LetterLocked,
    /// A designation has no letter that counts, for another reason.
    NoLetter,
}

impl StuckKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Undecided, Self::LetterReturned, Self::LetterExpired, Self::LetterLocked, Self::NoLetter];

    /// Its name on the wire and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::LetterReturned => "letter_returned",
            Self::LetterExpired => "letter_expired",
            Self::LetterLocked => "letter_locked",
            Self::NoLetter => "no_letter",
        }
    }
}

/// What can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Call the organisation: one of its administrators decides.
    CallAdministrators,
    /// Nobody can decide: the organisation has no active administrator, and needs a first one again.
    NewAdministrator,
    /// Put the address right with the organisation; then the applicant asks for another letter by the link of the e-mail.
    CorrectAddress,
    /// The applicant asks for another letter by the link of the e-mail.
    AskAgain,
}

impl Remedy {
    /// Every remedy.
    pub const ALL: [Self; 4] =
        [Self::CallAdministrators, Self::NewAdministrator, Self::CorrectAddress, Self::AskAgain];

    /// Its name on the wire and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CallAdministrators => "call_administrators",
            Self::NewAdministrator => "new_administrator",
            Self::CorrectAddress => "correct_address",
            Self::AskAgain => "ask_again",
        }
    }
}

/// Something that doesn't go on by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stuck {
    /// Why.
    pub kind: StuckKind,
    /// Name of the organisation.
    pub organisation: String,
    /// Its client number.
    pub number: String,
    /// Who asked: first name and surname.
    pub applicant: String,
    /// The day since which it is stuck.
    pub since: String,
    /// The letter's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// What can be done.
    pub remedy: Remedy,
}

/// A page of what is stuck, the longest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestsView {
    /// Days after which a request that nobody decided is here.
    pub days: u32,
    /// At most [`PAGE`](super::PAGE).
    pub stuck: Vec<Stuck>,
    /// Which page it is.
    pub paging: Paging,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_remedies_have_one_name_everywhere() {
        for kind in StuckKind::ALL {
            assert_eq!(serde_json::to_string(&kind).expect("a text"), format!("\"{}\"", kind.name()));
        }
        for remedy in Remedy::ALL {
            assert_eq!(serde_json::to_string(&remedy).expect("a text"), format!("\"{}\"", remedy.name()));
        }
    }
}
