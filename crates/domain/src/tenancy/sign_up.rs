//! The form of the sign-up, its checks, and what it becomes when they pass.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _, ValidationError};

use crate::checks;
use crate::journey::{Answers, answer};
use crate::portal::{Context, Portal, TenancyRules};
use crate::problem::{FieldProblem, field_problems, invalid, invalid_at};
use crate::terms;
use crate::values::{About, Date, DateError, Email, LeaseReference, Password, PersonName};
use crate::wire::DateFields;

/// What the browser sends: texts as typed. The same checks run on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
#[validate(schema(function = "password_is_not_about_oneself", use_context, skip_on_field_errors = false))]
pub struct SignUpForm {
    /// *Référence client* (T2).
    #[validate(custom(function = "reference", use_context))]
    pub reference: String,
    /// Surname of the main signatory (*signataire principal*, T3).
    #[validate(custom(function = "surname", use_context))]
    pub surname: String,
    /// Birth date of the main signatory, where the landlord asks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<DateFields>,
    /// E-mail address, where the link is sent.
    #[validate(custom(function = "checks::email"))]
    pub email: String,
    /// The password chosen (T4). [`Debug`] of this form must not be logged.
    pub password: String,
    /// Version of the terms accepted, empty when the box isn't ticked (T12).
    #[validate(custom(function = "terms::in_force", use_context))]
    pub terms: String,
}

/// A form whose every field is right.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// See [`SignUpForm::reference`].
    pub reference: LeaseReference,
    /// See [`SignUpForm::surname`].
    pub surname: PersonName,
    /// See [`SignUpForm::birth_date`].
    pub birth_date: Option<Date>,
    /// See [`SignUpForm::email`].
    pub email: Email,
    /// See [`SignUpForm::password`]; the first name on the lease is compared by the server afterwards.
    pub password: Password,
}

impl SignUpForm {
    /// The form that the answers of the wizard make.
    pub fn from_answers(answers: &Answers, portal: &Portal) -> Self {
        let asks_birth_date = portal.tenancy.as_ref().is_some_and(|rules| rules.asks_birth_date);
        Self {
            reference: answer(answers, "reference").to_owned(),
            surname: answer(answers, "surname").to_owned(),
            birth_date: asks_birth_date.then(|| DateFields::from_answers(answers, "birth_date")),
            email: answer(answers, "email").to_owned(),
            password: answer(answers, "password").to_owned(),
            terms: terms::accepted(answers, "terms", portal),
        }
    }

    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        let mut problems =
            self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default();
        if let Err(error) = self.birth_date(context) {
            problems.push(FieldProblem::new("birth_date", &error));
        }
        problems
    }

    /// The values, when every field is right.
    ///
    /// # Errors
    /// Every problem, as [`Self::problems`] gives them.
    pub fn parse(&self, context: Context<'_>) -> Result<SignUp, Vec<FieldProblem>> {
        let problems = self.problems(context);
        let values = || -> Option<SignUp> {
            Some(SignUp {
                reference: LeaseReference::parse(&self.reference, &rules(context)?.reference).ok()?,
                surname: PersonName::parse(&self.surname).ok()?,
                birth_date: self.birth_date(context).ok()?,
                email: Email::parse(&self.email).ok()?,
                password: Password::parse(&self.password, context.portal.password, self.about("")).ok()?,
            })
        };
        if problems.is_empty() { values().ok_or(problems) } else { Err(problems) }
    }

    /// Who the password's owner says to be, with the first name known from the lease, or empty.
    pub fn about<'a>(&'a self, first_name: &'a str) -> About<'a> {
        About { surname: &self.surname, first_name, email: &self.email }
    }

    fn birth_date(&self, context: Context<'_>) -> Result<Option<Date>, DateError> {
        if !rules(context).is_some_and(|rules| rules.asks_birth_date) {
            return Ok(None);
        }
        self.birth_date.as_ref().ok_or(DateError::Required)?.parse_past(context.today).map(Some)
    }
}

fn rules(context: Context<'_>) -> Option<&TenancyRules> {
    context.portal.tenancy.as_ref()
}

fn reference(typed: &str, context: &Context<'_>) -> Result<(), ValidationError> {
    let rules = rules(*context).ok_or_else(|| ValidationError::new("not_open"))?;
    LeaseReference::parse(typed, &rules.reference).map(drop).map_err(|error| invalid(&error))
}

fn surname(typed: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    PersonName::parse(typed).map(drop).map_err(|error| invalid(&error))
}

fn password_is_not_about_oneself(form: &SignUpForm, context: &Context<'_>) -> Result<(), ValidationError> {
    Password::parse(&form.password, context.portal.password, form.about(""))
        .map(drop)
        .map_err(|error| invalid_at("password", &error))
}
