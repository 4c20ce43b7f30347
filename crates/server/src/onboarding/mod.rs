//! The first administrator of a client organisation: sign-up, letter, activation (rows A1–A6).

mod activation;
mod confirmation;
mod follow;
mod letters;
pub(crate) mod listing;
mod operator;
pub(crate) mod printing;
mod record;
mod registration;
mod routes;
mod rules;

pub use operator::{Fate, note_fate, print_letters};
pub use routes::routes;
