//! The sign-up of an organisation's first user (*premier utilisateur*, A1–A3).

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _, ValidationError};

use crate::checks;
use crate::journey::{Answers, Field, Journey, Kind, Page, Panel, TICKED, answer};
use crate::portal::{Context, OnboardingRules, Portal};
use crate::problem::{FieldProblem, field_problems, invalid};
use crate::terms;
use crate::values::{ClientNumber, Email, PersonName};

/// The answer that names the organisation, once the server has found it. Nobody types it.
pub const ORGANISATION: &str = "organisation";

/// What [`VARIANT`](crate::journey::VARIANT) answers when the organisation has an administrator already (A7).
pub const COLLEAGUE: &str = "colleague";

/// The answer that says that the organisation has an active administrator, `on`. Nobody types it.
pub const ADMINISTERED: &str = "administered";

/// The client number, who one is, review with the consent.
pub static REGISTRATION: Journey = Journey {
    name: "registration",
    path: "/administrateur/inscription",
    pages: &[
        Page {
            slug: "",
            text: "registration.client",
            fields: &[CLIENT_NUMBER, HUMAN],
            panel: Panel::AtHand,
            checked: true,
        },
        Page {
            slug: "identite",
            text: "registration.person",
            fields: &[FIRST_NAME, SURNAME, EMAIL, TAKEOVER],
            panel: Panel::Role,
            checked: false,
        },
    ],
    closing: &[TERMS],
    problems: |answers, context| RegistrationForm::from_answers(answers, context.portal).problems(context),
    endpoint: "/onboarding/registrations",
    check_endpoint: "/onboarding/registration-checks",
    kept: false,
};

const CLIENT_NUMBER: Field = Field::new("client_number", "field.client_number", Kind::Digits, "off");
pub(super) const HUMAN: Field = Field::new("human", "field.human", Kind::Human, "off");
const FIRST_NAME: Field = Field::new("first_name", "field.first_name", Kind::Text, "given-name");
const SURNAME: Field = Field::new("own_surname", "field.own_surname", Kind::Text, "family-name");
const EMAIL: Field = Field::new("email", "field.registration_email", Kind::Email, "email");
/// Nobody is left who decides: the legal representative is to designate somebody again (A8).
const TAKEOVER: Field = Field::new("takeover", "field.takeover", Kind::Tick, "off").shown_if(may_take_over);
const TERMS: Field = Field::new("read_terms", "field.read_terms", Kind::Consent, "off");

/// Only an organisation that has administrators can be said to have none left.
fn may_take_over(answers: &Answers) -> bool {
    answer(answers, ADMINISTERED) == TICKED
}

/// What the browser sends: texts as typed. The same checks run on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
pub struct RegistrationForm {
    /// *Numéro client* (A1).
    #[validate(custom(function = "client_number", use_context))]
    pub client_number: String,
    /// The pass that says that a person fills this in (A2).
    #[validate(custom(function = "human", use_context))]
    pub human: String,
    /// One's own first name.
    #[validate(custom(function = "checks::name"))]
    pub first_name: String,
    /// One's own surname.
    #[validate(custom(function = "checks::name"))]
    pub own_surname: String,
    /// E-mail address, where the link is sent.
    #[validate(custom(function = "checks::email"))]
    pub email: String,
    /// Version of the terms accepted, empty when the box isn't ticked (A3, A10).
    #[validate(custom(function = "terms::in_force", use_context))]
    pub read_terms: String,
    /// Says that the organisation's administrators are there no more, so that the legal representative designates
    /// another one by letter (A8). It means nothing where there is none.
    #[serde(default)]
    pub takeover: bool,
}

/// A form whose every field is right.
#[derive(Clone, Debug)]
pub struct Registration {
    /// See [`RegistrationForm::client_number`].
    pub number: ClientNumber,
    /// See [`RegistrationForm::human`].
    pub human: String,
    /// See [`RegistrationForm::first_name`].
    pub first_name: PersonName,
    /// See [`RegistrationForm::own_surname`].
    pub surname: PersonName,
    /// See [`RegistrationForm::email`].
    pub email: Email,
    /// See [`RegistrationForm::takeover`].
    pub takeover: bool,
}

impl RegistrationForm {
    /// The form that the answers of the wizard make.
    pub fn from_answers(answers: &Answers, portal: &Portal) -> Self {
        let text = |name| answer(answers, name).to_owned();
        Self {
            client_number: text("client_number"),
            human: text("human"),
            first_name: text("first_name"),
            own_surname: text("own_surname"),
            email: text("email"),
            read_terms: terms::accepted(answers, "read_terms", portal),
            takeover: may_take_over(answers) && answer(answers, "takeover") == TICKED,
        }
    }

    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.validate_with_args(&context).err().map(|found| field_problems(&found)).unwrap_or_default()
    }

    /// The values, when every field is right.
    ///
    /// # Errors
    /// Every problem, as [`Self::problems`] gives them.
    pub fn parse(&self, context: Context<'_>) -> Result<Registration, Vec<FieldProblem>> {
        let problems = self.problems(context);
        let values = || -> Option<Registration> {
            Some(Registration {
                number: ClientNumber::parse(&self.client_number, &rules(context)?.number).ok()?,
                human: self.human.clone(),
                first_name: PersonName::parse(&self.first_name).ok()?,
                surname: PersonName::parse(&self.own_surname).ok()?,
                email: Email::parse(&self.email).ok()?,
                takeover: self.takeover,
            })
        };
        if problems.is_empty() { values().ok_or(problems) } else { Err(problems) }
    }
}

fn rules(context: Context<'_>) -> Option<&OnboardingRules> {
    context.portal.onboarding.as_ref()
}

fn client_number(typed: &str, context: &Context<'_>) -> Result<(), ValidationError> {
    let rules = rules(*context).ok_or_else(|| ValidationError::new("not_open"))?;
    ClientNumber::parse(typed, &rules.number).map(drop).map_err(|error| invalid(&error))
}

fn human(pass: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    crate::human::answered(pass)
}
