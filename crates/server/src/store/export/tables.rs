//! What becomes of each table when somebody asks for their data. A test compares it with the tables that there are: a new one
//! must be given or said to be left out, and why.

/// What becomes of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Its rows about the person are in these lists.
    In(&'static [&'static str]),
    /// It isn't given, for this reason.
    Out(&'static str),
}

use Treatment::{In, Out};

/// Every table.
pub const TABLES: [(&str, Treatment); 34] = [
    ("accounts", In(&["account", "credentials"])),
    ("client_users", In(&["rights"])),
    ("clients", In(&["rights", "requests"])),
    ("consents", In(&["consents"])),
    ("departures", In(&["departures"])),
    ("designations", In(&["requests"])),
    ("desk_journal", In(&["desk"])),
    ("email_changes", In(&["email_changes"])),
    ("guards", In(&["tries"])),
    ("idempotency", Out("hashes of forms for a day, which name nobody")),
    ("joinings", In(&["requests"])),
    ("journal", In(&["journal"])),
    ("journal_cuts", Out("where journals begin: numbers and hashes")),
    ("kept_files", Out("contracts of organisations, given out where they were agreed to")),
    ("leases", In(&["leases"])),
    ("letters", In(&["letters"])),
    ("links", In(&["links"])),
    ("memberships", In(&["organisations"])),
    ("organisations", In(&["organisations"])),
    ("outbox", In(&["emails"])),
    ("partner_letters", In(&["letters"])),
    ("partners", In(&["partner", "credentials"])),
    ("passkey_challenges", Out("questions to a device, for five minutes: nothing but secrets")),
    ("passkeys", In(&["passkeys"])),
    ("places", In(&["places"])),
    ("promo_uses", Out("how often a code was used, by nobody in particular")),
    ("seaql_migrations", Out("which tables there are")),
    ("sessions", In(&["sessions"])),
    ("settings", Out("the program's own")),
    ("sign_ups", In(&["sign_ups"])),
    ("staff", Out("those who run the portal, who have no account")),
    ("staff_codes", Out("as staff")),
    ("staff_sessions", Out("as staff")),
    ("throttles", Out("counts under hashes, for a day at most, which name nobody")),
];
