//! The forms of partners: which field each refuses and why, and what the questions of the help are called (P3–P5).

#![expect(clippy::expect_used, reason = "a test may panic")]

use palier_domain::credentials::Channel;
use palier_domain::journey::Answers;
use palier_domain::partners::{FirstPasswordForm, IdentifiersForm, ProvisionalForm, SentForm, Step};
use palier_domain::portal::{Context, Portal};
use palier_domain::problem::FieldProblem;
use palier_domain::values::{Date, LetterCode};

const NUMBER: &str = "078 0270075 0001";

fn portal() -> Portal {
    let portals: Vec<Portal> =
        serde_json::from_str(include_str!("../../../fuzz/portals.json")).expect("portals");
    portals.into_iter().find(|portal| portal.partners.is_some()).expect("a portal of partners")
}

fn context(portal: &Portal) -> Context<'_> {
    Context { portal, today: Date::new(2026, 11, 22).expect("a day") }
}

fn told(problems: &[FieldProblem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.name, problem.code)).collect()
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn p3_each_field_of_the_first_sign_in_says_what_is_wrong_with_it() {
    let portal = portal();
    let secret = LetterCode::from_random([7; 16]).reveal_in_groups();
    for (number, provisional, password, wrong) in [
        (NUMBER, secret.as_str(), "vigne2026", &[][..]),
        ("", &secret, "vigne2026", &["user_number: required"]),
        ("0780270075000l", &secret, "vigne2026", &["user_number: user_number_digits"]),
        (NUMBER, "", "vigne2026", &["provisional_password: required"]),
        (NUMBER, &secret, "", &["password: required"]),
    ] {
        let given = ProvisionalForm::from_answers(&answers(&[
            ("user_number", number),
            ("provisional_password", provisional),
        ]));
        let whole = FirstPasswordForm::new(&given, password);
        assert_eq!(whole.given(), given);
        assert_eq!(told(&whole.problems(context(&portal))), wrong);
        let sent: Vec<_> = wrong.iter().filter(|problem| !problem.starts_with("password")).copied().collect();
        assert_eq!(told(&given.problems()), sent);
        assert_eq!(given.parse().is_ok(), sent.is_empty());
    }
}

#[test]
fn p5_new_identifiers_are_asked_for_by_a_number() {
    let asked =
        |number: &str| told(&IdentifiersForm::from_answers(&answers(&[("user_number", number)])).problems());
    assert_eq!(asked(NUMBER), Vec::<String>::new());
    assert_eq!(asked("12"), ["user_number: user_number_length"]);
}

#[test]
fn p5_the_day_of_a_letter_has_come() {
    let portal = portal();
    let form = |day: &str, month: &str, year: &str| {
        SentForm::from_answers(&answers(&[
            ("sent_on.day", day),
            ("sent_on.month", month),
            ("sent_on.year", year),
        ]))
    };
    let right = form("3", "11", "2026");
    assert_eq!(right.problems(context(&portal)), []);
    assert_eq!(right.parse(context(&portal).today).map(|day| day.to_string()).as_deref(), Ok("2026-11-03"));
    for wrong in [form("31", "11", "2026"), form("23", "11", "2026"), form("", "", "")] {
        let found = wrong.problems(context(&portal));
        assert_eq!(
            found.iter().map(|problem| problem.name.as_str()).collect::<Vec<_>>(),
            ["sent_on"],
            "{wrong:?}"
        );
    }
}

#[test]
fn p5_each_question_has_texts_and_an_address_of_its_own() {
    assert_eq!(Step::ALL.map(Step::name), ["signed_in", "missing", "sent", "letter", "mail", "ask"]);
    assert_eq!(Step::Day(Channel::Letter).before(), Some(Step::Sent));
    let mut addresses = Step::ALL.map(Step::path).to_vec();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), Step::ALL.len());
}
