//! The step function and its guard over the tenant's sign-up, for the two kinds of landlords: one that asks the birth
//! date and one that doesn't (rows T1–T4, X2).

#![expect(
    clippy::expect_used,
    clippy::type_complexity,
    reason = "a table of cases reads best as tuples; a test may panic"
)]

use std::collections::BTreeSet;

use palier_domain::journey::{Answers, Kind, Step, TICKED};
use palier_domain::portal::{Contact, Context, Portal, TenancyRules, Terms};
use palier_domain::tenancy::{SIGN_UP, SignUpForm};
use palier_domain::values::{Date, NameRule, PasswordPolicy, PasswordProfile, ReferenceFormat};
use proptest::prelude::*;

/// As `extranet`: prefix, 6 to 10 digits, no birth date, the documents' password rules.
fn plain() -> Portal {
    portal(
        TenancyRules {
            reference: ReferenceFormat {
                prefix: "L".into(),
                min_digits: 6,
                max_digits: 10,
                example: "482135".into(),
            },
            name_rule: NameRule::OnePart,
            asks_birth_date: false,
            picture: "/avis-extranet.svg".into(),
        },
        PasswordProfile::Historique,
    )
}

/// As `ekidom`: five digits, birth date, today's password rules.
fn with_birth_date() -> Portal {
    portal(
        TenancyRules {
            reference: ReferenceFormat {
                prefix: String::new(),
                min_digits: 5,
                max_digits: 5,
                example: "0048213".into(),
            },
            name_rule: NameRule::Whole,
            asks_birth_date: true,
            picture: "/avis-ekidom.svg".into(),
        },
        PasswordProfile::Recommande,
    )
}

fn portal(tenancy: TenancyRules, profile: PasswordProfile) -> Portal {
    Portal {
        slug: "essai".into(),
        base: "/essai".into(),
        name: "Habitat d'essai".into(),
        contact: Contact {
            phone: "05 49 00 00 00".into(),
            email: "contact@essai.example".into(),
            hours: "du lundi au vendredi".into(),
            hours_en: "Monday to Friday".into(),
        },
        password: PasswordPolicy { profile, min_length: 8 },
        terms: Terms { version: "2026-11".into(), sha256: "00".repeat(32) },
        passkeys: false,
        tenancy: Some(tenancy),
        mediation: None,
        onboarding: None,
        partners: None,
    }
}

fn context(portal: &Portal) -> Context<'_> {
    Context { portal, today: Date::new(2026, 11, 22).expect("a day") }
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Everything right for [`plain`].
const PLAIN: [(&str, &str); 5] = [
    ("reference", "L 482135"),
    ("surname", "Lefèvre"),
    ("email", "aurelie@exemple.fr"),
    ("password", "tram bleu 47"),
    ("terms", TICKED),
];

/// Everything right for [`with_birth_date`].
const DATED: [(&str, &str); 8] = [
    ("reference", "0048213"),
    ("surname", "Ndiaye"),
    ("birth_date.day", "8"),
    ("birth_date.month", "3"),
    ("birth_date.year", "1990"),
    ("email", "awa@exemple.fr"),
    ("password", "tram Bleu 47 Vigne"),
    ("terms", TICKED),
];

/// The pairs without some names, and with others in their place.
fn changed(pairs: &[(&str, &str)], changes: &[(&str, &str)]) -> Answers {
    let mut all = answers(pairs);
    for (name, value) in changes {
        if value.is_empty() {
            all.remove(*name);
        } else {
            all.insert((*name).to_owned(), (*value).to_owned());
        }
    }
    all
}

#[test]
fn next_is_the_first_page_that_is_not_right() {
    let (plain, dated) = (plain(), with_birth_date());
    let cases: [(&Portal, &[(&str, &str)], &[(&str, &str)], Step); 17] = [
        (&plain, &[], &[], Step::Page(0)),
        (&plain, &PLAIN, &[], Step::Review),
        (&plain, &PLAIN, &[("terms", "")], Step::Review),
        (&plain, &PLAIN, &[("reference", "")], Step::Page(0)),
        (&plain, &PLAIN, &[("reference", "48A135")], Step::Page(0)),
        (&plain, &PLAIN, &[("surname", "Dur4nd")], Step::Page(1)),
        (&plain, &PLAIN, &[("surname", ""), ("email", "")], Step::Page(1)),
        (&plain, &PLAIN, &[("email", "aurelie@exemple")], Step::Page(2)),
        (&plain, &PLAIN, &[("password", "")], Step::Page(2)),
        (&plain, &PLAIN, &[("password", "lefevre2026")], Step::Page(2)),
        // What this landlord doesn't ask can't stop anybody.
        (&plain, &PLAIN, &[("birth_date.day", "99")], Step::Review),
        (&dated, &DATED, &[], Step::Review),
        (&dated, &DATED, &[("reference", "48213999")], Step::Page(0)),
        (&dated, &DATED, &[("birth_date.year", "")], Step::Page(1)),
        (&dated, &DATED, &[("birth_date.day", "31"), ("birth_date.month", "2")], Step::Page(1)),
        (&dated, &DATED, &[("birth_date.year", "2027")], Step::Page(1)),
        (&dated, &DATED, &[("password", "abcd5678")], Step::Page(2)),
    ];
    for (portal, pairs, changes, expected) in cases {
        let found = SIGN_UP.next(&changed(pairs, changes), context(portal));
        assert_eq!(found, expected, "{changes:?}");
    }
}

#[test]
fn the_guard_lets_back_and_never_ahead() {
    let portal = plain();
    let (at_first, at_second, at_third, at_end) = (
        answers(&[]),
        answers(&PLAIN[..1]),
        answers(&PLAIN[..2]),
        // The terms are asked on the page of the review itself: they don't keep anybody from it.
        answers(&PLAIN[..4]),
    );
    let pages = [Step::Page(0), Step::Page(1), Step::Page(2), Step::Review];
    for (reached, answers) in [&at_first, &at_second, &at_third, &at_end].into_iter().enumerate() {
        for (asked, step) in pages.into_iter().enumerate() {
            let expected = if asked <= reached { Ok(step) } else { Err(pages[reached]) };
            assert_eq!(
                SIGN_UP.guard(step, answers, context(&portal)),
                expected,
                "asked {asked} at {reached}"
            );
        }
    }
}

#[test]
fn the_guard_sends_back_when_an_earlier_answer_became_wrong() {
    let portal = with_birth_date();
    let emptied = changed(&DATED, &[("birth_date.month", "")]);
    assert_eq!(SIGN_UP.guard(Step::Review, &emptied, context(&portal)), Err(Step::Page(1)));
    assert_eq!(SIGN_UP.guard(Step::Page(1), &emptied, context(&portal)), Ok(Step::Page(1)));
    assert_eq!(SIGN_UP.guard(Step::Page(0), &emptied, context(&portal)), Ok(Step::Page(0)));
}

#[test]
fn each_step_shows_its_own_problems_in_the_order_of_its_fields() {
    let (plain, dated) = (plain(), with_birth_date());
    let cases: [(&Portal, Answers, Step, &[(&str, &str)]); 9] = [
        (&plain, answers(&[]), Step::Page(0), &[("reference", "required")]),
        (&plain, answers(&[]), Step::Page(1), &[("surname", "required")]),
        (&plain, answers(&[]), Step::Page(2), &[("email", "required"), ("password", "required")]),
        (&plain, answers(&[]), Step::Review, &[("terms", "required")]),
        (&dated, answers(&[]), Step::Page(1), &[("surname", "required"), ("birth_date", "required")]),
        (
            &dated,
            changed(&DATED, &[("birth_date.month", ""), ("surname", "N😀")]),
            Step::Page(1),
            &[("surname", "name_character"), ("birth_date", "date_month_missing")],
        ),
        (
            &dated,
            changed(&DATED, &[("password", "xxNdiaye2026tramway")]),
            Step::Page(2),
            &[("password", "password_contains_surname")],
        ),
        (&dated, answers(&DATED), Step::Review, &[]),
        (
            &plain,
            changed(&PLAIN, &[("email", "a@b"), ("password", "aurelie1")]),
            Step::Page(2),
            &[("email", "email_domain")],
        ),
    ];
    for (portal, answers, step, expected) in cases {
        let found = SIGN_UP.problems_at(step, &answers, context(portal));
        let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.code.as_str())).collect();
        assert_eq!(found, expected, "{step:?} {answers:?}");
    }
}

#[test]
fn only_asked_fields_are_shown() {
    let names =
        |portal: &Portal, step| -> Vec<_> { SIGN_UP.fields(step, portal).map(|it| it.name).collect() };
    assert_eq!(names(&plain(), Step::Page(1)), ["surname"]);
    assert_eq!(names(&with_birth_date(), Step::Page(1)), ["surname", "birth_date"]);
    assert_eq!(SIGN_UP.step_of("birth_date", &plain()), None);
    assert_eq!(SIGN_UP.step_of("birth_date", &with_birth_date()), Some(Step::Page(1)));
    assert_eq!(SIGN_UP.step_of("terms", &plain()), Some(Step::Review));
}

#[test]
fn addresses_and_steps_name_each_other() {
    let steps = (0..SIGN_UP.pages.len()).map(Step::Page).chain([Step::Review]);
    let mut seen = BTreeSet::new();
    for (index, step) in steps.enumerate() {
        let slug = SIGN_UP.slug(step);
        assert!(seen.insert(slug), "two steps at « {slug} »");
        assert_eq!(SIGN_UP.step(slug), Some(step));
        assert_eq!(SIGN_UP.number(step, &plain()), (index + 1, 4));
    }
    assert_eq!(seen.len(), 4);
    assert_eq!(SIGN_UP.step("nulle-part"), None);
}

#[test]
fn a_portal_without_tenants_takes_no_sign_up() {
    let mut portal = plain();
    portal.tenancy = None;
    let problems = SignUpForm::from_answers(&answers(&PLAIN), &portal).problems(context(&portal));
    assert!(problems.iter().any(|it| it.name == "reference" && it.code == "not_open"), "{problems:?}");
}

#[test]
fn secrets_are_not_kept_in_drafts() {
    for step in (0..SIGN_UP.pages.len()).map(Step::Page).chain([Step::Review]) {
        for field in SIGN_UP.fields(step, &with_birth_date()) {
            assert_eq!(field.kind.may_be_kept(), field.name != "password", "{}", field.name);
        }
    }
    assert_eq!(
        Kind::Date.answer_names("birth_date"),
        ["birth_date.day", "birth_date.month", "birth_date.year"]
    );
}

/// Any text for any field, right answers among them.
fn some_answers() -> impl Strategy<Value = Answers> {
    let field = |index: usize| {
        prop_oneof![Just(None), Just(Some(DATED[index].1.to_owned())), "\\PC{0,12}".prop_map(Some),]
    };
    let fields: Vec<_> = (0..DATED.len()).map(field).collect();
    fields.prop_map(|values| {
        let named = DATED.iter().map(|(name, _)| (*name).to_owned()).zip(values);
        named.filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    })
}

proptest! {
    #[test]
    fn where_one_stands_is_always_a_place_one_may_be(answers in some_answers()) {
        for portal in [plain(), with_birth_date()] {
            let next = SIGN_UP.next(&answers, context(&portal));
            prop_assert_eq!(SIGN_UP.guard(next, &answers, context(&portal)), Ok(next));
            for page in 0..SIGN_UP.pages.len() {
                let wrong = !SIGN_UP.problems_at(Step::Page(page), &answers, context(&portal)).is_empty();
                let place = Step::Page(page).index();
                // Pages before the next one are right; the next one, if it is a page, isn't.
                prop_assert!(place >= next.index() || !wrong);
                prop_assert!(place != next.index() || wrong);
            }
        }
    }

    #[test]
    fn what_parses_has_no_problem_and_the_other_way_round(answers in some_answers()) {
        for portal in [plain(), with_birth_date()] {
            let form = SignUpForm::from_answers(&answers, &portal);
            let problems = form.problems(context(&portal));
            match form.parse(context(&portal)) {
                Ok(_) => prop_assert!(problems.is_empty()),
                Err(found) => {
                    prop_assert!(!found.is_empty());
                    prop_assert_eq!(found, problems);
                }
            }
        }
    }
}
