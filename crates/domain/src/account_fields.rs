//! The fields of the account's forms (T8, T9): shown by the server at first, then by the program.

use crate::journey::{Field, Kind};

const LOGIN: Field = Field::new("login", "field.login", Kind::Text, "username");

const STAY: Field = Field::new("stay", "field.stay", Kind::Tick, "off");

/// Sign in.
pub static SIGN_IN: [Field; 3] =
    [LOGIN, Field::new("password", "field.current_password", Kind::Password, "current-password"), STAY];

/// Lost identifier.
pub static FORGOTTEN_IDENTIFIER: [Field; 1] =
    [Field::new("email", "field.account_email", Kind::Email, "email")];

/// Lost password: ask for a link.
pub static FORGOTTEN_PASSWORD: [Field; 1] = [LOGIN];

/// Another e-mail address.
pub static EMAIL_CHANGE: [Field; 2] = [Field::new("email", "field.new_email", Kind::Email, "email"), PRESENT];

/// Another password.
pub static PASSWORD_CHANGE: [Field; 2] =
    [PRESENT, Field::new("password", "field.new_password", Kind::NewPassword, "new-password")];

/// Leaving: what, a note that may be left empty, and the password. The pages show the first two in their own way.
pub static DEPARTURE: [Field; 3] = [
    Field::new("kind", "field.departure_kind", Kind::Text, "off"),
    Field::new("note", "field.departure_note", Kind::Text, "off"),
    PRESENT,
];

/// A passkey is added or removed.
pub static PASSKEY: [Field; 1] = [PRESENT];

/// One's data are downloaded.
pub static DATA: [Field; 1] = [PRESENT];

/// Sign in with a passkey.
pub static PASSKEY_SIGN_IN: [Field; 1] = [STAY];

/// The present password, asked again of who is signed in.
const PRESENT: Field = Field::new("present", "field.present", Kind::Password, "current-password");

/// Lost password: choose another, by the link.
pub static NEW_PASSWORD: [Field; 1] =
    [Field::new("password", "field.new_password", Kind::NewPassword, "new-password")];
