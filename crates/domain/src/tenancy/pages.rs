//! The pages of the sign-up, as data.

use super::sign_up::SignUpForm;
use crate::journey::{Field, Journey, Kind, Page, Panel, always};

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
};

const REFERENCE: Field = Field {
    name: "reference",
    text: "field.reference",
    kind: Kind::Digits,
    autocomplete: "off",
    asked: always,
};

const SURNAME: Field = Field {
    name: "surname",
    text: "field.surname",
    kind: Kind::Text,
    autocomplete: "family-name",
    asked: always,
};

const BIRTH_DATE: Field = Field {
    name: "birth_date",
    text: "field.birth_date",
    kind: Kind::Date,
    autocomplete: "bday",
    asked: |portal| portal.tenancy.as_ref().is_some_and(|rules| rules.asks_birth_date),
};

const EMAIL: Field =
    Field { name: "email", text: "field.email", kind: Kind::Email, autocomplete: "email", asked: always };

const PASSWORD: Field = Field {
    name: "password",
    text: "field.password",
    kind: Kind::NewPassword,
    autocomplete: "new-password",
    asked: always,
};

const TERMS: Field =
    Field { name: "terms", text: "field.terms", kind: Kind::Consent, autocomplete: "off", asked: always };
