//! Step 2: the organisation joins the scheme (M4, M5). Whoever is signed in is its correspondent.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidateArgs as _, ValidationError};

use crate::checks;
use crate::journey::{Answers, Field, Journey, Kind, NO, Page, Panel, TICKED, YES, answer};
use crate::portal::{Context, Portal};
use crate::problem::{Coded, FieldProblem, field_problems, invalid, invalid_at};
use crate::values::{PersonName, PromoCode};

/// The answer that names the text of the contract that was shown: its SHA-256.
pub const CONTRACT: &str = "contract";

/// The legal representative (*représentant légal*), the federation, the contract, the promotional code.
pub static MEMBERSHIP: Journey = Journey {
    name: "membership",
    path: "/mediation/adhesion",
    pages: &[
        Page {
            slug: "",
            text: "membership.representative",
            fields: &[FIRST_NAME, SURNAME],
            panel: Panel::Known,
            checked: true,
        },
        Page {
            slug: "federation",
            text: "membership.federation",
            fields: &[FEDERATION, PARTNER],
            panel: Panel::None,
            checked: true,
        },
        Page {
            slug: "contrat",
            text: "membership.contract",
            fields: &[AUTHORISED],
            panel: Panel::Document,
            checked: true,
        },
        Page {
            slug: "code",
            text: "membership.code",
            fields: &[PROMO_CODE],
            panel: Panel::None,
            checked: true,
        },
    ],
    closing: &[],
    problems: |answers, context| MembershipForm::from_answers(answers, context.portal).problems(context),
    endpoint: "/mediation/memberships",
    check_endpoint: "/mediation/membership/draft",
    kept: true,
};

const FIRST_NAME: Field =
    Field::new("representative_first_name", "field.representative_first_name", Kind::Text, "off");
const SURNAME: Field =
    Field::new("representative_surname", "field.representative_surname", Kind::Text, "off");
const FEDERATION: Field =
    Field::new("federation", "field.federation", Kind::YesNo, "off").asked_if(has_partners);
const PARTNER: Field = Field::new("partner", "field.partner", Kind::Select, "off")
    .asked_if(has_partners)
    .shown_if(|answers| answer(answers, "federation") == YES);
// Nobody can agree to what isn't there yet.
const AUTHORISED: Field = Field::new("authorised", "field.authorised", Kind::Consent, "off")
    .shown_if(|answers| !answer(answers, CONTRACT).is_empty());
const PROMO_CODE: Field = Field::new("promo_code", "field.promo_code", Kind::Code, "off")
    .asked_if(|portal| portal.mediation.as_ref().is_some_and(|rules| rules.asks_code))
    .optional();

fn has_partners(portal: &Portal) -> bool {
    portal.mediation.as_ref().is_some_and(|rules| !rules.partners.is_empty())
}

/// The answers that are kept for who goes on later: those of the journey's fields, and no others.
pub fn carried(answers: &Answers) -> Answers {
    let mut kept = Answers::new();
    let fields = MEMBERSHIP.pages.iter().flat_map(|page| page.fields).map(|field| field.name);
    for name in fields.chain([CONTRACT]) {
        if let Some(value) = answers.get(name) {
            kept.insert(name.to_owned(), value.clone());
        }
    }
    kept
}

/// What the browser sends: texts as typed. The same checks run on both sides.
#[expect(clippy::duplicated_attributes, reason = "two checks of the whole form, each with its own arguments")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[validate(context = "Context<'v_a>")]
#[validate(schema(function = "federation_and_partner", use_context, skip_on_field_errors = false))]
#[validate(schema(function = "code_is_answered", use_context, skip_on_field_errors = false))]
pub struct MembershipForm {
    /// First name of the legal representative: the director's, unless it was changed.
    #[validate(custom(function = "checks::name"))]
    pub representative_first_name: String,
    /// Surname of the legal representative.
    #[validate(custom(function = "checks::name"))]
    pub representative_surname: String,
    /// *Je fais partie d'une fédération, association ou syndicat partenaire*: [`YES`] or [`NO`].
    #[serde(default)]
    pub federation: String,
    /// Which one, by its code.
    #[serde(default)]
    pub partner: String,
    /// *Je suis autorisé à engager mon organisme*: SHA-256 of the contract shown, empty when the box isn't ticked.
    #[validate(custom(function = "authorised", use_context))]
    pub authorised: String,
    /// The promotional code as typed, empty for none; absent while nobody was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promo_code: Option<String>,
}

/// A form whose every field is right. Whether the contract is the one in force, and the code a valid one, is the
/// server's to say.
#[derive(Clone, Debug)]
pub struct Membership {
    /// See [`MembershipForm::representative_first_name`].
    pub representative_first_name: PersonName,
    /// See [`MembershipForm::representative_surname`].
    pub representative_surname: PersonName,
    /// Code of the partner that the organisation is part of.
    pub partner: Option<String>,
    /// SHA-256 of the contract that was agreed to.
    pub contract: String,
    /// The promotional code.
    pub promo_code: Option<PromoCode>,
}

impl MembershipForm {
    /// The form that the answers of the wizard make.
    pub fn from_answers(answers: &Answers, portal: &Portal) -> Self {
        let text = |name| answer(answers, name).to_owned();
        let federation = if has_partners(portal) { text("federation") } else { String::new() };
        let asks_code = portal.mediation.as_ref().is_some_and(|rules| rules.asks_code);
        Self {
            representative_first_name: text("representative_first_name"),
            representative_surname: text("representative_surname"),
            // A choice made before the answer was changed to "no" isn't meant any more.
            partner: if federation == YES { text("partner") } else { String::new() },
            federation,
            authorised: if answer(answers, "authorised") == TICKED { text(CONTRACT) } else { String::new() },
            promo_code: answers.get("promo_code").filter(|_| asks_code).cloned(),
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
    pub fn parse(&self, context: Context<'_>) -> Result<Membership, Vec<FieldProblem>> {
        let problems = self.problems(context);
        let values = || -> Option<Membership> {
            Some(Membership {
                representative_first_name: PersonName::parse(&self.representative_first_name).ok()?,
                representative_surname: PersonName::parse(&self.representative_surname).ok()?,
                partner: Some(self.partner.clone()).filter(|partner| !partner.is_empty()),
                contract: self.authorised.clone(),
                promo_code: PromoCode::parse(self.promo_code.as_deref().unwrap_or_default()).ok()?,
            })
        };
        if problems.is_empty() { values().ok_or(problems) } else { Err(problems) }
    }
}

/// What isn't answered.
enum Missing {
    /// It must be.
    Required,
    /// The page was never shown.
    Unanswered,
    /// No such choice.
    Unknown,
}

impl Coded for Missing {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Unanswered => "unanswered",
            Self::Unknown => "choice_unknown",
        }
    }
}

fn federation_and_partner(form: &MembershipForm, context: &Context<'_>) -> Result<(), ValidationError> {
    let partners = context.portal.choices("partner");
    match form.federation.as_str() {
        // Where there is no partner nobody is asked, and nobody may say so.
        "" | NO if partners.is_empty() && form.partner.is_empty() => Ok(()),
        NO if form.partner.is_empty() => Ok(()),
        YES if !partners.is_empty() => match form.partner.as_str() {
            "" => Err(invalid_at("partner", &Missing::Required)),
            code if partners.iter().any(|partner| partner.code == code) => Ok(()),
            _ => Err(invalid_at("partner", &Missing::Unknown)),
        },
        "" => Err(invalid_at("federation", &Missing::Required)),
        _ => Err(invalid_at("federation", &Missing::Unknown)),
    }
}

/// Whether it is the digest of the text in force is known to the server only.
fn authorised(digest: &str, _: &Context<'_>) -> Result<(), ValidationError> {
    if digest.is_empty() { Err(invalid(&Missing::Required)) } else { Ok(()) }
}

fn code_is_answered(form: &MembershipForm, context: &Context<'_>) -> Result<(), ValidationError> {
    let asked = context.portal.mediation.as_ref().is_some_and(|rules| rules.asks_code);
    match &form.promo_code {
        None if asked => Err(invalid_at("promo_code", &Missing::Unanswered)),
        None => Ok(()),
        Some(_) if !asked => Err(invalid_at("promo_code", &Missing::Unknown)),
        Some(typed) => PromoCode::parse(typed).map(drop).map_err(|error| invalid_at("promo_code", &error)),
    }
}
