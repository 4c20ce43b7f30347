//! Every address of the pages, built and read in one place.

mod paths;
mod place;
mod table;

pub use self::paths::{
    SENT_QUERY, after_sign_in, edit_path, home_of, is_edit, sent_path, sign_in_then, step_path,
};
pub use self::place::Place;
#[cfg(feature = "office")]
pub use self::place::Room;
pub use self::table::{DOCUMENTS, JOURNEYS, Steps};

/// The journeys of mediation schemes are in this program, and what only they use of the rest.
pub const SCHEMES: bool = cfg!(feature = "mediation");
/// So are the journeys of client organisations.
pub const CLIENTS: bool = cfg!(feature = "onboarding");

/// This is the program of the office and of nothing else: its pages alone are shown, the others are those of the
/// portal's own program. Developers' program has both.
pub const OFFICE_ALONE: bool = cfg!(all(feature = "office", not(feature = "mediation")));

/// This is the program of the account: its pages alone are shown, and those of portals that have nothing but accounts.
pub const ACCOUNT_ALONE: bool = cfg!(all(feature = "account", not(feature = "mediation")));

/// This is a program that stands beside the portal's own.
pub const APART: bool = OFFICE_ALONE || ACCOUNT_ALONE;

/// This program shows the account.
pub const ACCOUNTS: bool = cfg!(feature = "account");

/// What the addresses of the account start with.
const ACCOUNT: &str = "/compte";

/// Where one signs in with a passkey: a page of the account's program, which others lead to.
pub const PASSKEY_SIGN_IN: &str = "/connexion/cle";

/// An organisation's users: a page of the office's program, which others lead to.
#[cfg(feature = "onboarding")]
pub const USERS: &str = "/organisme/utilisateurs";
/// Its journal.
#[cfg(feature = "onboarding")]
pub const JOURNAL: &str = "/organisme/journal";
