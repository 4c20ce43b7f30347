//! Letters as work lists show them: counted, searched and in parts.

use std::collections::HashMap;

use jiff::Timestamp;
use palier_domain::onboarding::LetterState;
use sea_orm::sea_query::{ExprTrait as _, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, Select,
};

use super::{Letter, row, state_name};
use crate::store::batch::CHUNK;
use crate::store::{Part, StoreError, clients, designations, posted};

/// How many letters there are in each state that are found by a text, as [`palier_domain::fold::key`] gives it: in the
/// reference, or in the organisation's number or name. All by an empty one.
pub async fn counts<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
) -> Result<Vec<(LetterState, u64)>, StoreError> {
    posted::counts(conn, found(portal, text)).await
}

/// A part of the letters that are found by a text, of one state or all: those that wait first, then the newest first.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    state: Option<LetterState>,
    part: Part,
) -> Result<Vec<Letter>, StoreError> {
    posted::page(conn, found(portal, text), state, part).await
}

/// How many letters wait to be printed, without those that administrators can still object to (A8).
pub async fn printable<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let waiting = found(portal, "")
        .filter(row::Column::State.eq(state_name(LetterState::Asked)))
        .filter(row::Column::DesignationId.not_in_subquery(designations::ids_held(portal, now)));
    Ok(waiting.count(conn).await?)
}

/// The newest letters of some designations, by the id of the designation.
pub async fn latest_of<C: ConnectionTrait>(
    conn: &C,
    designation_ids: &[i64],
) -> Result<HashMap<i64, Letter>, StoreError> {
    let mut latest = HashMap::new();
    for chunk in designation_ids.chunks(CHUNK) {
        let of_these = row::Column::DesignationId.is_in(chunk.iter().copied());
        let newest = newest().filter(of_these).into_query();
        for row in row::Entity::find().filter(row::Column::Id.in_subquery(newest)).all(conn).await? {
            latest.insert(row.designation_id, Letter::try_from(row)?);
        }
    }
    Ok(latest)
}

/// The id of the newest letter of each designation.
fn newest() -> Select<row::Entity> {
    let ids = row::Entity::find().select_only().column_as(row::Column::Id.max(), "newest");
    ids.group_by(row::Column::DesignationId)
}

fn found(portal: &str, text: &str) -> Select<row::Entity> {
    let all = posted::of(portal);
    if text.is_empty() {
        return all;
    }
    let of_organisations: SelectStatement = clients::ids_found(portal, text);
    all.filter(row::Column::ClientId.in_subquery(of_organisations).or(posted::referred::<row::Entity>(text)))
}
