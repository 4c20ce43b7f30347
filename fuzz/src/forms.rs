//! Bodies of requests: the first byte says which form and which portal, the rest is its JSON. What the pages would refuse is refused; what
//! is accepted comes back the same; nothing of it is told in a log.

use palier_domain::account::{
    ConsentForm, IdentifierReminderForm, NewPasswordForm, PasswordResetForm, SignInForm,
};
use palier_domain::departure::{DecisionForm, DepartureForm, DesiredForm};
use palier_domain::desk::{CodeForm, DeskSignInForm, NewAccountForm, WelcomeForm};
use palier_domain::human::{PassForm, Solution};
use palier_domain::mediation::{IdentityForm, MembershipForm};
use palier_domain::onboarding::{ActivationForm, RefusalForm, RegistrationForm};
use palier_domain::partners::{FirstPasswordForm, IdentifiersForm, ProvisionalForm};
use palier_domain::portal::{Context, Portal};
use palier_domain::problem::FieldProblem;
use palier_domain::profile::{DataForm, EmailChangeForm, PasswordChangeForm};
use palier_domain::tenancy::SignUpForm;
use palier_domain::values::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The demonstration's portals as their pages know them.
const PORTALS: &str = include_str!("../portals.json");

fn read<F: DeserializeOwned + Serialize>(body: &str) -> Option<F> {
    let form: F = serde_json::from_str(body).ok()?;
    let written = serde_json::to_string(&form).expect("JSON");
    let again: F =
        serde_json::from_str(&written).unwrap_or_else(|error| panic!("{written} isn't read again: {error}"));
    assert_eq!(serde_json::to_string(&again).expect("JSON"), written);
    Some(form)
}

/// Each problem names a field and why, in words of ours: never what was typed.
fn sound(problems: &[FieldProblem]) {
    for problem in problems {
        let own = |name: &str| {
            !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || "_.".contains(one))
        };
        assert!(own(&problem.name) && own(&problem.code), "{problem:?}");
    }
}

/// A form with a reading of its own: it is read exactly when nothing is wrong with it.
fn agree<V>(problems: &[FieldProblem], read: Result<V, Vec<FieldProblem>>) {
    sound(problems);
    match read {
        Ok(_) => assert!(problems.is_empty(), "read in spite of {problems:?}"),
        Err(found) => {
            assert!(!found.is_empty(), "refused without a reason");
            assert_eq!(found, problems);
        }
    }
}

/// Tries one input.
pub fn check(data: &[u8]) {
    let Some((which, rest)) = data.split_first() else { return };
    let Ok(body) = std::str::from_utf8(rest) else { return };
    thread_local! {
        static ALL: Vec<Portal> = serde_json::from_str(PORTALS).expect("portals");
    }
    ALL.with(|portals| {
        let today = Date::new(2026, 11, 22).expect("a day");
        let context = Context { portal: &portals[usize::from(which / 32) % portals.len()], today };
        one(which % 32, body, context);
    });
}

macro_rules! plain {
    ($body:expr, $form:ty) => {
        if let Some(form) = read::<$form>($body) {
            sound(&form.problems());
        }
    };
    ($body:expr, $form:ty, $context:expr) => {
        if let Some(form) = read::<$form>($body) {
            sound(&form.problems($context));
        }
    };
}

fn one(which: u8, body: &str, context: Context<'_>) {
    match which {
        0 => {
            if let Some(form) = read::<SignUpForm>(body) {
                agree(&form.problems(context), form.parse(context));
            }
        }
        1 => {
            if let Some(form) = read::<IdentityForm>(body) {
                agree(&form.problems(context), form.parse(context));
            }
        }
        2 => {
            if let Some(form) = read::<MembershipForm>(body) {
                agree(&form.problems(context), form.parse(context));
            }
        }
        3 => {
            if let Some(form) = read::<RegistrationForm>(body) {
                agree(&form.problems(context), form.parse(context));
            }
        }
        4 => {
            if let Some(form) = read::<ActivationForm>(body) {
                sound(&form.problems(context));
                // The password is judged apart, once it is known whose it is.
                let _ = form.parse(context);
                let _ = form.password(context, "Ève", "d’Almeida");
            }
        }
        5 => {
            if let Some(form) = read::<ProvisionalForm>(body) {
                agree(&form.problems(), form.parse());
            }
        }
        6 => {
            if let Some(form) = read::<NewAccountForm>(body) {
                let _ = form.parse().map_err(|problems| sound(&problems));
            }
        }
        7 => plain!(body, SignInForm),
        8 => plain!(body, PasswordResetForm),
        9 => plain!(body, IdentifierReminderForm),
        10 => plain!(body, ConsentForm, context),
        11 => plain!(body, NewPasswordForm, context),
        12 => plain!(body, EmailChangeForm),
        13 => plain!(body, PasswordChangeForm, context),
        14 => plain!(body, DataForm),
        15 => plain!(body, DepartureForm),
        16 => plain!(body, DesiredForm),
        17 => plain!(body, DecisionForm),
        18 => plain!(body, DeskSignInForm),
        19 => plain!(body, CodeForm),
        20 => plain!(body, WelcomeForm, context),
        21 => plain!(body, RefusalForm),
        22 => plain!(body, FirstPasswordForm, context),
        23 => plain!(body, IdentifiersForm),
        24 => {
            let _ = (read::<PassForm>(body), read::<Solution>(body));
        }
        _ => {}
    }
}
