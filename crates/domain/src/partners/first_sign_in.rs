//! The first sign-in: who has a provisional password chooses another before anything else (P4).

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _, ValidationError};

use crate::checks;
use crate::journey::{Answers, Field, Kind, answer};
use crate::portal::Context;
use crate::problem::{FieldProblem, field_problems, invalid};
use crate::values::{About, LetterCode, Password, UserNumber};

const NUMBER: Field = Field::new("user_number", "field.user_number", Kind::Digits, "username");

/// What was sent.
pub static PROVISIONAL: [Field; 2] =
    [NUMBER, Field::new("provisional_password", "field.provisional_password", Kind::Code, "off")];

/// A password of one's own.
pub static CHOOSE: [Field; 1] =
    [Field::new("password", "field.new_password", Kind::NewPassword, "new-password")];

/// Who asks for new identifiers.
pub static IDENTIFIERS: [Field; 1] = [NUMBER];

/// What was sent, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProvisionalForm {
    /// *Numéro utilisateur*.
    #[validate(custom(function = "user_number"))]
    pub user_number: String,
    /// *Mot de passe provisoire*. [`Debug`] of this form must not be logged.
    #[validate(custom(function = "provisional_password"))]
    pub provisional_password: String,
}

/// A form whose every field is right.
#[derive(Clone, Debug)]
pub struct Provisional {
    /// See [`ProvisionalForm::user_number`].
    pub number: UserNumber,
    /// See [`ProvisionalForm::provisional_password`].
    pub secret: LetterCode,
}

/// The same with the password chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
pub struct FirstPasswordForm {
    /// See [`ProvisionalForm::user_number`].
    #[validate(custom(function = "number_in", use_context))]
    pub user_number: String,
    /// See [`ProvisionalForm::provisional_password`].
    #[validate(custom(function = "secret_in", use_context))]
    pub provisional_password: String,
    /// The password chosen; name and address are compared by the server afterwards.
    #[validate(custom(function = "checks::password", use_context))]
    pub password: String,
}

/// Asks for new identifiers (*identifiant perdu*, P5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentifiersForm {
    /// *Numéro utilisateur*.
    #[validate(custom(function = "user_number"))]
    pub user_number: String,
}

impl ProvisionalForm {
    /// The form that the answers make.
    pub fn from_answers(answers: &Answers) -> Self {
        let text = |name| answer(answers, name).to_owned();
        Self { user_number: text("user_number"), provisional_password: text("provisional_password") }
    }

    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The values, when every field is right.
    ///
    /// # Errors
    /// Every problem, as [`Self::problems`] gives them.
    pub fn parse(&self) -> Result<Provisional, Vec<FieldProblem>> {
        let values = || {
            Some(Provisional {
                number: UserNumber::parse(&self.user_number).ok()?,
                secret: LetterCode::parse(&self.provisional_password).ok()?,
            })
        };
        values().ok_or_else(|| self.problems())
    }
}

impl FirstPasswordForm {
    /// The form that what was sent and the password make.
    pub fn new(given: &ProvisionalForm, password: &str) -> Self {
        let ProvisionalForm { user_number, provisional_password } = given.clone();
        Self { user_number, provisional_password, password: password.to_owned() }
    }

    /// What was sent.
    pub fn given(&self) -> ProvisionalForm {
        let Self { user_number, provisional_password, .. } = self.clone();
        ProvisionalForm { user_number, provisional_password }
    }

    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The password, once it is known whose it is.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn password(&self, context: Context<'_>, about: About<'_>) -> Result<Password, FieldProblem> {
        Password::parse(&self.password, context.portal.password, about)
            .map_err(|error| FieldProblem::new("password", &error))
    }
}

impl IdentifiersForm {
    /// The form that the answers make.
    pub fn from_answers(answers: &Answers) -> Self {
        Self { user_number: answer(answers, "user_number").to_owned() }
    }

    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}

fn user_number(typed: &str) -> Result<(), ValidationError> {
    UserNumber::parse(typed).map(drop).map_err(|error| invalid(&error))
}

fn provisional_password(typed: &str) -> Result<(), ValidationError> {
    LetterCode::parse(typed).map(drop).map_err(|error| invalid(&error))
}

fn number_in(typed: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    user_number(typed)
}

fn secret_in(typed: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    provisional_password(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(user_number: &str, provisional_password: &str) -> ProvisionalForm {
        ProvisionalForm {
            user_number: user_number.to_owned(),
            provisional_password: provisional_password.to_owned(),
        }
    }

    #[test]
    fn what_was_sent_is_read_however_it_is_typed() {
        let secret = LetterCode::from_random([7; 16]);
        for typed in [secret.reveal().to_owned(), secret.reveal_in_groups().to_lowercase()] {
            let form = given(" 078 0270075 0001 ", &typed);
            let read = form.parse().expect("what was sent");
            assert_eq!((read.number.as_str(), read.secret), ("07802700750001", secret.clone()));
            assert!(form.problems().is_empty());
        }
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let told = |form: &ProvisionalForm| {
            form.problems().into_iter().map(|it| (it.name, it.code)).collect::<Vec<_>>()
        };
        let named = |codes: [&str; 2]| {
            let names = ["user_number", "provisional_password"];
            names
                .into_iter()
                .zip(codes)
                .map(|(name, code)| (name.to_owned(), code.to_owned()))
                .collect::<Vec<_>>()
        };
        let mut problems = told(&given("", ""));
        problems.sort_by(|one, other| other.cmp(one));
        assert_eq!(problems, named(["required", "required"]));
        let mut problems = told(&given("0780270075", "mot de passe"));
        problems.sort_by(|one, other| other.cmp(one));
        assert_eq!(problems, named(["user_number_length", "letter_code_character"]));
        assert!(given("0780270075", "").parse().is_err());
    }

    #[test]
    fn a_form_holds_what_it_was_made_of() {
        let sent = given("07802700750001", "7K3MP-ACD4E-WXTRR");
        assert_eq!(FirstPasswordForm::new(&sent, "secret").given(), sent);
    }
}
