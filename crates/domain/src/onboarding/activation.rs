//! The code of the letter typed: the account of the administrator is made (A5), or the request is refused (A4).

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _, ValidationError};

use super::registration::HUMAN;
use crate::checks;
use crate::journey::{Answers, Field, Kind, answer};
use crate::portal::Context;
use crate::problem::{FieldProblem, field_problems, invalid};
use crate::values::{About, Email, LetterCode, Password};

const CODE: Field = Field::new("letter_code", "field.letter_code", Kind::Code, "off");

/// Activate the account. The e-mail address is the second thing that whoever found the letter would have to know
/// (`standards.md`, Passwords and codes).
pub static ACTIVATION: [Field; 4] = [
    Field::new("email", "field.activation_email", Kind::Email, "email"),
    CODE,
    Field::new("password", "field.activation_password", Kind::NewPassword, "new-password"),
    HUMAN,
];

/// Refuse a request that the organisation knows nothing of.
pub static REFUSAL: [Field; 1] = [CODE];

/// Have the link sent again that tells where the letter is.
pub static LETTER_LINK: [Field; 1] = [Field::new("email", "field.activation_email", Kind::Email, "email")];

/// What the browser sends: texts as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
#[validate(schema(function = "password_isn_t_the_address", use_context, skip_on_field_errors = false))]
pub struct ActivationForm {
    /// The address given at the sign-up.
    #[validate(custom(function = "checks::email"))]
    pub email: String,
    /// *Code reçu par courrier*. [`Debug`] of this form must not be logged.
    #[validate(custom(function = "code", use_context))]
    pub letter_code: String,
    /// The password chosen; the applicant's names are compared by the server afterwards.
    pub password: String,
    /// The pass that says that a person fills this in: whoever tries codes, or wastes somebody's tries, pays for it.
    #[validate(custom(function = "human", use_context))]
    pub human: String,
}

/// A form whose every field is right.
#[derive(Clone, Debug)]
pub struct Activation {
    /// See [`ActivationForm::email`].
    pub email: Email,
    /// See [`ActivationForm::letter_code`].
    pub code: LetterCode,
}

impl ActivationForm {
    /// The form that the answers make.
    pub fn from_answers(answers: &Answers) -> Self {
        let text = |name| answer(answers, name).to_owned();
        Self {
            email: text("email"),
            letter_code: text("letter_code"),
            password: text("password"),
            human: text("human"),
        }
    }

    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The values, when every field is right; the password is read by [`Self::password`].
    ///
    /// # Errors
    /// Every problem, as [`Self::problems`] gives them.
    pub fn parse(&self, context: Context<'_>) -> Result<Activation, Vec<FieldProblem>> {
        let problems = self.problems(context);
        let values = || {
            Some(Activation {
                email: Email::parse(&self.email).ok()?,
                code: LetterCode::parse(&self.letter_code).ok()?,
            })
        };
        if problems.is_empty() { values().ok_or(problems) } else { Err(problems) }
    }

    /// The password, once it is known whose it is.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn password(
        &self,
        context: Context<'_>,
        first_name: &str,
        surname: &str,
    ) -> Result<Password, FieldProblem> {
        let about = About { surname, first_name, email: &self.email };
        Password::parse(&self.password, context.portal.password, about)
            .map_err(|error| FieldProblem::new("password", &error))
    }
}

/// What the browser sends to refuse a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefusalForm {
    /// The code of the letter. [`Debug`] of this form must not be logged.
    #[validate(custom(function = "right_code"))]
    pub letter_code: String,
}

impl RefusalForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

fn human(pass: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    crate::human::answered(pass)
}

fn code(typed: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    right_code(typed)
}

fn right_code(typed: &str) -> Result<(), ValidationError> {
    LetterCode::parse(typed).map(drop).map_err(|error| invalid(&error))
}

fn password_isn_t_the_address(form: &ActivationForm, context: &Context<'_>) -> Result<(), ValidationError> {
    let about = About { email: &form.email, ..About::default() };
    Password::parse(&form.password, context.portal.password, about)
        .map(drop)
        .map_err(|error| crate::problem::invalid_at("password", &error))
}
