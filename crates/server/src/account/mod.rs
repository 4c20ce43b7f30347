//! What all journeys share: signing in and out, sessions, lost password, lost identifier (rows T6–T8, P6).
//!
//! Whoever asks, the answer is the same in words, status, size and time whether or not there is an account: the same
//! statements run, a password is always compared with something, and what only sends an e-mail answers at its own pace.

mod chosen;
mod data;
mod discreet;
mod due;
mod ending;
pub mod lockout;
mod once;
mod own;
mod passkeys;
mod pending;
mod post;
mod recovery;
mod refusal;
mod resend;
mod reset;
mod routes;
mod secret;
mod session;
mod sign_in;
mod signed_in;
mod standing;
mod terms;
mod tries;
mod warning;
mod who;

pub use ending::warn_due as warn_password_ends;
pub use routes::routes;
pub(crate) use routes::sign_up_routes;
pub use session::for_page as session_for_page;
pub use terms::keep_terms;

pub(crate) use chosen::until as password_until;
pub(crate) use discreet::evenly;
pub(crate) use lockout::Admitted;
pub(crate) use once::Once;
pub(crate) use own::present;
pub(crate) use passkeys::forget_all as forget_passkeys;
pub(crate) use pending::{
    Holder, Waiting, expiry as sign_up_expiry, keep as keep_sign_up, link as sign_up_link, make_account,
    open as open_sign_up, open_account, write_again as write_sign_up_again,
};
pub(crate) use post::Post;
pub(crate) use recovery::{send_identifier, send_reset as send_reset_link};
pub(crate) use refusal::{Limit, link as dead_link, unknown_link};
pub(crate) use secret::{digest, hash, name as secret_name};
pub(crate) use session::{begin_first as begin_session, end as sign_out, set_cookie as session_cookie};
pub(crate) use signed_in::SignedIn;
pub(crate) use standing::of as standing_of;
pub(crate) use terms::{
    Accepted as AcceptedTerms, accept as accept_terms, accepted as accepted_terms, consents,
};
pub(crate) use tries::{Tries, locked};
pub(crate) use who::{full_name, subject};
