//! The forms of client organisations: which field each refuses and why (A1–A8).

#![expect(clippy::expect_used, reason = "a test may panic")]

use palier_domain::journey::{Answers, TICKED};
use palier_domain::onboarding::{
    ADMINISTERED, ActivationForm, FollowForm, InvitationForm, JoiningForm, REASON_LENGTH, REGISTRATION,
    ReasonForm, RefusalForm, RegistrationForm, RightsError,
};
use palier_domain::portal::{Context, Portal};
use palier_domain::problem::{Coded, FieldProblem};
use palier_domain::values::{Date, LetterCode};

const PASS: &str = "a pass, which only the server can read";

fn portal() -> Portal {
    let portals: Vec<Portal> =
        serde_json::from_str(include_str!("../../../fuzz/portals.json")).expect("portals");
    portals.into_iter().find(|portal| portal.onboarding.is_some()).expect("a portal of clients")
}

fn context(portal: &Portal) -> Context<'_> {
    Context { portal, today: Date::new(2026, 11, 22).expect("a day") }
}

fn told(problems: &[FieldProblem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.name, problem.code)).collect()
}

fn answers(changed: &[(&str, &str)]) -> Answers {
    let usual = [
        ("client_number", "237517"),
        ("human", PASS),
        ("first_name", "Solenn"),
        ("own_surname", "Guivarc’h"),
        ("email", "solenn@exemple.fr"),
        ("read_terms", TICKED),
    ];
    usual.iter().chain(changed).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a1_each_field_of_the_sign_up_says_what_is_wrong_with_it() {
    let portal = portal();
    let problems = |changed: &[(&str, &str)]| {
        let form = RegistrationForm::from_answers(&answers(changed), &portal);
        let found = form.problems(context(&portal));
        assert_eq!(form.parse(context(&portal)).is_ok(), found.is_empty());
        assert_eq!((REGISTRATION.problems)(&answers(changed), context(&portal)), found);
        told(&found)
    };
    assert_eq!(problems(&[]), Vec::<String>::new());
    for (field, typed, code) in [
        ("client_number", "", "required"),
        ("client_number", "2375I7", "reference_digits"),
        ("client_number", "1234", "reference_length"),
        ("human", "", "human_required"),
        ("human", TICKED, "human_pending"),
        ("first_name", " ", "required"),
        ("own_surname", "Gu1varch", "name_character"),
        ("email", "solenn", "email_at"),
        ("read_terms", "", "required"),
    ] {
        assert_eq!(problems(&[(field, typed)]), [format!("{field}: {code}")], "« {typed} »");
    }
}

#[test]
fn a8_only_where_there_are_administrators_can_they_have_gone() {
    let portal = portal();
    for (administered, takeover, wanted) in
        [(TICKED, TICKED, true), (TICKED, "", false), ("", TICKED, false), ("", "", false)]
    {
        let answers = answers(&[(ADMINISTERED, administered), ("takeover", takeover)]);
        let form = RegistrationForm::from_answers(&answers, &portal);
        assert_eq!(form.takeover, wanted, "{administered} {takeover}");
        assert_eq!(form.parse(context(&portal)).map(|values| values.takeover), Ok(wanted));
        let step = REGISTRATION.step_of("takeover", &portal).expect("a page");
        let field =
            REGISTRATION.fields(step, &portal).find(|field| field.name == "takeover").expect("a field");
        assert_eq!((field.shown)(&answers), administered == TICKED);
    }
}

#[test]
fn a5_the_code_of_the_letter_is_checked_before_it_is_sent() {
    let portal = portal();
    let code = LetterCode::from_random([7; 16]).reveal_in_groups();
    let problems = |changed: &[(&str, &str)]| {
        let usual = [
            ("email", "solenn@exemple.fr"),
            ("letter_code", &code),
            ("password", "tram Bleu 47 Vigne"),
            ("human", PASS),
        ];
        let answers: Answers = usual
            .iter()
            .chain(changed)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let form = ActivationForm::from_answers(&answers);
        let found = form.problems(context(&portal));
        assert_eq!(form.parse(context(&portal)).is_ok(), found.is_empty());
        told(&found)
    };
    assert_eq!(problems(&[]), Vec::<String>::new());
    for (field, typed, wrong) in [
        ("email", "", "required"),
        ("letter_code", "", "required"),
        ("letter_code", "222222222222223", "letter_code_check"),
        ("password", "", "required"),
        ("human", "", "human_required"),
    ] {
        assert_eq!(problems(&[(field, typed)]), [format!("{field}: {wrong}")], "« {typed} »");
    }
    let refusal = |typed: &str| told(&RefusalForm { letter_code: typed.to_owned() }.problems());
    assert_eq!(refusal(&code), Vec::<String>::new());
    assert_eq!(refusal(""), ["letter_code: required"]);
}

#[test]
fn a4_the_link_of_the_letter_goes_to_an_address() {
    let follow = |email: &str| told(&FollowForm { email: email.to_owned() }.problems());
    assert_eq!(follow("solenn@exemple.fr"), Vec::<String>::new());
    assert_eq!(follow("solenn"), ["email: email_at"]);
}

#[test]
fn a7_a_refusal_has_a_reason_of_some_length() {
    let reason = |typed: &str| ReasonForm { reason: typed.to_owned() }.problems();
    assert!(reason("Ne travaille plus ici.").is_empty());
    assert!(reason(&"é".repeat(REASON_LENGTH)).is_empty());
    assert_eq!(told(&reason(" ")), ["reason: required"]);
    let long = reason(&"é".repeat(REASON_LENGTH + 1));
    assert_eq!(told(&long), ["reason: too_long"]);
    assert_eq!(long[0].data["max"], REASON_LENGTH);
}

#[test]
fn a7_who_is_invited_is_somebody() {
    let form = |first_name: &str, surname: &str, email: &str| {
        told(
            &InvitationForm {
                first_name: first_name.into(),
                own_surname: surname.into(),
                email: email.into(),
                ..InvitationForm::default()
            }
            .problems(),
        )
    };
    assert_eq!(form("Solenn", "Guivarc’h", "solenn@exemple.fr"), Vec::<String>::new());
    assert_eq!(
        form("", "7", "solenn"),
        ["email: email_at", "first_name: required", "own_surname: name_character"]
    );
}

#[test]
fn a7_who_joins_chooses_a_password_and_accepts_what_is_in_force() {
    let portal = portal();
    let form = |password: &str, terms: &str| {
        told(
            &JoiningForm { token: "a".repeat(43), password: password.into(), read_terms: terms.into() }
                .problems(context(&portal)),
        )
    };
    assert_eq!(form("tram Bleu 47 Vigne", &portal.terms.version), Vec::<String>::new());
    assert_eq!(form("tram Bleu 47 Vigne", ""), Vec::<String>::new(), "accepted with the request");
    assert_eq!(form("tram Bleu 47 Vigne", "2019-01"), ["read_terms: terms_outdated"]);
    assert_eq!(form("", ""), ["password: required"]);
}

#[test]
fn a7_rights_say_why_they_cant_be_given() {
    let unknown = RightsError::Unknown { service: "prets".to_owned() };
    assert_eq!((unknown.code(), RightsError::Nothing.code()), ("rights_unknown", "rights_nothing"));
    assert_eq!(unknown.data()["service"], "prets");
    assert!(RightsError::Nothing.data().is_empty());
}
