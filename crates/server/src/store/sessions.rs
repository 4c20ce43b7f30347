//! Sessions, kept by the SHA-256 of the cookie's token (P6).

use jiff::Timestamp;
use palier_domain::profile::Device;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, QueryOrder as _, Set,
};

use super::StoreError;
use super::accounts::Account;
use super::convert::{seconds, time};
use super::entities::{accounts, sessions as row};

const TABLE: &str = "sessions";

/// A session to keep.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The portal.
    pub portal: String,
    /// Who.
    pub account_id: i64,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// *Rester connecté*: no end for want of use.
    pub stay: bool,
    /// On which kind of device.
    pub device: Device,
    /// When.
    pub now: Timestamp,
    /// When it ends however much it is used.
    pub expires_at: Timestamp,
}

/// A session as it is kept. Whether it has ended for want of use is the caller's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Ours.
    pub id: i64,
    /// See [`NewSession::stay`].
    pub stay: bool,
    /// See [`NewSession::device`].
    pub device: Device,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used; see [`touch`].
    pub seen_at: Timestamp,
    /// When it ends however much it is used.
    pub expires_at: Timestamp,
}

/// Begins a session and gives its id.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewSession) -> Result<i64, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal),
        account_id: Set(new.account_id),
        token_hash: Set(new.token_hash.to_vec()),
        stay: Set(new.stay),
        created_at: Set(seconds(new.now)),
        seen_at: Set(seconds(new.now)),
        expires_at: Set(seconds(new.expires_at)),
        device: Set(Some(new.device.to_string())),
    };
    Ok(row::Entity::insert(row).exec(conn).await?.last_insert_id)
}

/// The session with that token and whose it is, even past its end.
pub async fn find<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    token_hash: &[u8; 32],
) -> Result<Option<(SessionRow, Account)>, StoreError> {
    let found = row::Entity::find()
        .find_also_related(accounts::Entity)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::TokenHash.eq(token_hash.as_slice()))
        .one(conn)
        .await?;
    match found {
        Some((session, Some(account))) => {
            Ok(Some((SessionRow::try_from(session)?, Account::try_from(account)?)))
        }
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

/// Ends the session with that token; nothing happens when there is none.
pub async fn end<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    token_hash: &[u8; 32],
) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::TokenHash.eq(token_hash.as_slice()))
        .exec(conn)
        .await?;
    Ok(())
}

/// The sessions of an account, the last seen first, even past their end.
pub async fn of_account<C: ConnectionTrait>(
    conn: &C,
    account_id: i64,
) -> Result<Vec<SessionRow>, StoreError> {
    let mine = row::Entity::find().filter(row::Column::AccountId.eq(account_id));
    let rows = mine.order_by_desc(row::Column::SeenAt).order_by_desc(row::Column::Id).all(conn).await?;
    rows.into_iter().map(SessionRow::try_from).collect()
}

/// Lets a session go on under another token; false when it ended meanwhile.
pub async fn renew<C: ConnectionTrait>(conn: &C, id: i64, token_hash: &[u8; 32]) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::TokenHash, Expr::value(token_hash.to_vec()))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Ends one session of an account; false when the account has no such session.
pub async fn end_one<C: ConnectionTrait>(conn: &C, account_id: i64, id: i64) -> Result<bool, StoreError> {
    let deleted = row::Entity::delete_many()
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Ends the sessions of an account but for one, and says how many there were.
pub async fn end_others<C: ConnectionTrait>(conn: &C, account_id: i64, but: i64) -> Result<u64, StoreError> {
    let deleted = row::Entity::delete_many()
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::Id.ne(but))
        .exec(conn)
        .await?;
    Ok(deleted.rows_affected)
}

/// Ends every session of an account and says how many there were.
pub async fn end_all<C: ConnectionTrait>(conn: &C, account_id: i64) -> Result<u64, StoreError> {
    let deleted = row::Entity::delete_many().filter(row::Column::AccountId.eq(account_id)).exec(conn).await?;
    Ok(deleted.rows_affected)
}

impl TryFrom<row::Model> for SessionRow {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            stay: row.stay,
            device: row.device.as_deref().map(Device::kept).unwrap_or_default(),
            created_at: time(row.created_at, TABLE)?,
            seen_at: time(row.seen_at, TABLE)?,
            expires_at: time(row.expires_at, TABLE)?,
        })
    }
}
