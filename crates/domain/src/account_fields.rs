//! The fields of the account's forms (T8): shown by the server at first, then by the program.

use crate::journey::{Field, Kind, always};

const LOGIN: Field =
    Field { name: "login", text: "field.login", kind: Kind::Text, autocomplete: "username", asked: always };

/// Sign in.
pub static SIGN_IN: [Field; 3] = [
    LOGIN,
    Field {
        name: "password",
        text: "field.current_password",
        kind: Kind::Password,
        autocomplete: "current-password",
        asked: always,
    },
    Field { name: "stay", text: "field.stay", kind: Kind::Tick, autocomplete: "off", asked: always },
];

/// Lost identifier.
pub static FORGOTTEN_IDENTIFIER: [Field; 1] = [Field {
    name: "email",
    text: "field.account_email",
    kind: Kind::Email,
    autocomplete: "email",
    asked: always,
}];

/// Lost password: ask for a link.
pub static FORGOTTEN_PASSWORD: [Field; 1] = [LOGIN];

/// Lost password: choose another, by the link.
pub static NEW_PASSWORD: [Field; 1] = [Field {
    name: "password",
    text: "field.new_password",
    kind: Kind::NewPassword,
    autocomplete: "new-password",
    asked: always,
}];
