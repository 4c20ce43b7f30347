//! What the server says of a membership, and of the directory.

use serde::{Deserialize, Serialize};

use crate::journey::Answers;

/// How far an organisation has come, for its correspondent (M7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MembershipView {
    /// The name under which consumers find it.
    pub name: String,
    /// SIREN or SIRET, in groups.
    pub number: String,
    /// Address of the correspondent.
    pub email: String,
    /// Names the state of the answers: another one means that they were changed elsewhere.
    pub revision: String,
    /// Whether anything was answered yet; before, the answers are what is known from the identity.
    pub begun: bool,
    /// The answers so far.
    pub answers: Answers,
    /// Once it is a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Joined>,
}

/// A membership (*adhésion*) that is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Joined {
    /// Its reference, such as `M-K7TM-94PX`.
    pub reference: String,
    /// When, RFC 3339, UTC.
    pub joined_at: String,
    /// Name of the partner, when it was joined as part of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// The promotional code that was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promo_code: Option<String>,
    /// SHA-256 of the contract's file, lower-case hexadecimal.
    pub sha256: String,
}

/// The answers of the pages up to one of them, to be checked and kept before going on (M7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DraftForm {
    /// End of the page's address.
    pub page: String,
    /// The answers, those of [`super::carried`].
    pub answers: Answers,
}

/// The answers of a page were kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// See [`MembershipView::revision`].
    pub revision: String,
    /// SHA-256 of the contract that these answers make: when another one was agreed to, it has to be read again.
    pub contract: String,
}

/// What the public directory (*annuaire*) has for a search (M6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// How many there are; not all may be listed.
    pub total: usize,
    /// The best ones, best first.
    pub listed: Vec<Listed>,
}

/// A member in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its SIREN, nine digits.
    pub siren: String,
    /// The day it became a member, ISO 8601.
    pub since: String,
}
