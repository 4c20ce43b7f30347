//! Passwords that come to their end (P2): whose, and how many warnings of it were written.

use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::accounts::Account;
use super::convert::{count, counted, seconds};
use super::entities::accounts as row;
use super::{StoreError, lock};

/// An open account whose password has an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The account.
    pub account: Account,
    /// Warnings that were written of this end.
    pub told: u32,
}

/// Open accounts after `after` whose password ends after `now` and by `until`: by id, `most` of them.
pub async fn some<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    (now, until): (Timestamp, Timestamp),
    after: i64,
    most: u64,
) -> Result<Vec<Ending>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClosedAt.is_null())
        .filter(row::Column::PasswordUntil.gt(seconds(now)))
        .filter(row::Column::PasswordUntil.lte(seconds(until)))
        .filter(row::Column::Id.gt(after))
        .order_by_asc(row::Column::Id)
        .limit(most)
        .all(conn)
        .await?;
    rows.into_iter().map(Ending::try_from).collect()
}

/// An open account, whose row is this transaction's until it ends.
pub async fn hold(
    transaction: &DatabaseTransaction,
    portal: &str,
    id: i64,
) -> Result<Option<Ending>, StoreError> {
    let mine = row::Entity::find_by_id(id)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClosedAt.is_null());
    lock::held(mine).one(transaction).await?.map(Ending::try_from).transpose()
}

/// Notes how many warnings were written, in the transaction that holds the account.
pub async fn tell(transaction: &DatabaseTransaction, id: i64, told: u32) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::PasswordTold, Expr::value(count(told)))
        .filter(row::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

impl TryFrom<row::Model> for Ending {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self { told: counted(row.password_told), account: Account::try_from(row)? })
    }
}
