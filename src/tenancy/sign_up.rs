use palier_domain::account::PageCheck;
use palier_domain::tenancy::{SIGN_UP, SignUpForm};

use super::at_hand;
use crate::links::LinkPage;
use crate::routes::Place;
use crate::wizard::Wizard;

/// The tenant's sign-up (T1–T4, T12).
pub static WIZARD: Wizard = Wizard {
    journey: &SIGN_UP,
    body: |answers, portal| {
        serde_json::to_string(&SignUpForm::from_answers(answers, portal)).unwrap_or_default()
    },
    check: |page, answers, portal| {
        let form = SignUpForm::from_answers(answers, portal);
        serde_json::to_string(&PageCheck { page: page.to_owned(), form }).unwrap_or_default()
    },
    accepted: |_, _, _| None,
    refused: |_, _, _| false,
    panel: at_hand::panel_view,
    home: "/",
};

/// The page that the link of the first e-mail opens (T6).
pub(crate) static CONFIRMATION: LinkPage = LinkPage {
    text: "confirmation",
    place: Place::Confirmation,
    endpoint: "/tenancy/confirmations",
    start: (SIGN_UP.path, "home.sign_up"),
    #[cfg(feature = "onboarding")]
    follow: None,
};
