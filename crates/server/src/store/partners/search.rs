//! Partners as the desk looks for them: searched and in parts; and one made there (P1, P7).

use jiff::Timestamp;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
};

use super::{NewPartner, Partner, row, rows};
use crate::store::convert::seconds;
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
    Ok(found(portal, text).count(conn).await?)
}

/// A part of those of [`count_found`], by name: without accents or case, in the same order on every engine.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    part: Part,
) -> Result<Vec<Partner>, StoreError> {
    let by_name = found(portal, text).order_by_asc(row::Column::NameKey).order_by_asc(row::Column::Id);
    let rows = by_name.offset(part.offset).limit(part.most).all(conn).await?;
    rows.into_iter().map(Partner::try_from).collect()
}

/// Folded texts are letters and digits: nothing in them means something in a pattern.
fn found(portal: &str, text: &str) -> Select<row::Entity> {
    let all = row::Entity::find().filter(row::Column::Portal.eq(portal));
    if text.is_empty() { all } else { all.filter(row::Column::SearchKey.contains(text)) }
}

/// The ids of those of [`count_found`], for a condition of another table's.
pub(in crate::store) fn ids_found(portal: &str, text: &str) -> SelectStatement {
    found(portal, text).select_only().column(row::Column::Id).into_query()
}
