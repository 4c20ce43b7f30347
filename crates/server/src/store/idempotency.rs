//! Requests that may come twice, by a double click or a lost answer, and must be done once.

use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _, Set,
};

use super::convert::seconds;
use super::entities::idempotency as row;
use super::{Conflict, StoreError};

/// Each try that fails means that the row was there and is gone: it was rolled back or purged in between.
const TRIES: u32 = 8;

/// Whether a request is met for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Yes: do it, then [`settle`] with the answer, in the same transaction.
    New,
    /// No: this was the answer.
    Same(String),
    /// Its key was used for something else.
    Other,
}

/// Claims a request by its key and the SHA-256 of what it asks.
///
/// While another transaction has claimed the same key this one waits: for its answer, or for its turn if that one is undone.
pub async fn claim(
    transaction: &DatabaseTransaction,
    portal: &str,
    key: &str,
    digest: &[u8; 32],
    now: Timestamp,
) -> Result<Claim, StoreError> {
    for _ in 0..TRIES {
        let row = row::ActiveModel {
            portal: Set(portal.to_owned()),
            request_key: Set(key.to_owned()),
            digest: Set(digest.to_vec()),
            body: Set(String::new()),
            created_at: Set(seconds(now)),
        };
        let inserted = row::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(transaction)
            .await?;
        if inserted == 1 {
            return Ok(Claim::New);
        }
        let id = (portal.to_owned(), key.to_owned());
        match row::Entity::find_by_id(id).one(transaction).await? {
            Some(row) if row.digest == digest => return Ok(Claim::Same(row.body)),
            Some(_) => return Ok(Claim::Other),
            None => {}
        }
    }
    Err(StoreError::Conflict(Conflict::Other))
}

/// Keeps the answer to a claimed request.
pub async fn settle<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    key: &str,
    body: &str,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::Body, Expr::value(body))
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::RequestKey.eq(key))
        .exec(conn)
        .await?;
    Ok(())
}
