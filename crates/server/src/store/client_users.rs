//! Users (*utilisateurs*) of client organisations: whose account acts for which (A5, A8).

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, PaginatorTrait as _, QueryFilter as _, Set,
};

use super::StoreError;
use super::convert::seconds;
use super::entities::client_users as row;

/// A user of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientUser {
    /// The organisation.
    pub client_id: i64,
    /// The account.
    pub account_id: i64,
    /// Decides about the others.
    pub administrator: bool,
}

/// Makes an account that of a user.
pub async fn insert<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    user: ClientUser,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        client_id: Set(user.client_id),
        account_id: Set(user.account_id),
        administrator: Set(user.administrator),
        created_at: Set(seconds(now)),
    };
    row::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// Whose account it is; none for accounts that aren't of a client's user.
pub async fn of_account<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    account_id: i64,
) -> Result<Option<ClientUser>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::AccountId.eq(account_id))
        .one(conn)
        .await?;
    Ok(found.map(|row| ClientUser {
        client_id: row.client_id,
        account_id: row.account_id,
        administrator: row.administrator,
    }))
}

/// How many administrators an organisation has.
pub async fn administrators<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
) -> Result<u64, StoreError> {
    let users = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClientId.eq(client_id))
        .filter(row::Column::Administrator.eq(true));
    Ok(users.count(conn).await?)
}
