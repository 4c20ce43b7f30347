//! The staff (*personnel*) of a portal: who may come to the desk (*guichet*), and by what (D3). No account of a tenant
//! or of an organisation's user is in here.
//!
//! The secret of an authenticator is kept as it is: see `docs/decisions/0013-desk.md`.

use std::fmt;

use jiff::Timestamp;
use palier_domain::desk::Role;
use palier_domain::values::Email;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, NotSet, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, Set,
};

use super::convert::{email, optional_time, seconds, time};
use super::entities::{staff as row, staff_codes as codes};
use super::{StoreError, insert, lock};

const TABLE: &str = "staff";

/// Whether somebody may come to the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffState {
    /// They haven't chosen a password yet.
    Invited,
    /// They may.
    Active,
    /// Not any more.
    Removed,
}

impl StaffState {
    const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Removed];

    /// Its name, in the store and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Removed => "removed",
        }
    }
}

/// Somebody of the staff.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Ours.
    pub id: i64,
    /// Their portal.
    pub portal: String,
    /// Their address.
    pub email: Email,
    /// Empty until they have chosen a password.
    pub first_name: String,
    /// Likewise.
    pub surname: String,
    /// What they are there for.
    pub role: Role,
    /// Whether they may come.
    pub state: StaffState,
    /// A PHC string; none until they have chosen a password.
    pub password_hash: Option<String>,
    /// The secret of their authenticator; a proposal until [`Self::enrolled_at`].
    pub totp_secret: Option<Vec<u8>>,
    /// The last step of 30 seconds whose code was used.
    pub totp_last_step: i64,
    /// Since when the authenticator counts.
    pub enrolled_at: Option<Timestamp>,
    /// When they were added.
    pub created_at: Timestamp,
}

/// Without hash and secret, which no log may hold.
impl fmt::Debug for Staff {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, portal, role, state, enrolled_at, .. } = self;
        let mut shown = formatter.debug_struct("Staff");
        shown.field("id", id).field("portal", portal).field("role", role).field("state", state);
        shown.field("enrolled_at", enrolled_at).finish_non_exhaustive()
    }
}

/// Adds somebody, or lets somebody known begin anew: in this role, without password, authenticator and recovery codes.
/// Gives their id.
pub async fn invite(
    transaction: &DatabaseTransaction,
    portal: &str,
    email: &Email,
    role: Role,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let new = row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        email: Set(email.to_string()),
        email_key: Set(email.key()),
        first_name: Set(String::new()),
        surname: Set(String::new()),
        role: Set(role.name().to_owned()),
        state: Set(StaffState::Invited.name().to_owned()),
        password_hash: Set(None),
        totp_secret: Set(None),
        totp_last_step: Set(0),
        enrolled_at: Set(None),
        created_at: Set(seconds(now)),
    };
    if let Some(id) = insert::unless_taken(transaction, new).await? {
        return Ok(id);
    }
    let known = lock::held(by_key(portal, &email.key())).one(transaction).await?;
    let id = known.ok_or(StoreError::Unreadable(TABLE))?.id;
    row::Entity::update_many()
        .col_expr(row::Column::Role, Expr::value(role.name()))
        .filter(row::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    close(transaction, id, StaffState::Invited).await?;
    Ok(id)
}

/// Takes password, authenticator and recovery codes away.
pub async fn close<C: ConnectionTrait>(conn: &C, id: i64, state: StaffState) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(state.name()))
        .col_expr(row::Column::PasswordHash, Expr::value(None::<String>))
        .col_expr(row::Column::TotpSecret, Expr::value(None::<Vec<u8>>))
        .col_expr(row::Column::EnrolledAt, Expr::value(None::<i64>))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    codes::Entity::delete_many().filter(codes::Column::StaffId.eq(id)).exec(conn).await?;
    Ok(())
}

fn by_key(portal: &str, email_key: &str) -> sea_orm::Select<row::Entity> {
    row::Entity::find().filter(row::Column::Portal.eq(portal)).filter(row::Column::EmailKey.eq(email_key))
}

/// Who has that address, by [`Email::key`]; removed or not.
pub async fn by_email<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    email_key: &str,
) -> Result<Option<Staff>, StoreError> {
    by_key(portal, email_key).one(conn).await?.map(Staff::try_from).transpose()
}

/// Who has that id; removed or not.
pub async fn by_id<C: ConnectionTrait>(conn: &C, portal: &str, id: i64) -> Result<Option<Staff>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(Staff::try_from).transpose()
}

/// The same, held by this transaction until it ends.
pub async fn held(
    transaction: &DatabaseTransaction,
    portal: &str,
    id: i64,
) -> Result<Option<Staff>, StoreError> {
    let mine = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal));
    lock::held(mine).one(transaction).await?.map(Staff::try_from).transpose()
}

/// Everybody who wasn't removed, by address.
pub async fn list<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<Vec<Staff>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::State.ne(StaffState::Removed.name()))
        .order_by_asc(row::Column::EmailKey)
        .all(conn)
        .await?;
    found.into_iter().map(Staff::try_from).collect()
}

/// Names and password are chosen: they may come.
pub async fn welcome<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    first_name: &str,
    surname: &str,
    password_hash: &str,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::FirstName, Expr::value(first_name))
        .col_expr(row::Column::Surname, Expr::value(surname))
        .col_expr(row::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(row::Column::State, Expr::value(StaffState::Active.name()))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(StaffState::Invited.name()))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Proposes a secret for the authenticator, instead of the one before. False when one counts already.
pub async fn propose<C: ConnectionTrait>(conn: &C, id: i64, secret: &[u8]) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::TotpSecret, Expr::value(secret.to_vec()))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(StaffState::Active.name()))
        .filter(row::Column::EnrolledAt.is_null())
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// The proposed secret counts from now on, and so do these recovery codes. False when one counts already.
pub async fn enrol<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    recovery: &[[u8; 32]],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::EnrolledAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::TotpSecret.is_not_null())
        .filter(row::Column::EnrolledAt.is_null())
        .exec(conn)
        .await?;
    if updated.rows_affected == 0 {
        return Ok(false);
    }
    let code =
        |hash: &[u8; 32]| codes::ActiveModel { id: NotSet, staff_id: Set(id), code_hash: Set(hash.to_vec()) };
    codes::Entity::insert_many(recovery.iter().map(code)).exec_without_returning(conn).await?;
    Ok(true)
}

/// Uses the code of a step. True for exactly one caller, and never for a step before one that was used (RFC 6238, 5.2).
pub async fn use_step<C: ConnectionTrait>(conn: &C, id: i64, step: i64) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::TotpLastStep, Expr::value(step))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::TotpLastStep.lt(step))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Uses a recovery code. True for exactly one caller.
pub async fn use_recovery<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    code_hash: &[u8; 32],
) -> Result<bool, StoreError> {
    let mine = codes::Entity::delete_many().filter(codes::Column::StaffId.eq(id));
    let deleted = mine.filter(codes::Column::CodeHash.eq(code_hash.as_slice())).exec(conn).await?;
    Ok(deleted.rows_affected == 1)
}

/// How many recovery codes are left.
pub async fn recovery_left<C: ConnectionTrait>(conn: &C, id: i64) -> Result<u64, StoreError> {
    Ok(codes::Entity::find().filter(codes::Column::StaffId.eq(id)).count(conn).await?)
}

impl TryFrom<row::Model> for Staff {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let state = StaffState::ALL.into_iter().find(|state| state.name() == row.state);
        Ok(Self {
            id: row.id,
            portal: row.portal,
            email: email(&row.email, TABLE)?,
            first_name: row.first_name,
            surname: row.surname,
            role: Role::parse(&row.role).ok_or(StoreError::Unreadable(TABLE))?,
            state: state.ok_or(StoreError::Unreadable(TABLE))?,
            password_hash: row.password_hash,
            totp_secret: row.totp_secret,
            totp_last_step: row.totp_last_step,
            enrolled_at: optional_time(row.enrolled_at, TABLE)?,
            created_at: time(row.created_at, TABLE)?,
        })
    }
}
