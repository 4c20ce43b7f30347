//! What browser and server say of a first administrator's letter.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::checks;
use crate::problem::{FieldProblem, field_problems};

/// The server's yes to a client number (A1, A3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrolling {
    /// Name of the organisation whose number it is.
    pub organisation: String,
    /// It has an administrator, or will soon have one: who signs up asks to join as a colleague (A7).
    #[serde(default)]
    pub colleague: bool,
    /// It has an active administrator, of whom may be said that they are there no more (A8).
    #[serde(default)]
    pub administered: bool,
}

/// The address of a sign-up is proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// Of the page that tells where the letter is; none when the request goes to the organisation's administrators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The organisation's administrators can object first: the letter isn't printed before (A8).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
}

/// Where a letter is, as its applicant is told (A6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LetterStage {
    /// It will be printed soon.
    Asked,
    /// It is printed and will be posted.
    Printed,
    /// It is on its way.
    Posted,
    /// The post brought it back.
    Returned,
    /// Its code is too old.
    Expired,
    /// Its code was tried too often.
    Locked,
    /// The account is active.
    Used,
    /// The legal representative refused the request.
    Refused,
    /// An administrator objected before it was printed: the request went to the administrators, unless its applicant
    /// is a user already.
    Objected,
    /// It was of no use any more, and a newer request took its place.
    Lapsed,
}

impl LetterStage {
    /// Its name in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Printed => "printed",
            Self::Posted => "posted",
            Self::Returned => "returned",
            Self::Expired => "expired",
            Self::Locked => "locked",
            Self::Used => "used",
            Self::Refused => "refused",
            Self::Objected => "objected",
            Self::Lapsed => "lapsed",
        }
    }

    /// Every stage.
    pub const ALL: [Self; 10] = [
        Self::Asked,
        Self::Printed,
        Self::Posted,
        Self::Returned,
        Self::Expired,
        Self::Locked,
        Self::Used,
        Self::Refused,
        Self::Objected,
        Self::Lapsed,
    ];
}

/// Where the letter of an application is (A6). Days are those of the landlord's time zone, ISO 8601.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LetterView {
    /// Name of the organisation.
    pub organisation: String,
    /// The function (*fonction*) of who gets the letter: `Maire`.
    pub recipient: String,
    /// The letter's reference, such as `C-K7TM-94PX`.
    pub reference: String,
    /// Where it is.
    pub stage: LetterStage,
    /// The day it was asked for.
    pub asked: String,
    /// The last day on which the organisation's administrators can object: it isn't printed before. None once it may
    /// be printed, and for the letter of a first administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<String>,
    /// The day it was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    /// The day it was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted: Option<String>,
    /// The day before which the post delivers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// The last day on which its code counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// Another letter can be asked for now.
    pub renewable: bool,
    /// The day from which another one can be asked for, when that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewable_from: Option<String>,
}

/// Asks for the link of the page that tells where the letter is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowForm {
    /// The address given at the sign-up.
    #[validate(custom(function = "checks::email"))]
    pub email: String,
}

impl FollowForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}
