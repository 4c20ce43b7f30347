//! Partners as the desk looks for them: searched and in parts; and one made there (P1, P7).

use jiff::Timestamp;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ConnectionTrait, QuerySelect as _, QueryTrait as _};

use super::{NewPartner, Partner, row, rows};
use crate::store::convert::seconds;
use crate::store::searched::{self, Searched, found};
use crate::store::{Conflict, Part, StoreError, insert};

/// Takes one partner in and gives its id; [`Conflict::Other`] when its number is taken.
pub async fn insert<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    partner: &NewPartner,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let row = rows::new(partner, portal, seconds(now))?;
    insert::unless_taken(conn, row).await?.ok_or(StoreError::Conflict(Conflict::Other))
}

/// How many partners of the portal are found by a text, as [`palier_domain::fold::key`] gives it: in the number, in the
/// name or in the e-mail address. All by an empty one.
pub async fn count_found<C: ConnectionTrait>(conn: &C, portal: &str, text: &str) -> Result<u64, StoreError> {
    searched::count::<row::Entity, C>(conn, portal, text).await
}

/// A part of those of [`count_found`], by name: without accents or case, in the same order on every engine.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    part: Part,
) -> Result<Vec<Partner>, StoreError> {
    searched::page::<row::Entity, C, _>(conn, portal, text, part).await
}

impl Searched for row::Entity {
    const ID: row::Column = row::Column::Id;
    const PORTAL: row::Column = row::Column::Portal;
    const SEARCH_KEY: row::Column = row::Column::SearchKey;
    const NAME_KEY: row::Column = row::Column::NameKey;
}

/// The ids of those of [`count_found`], for a condition of another table's.
pub(in crate::store) fn ids_found(portal: &str, text: &str) -> SelectStatement {
    found::<row::Entity>(portal, text).select_only().column(row::Column::Id).into_query()
}
