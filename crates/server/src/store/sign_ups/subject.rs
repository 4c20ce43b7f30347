use serde::{Deserialize, Serialize};

use crate::store::organisations::Details;

/// What a sign-up is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A lease that matched, by its id: a tenant's.
    Lease(i64),
    /// An organisation as its correspondent describes it.
    Organisation(Box<Details>),
    /// A client organisation, and who is to become its administrator.
    Client(Box<Applicant>),
}

/// Who is to become the first administrator of a client organisation (A3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Id of the client.
    pub client_id: i64,
    /// Name of the organisation.
    pub organisation: String,
    /// As typed.
    pub first_name: String,
    /// As typed.
    pub surname: String,
    /// What their e-mail says: that they ask to join, since the organisation had an administrator, or somebody who was
    /// about to become one. What becomes of it is decided when the address is confirmed.
    #[serde(default)]
    pub colleague: bool,
    /// They say that the organisation's administrators are there no more (A8): it had some, and nobody else waited for a
    /// letter.
    #[serde(default)]
    pub takeover: bool,
}

impl Subject {
    /// The text that two sign-ups about the same have in common.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Lease(id) => format!("lease:{id}"),
            Self::Organisation(details) => format!("{OF_ORGANISATION}{}", details.siren),
            Self::Client(applicant) => format!("{OF_CLIENT}{}", applicant.client_id),
        }
    }
}

/// What the keys of organisations' sign-ups begin with.
pub(super) const OF_ORGANISATION: &str = "siren:";
/// What the keys of clients' sign-ups begin with.
pub(super) const OF_CLIENT: &str = "client:";
