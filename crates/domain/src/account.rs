//! What all journeys share: signing in and out, lost identifier, lost password (rows T6–T8, P6).

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _};

use crate::checks;
use crate::portal::{Context, Portal};
use crate::problem::{FieldProblem, field_problems};
use crate::terms::in_force;
use crate::values::{About, Password, Token};

/// Failed tries before an account is locked (P6).
pub const TRIES: u32 = 5;
/// How long the first lock lasts, in minutes; each further lock of the day lasts twice as long (P6).
pub const LOCK_MINUTES: u32 = 10;
/// Failed tries a day, all addresses together, after which only known places and a reset open the account.
pub const FAILURES_A_DAY: u32 = 25;

/// Sign in (T8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInForm {
    /// E-mail address or identifier, as typed.
    #[validate(custom(function = "checks::required"))]
    pub login: String,
    /// The password, as typed.
    #[validate(custom(function = "checks::required"))]
    pub password: String,
    /// *Rester connecté*: for 30 days instead of this visit.
    #[serde(default)]
    pub stay: bool,
}

/// Lost password: who asks (T8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordResetForm {
    /// E-mail address or identifier, as typed.
    #[validate(custom(function = "checks::required"))]
    pub login: String,
}

/// Lost identifier: where to send it (T8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentifierReminderForm {
    /// The address that the account was made with.
    #[validate(custom(function = "checks::email"))]
    pub email: String,
}

/// A new password, by the link that was sent (T8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
pub struct NewPasswordForm {
    /// What the link carries.
    pub token: String,
    /// The new password; names and address are compared by the server afterwards.
    #[validate(custom(function = "checks::password", use_context))]
    pub password: String,
}

/// Something done by the click on the page that a link opens: confirming an address, sending a link again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    /// What the link carries.
    pub token: String,
}

/// Answers of the pages up to one of them, to be checked by the server before going on (T3, T4, M2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PageCheck<F> {
    /// End of the page's address.
    pub page: String,
    /// What was typed so far; what isn't asked yet is empty.
    pub form: F,
}

/// The answer to a sign-up, the same whatever the server found (T5, M2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUpReceipt {
    /// Lets this browser ask for the e-mail again.
    pub handle: String,
}

/// Asks for the sign-up's e-mail again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResendForm {
    /// See [`SignUpReceipt`].
    pub handle: String,
}

/// Who is signed in, as the header and the tenant's home show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The name shown: first name and surname of the main signatory.
    pub name: String,
    /// The login identifier, as shown.
    pub identifier: String,
    /// The e-mail address.
    pub email: String,
    /// Minutes without a request after which the session ends; none when the person stays signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_minutes: Option<u32>,
    /// The lease (tenants).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<LeaseSummary>,
    /// The organisation whose correspondent (*correspondant Médiation*) it is (M2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationSummary>,
    /// The client organisation that it acts for (A5).
    #[cfg(feature = "onboarding")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientSummary>,
    /// Consents given, newest first (A10).
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// What is asked before anything else: until it is done, nothing personal is answered. Programs ask the answer
    /// itself; those of tenants alone are too small for more.
    #[cfg(feature = "onboarding")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// What is asked of who is signed in before anything else.
#[cfg(feature = "onboarding")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// The newest consent is to other terms than those in force (A10).
    Terms,
    /// The password has come to its end (P2).
    Password,
}

/// The lease as its tenant sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaseSummary {
    /// The reference, digits only.
    pub reference: String,
    /// Street, postal code and town, one line each; may be empty.
    pub address: Vec<String>,
}

/// The organisation as its correspondent sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrganisationSummary {
    /// The name under which consumers find it.
    pub name: String,
    /// Its SIREN, nine digits.
    pub siren: String,
    /// It is a member of the scheme.
    pub member: bool,
}

/// A client organisation as its users see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientSummary {
    /// Its name.
    pub name: String,
    /// Its client number.
    pub number: String,
    /// Whether this user is one of its administrators.
    pub administrator: bool,
    /// This user is its only active administrator: a second one should be named (A8).
    #[serde(default)]
    pub alone: bool,
    /// The services that are open to this user: name of each, and the [`crate::onboarding::Level`] by its name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rights: Vec<(String, String)>,
}

/// Accepts the terms in force, after they changed (A10).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
pub struct ConsentForm {
    /// The version accepted; empty when the box isn't ticked.
    #[validate(custom(function = "in_force", use_context))]
    pub read_terms: String,
}

/// A consent to terms of use (A10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Version of the text.
    pub version: String,
    /// SHA-256 of the exact text, lower-case hexadecimal.
    pub sha256: String,
    /// When, RFC 3339, UTC.
    pub accepted_at: String,
}

impl SignInForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl PasswordResetForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl IdentifierReminderForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl ConsentForm {
    /// What is wrong, if anything.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl NewPasswordForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The token and the password, checked against who its owner is (empty texts where that isn't known).
    ///
    /// # Errors
    /// The problem of the field at fault.
    pub fn parse(&self, portal: &Portal, about: About<'_>) -> Result<(Token, Password), FieldProblem> {
        let token = Token::parse(&self.token).map_err(|error| FieldProblem::new("token", &error))?;
        let password = Password::parse(&self.password, portal.password, about)
            .map_err(|error| FieldProblem::new("password", &error))?;
        Ok((token, password))
    }
}
