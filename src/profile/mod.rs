//! The account of who is signed in: what is known of them, another e-mail address, another password, their sessions, what
//! they agreed to (T8, T9, A10).

mod email;
mod password;
mod sessions;
mod summary;

pub(crate) use email::{CONFIRMATION, OBJECTION, email_view};
pub(crate) use password::password_view;
pub(crate) use summary::account_view;
