//! Coming to the desk: welcome, password, second factor (D3).

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _};

use super::Role;
use crate::checks;
use crate::portal::Context;
use crate::problem::{FieldProblem, field_problems};
use crate::values::{About, Email, Password, PersonName, Token};

/// Digits of a code that an authenticator shows.
const DIGITS: usize = 6;

/// How far somebody has come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeskStage {
    /// The password was right, and no authenticator is known: one is set up now.
    Enrol,
    /// The password was right: a code is asked for.
    Code,
    /// The desk is open.
    Open,
}

/// Who is at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeskSession {
    /// First name and surname.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// What they are there for.
    pub role: Role,
    /// How far they have come in.
    pub stage: DeskStage,
    /// Minutes without a request after which the session ends.
    pub idle_minutes: u32,
    /// Recovery codes that are left; few are worth a word.
    pub recovery_codes_left: u32,
    /// The portal has client organisations: letters, clients, requests.
    pub onboarding: bool,
    /// The portal has a mediation scheme: memberships.
    pub mediation: bool,
    /// The portal gives accounts to partners: letters, accounts.
    #[serde(default)]
    pub partners: bool,
}

/// E-mail address and password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeskSignInForm {
    /// As typed.
    #[validate(custom(function = "checks::required"))]
    pub email: String,
    /// As typed.
    #[validate(custom(function = "checks::required"))]
    pub password: String,
}

/// The second factor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    /// The six digits that the authenticator shows or, to open the desk, a recovery code; as typed.
    #[validate(custom(function = "checks::required"))]
    pub code: String,
}

/// What an authenticator is given, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The secret in base 32, in groups of four, for who types it.
    pub secret: String,
    /// The same as an address `otpauth://`.
    pub uri: String,
    /// The address as a QR code: a whole `<svg>` element, black on white with its quiet zone.
    pub picture: String,
}

/// What opens the desk when the authenticator is lost: each once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecoveryCodes {
    /// Eight codes such as `7K3MP-ACD4E-WXTRR`; they are never shown again.
    pub recovery_codes: Vec<String>,
}

/// Whose welcome a one-time link is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WelcomeView {
    /// E-mail address.
    pub email: String,
    /// What they will be there for.
    pub role: Role,
    /// First name, when the link renews what is lost; empty the first time.
    pub first_name: String,
    /// Surname, likewise.
    pub surname: String,
}

/// Names and password, by the one-time link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
pub struct WelcomeForm {
    /// What the link carries.
    pub token: String,
    /// First name.
    #[validate(custom(function = "checks::name"))]
    pub first_name: String,
    /// Surname.
    #[validate(custom(function = "checks::name"))]
    pub own_surname: String,
    /// The password; names and address are compared by the server afterwards.
    #[validate(custom(function = "checks::password", use_context))]
    pub password: String,
}

impl DeskSignInForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

impl CodeForm {
    /// Everything that is wrong.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The six digits, if it is that: spaces don't count.
    pub fn digits(&self) -> Option<String> {
        let typed: String = self.code.chars().filter(|character| !character.is_whitespace()).collect();
        let right = typed.len() == DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit());
        right.then_some(typed)
    }
}

impl WelcomeForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// Names and password, checked against whose they are.
    ///
    /// # Errors
    /// The problems of the fields at fault.
    pub fn parse(
        &self,
        context: Context<'_>,
        email: &Email,
    ) -> Result<(PersonName, PersonName, Password), Vec<FieldProblem>> {
        let email = email.to_string();
        let problems = self.problems(context);
        if !problems.is_empty() {
            return Err(problems);
        }
        let name =
            |text, field| PersonName::parse(text).map_err(|error| vec![FieldProblem::new(field, &error)]);
        let first_name = name(&self.first_name, "first_name")?;
        let surname = name(&self.own_surname, "own_surname")?;
        let about = About { first_name: &self.first_name, surname: &self.own_surname, email: &email };
        let password = Password::parse(&self.password, context.portal.password, about)
            .map_err(|error| vec![FieldProblem::new("password", &error)])?;
        Ok((first_name, surname, password))
    }

    /// What the link carries, if it can be one.
    pub fn token(&self) -> Option<Token> {
        Token::parse(&self.token).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_a_code_of_an_authenticator() {
        for (typed, wanted) in [
            ("123456", Some("123456")),
            (" 012 345 ", Some("012345")),
            ("12345", None),
            ("1234567", None),
            ("７23456", None),
            ("7K3MP-ACD4E-WXTRR", None),
        ] {
            let form = CodeForm { code: typed.to_owned() };
            assert_eq!(form.digits().as_deref(), wanted, "{typed}");
        }
    }

    #[test]
    fn nothing_typed_is_said() {
        let problems = CodeForm { code: " ".to_owned() }.problems();
        assert_eq!(problems, [FieldProblem::plain("code", "required")]);
        let names: Vec<String> =
            DeskSignInForm::default().problems().into_iter().map(|problem| problem.name).collect();
        assert_eq!(names, ["email", "password"]);
    }
}
