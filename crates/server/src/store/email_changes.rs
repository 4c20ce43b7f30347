//! Changes of an account's e-mail address (T9): asked for, done once the new address is confirmed, stopped or undone by
//! who has the former one.

use jiff::Timestamp;
use palier_domain::values::Email;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DeriveActiveEnum, EntityTrait as _, EnumIter, NotSet,
    QueryFilter as _, QueryOrder as _, Set,
};

use super::StoreError;
use super::accounts::{Account, is_signed_in_with};
use super::convert::{email, optional_time, seconds, time};
use super::entities::email_changes as row;

const TABLE: &str = "email_changes";

/// What has become of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// The new address isn't confirmed.
    Asked,
    /// The new address is the account's.
    Done,
    /// It was stopped before, or another one was asked for.
    Stopped,
    /// It was undone afterwards.
    Undone,
}

/// A change as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChange {
    /// Ours.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// The address before; none where the account had none.
    pub former: Option<Email>,
    /// It was somebody else's too: the account wasn't signed in to with it.
    pub former_shared: bool,
    /// The address afterwards.
    pub wanted: Email,
    /// What has become of it.
    pub state: State,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Since when the new address is the account's.
    pub done_at: Option<Timestamp>,
}

/// Keeps a change that is asked for, and gives its id; those that were asked for before are stopped.
pub async fn ask<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    account: &Account,
    wanted: &Email,
    now: Timestamp,
) -> Result<i64, StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(State::Stopped))
        .filter(row::Column::AccountId.eq(account.id))
        .filter(row::Column::State.eq(State::Asked))
        .exec(conn)
        .await?;
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        account_id: Set(account.id),
        former: Set(account.address()),
        former_key: Set(account.email_key()),
        wanted: Set(wanted.to_string()),
        state: Set(State::Asked),
        asked_at: Set(seconds(now)),
        done_at: Set(None),
    };
    Ok(row::Entity::insert(row).exec(conn).await?.last_insert_id)
}

/// The change with that id, if it is this portal's.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<EmailChange>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(EmailChange::try_from).transpose()
}

/// The change of an account that is asked for and not decided.
pub async fn asked<C: ConnectionTrait>(conn: &C, account_id: i64) -> Result<Option<EmailChange>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::State.eq(State::Asked))
        .one(conn)
        .await?;
    found.map(EmailChange::try_from).transpose()
}

/// The address of the account becomes, or became, the wanted one.
pub async fn note_done<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(State::Done))
        .col_expr(row::Column::DoneAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Whoever has the former address of a change objects: it and those of the account that came after it are stopped, or
/// undone.
pub async fn object<C: ConnectionTrait>(conn: &C, change: &EmailChange) -> Result<(), StoreError> {
    for (from, to) in [(State::Asked, State::Stopped), (State::Done, State::Undone)] {
        row::Entity::update_many()
            .col_expr(row::Column::State, Expr::value(to))
            .filter(row::Column::AccountId.eq(change.account_id))
            .filter(row::Column::Id.gte(change.id))
            .filter(row::Column::State.eq(from))
            .exec(conn)
            .await?;
    }
    Ok(())
}

/// The account whose address this was until after `since`, by the newest change from it that stands.
pub async fn account_of_former<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    email_key: &str,
    since: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::FormerKey.eq(email_key))
        .filter(row::Column::State.eq(State::Done))
        .filter(row::Column::DoneAt.gte(seconds(since)))
        .order_by_desc(row::Column::Id)
        .one(conn)
        .await?;
    Ok(found.map(|row| row.account_id))
}

impl TryFrom<row::Model> for EmailChange {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            account_id: row.account_id,
            former_shared: !row.former.is_empty() && !is_signed_in_with(&row.former_key),
            former: if row.former.is_empty() { None } else { Some(email(&row.former, TABLE)?) },
            wanted: email(&row.wanted, TABLE)?,
            state: row.state,
            asked_at: time(row.asked_at, TABLE)?,
            done_at: optional_time(row.done_at, TABLE)?,
        })
    }
}
