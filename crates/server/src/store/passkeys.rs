//! Passkeys of accounts (X3), and the challenges that browsers answer with them.

mod challenges;

use jiff::Timestamp;
use palier_domain::profile::Device;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, QueryOrder as _, Set,
};

pub use self::challenges::{NewChallenge, keep_challenge, take_challenge};
use super::convert::{optional_time, seconds, time};
use super::entities::passkeys as row;
use super::{StoreError, insert};

const TABLE: &str = "passkeys";

/// A passkey to keep.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// The portal.
    pub portal: String,
    /// Whose.
    pub account_id: i64,
    /// What its device calls it, one of its kind in a portal.
    pub credential: String,
    /// The public key and what goes with it.
    pub key: String,
    /// On which kind of device it was added.
    pub device: Device,
    /// When.
    pub now: Timestamp,
}

/// A passkey as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Ours.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// See [`NewPasskey::key`].
    pub key: String,
    /// See [`NewPasskey::device`].
    pub device: Device,
    /// When it was added.
    pub created_at: Timestamp,
    /// When somebody last signed in with it.
    pub used_at: Option<Timestamp>,
}

/// Keeps a passkey and gives its id; none when the portal has it already.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewPasskey) -> Result<Option<i64>, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal),
        account_id: Set(new.account_id),
        credential: Set(new.credential),
        key: Set(new.key),
        device: Set(new.device.to_string()),
        created_at: Set(seconds(new.now)),
        used_at: Set(None),
    };
    insert::unless_taken(conn, row).await
}

/// The passkey that a device calls so.
pub async fn by_credential<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    credential: &str,
) -> Result<Option<Passkey>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Credential.eq(credential))
        .one(conn)
        .await?;
    found.map(Passkey::try_from).transpose()
}

/// The passkeys of an account, the oldest first.
pub async fn of_account<C: ConnectionTrait>(conn: &C, account_id: i64) -> Result<Vec<Passkey>, StoreError> {
    let mine = row::Entity::find().filter(row::Column::AccountId.eq(account_id));
    let rows = mine.order_by_asc(row::Column::Id).all(conn).await?;
    rows.into_iter().map(Passkey::try_from).collect()
}

/// Somebody signed in with it: what is to be known of its device from now on, and when.
pub async fn note_used<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    key: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::Key, Expr::value(key))
        .col_expr(row::Column::UsedAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Removes one passkey of an account; false when the account has no such one.
pub async fn remove<C: ConnectionTrait>(conn: &C, account_id: i64, id: i64) -> Result<bool, StoreError> {
    let deleted = row::Entity::delete_many()
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Removes every passkey of an account and says how many there were.
pub async fn remove_all<C: ConnectionTrait>(conn: &C, account_id: i64) -> Result<u64, StoreError> {
    let deleted = row::Entity::delete_many().filter(row::Column::AccountId.eq(account_id)).exec(conn).await?;
    Ok(deleted.rows_affected)
}

impl TryFrom<row::Model> for Passkey {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            account_id: row.account_id,
            key: row.key,
            device: Device::kept(&row.device),
            created_at: time(row.created_at, TABLE)?,
            used_at: optional_time(row.used_at, TABLE)?,
        })
    }
}
