//! Step 1: the organisation's digital identity (M2).

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _, ValidationError};

use crate::checks;
use crate::journey::{Answers, Field, Journey, Kind, Page, Panel, answer};
use crate::portal::Context;
use crate::problem::{FieldProblem, field_problems, invalid, invalid_at};
use crate::values::{About, Date, DateError, Email, OrganisationNumber, Password, PersonName, StructureName};
use crate::wire::DateFields;

/// The organisation, its managing director (*directeur général*), its correspondent (*correspondant Médiation*). Each
/// page is about one of them, because people confuse them.
pub static IDENTITY: Journey = Journey {
    name: "identity",
    path: "/mediation/identite",
    pages: &[
        Page {
            slug: "",
            text: "identity.organisation",
            fields: &[STRUCTURE_NAME, NUMBER],
            panel: Panel::WhoseData,
            checked: false,
        },
        Page {
            slug: "directeur",
            text: "identity.director",
            fields: &[DIRECTOR_FIRST_NAME, DIRECTOR_SURNAME, DIRECTOR_BIRTH_DATE],
            panel: Panel::None,
            checked: false,
        },
        Page {
            slug: "correspondant",
            text: "identity.correspondent",
            fields: &[EMAIL, PASSWORD],
            panel: Panel::None,
            checked: true,
        },
    ],
    closing: &[],
    problems: |answers, context| IdentityForm::from_answers(answers).problems(context),
    endpoint: "/mediation/identities",
    check_endpoint: "/mediation/identity-checks",
    kept: false,
};

const STRUCTURE_NAME: Field =
    Field::new("structure_name", "field.structure_name", Kind::Text, "organization");
const NUMBER: Field = Field::new("number", "field.number", Kind::Digits, "off");
// The person who fills this in isn't the director: the browser must not put in their own name.
const DIRECTOR_FIRST_NAME: Field =
    Field::new("director_first_name", "field.director_first_name", Kind::Text, "off");
const DIRECTOR_SURNAME: Field = Field::new("director_surname", "field.director_surname", Kind::Text, "off");
const DIRECTOR_BIRTH_DATE: Field =
    Field::new("director_birth_date", "field.director_birth_date", Kind::Date, "off");
const EMAIL: Field = Field::new("correspondent_email", "field.correspondent_email", Kind::Email, "email");
const PASSWORD: Field =
    Field::new("password", "field.organisation_password", Kind::NewPassword, "new-password");

/// What the browser sends: texts as typed. The same checks run on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
#[validate(schema(function = "password_is_not_about_them", use_context, skip_on_field_errors = false))]
pub struct IdentityForm {
    /// *Dénomination de la structure*: the name under which consumers will find the organisation.
    #[validate(custom(function = "structure_name", use_context))]
    pub structure_name: String,
    /// SIREN or SIRET, so that one organisation has one identity.
    #[validate(custom(function = "number", use_context))]
    pub number: String,
    /// First name of the managing director.
    #[validate(custom(function = "checks::name"))]
    pub director_first_name: String,
    /// Surname of the managing director.
    #[validate(custom(function = "checks::name"))]
    pub director_surname: String,
    /// Birth date of the managing director.
    #[serde(default)]
    pub director_birth_date: DateFields,
    /// E-mail address of the correspondent, where the link is sent.
    #[validate(custom(function = "checks::email"))]
    pub correspondent_email: String,
    /// The one password of the account (M3). [`Debug`] of this form must not be logged.
    pub password: String,
}

/// A form whose every field is right.
#[derive(Clone, Debug)]
pub struct Identity {
    /// See [`IdentityForm::structure_name`].
    pub structure_name: StructureName,
    /// See [`IdentityForm::number`].
    pub number: OrganisationNumber,
    /// See [`IdentityForm::director_first_name`].
    pub director_first_name: PersonName,
    /// See [`IdentityForm::director_surname`].
    pub director_surname: PersonName,
    /// See [`IdentityForm::director_birth_date`].
    pub director_birth_date: Date,
    /// See [`IdentityForm::correspondent_email`].
    pub email: Email,
    /// See [`IdentityForm::password`].
    pub password: Password,
}

impl IdentityForm {
    /// The form that the answers of the wizard make.
    pub fn from_answers(answers: &Answers) -> Self {
        let text = |name| answer(answers, name).to_owned();
        Self {
            structure_name: text("structure_name"),
            number: text("number"),
            director_first_name: text("director_first_name"),
            director_surname: text("director_surname"),
            director_birth_date: DateFields::from_answers(answers, "director_birth_date"),
            correspondent_email: text("correspondent_email"),
            password: text("password"),
        }
    }

    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        let mut problems =
            self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default();
        if let Err(error) = self.born(context) {
            problems.push(FieldProblem::new("director_birth_date", &error));
        }
        problems
    }

    /// The values, when every field is right.
    ///
    /// # Errors
    /// Every problem, as [`Self::problems`] gives them.
    pub fn parse(&self, context: Context<'_>) -> Result<Identity, Vec<FieldProblem>> {
        let problems = self.problems(context);
        let values = || -> Option<Identity> {
            Some(Identity {
                structure_name: StructureName::parse(&self.structure_name).ok()?,
                number: OrganisationNumber::parse(&self.number).ok()?,
                director_first_name: PersonName::parse(&self.director_first_name).ok()?,
                director_surname: PersonName::parse(&self.director_surname).ok()?,
                director_birth_date: self.born(context).ok()?,
                email: Email::parse(&self.correspondent_email).ok()?,
                password: Password::parse(&self.password, context.portal.password, self.about()).ok()?,
            })
        };
        if problems.is_empty() { values().ok_or(problems) } else { Err(problems) }
    }

    /// Whose names the password must not be made of.
    pub fn about(&self) -> About<'_> {
        About {
            surname: &self.director_surname,
            first_name: &self.director_first_name,
            email: &self.correspondent_email,
        }
    }

    fn born(&self, context: Context<'_>) -> Result<Date, DateError> {
        self.director_birth_date.parse_adult(context.today)
    }
}

fn structure_name(typed: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    StructureName::parse(typed).map(drop).map_err(|error| invalid(&error))
}

fn number(typed: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    OrganisationNumber::parse(typed).map(drop).map_err(|error| invalid(&error))
}

fn password_is_not_about_them(form: &IdentityForm, context: &Context<'_>) -> Result<(), ValidationError> {
    Password::parse(&form.password, context.portal.password, form.about())
        .map(drop)
        .map_err(|error| invalid_at("password", &error))
}
