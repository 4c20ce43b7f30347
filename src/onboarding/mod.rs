//! The first administrator of a client organisation: sign-up, letter, activation (rows A1–A6).

mod activation;
mod letter;
mod registration;
#[cfg(any(feature = "office", feature = "account"))]
mod rights;

pub(crate) use activation::{activation_view, refusal_view};
pub(crate) use letter::letter_view;
pub(crate) use registration::{REGISTERED, WIZARD};
#[cfg(any(feature = "office", feature = "account"))]
pub(crate) use rights::in_words;
