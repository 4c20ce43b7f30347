//! Sessions at the desk, kept by the SHA-256 of the cookie's token (D3).

use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, Set};

use super::StoreError;
use super::convert::{optional_time, seconds, time};
use super::entities::{staff, staff_sessions as row};
use super::staff::Staff;

const TABLE: &str = "staff_sessions";

/// A session to keep.
#[derive(Clone, Debug)]
pub struct NewStaffSession {
    /// The portal.
    pub portal: String,
    /// Who.
    pub staff_id: i64,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// The second factor was given too.
    pub second_factor: bool,
    /// When.
    pub now: Timestamp,
    /// When it ends however much it is used.
    pub expires_at: Timestamp,
}

/// A session as it is kept. Whether it has ended for want of use is the caller's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// Ours.
    pub id: i64,
    /// When the second factor was given; none when only the password was.
    pub second_factor_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used; see [`touch`].
    pub seen_at: Timestamp,
    /// When it ends however much it is used.
    pub expires_at: Timestamp,
}

/// Begins a session and gives its id.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewStaffSession) -> Result<i64, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal),
        staff_id: Set(new.staff_id),
        token_hash: Set(new.token_hash.to_vec()),
        second_factor_at: Set(new.second_factor.then(|| seconds(new.now))),
        created_at: Set(seconds(new.now)),
        seen_at: Set(seconds(new.now)),
        expires_at: Set(seconds(new.expires_at)),
    };
    Ok(row::Entity::insert(row).exec(conn).await?.last_insert_id)
}

/// The session with that token and whose it is, even past its end.
pub async fn find<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    token_hash: &[u8; 32],
) -> Result<Option<(StaffSession, Staff)>, StoreError> {
    let found = row::Entity::find()
        .find_also_related(staff::Entity)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::TokenHash.eq(token_hash.as_slice()))
        .one(conn)
        .await?;
    match found {
        Some((session, Some(staff))) => Ok(Some((StaffSession::try_from(session)?, Staff::try_from(staff)?))),
        _ => Ok(None),
    }
}

/// Notes that it was used.
pub async fn touch<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::SeenAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Ends a session. True for exactly one caller.
pub async fn end<C: ConnectionTrait>(conn: &C, id: i64) -> Result<bool, StoreError> {
    Ok(row::Entity::delete_by_id(id).exec(conn).await?.rows_affected == 1)
}

/// Ends every session of somebody and says how many there were.
pub async fn end_all<C: ConnectionTrait>(conn: &C, staff_id: i64) -> Result<u64, StoreError> {
    let deleted = row::Entity::delete_many().filter(row::Column::StaffId.eq(staff_id)).exec(conn).await?;
    Ok(deleted.rows_affected)
}

impl TryFrom<row::Model> for StaffSession {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            second_factor_at: optional_time(row.second_factor_at, TABLE)?,
            created_at: time(row.created_at, TABLE)?,
            seen_at: time(row.seen_at, TABLE)?,
            expires_at: time(row.expires_at, TABLE)?,
        })
    }
}
