//! What browser and server say of requests to leave.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use super::Kind;
use crate::checks;
use crate::problem::{Coded, Data, FieldProblem, data, field_problems, invalid};

/// Longest note to the landlord, and longest reason of a refusal, in characters.
pub const NOTE_LENGTH: usize = 500;

/// Somebody wants to leave, and has typed their password again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DepartureForm {
    /// The name of a [`Kind`].
    #[validate(custom(function = "kind"))]
    pub kind: String,
    /// What they tell the landlord; at most [`NOTE_LENGTH`] characters, or empty.
    #[validate(custom(function = "note"))]
    pub note: String,
    /// The present password, as typed.
    #[validate(custom(function = "checks::required"))]
    pub present: String,
}

/// The same, told at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DesiredForm {
    /// What.
    pub kind: Kind,
    /// What they said; at most [`NOTE_LENGTH`] characters, or empty.
    #[serde(default)]
    #[validate(custom(function = "note"))]
    pub note: String,
}

/// What the landlord decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionForm {
    /// Yes, or no.
    pub accept: bool,
    /// Why not: 1 to [`NOTE_LENGTH`] characters, which the person reads; not asked for a yes.
    #[serde(default)]
    pub reason: String,
}

/// Why somebody can't leave the whole service as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Nobody would be left to decide about the organisation's users: they are the only active administrator.
    LastAdministrator,
    /// Nobody would be left to answer for the organisation: its correspondent has its only account.
    OnlyCorrespondent,
}

/// A request, the newest of its kind. Moments are RFC 3339, UTC, for its owner; days, ISO 8601, for the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownDeparture {
    /// To decide it by.
    pub id: i64,
    /// What.
    pub kind: Kind,
    /// The name of its [`super::State`].
    pub state: String,
    /// When it was asked.
    pub asked: String,
    /// It was asked at the desk.
    pub at_desk: bool,
    /// By which day it is answered, as people write a day.
    pub until: String,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<String>,
    /// What the person told the landlord.
    pub note: String,
    /// Why it was refused.
    pub reason: String,
}

/// What somebody may know and ask about leaving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DepartureView {
    /// The newest request of each kind.
    pub requests: Vec<KnownDeparture>,
    /// What can be asked now.
    pub offers: Vec<Kind>,
    /// Why the whole service can't be left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
    /// Within how many days requests are answered.
    pub answer_days: u32,
    /// How many months a closed account is kept.
    pub kept_months: u32,
}

impl DepartureForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl DesiredForm {
    /// Everything that is wrong.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl DecisionForm {
    /// Everything that is wrong.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let empty = self.reason.trim().is_empty().then_some(NoteError::Required);
        let wrong = empty.or_else(|| measured(&self.reason).err());
        let wrong = wrong.filter(|_| !self.accept);
        wrong.map(|error| FieldProblem::new("reason", &error)).into_iter().collect()
    }
}

impl Obstacle {
    /// Its name on the wire and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LastAdministrator => "last_administrator",
            Self::OnlyCorrespondent => "only_correspondent",
        }
    }
}

/// Why a note isn't one.
enum NoteError {
    /// Nothing typed where something must be.
    Required,
    /// Too long.
    Long,
}

impl Coded for NoteError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Long => "too_long",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Required => Data::new(),
            Self::Long => data([("max", NOTE_LENGTH.into())]),
        }
    }
}

fn measured(typed: &str) -> Result<(), NoteError> {
    if typed.trim().chars().count() > NOTE_LENGTH { Err(NoteError::Long) } else { Ok(()) }
}

fn kind(typed: &str) -> Result<(), ValidationError> {
    Kind::parse(typed).map(drop).ok_or_else(|| invalid(&NoteError::Required))
}

fn note(typed: &str) -> Result<(), ValidationError> {
    measured(typed).map_err(|error| invalid(&error))
}
