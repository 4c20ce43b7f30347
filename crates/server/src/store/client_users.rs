//! Users (*utilisateurs*) of client organisations: whose account acts for which, and how far (A5, A8).
//!
//! What is decided about users is decided while the organisation's row is held ([`super::clients::held`]): two
//! decisions at once come one after the other, and the last active administrator stays.

use std::collections::HashMap;

use jiff::Timestamp;
pub use palier_domain::onboarding::UserState;
use palier_domain::onboarding::{Rights, Role};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, Select, Set,
};

use super::accounts::Account;
use super::batch::CHUNK;
use super::convert::{seconds, time};
use super::entities::{accounts, client_users as row};
use super::{Conflict, StoreError, insert};

const TABLE: &str = "client_users";

/// A user of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientUser {
    /// The organisation.
    pub client_id: i64,
    /// The account.
    pub account_id: i64,
    /// Decides about the others.
    pub administrator: bool,
    /// Whether they may sign in.
    pub state: UserState,
    /// What they may do.
    pub rights: Rights,
    /// Since when they are a user of it.
    pub since: Timestamp,
}

impl ClientUser {
    /// What they are in the organisation.
    pub fn role(&self) -> Role {
        Role { administrator: self.administrator, state: self.state }
    }

    /// Was one, and is one no more.
    pub fn is_removed(&self) -> bool {
        self.state == UserState::Removed
    }

    /// Decides about the others, now.
    pub fn decides(&self) -> bool {
        self.role().decides()
    }
}

/// Makes an account that of a user. An account that was removed from an organisation may become that of another, or
/// of the same; [`Conflict::Other`] when it is a user's that wasn't removed.
pub async fn insert<C: ConnectionTrait>(conn: &C, portal: &str, user: &ClientUser) -> Result<(), StoreError> {
    let rights = json(&user.rights)?;
    let again = row::Entity::update_many()
        .col_expr(row::Column::ClientId, Expr::value(user.client_id))
        .col_expr(row::Column::Administrator, Expr::value(user.administrator))
        .col_expr(row::Column::State, Expr::value(user.state.name()))
        .col_expr(row::Column::Rights, Expr::value(rights.clone()))
        .col_expr(row::Column::CreatedAt, Expr::value(seconds(user.since)))
        .col_expr(row::Column::EndedAt, Expr::value(Option::<i64>::None))
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::AccountId.eq(user.account_id))
        .filter(row::Column::State.eq(UserState::Removed.name()))
        .exec(conn)
        .await?;
    if again.rows_affected == 1 {
        return Ok(());
    }
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        client_id: Set(user.client_id),
        account_id: Set(user.account_id),
        administrator: Set(user.administrator),
        created_at: Set(seconds(user.since)),
        state: Set(user.state.name().to_owned()),
        rights: Set(rights),
        ended_at: Set(None),
    };
    insert::unless_taken(conn, row).await?.map(drop).ok_or(StoreError::Conflict(Conflict::Other))
}

/// Writes down what was decided about a user; their organisation and since when they are one stay. False when they
/// are no user of it.
pub async fn update<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    user: &ClientUser,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::Administrator, Expr::value(user.administrator))
        .col_expr(row::Column::State, Expr::value(user.state.name()))
        .col_expr(row::Column::Rights, Expr::value(json(&user.rights)?))
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClientId.eq(user.client_id))
        .filter(row::Column::AccountId.eq(user.account_id))
        .filter(row::Column::State.ne(UserState::Removed.name()))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Notes when somebody was removed: their account is kept for a while from then on (T11).
pub async fn note_removed<C: ConnectionTrait>(
    conn: &C,
    account_id: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Expr::value(seconds(now)))
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::State.eq(UserState::Removed.name()))
        .exec(conn)
        .await?;
    Ok(())
}

/// Whose account it is, removed or not; none for accounts that never were a client's user's.
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
    found.map(ClientUser::try_from).transpose()
}

/// The users of an organisation with their accounts, those that were removed left out; in no order.
pub async fn list<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
) -> Result<Vec<(ClientUser, Account)>, StoreError> {
    let users: Vec<ClientUser> = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClientId.eq(client_id))
        .filter(row::Column::State.ne(UserState::Removed.name()))
        .all(conn)
        .await?
        .into_iter()
        .map(ClientUser::try_from)
        .collect::<Result<_, _>>()?;
    let ids = users.iter().map(|user| user.account_id);
    let found = accounts::Entity::find().filter(accounts::Column::Id.is_in(ids)).all(conn).await?;
    let found: Vec<Account> = found.into_iter().map(Account::try_from).collect::<Result<_, _>>()?;
    let with_account = |user: ClientUser| {
        let account = found.iter().find(|account| account.id == user.account_id)?.clone();
        Some((user, account))
    };
    Ok(users.into_iter().filter_map(with_account).collect())
}

/// How many active administrators an organisation has.
pub async fn administrators<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
) -> Result<u64, StoreError> {
    Ok(deciding(portal).filter(row::Column::ClientId.eq(client_id)).count(conn).await?)
}

/// How many active administrators each of some organisations has that has any, by its id.
pub async fn administrators_of_all<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_ids: &[i64],
) -> Result<HashMap<i64, u64>, StoreError> {
    let mut counts = HashMap::new();
    for chunk in client_ids.chunks(CHUNK) {
        let counted: Vec<(i64, i64)> = deciding(portal)
            .filter(row::Column::ClientId.is_in(chunk.iter().copied()))
            .select_only()
            .column(row::Column::ClientId)
            .column_as(row::Column::Id.count(), "count")
            .group_by(row::Column::ClientId)
            .into_tuple()
            .all(conn)
            .await?;
        counts.extend(counted.into_iter().map(|(client, count)| (client, count.unsigned_abs())));
    }
    Ok(counts)
}

/// How many organisations of a portal have an active administrator.
pub async fn administered<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<u64, StoreError> {
    let counted = deciding(portal)
        .select_only()
        .column_as(Expr::col(row::Column::ClientId).count_distinct(), "count")
        .into_tuple::<i64>();
    Ok(counted.one(conn).await?.unwrap_or_default().unsigned_abs())
}

/// The active administrators of a portal.
fn deciding(portal: &str) -> Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::State.eq(UserState::Active.name()))
        .filter(row::Column::Administrator.eq(true))
}

pub(super) fn json(rights: &Rights) -> Result<String, StoreError> {
    serde_json::to_string(rights).map_err(|_| StoreError::Unreadable(TABLE))
}

pub(super) fn rights(text: &str, table: &'static str) -> Result<Rights, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable(table))
}

impl TryFrom<row::Model> for ClientUser {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            client_id: row.client_id,
            account_id: row.account_id,
            administrator: row.administrator,
            state: UserState::parse(&row.state).ok_or(StoreError::Unreadable(TABLE))?,
            rights: rights(&row.rights, TABLE)?,
            since: time(row.created_at, TABLE)?,
        })
    }
}
