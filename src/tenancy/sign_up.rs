use palier_domain::journey::{Answers, answer};
use palier_domain::reading::Read as _;
use palier_domain::tenancy::{SIGN_UP, SignUpCheck, SignUpForm, SignUpReceipt};

use super::at_hand;
use crate::wizard::Wizard;

/// The tenant's sign-up (T1–T4, T12).
pub static WIZARD: Wizard = Wizard {
    journey: &SIGN_UP,
    body: |answers, portal| {
        serde_json::to_string(&SignUpForm::from_answers(answers, portal)).unwrap_or_default()
    },
    check: |page, answers, portal| {
        let form = SignUpForm::from_answers(answers, portal);
        serde_json::to_string(&SignUpCheck { page: page.to_owned(), form }).unwrap_or_default()
    },
    receipt: |answers, said| {
        let handle = SignUpReceipt::read(said).map(|receipt| receipt.handle);
        let mut receipt = Answers::new();
        receipt.insert(EMAIL.to_owned(), answer(answers, "email").trim().to_owned());
        receipt.insert(HANDLE.to_owned(), handle.unwrap_or_default());
        receipt
    },
    panel: at_hand::panel_view,
};

/// Entry of the receipt: where the link was sent.
pub(super) const EMAIL: &str = "email";
/// Entry of the receipt: see [`SignUpReceipt::handle`].
pub(super) const HANDLE: &str = "handle";
