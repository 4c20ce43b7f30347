//! The first administrator of a client organisation: sign-up, letter, activation (rows A1–A6).

mod activation;
mod letter;
mod registration;
mod rights;

pub(crate) use activation::{activation_view, refusal_view};
pub(crate) use letter::letter_view;
pub(crate) use registration::{REGISTERED, WIZARD};
pub(crate) use rights::in_words;
