//! Memberships (*adhésions*, M4): what was answered so far, and what was agreed to in the end.

use jiff::Timestamp;
use palier_domain::journey::Answers;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, NotSet, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use super::convert::{counted, optional_time, seconds, time};
use super::entities::{memberships as row, organisations};
use super::{Conflict, StoreError, lock};

const TABLE: &str = "memberships";

/// A membership as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Ours.
    pub id: i64,
    /// Whose.
    pub organisation_id: i64,
    /// What was answered so far.
    pub answers: Answers,
    /// How often that changed.
    pub changes: u32,
    /// When it last did.
    pub changed_at: Timestamp,
    /// Once it is made.
    pub joined: Option<Agreement>,
}

/// What was agreed to, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The reference of the membership.
    pub reference: String,
    /// When.
    pub joined_at: Timestamp,
    /// First name of the legal representative.
    pub first_name: String,
    /// Surname of the legal representative.
    pub surname: String,
    /// Code of the partner.
    pub partner: Option<String>,
    /// The promotional code used.
    pub promo_code: Option<String>,
    /// Version of the contract.
    pub contract_version: String,
    /// SHA-256 of the contract's text, as it was shown.
    pub contract_sha256: String,
    /// Version of the terms of use.
    pub terms_version: String,
    /// SHA-256 of their text.
    pub terms_sha256: String,
    /// The contract as a file, in [`super::kept_files`].
    pub file_id: i64,
    /// The terms of use as a file, likewise.
    pub terms_file_id: i64,
}

/// A member as the directory lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id of the organisation.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its SIREN.
    pub siren: String,
    /// Since when.
    pub joined_at: Timestamp,
}

/// What tells whether the list of members changed: how many there are, and the newest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    count: u64,
    newest: i64,
}

/// The membership of an organisation; none before anything was answered.
pub async fn of<C: ConnectionTrait>(
    conn: &C,
    organisation_id: i64,
) -> Result<Option<Membership>, StoreError> {
    let found = row::Entity::find().filter(row::Column::OrganisationId.eq(organisation_id)).one(conn).await?;
    found.map(Membership::try_from).transpose()
}

/// The same, held by this transaction until it ends; made when there is none.
pub async fn held(
    transaction: &DatabaseTransaction,
    portal: &str,
    organisation_id: i64,
    now: Timestamp,
) -> Result<Membership, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        organisation_id: Set(organisation_id),
        answers: Set("{}".to_owned()),
        changes: Set(0),
        changed_at: Set(seconds(now)),
        ..Default::default()
    };
    row::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(transaction)
        .await?;
    let mine = row::Entity::find().filter(row::Column::OrganisationId.eq(organisation_id));
    let found = lock::held(mine).one(transaction).await?;
    found.ok_or(StoreError::Unreadable(TABLE)).and_then(Membership::try_from)
}

/// Keeps answers in the place of those before; nothing happens once it is made.
pub async fn save<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    answers: &Answers,
    now: Timestamp,
) -> Result<(), StoreError> {
    let answers = serde_json::to_string(answers).map_err(|_| StoreError::Unreadable(TABLE))?;
    row::Entity::update_many()
        .col_expr(row::Column::Answers, Expr::value(answers))
        .col_expr(
            row::Column::Changes,
            sea_orm::sea_query::ExprTrait::add(Expr::col(row::Column::Changes), 1),
        )
        .col_expr(row::Column::ChangedAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::JoinedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Makes it. False when it was made already. [`Conflict::Reference`] when the reference is taken; the transaction is
/// lost then.
pub async fn join<C: ConnectionTrait>(conn: &C, id: i64, agreement: &Agreement) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::Reference, Expr::value(agreement.reference.as_str()))
        .col_expr(row::Column::JoinedAt, Expr::value(seconds(agreement.joined_at)))
        .col_expr(row::Column::FirstName, Expr::value(agreement.first_name.as_str()))
        .col_expr(row::Column::Surname, Expr::value(agreement.surname.as_str()))
        .col_expr(row::Column::Partner, Expr::value(agreement.partner.clone()))
        .col_expr(row::Column::PromoCode, Expr::value(agreement.promo_code.clone()))
        .col_expr(row::Column::ContractVersion, Expr::value(agreement.contract_version.as_str()))
        .col_expr(row::Column::ContractSha256, Expr::value(agreement.contract_sha256.as_str()))
        .col_expr(row::Column::TermsVersion, Expr::value(agreement.terms_version.as_str()))
        .col_expr(row::Column::TermsSha256, Expr::value(agreement.terms_sha256.as_str()))
        .col_expr(row::Column::FileId, Expr::value(agreement.file_id))
        .col_expr(row::Column::TermsFileId, Expr::value(agreement.terms_file_id))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::JoinedAt.is_null())
        .exec(conn)
        .await;
    match updated.map_err(StoreError::from) {
        Ok(updated) => Ok(updated.rows_affected == 1),
        Err(StoreError::Conflict(_)) => Err(StoreError::Conflict(Conflict::Reference)),
        Err(error) => Err(error),
    }
}

/// What tells whether [`members`] would give the same as before.
pub async fn mark<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<Mark, StoreError> {
    let joined = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::JoinedAt.is_not_null());
    let count = joined.clone().count(conn).await?;
    let newest: Option<i64> = joined
        .select_only()
        .column(row::Column::JoinedAt)
        .order_by_desc(row::Column::JoinedAt)
        .limit(1)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(Mark { count, newest: newest.unwrap_or_default() })
}

/// All members of a portal, the oldest organisation first (M6).
pub async fn members<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<Vec<Member>, StoreError> {
    let found: Vec<(i64, String, String, i64)> = row::Entity::find()
        .inner_join(organisations::Entity)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::JoinedAt.is_not_null())
        .select_only()
        .column(organisations::Column::Id)
        .column(organisations::Column::Name)
        .column(organisations::Column::Siren)
        .column(row::Column::JoinedAt)
        .order_by_asc(organisations::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    found
        .into_iter()
        .map(|(id, name, siren, joined_at)| {
            Ok(Member { id, name, siren, joined_at: time(joined_at, TABLE)? })
        })
        .collect()
}

impl TryFrom<row::Model> for Membership {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let answers = serde_json::from_str(&row.answers).map_err(|_| StoreError::Unreadable(TABLE))?;
        let files = row.file_id.zip(row.terms_file_id);
        let joined = match (optional_time(row.joined_at, TABLE)?, row.reference, files) {
            (Some(joined_at), Some(reference), Some((file_id, terms_file_id))) => Some(Agreement {
                reference,
                joined_at,
                first_name: row.first_name.unwrap_or_default(),
                surname: row.surname.unwrap_or_default(),
                partner: row.partner,
                promo_code: row.promo_code,
                contract_version: row.contract_version.unwrap_or_default(),
                contract_sha256: row.contract_sha256.unwrap_or_default(),
                terms_version: row.terms_version.unwrap_or_default(),
                terms_sha256: row.terms_sha256.unwrap_or_default(),
                file_id,
                terms_file_id,
            }),
            (None, ..) => None,
            _ => return Err(StoreError::Unreadable(TABLE)),
        };
        Ok(Self {
            id: row.id,
            organisation_id: row.organisation_id,
            answers,
            changes: counted(row.changes),
            changed_at: time(row.changed_at, TABLE)?,
            joined,
        })
    }
}
