//! Requests to leave as a table: what the landlord's own system has to know, which sends the post (T10).

use jiff::Timestamp;

use crate::account::full_name;
use crate::config::PortalConfig;
use crate::store::{Store, StoreError, accounts, departures, leaving};

/// The columns.
pub const HEADERS: [&str; 9] =
    ["identifiant", "nom", "reference", "quoi", "etat", "demande", "decision", "par", "motif"];

/// The requests that were asked or ended at a moment or later, in the order in which they were asked.
pub async fn rows(
    store: &Store,
    portal: &PortalConfig,
    since: Timestamp,
) -> Result<Vec<[String; HEADERS.len()]>, StoreError> {
    let (conn, slug) = (store.read(), portal.slug());
    let day = |at: Timestamp| at.to_zoned(portal.time_zone.clone()).date().to_string();
    let mut rows = Vec::new();
    for departure in departures::since(conn, slug, since).await? {
        let Some(account) = accounts::by_id(conn, slug, departure.account_id).await? else { continue };
        let lease = leaving::last_lease(conn, slug, account.id).await?;
        rows.push([
            account.identifier.to_string(),
            full_name(account.first_name.as_deref(), &account.surname),
            lease.map(|lease| lease.reference.to_string()).unwrap_or_default(),
            departure.kind.name().to_owned(),
            departure.state.name().to_owned(),
            day(departure.asked_at),
            departure.state.settled().copied().map(day).unwrap_or_default(),
            if departure.at_desk { "desk" } else { "online" }.to_owned(),
            departure.state.reason().to_owned(),
        ]);
    }
    Ok(rows)
}
