//! Accounts that an office gives out to landlords (*compte partenaire*, rows P1–P5, P8): the first sign-in, new
//! identifiers, and what to do when something is lost.

mod first_sign_in;
mod help;

pub use first_sign_in::{
    CHOOSE, FirstPasswordForm, IDENTIFIERS, IdentifiersForm, PROVISIONAL, Provisional, ProvisionalForm,
};
pub use help::{SENT_ON, SentForm, Step, Validity};
