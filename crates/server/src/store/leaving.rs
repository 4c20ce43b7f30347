//! Tenants who leave: how long their accounts stay open, what they were told of it, and closing (T5, T11).

use jiff::Timestamp;
use palier_domain::values::Date;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::accounts::Account;
use super::convert::{count, counted, day, optional_time, seconds};
use super::entities::{accounts as row, leases, sign_ups};
use super::{StoreError, departures, lock};
use crate::store::leases::Lease;
use crate::store::sign_ups::State;

const TABLE: &str = "accounts";
/// Before the identifier in the place of an address that an account had: no key of an address begins so.
const GIVEN_UP: &str = "#";

/// An open account whose home has an end, or whose owner was told that it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// The account.
    pub account: Account,
    /// The lease that it has; none once another household has it.
    pub lease_id: Option<i64>,
    /// The last day in the home, if there still is one.
    pub left_on: Option<Date>,
    /// What its owner was told.
    pub told: Option<Told>,
}

/// What the owner of an account was told of its closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The last day until which it stays open.
    pub last_day: Date,
    /// Warnings that were due by then.
    pub warnings: u32,
    /// When the first of them was written.
    pub first_at: Timestamp,
}

/// Open accounts after `after` whose home is left by `until`, or whose owner was told of a closing: by id, `most` of them.
pub async fn some<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    until: Date,
    after: i64,
    most: u64,
) -> Result<Vec<Leaving>, StoreError> {
    use row::Column as C;
    let over = Query::select()
        .column(leases::Column::Id)
        .from(leases::Entity)
        .and_where(leases::Column::Portal.eq(portal))
        .and_where(leases::Column::LeftOn.lte(until.to_string()))
        .to_owned();
    let concerned = Condition::any()
        .add(C::LeftOn.lte(until.to_string()))
        .add(C::ClosingOn.is_not_null())
        .add(C::LeaseId.in_subquery(over));
    let rows = row::Entity::find()
        .filter(C::Portal.eq(portal))
        .filter(C::ClosedAt.is_null())
        .filter(C::Id.gt(after))
        .filter(concerned)
        .order_by_asc(C::Id)
        .limit(most)
        .all(conn)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(with_lease(conn, row).await?);
    }
    Ok(found)
}

/// An account that is still open, whose row is this transaction's until it ends.
pub async fn hold(
    transaction: &DatabaseTransaction,
    portal: &str,
    id: i64,
) -> Result<Option<Leaving>, StoreError> {
    let mine = row::Entity::find_by_id(id)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClosedAt.is_null());
    match lock::held(mine).one(transaction).await? {
        Some(row) => with_lease(transaction, row).await.map(Some),
        None => Ok(None),
    }
}

async fn with_lease<C: ConnectionTrait>(conn: &C, row: row::Model) -> Result<Leaving, StoreError> {
    let known = day(row.left_on.as_deref(), TABLE)?;
    let left_on = match row.lease_id {
        Some(id) => {
            let lease = leases::Entity::find_by_id(id).one(conn).await?;
            day(lease.and_then(|lease| lease.left_on).as_deref(), "leases")?
        }
        None => known,
    };
    let last_day = day(row.closing_on.as_deref(), TABLE)?;
    let first_at = optional_time(row.closing_told_at, TABLE)?;
    let told = last_day.zip(first_at).map(|(last_day, first_at)| Told {
        last_day,
        warnings: counted(row.closing_told),
        first_at,
    });
    Ok(Leaving { lease_id: row.lease_id, left_on, told, account: Account::try_from(row)? })
}

/// The last day until which an open account was said to stay open; none when nothing was said.
pub async fn announced<C: ConnectionTrait>(conn: &C, id: i64) -> Result<Option<Date>, StoreError> {
    let row = row::Entity::find_by_id(id).filter(row::Column::ClosedAt.is_null()).one(conn).await?;
    day(row.and_then(|row| row.closing_on).as_deref(), TABLE)
}

/// The lease that an account has, or had before it was closed.
pub async fn last_lease<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    account_id: i64,
) -> Result<Option<Lease>, StoreError> {
    let row = row::Entity::find_by_id(account_id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    match row.and_then(|row| row.lease_id.or(row.left_lease_id)) {
        Some(id) => super::leases::by_id(conn, portal, id).await,
        None => Ok(None),
    }
}

/// Notes what the owner of an account is told, in the transaction that holds it; none when it is said to stay open.
pub async fn tell(transaction: &DatabaseTransaction, id: i64, told: Option<Told>) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::ClosingOn, Expr::value(told.map(|told| told.last_day.to_string())))
        .col_expr(row::Column::ClosingTold, Expr::value(told.map_or(0, |told| count(told.warnings))))
        .col_expr(row::Column::ClosingToldAt, Expr::value(told.map(|told| seconds(told.first_at))))
        .filter(row::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Closes an account that is held: its lease may have another one (T5), and nobody has to decide about leaving any more
/// (T10). Its sessions are the caller's to end.
pub async fn close(transaction: &DatabaseTransaction, id: i64, now: Timestamp) -> Result<(), StoreError> {
    departures::overtake(transaction, id, now).await?;
    let lease = Expr::col(row::Column::LeaseId);
    let kept = Expr::col(row::Column::LeftLeaseId);
    row::Entity::update_many()
        .col_expr(row::Column::ClosedAt, Expr::value(seconds(now)))
        .col_expr(row::Column::LeftLeaseId, lease.if_null(kept))
        .col_expr(row::Column::LeaseId, Expr::value(Option::<i64>::None))
        .filter(row::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Takes the address that an account gets from a closed one that had it: whoever comes back is known by it again.
pub(super) async fn make_way<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    email_key: &str,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(
            row::Column::EmailKey,
            Expr::value(GIVEN_UP)
                .binary(sea_orm::sea_query::BinOper::Custom("||"), Expr::col(row::Column::Identifier)),
        )
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::EmailKey.eq(email_key))
        .filter(row::Column::ClosedAt.is_not_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// The lease of that reference went to another household: the account of the one before has it no more, and sign-ups that
/// were under way with it lead nowhere (T5).
pub(super) async fn pass_on<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    reference: &str,
    left_on: Date,
) -> Result<(), StoreError> {
    let lease = Query::select()
        .column(leases::Column::Id)
        .from(leases::Entity)
        .and_where(leases::Column::Portal.eq(portal))
        .and_where(leases::Column::Reference.eq(reference))
        .to_owned();
    row::Entity::update_many()
        .col_expr(row::Column::LeftOn, Expr::value(left_on.to_string()))
        .col_expr(row::Column::LeftLeaseId, Expr::col(row::Column::LeaseId))
        .col_expr(row::Column::LeaseId, Expr::value(Option::<i64>::None))
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::LeaseId.in_subquery(lease.clone()))
        .exec(conn)
        .await?;
    sign_ups::Entity::update_many()
        .col_expr(sign_ups::Column::State, Expr::value(State::Superseded))
        .filter(sign_ups::Column::Portal.eq(portal))
        .filter(sign_ups::Column::State.eq(State::Open))
        .filter(sign_ups::Column::LeaseId.in_subquery(lease))
        .exec(conn)
        .await?;
    Ok(())
}
