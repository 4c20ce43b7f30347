//! The first administrator of a client organisation: sign-up, letter, activation (rows A1–A6).

mod activation;
mod administrator;
mod confirmation;
mod fate;
mod follow;
mod hand;
mod holders;
mod joining;
mod journal;
mod leave;
mod letters;
pub(crate) mod listing;
mod operator;
pub(crate) mod printing;
mod record;
mod registration;
mod routes;
mod rules;
mod stopping;
mod takeover;
mod users;
mod words;

pub use fate::Fate;
pub(crate) use hand::Hand;
pub use joining::expire_due as expire_joinings;
pub use journal::{operator_headers as journal_headers, operator_rows as journal_rows};
pub(crate) use leave::{leave, may_leave};
pub(crate) use letters::{over, stage};
pub use operator::{note_fate, print_letters};
pub use routes::routes;
