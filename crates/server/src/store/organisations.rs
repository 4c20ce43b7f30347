//! Organisations whose digital identity is certified (M2): one a SIREN, one an account.

use jiff::Timestamp;
use palier_domain::values::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _,
    QueryOrder as _, Set,
};
use serde::{Deserialize, Serialize};

use super::accounts::Account;
use super::convert::{counted, day, seconds, time};
use super::entities::{accounts, memberships, organisations as row};
use super::memberships::Membership;
use super::reminders::{self, Reminded};
use super::{Conflict, StoreError, insert};

const TABLE: &str = "organisations";

/// An organisation as its correspondent describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Nine digits.
    pub siren: String,
    /// Fourteen digits, when that was given.
    pub siret: Option<String>,
    /// The name under which consumers find it.
    pub name: String,
    /// First name of the managing director.
    pub first_name: String,
    /// Surname of the managing director.
    pub surname: String,
    /// Birth date of the managing director.
    pub birth_date: Date,
}

impl Details {
    pub(super) fn written(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|_| StoreError::Unreadable(TABLE))
    }

    pub(super) fn read(text: &str) -> Result<Self, StoreError> {
        serde_json::from_str(text).map_err(|_| StoreError::Unreadable(TABLE))
    }
}

/// An organisation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Ours.
    pub id: i64,
    /// The portal.
    pub portal: String,
    /// Its correspondent's account.
    pub account_id: i64,
    /// What its correspondent said of it.
    pub details: Details,
    /// When its identity was asked for.
    pub created_at: Timestamp,
    /// When its correspondent's address was confirmed.
    pub certified_at: Timestamp,
    /// How many reminders were sent.
    pub reminded: u32,
}

/// An organisation with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The organisation.
    pub organisation: Organisation,
    /// Its correspondent's account.
    pub account: Account,
    /// Its membership, once it was begun.
    pub membership: Option<Membership>,
}

/// Keeps an organisation and gives its id, or [`Conflict::Organisation`] when there is one with that SIREN.
pub async fn insert<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    account_id: i64,
    details: &Details,
    created_at: Timestamp,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        account_id: Set(account_id),
        siren: Set(details.siren.clone()),
        siret: Set(details.siret.clone()),
        name: Set(details.name.clone()),
        first_name: Set(details.first_name.clone()),
        surname: Set(details.surname.clone()),
        birth_date: Set(details.birth_date.to_string()),
        created_at: Set(seconds(created_at)),
        certified_at: Set(seconds(now)),
        reminded: Set(0),
        reminders_stopped_at: Set(None),
    };
    match insert::unless_taken(conn, row).await? {
        Some(id) => Ok(id),
        None => Err(StoreError::Conflict(Conflict::Organisation)),
    }
}

/// The organisation with that SIREN.
pub async fn by_siren<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    siren: &str,
) -> Result<Option<Organisation>, StoreError> {
    one(conn, portal, row::Column::Siren.eq(siren)).await
}

/// The organisation whose correspondent's account it is.
pub async fn by_account<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    account_id: i64,
) -> Result<Option<Organisation>, StoreError> {
    one(conn, portal, row::Column::AccountId.eq(account_id)).await
}

async fn one<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    which: Expr,
) -> Result<Option<Organisation>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Portal.eq(portal)).filter(which).one(conn).await?;
    found.map(Organisation::try_from).transpose()
}

/// All organisations of a portal with their memberships, the oldest first (M8).
pub async fn all<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<Vec<Whole>, StoreError> {
    let found = row::Entity::find()
        .find_also_related(accounts::Entity)
        .find_also_related(memberships::Entity)
        .filter(row::Column::Portal.eq(portal))
        .order_by_asc(row::Column::Id)
        .all(conn)
        .await?;
    whole(found)
}

/// Those of a portal that are no members yet, were certified before `before`, and were reminded of fewer than `most`
/// times.
pub async fn to_remind<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    before: Timestamp,
    most: u32,
) -> Result<Vec<Whole>, StoreError> {
    let found = row::Entity::find()
        .find_also_related(accounts::Entity)
        .find_also_related(memberships::Entity)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::CertifiedAt.lte(seconds(before)))
        .filter(reminders::due::<row::Entity>(most))
        .filter(memberships::Column::JoinedAt.is_null())
        .order_by_asc(row::Column::Id)
        .all(conn)
        .await?;
    whole(found)
}

fn whole(
    found: Vec<(row::Model, Option<accounts::Model>, Option<memberships::Model>)>,
) -> Result<Vec<Whole>, StoreError> {
    found
        .into_iter()
        .map(|(organisation, account, membership)| {
            Ok(Whole {
                organisation: Organisation::try_from(organisation)?,
                account: account.ok_or(StoreError::Unreadable(TABLE)).and_then(Account::try_from)?,
                membership: membership.map(Membership::try_from).transpose()?,
            })
        })
        .collect()
}

impl Reminded for row::Entity {
    const ID: row::Column = row::Column::Id;
    const REMINDED: row::Column = row::Column::Reminded;
    const STOPPED_AT: row::Column = row::Column::RemindersStoppedAt;
}

/// Notes that those up to `due` were sent. False when another server was faster or somebody stopped them.
pub async fn count_reminder<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    sent: u32,
    due: u32,
) -> Result<bool, StoreError> {
    reminders::count::<row::Entity, C>(conn, id, sent, due, Condition::all()).await
}

/// No reminders from now on.
pub async fn stop_reminders<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<(), StoreError> {
    reminders::stop::<row::Entity, C>(conn, id, now).await
}

impl TryFrom<row::Model> for Organisation {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            portal: row.portal,
            account_id: row.account_id,
            details: Details {
                siren: row.siren,
                siret: row.siret,
                name: row.name,
                first_name: row.first_name,
                surname: row.surname,
                birth_date: day(Some(&row.birth_date), TABLE)?.ok_or(StoreError::Unreadable(TABLE))?,
            },
            created_at: time(row.created_at, TABLE)?,
            certified_at: time(row.certified_at, TABLE)?,
            reminded: counted(row.reminded),
        })
    }
}
