//! What all journeys share: signing in and out, lost identifier, lost password (T7, T8).

mod menu;
mod new_password;
mod recovery;
mod session;
mod sign_in;

pub(crate) use menu::menu_view;
pub(crate) use new_password::new_password_view;
pub(crate) use recovery::{identifier_view, password_view};
pub(crate) use session::{IDLE, ended, required, sign_out};
pub(crate) use sign_in::sign_in_view;
#[cfg(feature = "account")]
pub(crate) use sign_in::signed_in;
