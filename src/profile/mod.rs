//! The account of who is signed in: what is known of them, another e-mail address, another password, their passkeys,
//! their sessions, what they agreed to, their data, leaving (T8–T10, X3, A10, D4).

mod data;
mod departure;
mod email;
mod passkeys;
mod password;
mod sessions;
mod summary;

pub(crate) use data::data_view;
pub(crate) use departure::departure_view;
pub(crate) use email::{CONFIRMATION, OBJECTION, email_view};
pub(crate) use passkeys::{
    add_view as add_passkey_view, list_view as passkeys_view, remove_view as remove_passkey_view,
    sign_in_view as passkey_sign_in_view,
};
pub(crate) use password::password_view;
pub(crate) use summary::account_view;
