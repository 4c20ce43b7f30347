//! Passkeys beside the password (X3): what browser and server say about them. What the browser asks its devices, and what
//! these answer, are texts in JSON that only the browser and the server's library read.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::checks;
use crate::problem::{FieldProblem, field_problems};

/// Passkeys that an account may have.
pub const MOST_PASSKEYS: usize = 10;

/// The passkeys of an account, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeysView {
    /// All of them.
    pub passkeys: Vec<KnownPasskey>,
}

/// A passkey, named by the device on which it was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownPasskey {
    /// To remove it by.
    pub id: i64,
    /// The name of the browser; empty when it isn't known.
    pub browser: String,
    /// The name of the system; empty when it isn't known.
    pub system: String,
    /// When it was added, RFC 3339, UTC.
    pub added: String,
    /// When somebody last signed in with it, RFC 3339, UTC.
    pub used: Option<String>,
}

/// A passkey is to be added: the password is asked again, as for another address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyForm {
    /// The present password, as typed.
    #[validate(custom(function = "checks::required"))]
    pub present: String,
}

/// A passkey is to be removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyRemovalForm {
    /// Which.
    pub id: i64,
    /// The present password, as typed.
    #[validate(custom(function = "checks::required"))]
    pub present: String,
}

/// What a device is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyChallenge {
    /// What the answer names it by.
    pub handle: String,
    /// In JSON, for `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.
    pub options: String,
}

/// What a device answered, for a passkey that is added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyAnswer {
    /// See [`PasskeyChallenge::handle`].
    pub handle: String,
    /// In JSON, as `PublicKeyCredential.toJSON` gives it.
    pub credential: String,
}

/// What a device answered, for who signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeySignIn {
    /// See [`PasskeyChallenge::handle`].
    pub handle: String,
    /// See [`PasskeyAnswer::credential`].
    pub credential: String,
    /// *Rester connecté*.
    #[serde(default)]
    pub stay: bool,
}

impl PasskeyForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl PasskeyRemovalForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}
