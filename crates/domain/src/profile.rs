//! What people do with their own account: another e-mail address, another password, their sessions, their
//! passkeys, their data (rows T9, T8, X3, D4).

mod data;
mod device;
mod passkeys;

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _};

pub use self::data::{DataForm, DataView, KeptView};
pub use self::device::Device;
pub use self::passkeys::{
    KnownPasskey, MOST_PASSKEYS, PasskeyAnswer, PasskeyChallenge, PasskeyForm, PasskeyRemovalForm,
    PasskeySignIn, PasskeysView,
};
use crate::checks;
use crate::portal::Context;
use crate::problem::{Coded, FieldProblem, field_problems};
use crate::values::{About, Email, Password, PasswordError};

/// Days after a change of e-mail address during which who has the former one can undo it.
pub const UNDO_DAYS: u32 = 7;

/// Another e-mail address (T9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EmailChangeForm {
    /// The new address, as typed.
    #[validate(custom(function = "checks::email"))]
    pub email: String,
    /// The present password, as typed: whoever finds a session open can't take the account away.
    #[validate(custom(function = "checks::required"))]
    pub present: String,
}

/// Another password (T9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
pub struct PasswordChangeForm {
    /// The present password, as typed.
    #[validate(custom(function = "checks::required"))]
    pub present: String,
    /// The new one; names and address are compared by the server afterwards.
    #[validate(custom(function = "checks::password", use_context))]
    pub password: String,
}

/// What is asked for is so already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unchanged;

impl Coded for Unchanged {
    fn code(&self) -> &'static str {
        "unchanged"
    }
}

/// The sessions of an account, the one that asks first, then the last seen first (T8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionsView {
    /// All that haven't ended.
    pub sessions: Vec<OpenSession>,
}

/// A session that hasn't ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenSession {
    /// To end it by.
    pub id: i64,
    /// The name of the browser; empty when it isn't known.
    pub browser: String,
    /// The name of the system; empty when it isn't known.
    pub system: String,
    /// When it began, RFC 3339, UTC.
    pub began: String,
    /// When it was last used, RFC 3339, UTC.
    pub seen: String,
    /// It is the one that asks.
    pub this: bool,
    /// *Rester connecté*.
    pub stay: bool,
}

impl EmailChangeForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The new address, checked against the one there is.
    ///
    /// # Errors
    /// The problem of the field at fault: no address, or [`Unchanged`].
    pub fn parse(&self, now: Option<&Email>) -> Result<Email, FieldProblem> {
        let email = Email::parse(&self.email).map_err(|error| FieldProblem::new("email", &error))?;
        if now.is_some_and(|now| now.key() == email.key()) {
            return Err(FieldProblem::new("email", &Unchanged));
        }
        Ok(email)
    }
}

impl PasswordChangeForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        let mut problems: Vec<_> =
            self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default();
        if problems.is_empty() && self.present == self.password {
            problems.push(FieldProblem::new("password", &Unchanged));
        }
        problems
    }

    /// The new password, checked against whose it is.
    ///
    /// # Errors
    /// The problem of the field.
    pub fn parse(&self, context: Context<'_>, about: About<'_>) -> Result<Password, FieldProblem> {
        Password::parse(&self.password, context.portal.password, about)
            .map_err(|error: PasswordError| FieldProblem::new("password", &error))
    }
}
