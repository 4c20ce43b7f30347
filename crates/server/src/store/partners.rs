//! Partners (*partenaires*): landlords who get an account from an office, and what it is opened with (P1, P2, P4, P8).

use std::collections::HashMap;

use jiff::Timestamp;
use palier_domain::credentials::{Access, Channel};
use palier_domain::values::{Email, PostalAddress, UserNumber};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::batch::{CHUNK, changes};
use super::convert::seconds;
use super::entities::partners as row;
use super::{Counts, StoreError, lock};

mod rows;
mod search;

pub(super) use search::ids_found;
pub use search::{count_found, insert, page};

const TABLE: &str = "partners";

/// Deletes a partner, with the letters to it (D4). An account must have gone before.
pub async fn delete<C: ConnectionTrait>(conn: &C, id: i64) -> Result<(), StoreError> {
    row::Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

/// A partner as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Ours; never shown.
    pub id: i64,
    /// The office's portal.
    pub portal: String,
    /// What the office says of it.
    pub known: NewPartner,
    /// What its account is opened with.
    pub opening: Opening,
    version: i32,
}

/// A partner as an office's file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPartner {
    /// Its user number, unique in the portal.
    pub number: UserNumber,
    /// Its name, at most 200 characters.
    pub name: String,
    /// Where it gets e-mails; there is one when [`NewPartner::channel`] is by e-mail.
    pub email: Option<Email>,
    /// Where it gets letters; there is one when [`NewPartner::channel`] is by letter.
    pub address: Option<PostalAddress>,
    /// How identifiers reach it.
    pub channel: Channel,
}

/// What a partner's account is opened with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// What is held, and until when it is valid.
    pub access: Access<Timestamp>,
    /// SHA-256 of the provisional password ([`palier_domain::values::LetterCode`]): there is one exactly as long as it is
    /// held.
    pub secret_hash: Option<[u8; 32]>,
    /// The link that was sent in the place of a provisional password works until then; who opens it later is sent a fresh
    /// one. None where the password itself was sent.
    pub link_until: Option<Timestamp>,
    /// The account: there is one exactly when a password of one's own was chosen (P4).
    pub account_id: Option<i64>,
}

impl Opening {
    /// Of a partner that was just taken in.
    pub const NEW: Self = Self { access: Access::NEW, secret_hash: None, link_until: None, account_id: None };
}

/// The partner with that user number.
pub async fn by_number<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    number: &UserNumber,
) -> Result<Option<Partner>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Number.eq(number.as_str()))
        .one(conn)
        .await?;
    found.map(Partner::try_from).transpose()
}

/// The partner with that id, if it is this portal's.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<Partner>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(Partner::try_from).transpose()
}

/// The partners with those ids that are this portal's, by id.
pub async fn by_ids<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    ids: &[i64],
) -> Result<HashMap<i64, Partner>, StoreError> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mine = row::Entity::find().filter(row::Column::Portal.eq(portal));
        for row in mine.filter(row::Column::Id.is_in(chunk.iter().copied())).all(conn).await? {
            found.insert(row.id, Partner::try_from(row)?);
        }
    }
    Ok(found)
}

/// The partner of [`by_id`], held by this transaction until it ends: what happens to one partner happens one thing after
/// the other.
pub async fn held(
    transaction: &DatabaseTransaction,
    portal: &str,
    id: i64,
) -> Result<Option<Partner>, StoreError> {
    let mine = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal));
    lock::held(mine).one(transaction).await?.map(Partner::try_from).transpose()
}

/// The ids of partners who were never given anything, the oldest first, at most so many.
pub async fn new_ones<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    channel: Channel,
    most: u64,
) -> Result<Vec<i64>, StoreError> {
    let ids = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Held.eq(rows::NOTHING))
        .filter(row::Column::Version.eq(0))
        .filter(row::Column::Channel.eq(channel.name()))
        .order_by_asc(row::Column::Id)
        .limit(most);
    Ok(ids.into_tuple().all(conn).await?)
}

/// The partner whose account it is.
pub async fn by_account<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    account_id: i64,
) -> Result<Option<Partner>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::AccountId.eq(account_id))
        .one(conn)
        .await?;
    found.map(Partner::try_from).transpose()
}

/// How many partners the portal has.
pub async fn count<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<u64, StoreError> {
    Ok(row::Entity::find().filter(row::Column::Portal.eq(portal)).count(conn).await?)
}

/// Keeps what a partner's account is opened with from now on. False when that has changed since `seen` was read: of two
/// at once who decide from what they read, one does and the other reads again.
///
/// # Errors
/// [`StoreError::Unreadable`] when a password without its hash, or one's own without its account, is asked for, or the
/// contrary; nothing is kept then.
pub async fn set_opening<C: ConnectionTrait>(
    conn: &C,
    seen: &Partner,
    opening: &Opening,
) -> Result<bool, StoreError> {
    let columns = rows::Columns::of(opening)?;
    let updated = row::Entity::update_many()
        .col_expr(row::Column::Held, Expr::value(columns.held))
        .col_expr(row::Column::IssuedAt, Expr::value(columns.issued_at))
        .col_expr(row::Column::ValidUntil, Expr::value(columns.valid_until))
        .col_expr(row::Column::ResetIssuedAt, Expr::value(columns.reset_issued_at))
        .col_expr(row::Column::ResetUntil, Expr::value(columns.reset_until))
        .col_expr(row::Column::SecretHash, Expr::value(opening.secret_hash.map(Vec::from)))
        .col_expr(row::Column::LinkUntil, Expr::value(opening.link_until.map(seconds)))
        .col_expr(row::Column::AccountId, Expr::value(opening.account_id))
        .col_expr(row::Column::Version, Expr::col(row::Column::Version).add(1))
        .filter(row::Column::Id.eq(seen.id))
        .filter(row::Column::Version.eq(seen.version))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Takes partners in: new ones are added, known ones (by number) become what is given, others stay as they are. What
/// their accounts are opened with stays as it is.
///
/// Give it the transaction when it must be all or nothing. Memory doesn't grow with the number of partners.
pub async fn upsert_many<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    partners: &[NewPartner],
    now: Timestamp,
) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    for chunk in partners.chunks(CHUNK) {
        upsert_chunk(conn, portal, chunk, now, &mut counts).await?;
    }
    Ok(counts)
}

async fn upsert_chunk<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    partners: &[NewPartner],
    now: Timestamp,
    counts: &mut Counts,
) -> Result<(), StoreError> {
    let known = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Number.is_in(partners.iter().map(|partner| partner.number.as_str())))
        .all(conn)
        .await?;
    let known: HashMap<String, NewPartner> = known
        .into_iter()
        .map(|row| Ok((row.number.clone(), Partner::try_from(row)?.known)))
        .collect::<Result<_, StoreError>>()?;
    let changed = changes(partners, &known, |partner| partner.number.as_str(), counts);
    if changed.is_empty() {
        return Ok(());
    }
    let rows = changed.into_values().map(|partner| rows::new(partner, portal, seconds(now)));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    row::Entity::insert_many(rows).on_conflict(replace()).exec_without_returning(conn).await?;
    Ok(())
}

/// A partner that is there already keeps its id, the time it was first seen, and what its account is opened with.
fn replace() -> OnConflict {
    use row::Column as C;
    OnConflict::columns([C::Portal, C::Number])
        .update_columns([C::Name, C::Email, C::Address, C::Channel, C::SearchKey, C::NameKey, C::UpdatedAt])
        .to_owned()
}
