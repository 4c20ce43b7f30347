//! The pages of the sign-up, as data.

use super::sign_up::SignUpForm;
use crate::journey::{Field, Journey, Kind, Page, Panel};

/// The tenant's sign-up: reference, who one is, e-mail and password, review with the consent (T1–T4, T12).
pub static SIGN_UP: Journey = Journey {
    name: "sign_up",
    path: "/locataire/inscription",
    pages: &[
        Page {
            slug: "",
            text: "sign_up.reference",
            fields: &[REFERENCE],
            panel: Panel::AtHand,
            checked: false,
        },
        Page {
            slug: "signataire",
            text: "sign_up.signatory",
            fields: &[SURNAME, BIRTH_DATE],
            panel: Panel::None,
            checked: true,
        },
        Page {
            slug: "acces",
            text: "sign_up.access",
            fields: &[EMAIL, PASSWORD],
            panel: Panel::None,
            checked: true,
        },
    ],
    closing: &[TERMS],
    problems: |answers, context| SignUpForm::from_answers(answers, context.portal).problems(context),
    endpoint: "/tenancy/sign-ups",
    check_endpoint: "/tenancy/sign-up-checks",
    kept: false,
};

const REFERENCE: Field = Field::new("reference", "field.reference", Kind::Digits, "off");
const SURNAME: Field = Field::new("surname", "field.surname", Kind::Text, "family-name");
const BIRTH_DATE: Field = Field::new("birth_date", "field.birth_date", Kind::Date, "bday")
    .asked_if(|portal| portal.tenancy.as_ref().is_some_and(|rules| rules.asks_birth_date));
const EMAIL: Field = Field::new("email", "field.email", Kind::Email, "email");
const PASSWORD: Field = Field::new("password", "field.password", Kind::NewPassword, "new-password");
const TERMS: Field = Field::new("terms", "field.terms", Kind::Consent, "off");
