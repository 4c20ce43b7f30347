//! The forms of those who have an account already: which field each refuses and why (T8, T9, T12), and small rules that pages
//! and server share.

#![expect(clippy::expect_used, reason = "a test may panic")]

use palier_domain::account::{
    ConsentForm, IdentifierReminderForm, NewPasswordForm, PasswordResetForm, SignInForm,
};
use palier_domain::departure::State;
use palier_domain::journey::{Answers, Field, Kind, answer_optional};
use palier_domain::onboarding::ActivationForm;
use palier_domain::portal::{Context, Portal};
use palier_domain::problem::{Coded, FieldProblem};
use palier_domain::profile::{
    DataForm, EmailChangeForm, PasskeyForm, PasskeyRemovalForm, PasswordChangeForm, Unchanged,
};
use palier_domain::retention::{Kind as Kept, Roles, Unit};
use palier_domain::tenancy::SIGN_UP;
use palier_domain::values::{About, Date, Email};

const GOOD: &str = "tram Bleu 47 Vigne";

fn portals() -> Vec<Portal> {
    serde_json::from_str(include_str!("../../../fuzz/portals.json")).expect("the demonstration's portals")
}

fn portal(slug: &str) -> Portal {
    portals().into_iter().find(|portal| portal.slug == slug).expect("a portal")
}

fn told(problems: &[FieldProblem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.name, problem.code)).collect()
}

fn context(portal: &Portal) -> Context<'_> {
    Context { portal, today: Date::new(2026, 11, 22).expect("a day") }
}

#[test]
fn signing_in_wants_both_answers() {
    let form = |login: &str, password: &str| {
        told(&SignInForm { login: login.into(), password: password.into(), stay: false }.problems())
    };
    assert_eq!(form("marie@exemple.fr", "x"), Vec::<String>::new());
    assert_eq!(form(" ", "x"), ["login: required"]);
    assert_eq!(form("marie@exemple.fr", ""), ["password: required"]);
    assert_eq!(form("", "\u{a0}"), ["login: required", "password: required"]);
}

#[test]
fn what_was_lost_is_asked_for_by_who_lost_it() {
    assert_eq!(told(&PasswordResetForm { login: String::new() }.problems()), ["login: required"]);
    assert_eq!(told(&PasswordResetForm { login: "K7TM-94PX".into() }.problems()), Vec::<String>::new());
    let reminder = |email: &str| told(&IdentifierReminderForm { email: email.into() }.problems());
    assert_eq!(reminder("marie@exemple.fr"), Vec::<String>::new());
    assert_eq!(reminder("").len(), 1);
    assert_eq!(reminder("marie").len(), 1);
}

#[test]
fn consent_is_to_the_version_in_force() {
    let portal = portal("extranet");
    let consent =
        |version: &str| told(&ConsentForm { read_terms: version.into() }.problems(context(&portal)));
    assert_eq!(consent(&portal.terms.version), Vec::<String>::new());
    assert_eq!(consent(""), ["read_terms: required"]);
    assert_eq!(consent("2019-01"), ["read_terms: terms_outdated"]);
}

#[test]
fn a_new_password_is_judged_by_the_rules_of_the_portal() {
    for portal in portals() {
        let form = |password: &str| {
            let form = NewPasswordForm { token: "a".repeat(43), password: password.into() };
            (told(&form.problems(context(&portal))), form.parse(&portal, About::default()).is_ok())
        };
        assert_eq!(form(GOOD), (Vec::new(), true));
        let (problems, read) = form("court");
        assert_eq!((problems.len(), read), (1, false), "{problems:?}");
        assert!(problems.iter().all(|problem| problem.starts_with("password: ")), "{problems:?}");
    }
}

#[test]
fn another_address_is_another_one() {
    let now = Email::parse("Marie@exemple.fr").expect("an address");
    let form = |email: &str, present: &str| EmailChangeForm { email: email.into(), present: present.into() };
    assert_eq!(told(&form("nouvelle@exemple.fr", "x").problems()), Vec::<String>::new());
    assert_eq!(told(&form("nouvelle@exemple.fr", "").problems()), ["present: required"]);
    assert_eq!(told(&form("nouvelle", "x").problems()).len(), 1);
    assert_eq!(
        form("nouvelle@exemple.fr", "x").parse(Some(&now)).map(|email| email.to_string()).as_deref(),
        Ok("nouvelle@exemple.fr")
    );
    assert_eq!(
        form("marie@exemple.fr", "x").parse(None).map(|email| email.to_string()).as_deref(),
        Ok("marie@exemple.fr")
    );
    let same = form("MARIE@exemple.fr", "x").parse(Some(&now)).expect_err("the same address");
    assert_eq!((same.name.as_str(), same.code.as_str()), ("email", "unchanged"));
    assert_eq!(Unchanged.code(), "unchanged");
    assert!(Unchanged.data().is_empty());
}

#[test]
fn another_password_is_another_one() {
    let portal = portal("extranet");
    let form = |present: &str, password: &str| {
        told(
            &PasswordChangeForm { present: present.into(), password: password.into() }
                .problems(context(&portal)),
        )
    };
    assert_eq!(form("x", GOOD), Vec::<String>::new());
    assert_eq!(form(GOOD, GOOD), ["password: unchanged"]);
    assert_eq!(form("", GOOD), ["present: required"]);
    // What is wrong with it goes first: that it is the same as well says nothing more.
    let short = form("court", "court");
    assert_eq!(short.len(), 1);
    assert_ne!(short, ["password: unchanged"]);
}

#[test]
fn what_is_grave_wants_the_present_password() {
    let wants = ["present: required"];
    for (present, wanted) in [("x", &[][..]), (" ", &wants)] {
        assert_eq!(told(&DataForm { present: present.into() }.problems()), wanted);
        assert_eq!(told(&PasskeyForm { present: present.into() }.problems()), wanted);
        assert_eq!(
            told(&PasskeyRemovalForm { present: present.into(), ..PasskeyRemovalForm::default() }.problems()),
            wanted
        );
    }
}

#[test]
fn a_refusal_has_a_reason_and_nothing_else_has() {
    let at = 5;
    let refused = State::Refused { at, reason: "Il manque une pièce.".into() };
    assert_eq!((refused.reason(), refused.settled()), ("Il manque une pièce.", Some(&5)));
    let withdrawn = State::Withdrawn { at };
    assert_eq!((withdrawn.reason(), withdrawn.settled()), ("", Some(&5)));
}

#[test]
fn only_the_office_has_accounts_alone() {
    for portal in portals() {
        assert_eq!(portal.has_accounts_alone(), portal.slug == "partenaires", "{}", portal.slug);
    }
}

#[test]
fn nobody_is_told_of_what_is_kept_of_others() {
    let (none, all) =
        (Roles::default(), Roles { tenant: true, correspondent: true, user: true, partner: true });
    let tenant = Roles { tenant: true, ..none };
    let correspondent = Roles { correspondent: true, ..none };
    let user = Roles { user: true, ..none };
    let partner = Roles { partner: true, ..none };
    for (kind, whom) in [
        (Kept::SignUps, [true, true, true, false]),
        (Kept::Departures, [true, true, true, false]),
        (Kept::Drafts, [false, true, false, false]),
        (Kept::Requests, [false, false, true, false]),
        (Kept::Journals, [false, false, true, false]),
        (Kept::PartnerLetters, [false, false, false, true]),
        (Kept::Leases, [true, false, false, false]),
        (Kept::Mails, [true; 4]),
    ] {
        let found = [tenant, correspondent, user, partner].map(|roles| kind.concerns(roles));
        assert_eq!(found, whom, "{kind:?}");
        assert!(kind.concerns(all), "{kind:?}");
    }
    assert_eq!([Unit::Days, Unit::Months, Unit::Years].map(Unit::name), ["days", "months", "years"]);
}

#[test]
fn what_may_be_left_empty_is_answered_by_going_on() {
    let fields = [
        Field::new("needed", "needed", Kind::Text, ""),
        Field::new("free", "free", Kind::Text, "").optional(),
        Field::new("filled", "filled", Kind::Text, "").optional(),
    ];
    let mut answers = Answers::from([("filled".to_owned(), "here".to_owned())]);
    answer_optional(fields.iter(), &mut answers);
    let found: Vec<_> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(found, [("filled", "here"), ("free", "")]);
}

#[test]
fn an_answer_depends_on_those_before_it() {
    let portal = portal("ekidom");
    let steps = SIGN_UP.steps(&portal);
    let all: Vec<_> = steps.iter().map(|step| SIGN_UP.asked_until(*step, &portal)).collect();
    assert_eq!(all.first().map(Vec::as_slice), Some(&["reference"][..]));
    assert!(all.is_sorted_by(|shorter, longer| longer.starts_with(shorter)), "{all:?}");
    for (step, until) in steps.iter().zip(&all) {
        for field in SIGN_UP.fields(*step, &portal) {
            assert!(until.contains(&field.name), "{} isn't among {until:?}", field.name);
            assert_eq!(SIGN_UP.step_of(field.name, &portal), Some(*step));
        }
    }
}

#[test]
fn the_password_of_an_activation_isnt_the_address() {
    let portal = portal("prets");
    let form = |password: &str| ActivationForm {
        email: "solenn.guivarch@exemple.fr".into(),
        password: password.into(),
        ..ActivationForm::default()
    };
    let of_password = |password: &str| {
        let problems = form(password).problems(context(&portal));
        problems.into_iter().find(|problem| problem.name == "password").map(|problem| problem.code)
    };
    assert_eq!(of_password(GOOD), None);
    assert_eq!(of_password("Solenn.Guivarch 47").as_deref(), Some("password_starts_email"));
}
