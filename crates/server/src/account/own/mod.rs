//! What people do with their own account once they are signed in: another password, another e-mail address, their
//! sessions (rows T9, T8). See `docs/decisions/0017-account.md`.

mod email;
mod email_link;
mod password;
mod present;
mod routes;
mod sessions;

pub(crate) use present::compare as present;
pub(super) use routes::routes;
