//! The desk's work lists (D2). Days are those of the landlord's time zone, ISO 8601; what isn't known is left out.

use serde::{Deserialize, Serialize};

use crate::departure::Kind;

/// Rows on a page.
pub const PAGE: u64 = 50;

/// How many are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The state's name.
    pub state: String,
    /// How many.
    pub count: u64,
}

/// Which part of a list it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The page, from 1.
    pub page: u64,
    /// How many pages there are, at least 1.
    pub pages: u64,
    /// How many rows there are on all of them.
    pub total: u64,
}

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Overview {
    /// Letters; none where the portal has neither client organisations nor partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<LettersOverview>,
    /// Requests to become a user, and what is stuck; none where the portal has no client organisations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests: Option<RequestsOverview>,
    /// Client organisations; likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clients: Option<u64>,
    /// Those of them that have an active administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clients_with_administrator: Option<u64>,
    /// Partners; none where the portal gives them no accounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partners: Option<u64>,
    /// Requests to leave that wait (T10); none where accounts are given out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departures: Option<u64>,
    /// Memberships by state (`created`, `certified`, `member`); empty where the portal has no mediation scheme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memberships: Vec<Count>,
}

/// Letters in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LettersOverview {
    /// By state: `asked`, `printed`, `posted`, `returned`, `used`, `revoked`, in this order.
    pub counts: Vec<Count>,
    /// Those that wait to be printed.
    pub waiting: u64,
}

/// Requests in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestsOverview {
    /// Requests that an administrator hasn't decided.
    pub waiting: u64,
    /// Those of them that have waited longer than `days`.
    pub overdue: u64,
    /// See [`Self::overdue`].
    pub days: u32,
    /// Everything that is stuck: as many rows as [`super::RequestsView`] has.
    pub stuck: u64,
}

/// A letter, without its code, which nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LetterRow {
    /// Such as `C-K7TM-94PX`.
    pub reference: String,
    /// Name of the organisation or partner.
    pub organisation: String,
    /// Its client number or user number.
    pub number: String,
    /// The function (*fonction*) of who gets the letter; empty for a partner's.
    pub recipient: String,
    /// `asked`, `printed`, `posted`, `returned`, `used`, `revoked`.
    pub state: String,
    /// It is printed or posted, and the time of its code is over.
    pub expired: bool,
    /// Nothing has been decided yet about the request that it is about: it can be stopped. A partner's: it isn't over.
    pub open: bool,
    /// The day it was asked for.
    pub asked: String,
    /// The last day on which administrators can object (A8): it is printed after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<String>,
    /// The day it was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    /// The day it was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted: Option<String>,
    /// The day the post brought it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<String>,
    /// The last day on which its code counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The day it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// Why it ended: `used`, `replaced`, `lost`, `refused`, `objected`, `locked`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<String>,
}

/// A page of letters, those that wait first, then the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LettersPage {
    /// At most [`PAGE`].
    pub letters: Vec<LetterRow>,
    /// Of all letters that the search finds, in every state: as in [`LettersOverview::counts`].
    pub counts: Vec<Count>,
    /// Which page it is.
    pub paging: Paging,
}

/// Letters that something happened to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferencesForm {
    /// Their references as typed; 1 to 200.
    pub references: Vec<String>,
}

/// What was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LettersDone {
    /// Of how many letters.
    pub done: u64,
    /// The references, as typed, of those of which it can't be, or that there aren't.
    pub refused: Vec<String>,
}

/// A client organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientRow {
    /// Its client number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Its legal form (*forme juridique*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<String>,
    /// The function of its legal representative.
    pub representative: String,
    /// How many active administrators it has.
    pub administrators: u64,
    /// Where the letter of its open designation is, as [`LetterRow::state`], or `expired`, `locked`, `none`; left out
    /// without a designation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designation: Option<String>,
    /// The reference of that letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
}

/// A page of client organisations, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientsPage {
    /// At most [`PAGE`].
    pub clients: Vec<ClientRow>,
    /// Which page it is.
    pub paging: Paging,
}

/// A membership of a mediation scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MembershipRow {
    /// `created`, `certified`, `member`.
    pub state: String,
    /// Name of the organisation.
    pub name: String,
    /// Its SIREN, nine digits.
    pub siren: String,
    /// The correspondent's address.
    pub email: String,
    /// The day its identity was created.
    pub created: String,
    /// The day its identity was certified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certified: Option<String>,
    /// The day it became a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<String>,
    /// The membership's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A request to leave that waits (T10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DepartureRow {
    /// The day it was asked.
    pub asked: String,
    /// By which day it is to be answered, as people write a day.
    pub until: String,
    /// That day is over.
    pub late: bool,
    /// What.
    pub kind: Kind,
    /// The name of who asks.
    pub name: String,
    /// Their login identifier, by which their sheet is asked for.
    pub number: String,
    /// The reference of their lease.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<String>,
    /// What they told the landlord.
    pub note: String,
}

/// A page of requests to leave that wait, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeparturesPage {
    /// At most [`PAGE`].
    pub departures: Vec<DepartureRow>,
    /// Which page it is.
    pub paging: Paging,
}

/// A page of memberships: those least advanced first, each state the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MembershipsPage {
    /// At most [`PAGE`].
    pub memberships: Vec<MembershipRow>,
    /// Of every state: `created`, `certified`, `member`.
    pub counts: Vec<Count>,
    /// Which page it is.
    pub paging: Paging,
}
