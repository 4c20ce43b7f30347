//! The two wizards of the mediation scheme as data: what each page refuses, where one stands, and what a mediator without
//! partners or codes doesn't ask (rows M2, M4, M5, M7).

#![expect(clippy::expect_used, reason = "a test may panic")]

use palier_domain::journey::{Answers, Step, TICKED, answer_optional};
use palier_domain::mediation::{CONTRACT, IDENTITY, IdentityForm, MEMBERSHIP, MembershipForm, carried};
use palier_domain::portal::{Choice, Contact, Context, MediationRules, Portal, Terms};
use palier_domain::values::{Campaign, Date, PasswordPolicy, PasswordProfile};
use proptest::prelude::*;

fn portal(partners: &[&str], asks_code: bool) -> Portal {
    let choice = |code: &&str| Choice { code: (*code).to_owned(), name: format!("{code} – Union") };
    let opens = Date::new(2017, 7, 27).expect("a day");
    Portal {
        slug: "mediateur".into(),
        base: "/mediateur".into(),
        name: "Médiateur d'essai".into(),
        contact: Contact {
            phone: "05 49 00 00 00".into(),
            email: "contact@essai.example".into(),
            hours: "du lundi au vendredi".into(),
            hours_en: "Monday to Friday".into(),
        },
        password: PasswordPolicy { profile: PasswordProfile::Recommande, min_length: 8 },
        terms: Terms { version: "2026-11".into(), sha256: "00".repeat(32) },
        passkeys: false,
        tenancy: None,
        onboarding: None,
        partners: None,
        mediation: Some(MediationRules {
            campaign: Campaign { opens, preferred_end: None, hard_end: None },
            partners: partners.iter().map(choice).collect(),
            asks_code,
            contract: "2026-11".into(),
        }),
    }
}

fn usual() -> Portal {
    portal(&["USH", "FNAR"], true)
}

fn context(portal: &Portal) -> Context<'_> {
    Context { portal, today: Date::new(2026, 11, 22).expect("a day") }
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn with(pairs: &[(&str, &str)], name: &str, value: &str) -> Answers {
    let mut answers = answers(pairs);
    answers.insert(name.to_owned(), value.to_owned());
    answers
}

const IDENTITY_ANSWERS: [(&str, &str); 8] = [
    ("structure_name", "Habitat du Val"),
    ("number", "784 671 695"),
    ("director_first_name", "Anne-Lise"),
    ("director_surname", "Le Goff"),
    ("director_birth_date.day", "29"),
    ("director_birth_date.month", "2"),
    ("director_birth_date.year", "1972"),
    ("correspondent_email", "mediation@habitat-du-val.example"),
];
const PASSWORD: (&str, &str) = ("password", "quatre mots sans lien 9");
const MEMBERSHIP_ANSWERS: [(&str, &str); 7] = [
    ("representative_first_name", "Anne-Lise"),
    ("representative_surname", "Le Goff"),
    ("federation", "oui"),
    ("partner", "USH"),
    ("authorised", TICKED),
    (CONTRACT, "ab12"),
    ("promo_code", "ush 2017"),
];

#[test]
fn each_field_of_the_identity_says_what_is_wrong_with_it() {
    let portal = usual();
    for (field, typed, code) in [
        ("structure_name", "", "required"),
        ("structure_name", "A", "structure_short"),
        ("number", "123 456 789", "number_checksum"),
        ("number", "12345", "number_length"),
        ("director_first_name", "4nne", "name_character"),
        ("director_surname", " ", "required"),
        ("director_birth_date.day", "30", "date_no_such_day"),
        ("director_birth_date.year", "1971", "date_no_such_day"),
        ("director_birth_date.year", "2012", "date_minor"),
        ("director_birth_date.year", "", "date_year_missing"),
        ("correspondent_email", "mediation", "email_at"),
        ("password", "Le Goff 1972", "password_starts_surname"),
        ("password", "", "required"),
    ] {
        let mut answers = answers(&IDENTITY_ANSWERS);
        answers.insert(PASSWORD.0.to_owned(), PASSWORD.1.to_owned());
        answers.insert(field.to_owned(), typed.to_owned());
        let found = IdentityForm::from_answers(&answers).problems(context(&portal));
        let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.code.as_str())).collect();
        assert_eq!(found, [(field.split('.').next().unwrap_or_default(), code)], "{field} « {typed} »");
        assert_eq!(IDENTITY.step_of(found[0].0, &portal), Some(IDENTITY.next(&answers, context(&portal))));
    }
}

#[test]
fn an_identity_that_is_right_becomes_values() {
    let portal = usual();
    let mut answers = answers(&IDENTITY_ANSWERS);
    answers.insert(PASSWORD.0.to_owned(), PASSWORD.1.to_owned());
    assert_eq!(IDENTITY.next(&answers, context(&portal)), Step::Review);
    let identity = IdentityForm::from_answers(&answers).parse(context(&portal)).expect("all is right");
    assert_eq!(identity.number.siren(), "784671695");
    assert_eq!(identity.director_birth_date.to_string(), "1972-02-29");
}

#[test]
fn each_field_of_the_membership_says_what_is_wrong_with_it() {
    let portal = usual();
    for (field, typed, at, code) in [
        ("representative_surname", "", "representative_surname", "required"),
        ("federation", "", "federation", "required"),
        ("federation", "peut-être", "federation", "choice_unknown"),
        ("partner", "", "partner", "required"),
        ("partner", "UNPI", "partner", "choice_unknown"),
        ("authorised", "", "authorised", "required"),
        (CONTRACT, "", "authorised", "required"),
        ("promo_code", "!", "promo_code", "code_character"),
    ] {
        let answers = with(&MEMBERSHIP_ANSWERS, field, typed);
        let found = MembershipForm::from_answers(&answers, &portal).problems(context(&portal));
        let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.code.as_str())).collect();
        assert_eq!(found, [(at, code)], "{field} « {typed} »");
    }
}

#[test]
fn no_code_is_an_answer_once_it_was_asked() {
    let portal = usual();
    let mut answers = answers(&MEMBERSHIP_ANSWERS);
    answers.remove("promo_code");
    let code = MEMBERSHIP.step("code").expect("a page");
    assert_eq!(MEMBERSHIP.next(&answers, context(&portal)), code);
    answer_optional(MEMBERSHIP.fields(code, &portal), &mut answers);
    assert_eq!(MEMBERSHIP.next(&answers, context(&portal)), Step::Review);
    let membership = MembershipForm::from_answers(&answers, &portal).parse(context(&portal));
    assert_eq!(membership.expect("all is right").promo_code, None);
}

#[test]
fn a_partner_chosen_before_the_answer_became_no_is_not_meant() {
    let portal = usual();
    let answers = with(&MEMBERSHIP_ANSWERS, "federation", "non");
    let membership = MembershipForm::from_answers(&answers, &portal).parse(context(&portal));
    assert_eq!(membership.expect("all is right").partner, None);
    let forged = MembershipForm { partner: "USH".into(), ..MembershipForm::from_answers(&answers, &portal) };
    assert!(forged.parse(context(&portal)).is_err());
}

#[test]
fn a_mediator_without_partners_and_codes_asks_for_neither() {
    let portal = portal(&[], false);
    let contract = MEMBERSHIP.step("contrat").expect("a page");
    assert_eq!(MEMBERSHIP.steps(&portal), [Step::Page(0), contract, Step::Review]);
    assert_eq!(MEMBERSHIP.number(contract, &portal), (2, 3));
    assert_eq!(MEMBERSHIP.before(contract, &portal), Some(Step::Page(0)));
    assert_eq!(MEMBERSHIP.before(Step::Page(0), &portal), None);
    assert_eq!(MEMBERSHIP.after(contract, &portal), Step::Review);
    let answers = answers(&MEMBERSHIP_ANSWERS[..2]);
    assert_eq!(MEMBERSHIP.next(&answers, context(&portal)), contract);
    // A page that isn't this portal's can't be asked for.
    let left_out = MEMBERSHIP.step("federation").expect("a page");
    assert_eq!(MEMBERSHIP.guard(left_out, &answers, context(&portal)), Err(contract));
    let all = with(&MEMBERSHIP_ANSWERS[..2], "authorised", TICKED);
    let all = MembershipForm { authorised: "ab12".into(), ..MembershipForm::from_answers(&all, &portal) };
    assert!(all.parse(context(&portal)).is_ok());
    let forged = MembershipForm { promo_code: Some("USH2017".into()), ..all.clone() };
    assert!(forged.parse(context(&portal)).is_err());
    let forged = MembershipForm { federation: "oui".into(), ..all };
    let found = forged.problems(context(&portal));
    let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.code.as_str())).collect();
    assert_eq!(found, [("federation", "choice_unknown")]);
}

#[test]
fn only_the_journeys_own_answers_are_carried() {
    let kept = carried(&with(&MEMBERSHIP_ANSWERS, "password", "secret"));
    assert_eq!(kept, answers(&MEMBERSHIP_ANSWERS));
}

proptest! {
    #[test]
    fn what_parses_has_no_problem_and_the_other_way_round(
        values in proptest::collection::vec(proptest::option::of("\\PC{0,12}"), MEMBERSHIP_ANSWERS.len()),
        partners in any::<bool>(),
        asks_code in any::<bool>(),
    ) {
        let portal = portal(if partners { &["USH"] } else { &[] }, asks_code);
        let mut typed = answers(&MEMBERSHIP_ANSWERS);
        for ((name, _), value) in MEMBERSHIP_ANSWERS.iter().zip(values) {
            if let Some(value) = value { typed.insert((*name).to_owned(), value); }
        }
        let form = MembershipForm::from_answers(&typed, &portal);
        let problems = form.problems(context(&portal));
        prop_assert_eq!(form.parse(context(&portal)).is_ok(), problems.is_empty());
        for problem in &problems {
            let place = MEMBERSHIP.step_of(&problem.name, &portal);
            prop_assert!(place.is_some(), "{} is asked nowhere", problem.name);
        }
        let next = MEMBERSHIP.next(&typed, context(&portal));
        prop_assert_eq!(MEMBERSHIP.guard(next, &typed, context(&portal)), Ok(next));
    }
}

#[test]
fn nobody_agrees_before_the_contract_is_there() {
    let portal = usual();
    let step = MEMBERSHIP.step_of("authorised", &portal).expect("a page");
    let authorised =
        MEMBERSHIP.fields(step, &portal).find(|field| field.name == "authorised").expect("a field");
    for (contract, shown) in [("ab12", true), ("", false)] {
        assert_eq!((authorised.shown)(&with(&MEMBERSHIP_ANSWERS, CONTRACT, contract)), shown, "{contract}");
    }
}

#[test]
fn the_federation_is_chosen_by_who_is_in_one() {
    let portal = portal(&["USH"], true);
    let step = MEMBERSHIP.step_of("partner", &portal).expect("a page");
    let partner = MEMBERSHIP.fields(step, &portal).find(|field| field.name == "partner").expect("a field");
    for (said, shown) in [("oui", true), ("non", false), ("", false)] {
        assert_eq!((partner.shown)(&with(&MEMBERSHIP_ANSWERS, "federation", said)), shown, "{said}");
    }
}
