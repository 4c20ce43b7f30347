//! Rows that somebody is reminded of: how often that was done, and whether it may go on (M8).

use jiff::Timestamp;
use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait, QueryFilter as _};

use super::StoreError;
use super::convert::{count as counted, seconds};

/// A table of such rows.
pub(super) trait Reminded: EntityTrait {
    /// Its key.
    const ID: Self::Column;
    /// How many reminders were due and sent.
    const REMINDED: Self::Column;
    /// When somebody asked for no more of them.
    const STOPPED_AT: Self::Column;
}

/// Those reminded of fewer than `most` times, who asked for no end of it.
pub(super) fn due<E: Reminded>(most: u32) -> Condition {
    Condition::all().add(E::REMINDED.lt(counted(most))).add(E::STOPPED_AT.is_null())
}

/// Notes that those up to `due` were sent, if `still` holds. False when another server was faster.
pub(super) async fn count<E: Reminded, C: ConnectionTrait>(
    conn: &C,
    id: i64,
    sent: u32,
    due: u32,
    still: impl IntoCondition,
) -> Result<bool, StoreError> {
    let updated = E::update_many()
        .col_expr(E::REMINDED, Expr::value(counted(due)))
        .filter(E::ID.eq(id))
        .filter(E::REMINDED.eq(counted(sent)))
        .filter(E::STOPPED_AT.is_null())
        .filter(still.into_condition())
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// No reminders from now on.
pub(super) async fn stop<E: Reminded, C: ConnectionTrait>(
    conn: &C,
    id: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    E::update_many()
        .col_expr(E::STOPPED_AT, Expr::value(seconds(now)))
        .filter(E::ID.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}
