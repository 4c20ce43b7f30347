//! What all journeys share: signing in and out, sessions, lost password, lost identifier (rows T6–T8, P6).
//!
//! Whoever asks, the answer is the same in words, status, size and time whether or not there is an account: the same
//! statements run, a password is always compared with something, and what only sends an e-mail answers at its own pace.

mod discreet;
pub mod lockout;
mod pending;
mod post;
mod recovery;
mod refusal;
mod reset;
mod routes;
mod secret;
mod session;
mod sign_in;
mod tries;
mod who;

pub(crate) use routes::accepted;
pub use routes::routes;
pub use session::for_page as session_for_page;

pub(crate) use discreet::evenly;
pub(crate) use pending::{
    expiry as sign_up_expiry, write as write_sign_up_mail, write_again as write_sign_up_mail_again,
};
pub(crate) use post::Post;
pub(crate) use refusal::{Limit, link as link_refusal, unknown_link};
pub(crate) use secret::{digest, hash};
pub(crate) use who::full_name;
