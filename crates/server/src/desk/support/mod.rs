//! The account of somebody who calls (P7, P8): found, told in plain words, helped, made. Whoever was looked at, and
//! whatever was done, stands in the desk's journal; nothing here ever holds a password.

mod departures;
mod help;
mod make;
mod owners;
mod routes;
mod search;
mod sheet;

pub(super) use routes::routes;

use palier_domain::credentials::{Access, Held, Kind, Way};
use palier_domain::desk::AccountState;

use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::desk_journal::{self, Act};
use crate::store::staff::Staff;
use crate::store::{StoreError, partners::Partner};

/// Entries of the journal on a sheet.
const ENTRIES: u64 = 20;

/// 404 where the portal gives nobody accounts.
fn has_partners(post: Post<'_>) -> Result<(), ApiError> {
    post.portal.partners.map(drop).ok_or_else(ApiError::not_found)
}

/// Where a partner stands.
fn state(access: &Access<jiff::Timestamp>, now: jiff::Timestamp) -> AccountState {
    match (access.way(now), access.held) {
        (Way::Wait, _) => AccountState::Ordered,
        (Way::TypeGiven { kind: Kind::Letter, .. }, _) => AccountState::Letter,
        (Way::TypeGiven { .. }, _) => AccountState::Mail,
        (Way::AskIdentifiers, Held::Provisional { .. }) => AccountState::Over,
        (Way::AskIdentifiers, _) => AccountState::Nothing,
        (Way::SignIn { .. }, _) => AccountState::Personal,
        (Way::Renew, _) => AccountState::Renew,
    }
}

/// Writes down what somebody of the staff did.
async fn note<C: sea_orm::ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    staff: &Staff,
    kind: &str,
    subject: &str,
) -> Result<(), StoreError> {
    let staff = staff.email.to_string();
    desk_journal::append(conn, post.portal.slug(), post.now, Act { staff: &staff, kind, subject }).await
}

/// The user number of a partner, by which the journal names it.
fn named(partner: &Partner) -> &str {
    partner.known.number.as_str()
}
