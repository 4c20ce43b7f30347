//! Passkeys (X3): what one has, another one, one less, and signing in with one.

mod device;
mod list;
mod sign_in;

pub(crate) use list::{add_view, list_view, remove_view};
pub(crate) use sign_in::sign_in_view;
