//! What browser and server say of an organisation's users: `/organisme/utilisateurs` and `/organisme/journal`
//! (A7–A9). Days are those of the landlord's time zone, ISO 8601.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _, ValidationError};

use super::Rights;
use crate::checks;
use crate::portal::{Choice, Context};
use crate::problem::{Coded, Data, FieldProblem, data, field_problems, invalid};
use crate::terms;
use crate::values::{About, Password, Token};

/// Longest reason for a refusal, in characters.
pub const REASON_LENGTH: usize = 500;

/// A user, as the administrators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UserView {
    /// Names them in the addresses of the API.
    pub id: i64,
    /// First name and surname.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Decides about the others.
    pub administrator: bool,
    /// Can't sign in at the moment.
    pub suspended: bool,
    /// Who is looking.
    pub you: bool,
    /// What they may do.
    pub rights: Rights,
    /// The day since which they are a user.
    pub since: String,
}

/// Somebody who asks to become a user (A7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestView {
    /// Names the request in the addresses of the API.
    pub id: i64,
    /// First name and surname, as typed.
    pub name: String,
    /// The confirmed e-mail address.
    pub email: String,
    /// The day of the request.
    pub asked: String,
    /// The last day on which it can be decided.
    pub until: String,
}

/// Somebody who was accepted or invited, and hasn't chosen a password yet (A8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationView {
    /// Names the invitation in the addresses of the API.
    pub id: i64,
    /// First name and surname.
    pub name: String,
    /// Where the link was sent.
    pub email: String,
    /// They will decide about the others.
    pub administrator: bool,
    /// What they will be able to do.
    pub rights: Rights,
    /// The day on which the link was last sent.
    pub sent: String,
    /// The last day on which the link works.
    pub until: String,
    /// The link doesn't work any more; it can be sent again.
    pub expired: bool,
}

/// Everything on `/organisme/utilisateurs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UsersView {
    /// Name of the organisation.
    pub organisation: String,
    /// Its client number.
    pub number: String,
    /// The portal's services, in the order of its file: names in the language of the page.
    pub services: Vec<Choice>,
    /// By name.
    pub users: Vec<UserView>,
    /// The oldest first.
    pub requests: Vec<RequestView>,
    /// The newest first.
    pub invitations: Vec<InvitationView>,
    /// There is one active administrator only: a second one should be named.
    pub alone: bool,
}

/// Rights given: to who asks, to a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantForm {
    /// What they may do.
    #[serde(default)]
    pub rights: Rights,
    /// They decide about the others.
    #[serde(default)]
    pub administrator: bool,
}

/// Why a request is refused (A7).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReasonForm {
    /// 1 to [`REASON_LENGTH`] characters: the person reads them in an e-mail.
    #[validate(custom(function = "reason"))]
    pub reason: String,
}

/// A colleague to invite (A8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationForm {
    /// Their first name.
    #[validate(custom(function = "checks::name"))]
    pub first_name: String,
    /// Their surname.
    #[validate(custom(function = "checks::name"))]
    pub own_surname: String,
    /// Where the link is sent.
    #[validate(custom(function = "checks::email"))]
    pub email: String,
    /// What they will be able to do.
    #[serde(default)]
    pub rights: Rights,
    /// They will decide about the others.
    #[serde(default)]
    pub administrator: bool,
}

/// What the link of an invitation shows before a password is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JoiningView {
    /// Name of the organisation.
    pub organisation: String,
    /// First name of who is invited.
    pub first_name: String,
    /// Their surname.
    pub surname: String,
    /// Their e-mail address.
    pub email: String,
    /// The terms in force aren't accepted yet: the box is shown.
    pub asks_terms: bool,
}

/// The password chosen by who was invited (A7, A8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
pub struct JoiningForm {
    /// What the link carries.
    pub token: String,
    /// The password; names and address are compared by the server afterwards.
    #[validate(custom(function = "checks::password", use_context))]
    pub password: String,
    /// Version of the terms accepted; empty when they were accepted with the request.
    #[validate(custom(function = "terms_if_any", use_context))]
    pub read_terms: String,
}

/// An entry of the journal (A9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryView {
    /// From 1, without a gap.
    pub number: i32,
    /// When, RFC 3339, UTC.
    pub at: String,
    /// What happened: its text is `journal.<kind>`.
    pub kind: String,
    /// What the text names: `name`, `email`, `by`, `letter`, `reason`…
    pub details: BTreeMap<String, String>,
}

/// A part of the journal, the newest entry first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JournalView {
    /// Name of the organisation.
    pub organisation: String,
    /// At most 50.
    pub entries: Vec<EntryView>,
    /// Entries with a lower number than the last of these come next; false: there are none.
    pub more: bool,
}

/// Why a reason isn't one.
enum ReasonError {
    /// Nothing typed.
    Required,
    /// Too long.
    Long,
}

impl Coded for ReasonError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Long => "too_long",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Required => Data::new(),
            Self::Long => data([("max", REASON_LENGTH.into())]),
        }
    }
}

impl ReasonForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl InvitationForm {
    /// Everything that is wrong with who is invited; rights are the server's to check.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl JoiningForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The token and the password, checked against who is invited.
    ///
    /// # Errors
    /// The problem of the field at fault.
    pub fn parse(&self, context: Context<'_>, about: About<'_>) -> Result<(Token, Password), FieldProblem> {
        let token = Token::parse(&self.token).map_err(|error| FieldProblem::new("token", &error))?;
        let password = Password::parse(&self.password, context.portal.password, about)
            .map_err(|error| FieldProblem::new("password", &error))?;
        Ok((token, password))
    }
}

fn reason(typed: &str) -> Result<(), ValidationError> {
    match typed.trim().chars().count() {
        0 => Err(invalid(&ReasonError::Required)),
        count if count > REASON_LENGTH => Err(invalid(&ReasonError::Long)),
        _ => Ok(()),
    }
}

fn terms_if_any(version: &str, context: &Context<'_>) -> Result<(), ValidationError> {
    if version.is_empty() { Ok(()) } else { terms::in_force(version, context) }
}
