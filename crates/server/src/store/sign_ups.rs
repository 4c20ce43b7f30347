//! Sign-ups waiting for their e-mail to be confirmed, apart from accounts: an unconfirmed one blocks neither an e-mail
//! address nor a lease or an organisation (T5, T6, M2).

mod rows;
mod subject;

use jiff::Timestamp;
use palier_domain::values::Email;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DeriveActiveEnum, EntityTrait as _, EnumIter, QueryFilter as _,
    QueryOrder as _, Select,
};

use super::convert::seconds;
use super::entities::sign_ups as row;
use super::reminders::{self, Reminded};
use super::{Conflict, StoreError, insert};

pub use subject::{Applicant, Subject};
use subject::{OF_CLIENT, OF_ORGANISATION};

const TABLE: &str = "sign_ups";
/// Each try that fails means that another one went through: more than are ever under way at once.
const TRIES: u32 = 64;

/// What its e-mail says. Kept, so that sending it again sends the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Purpose {
    /// A link to confirm.
    Confirm,
    /// The lease has an account already.
    HomeHasAccount,
    /// The e-mail address is an account's already.
    EmailHasAccount,
    /// The organisation has an identity already.
    OrganisationKnown,
}

/// How far it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// Waiting; perhaps past [`SignUp::expires_at`].
    Open,
    /// The same person began again, with the same lease or organisation and address or with another address.
    Superseded,
    /// Confirmed: there is an account.
    Used,
}

/// A sign-up to keep.
#[derive(Clone, Debug)]
pub struct NewSignUp {
    /// The portal.
    pub portal: String,
    /// What it is about.
    pub subject: Subject,
    /// SHA-256 of the handle given to the browser.
    pub handle_hash: [u8; 32],
    /// Where its e-mail goes.
    pub email: Email,
    /// argon2id, in PHC form.
    pub password_hash: String,
    /// What its e-mail says.
    pub purpose: Purpose,
    /// Of its e-mails: `fr` or `en`.
    pub language: String,
    /// Version of the terms accepted (T12); empty where they are asked for later.
    pub terms_version: String,
    /// SHA-256 of their exact text, lower-case hexadecimal.
    pub terms_sha256: String,
    /// When.
    pub now: Timestamp,
    /// When it can no longer be confirmed.
    pub expires_at: Timestamp,
}

/// A sign-up as it is kept; see [`NewSignUp`].
#[expect(missing_docs, reason = "most fields are those of NewSignUp")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUp {
    pub id: i64,
    pub portal: String,
    pub subject: Subject,
    pub handle_hash: Vec<u8>,
    pub email: Email,
    /// Empty once it isn't open: nothing needs it any more.
    pub password_hash: String,
    pub purpose: Purpose,
    pub language: String,
    pub terms_version: String,
    pub terms_sha256: String,
    pub state: State,
    /// The account it became.
    pub account_id: Option<i64>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// When it was confirmed.
    pub used_at: Option<Timestamp>,
    /// How many reminders were due and sent.
    pub reminded: u32,
    /// Somebody asked for no more of them.
    pub reminders_stopped: bool,
}

/// Keeps a sign-up and gives its id. The open one of the same portal, subject and address, if any, is superseded: of
/// several at once exactly one stays open.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewSignUp) -> Result<i64, StoreError> {
    let (portal, subject, email_key) = (new.portal.clone(), new.subject.key(), new.email.key());
    let row = row::ActiveModel::try_from(new)?;
    for _ in 0..TRIES {
        row::Entity::update_many()
            .col_expr(row::Column::State, Expr::value(State::Superseded))
            .col_expr(row::Column::PasswordHash, Expr::value(""))
            .filter(row::Column::Portal.eq(&portal))
            .filter(row::Column::Subject.eq(&subject))
            .filter(row::Column::EmailKey.eq(&email_key))
            .filter(row::Column::State.eq(State::Open))
            .exec(conn)
            .await?;
        // An index allows one open row: whoever comes second waits for the first, is refused, and supersedes it.
        if let Some(id) = insert::unless_taken(conn, row.clone()).await? {
            return Ok(id);
        }
    }
    Err(StoreError::Conflict(Conflict::Other))
}

/// The sign-up with that id, if it is this portal's.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<SignUp>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(SignUp::try_from).transpose()
}

/// The sign-up whose browser has that handle.
pub async fn by_handle<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    handle_hash: &[u8; 32],
) -> Result<Option<SignUp>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::HandleHash.eq(handle_hash.as_slice()))
        .one(conn)
        .await?;
    found.map(SignUp::try_from).transpose()
}

/// The newest open sign-up with that address ([`Email::key`]); perhaps past its expiry.
pub async fn open_by_email<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    email_key: &str,
) -> Result<Option<SignUp>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::EmailKey.eq(email_key))
        .filter(row::Column::State.eq(State::Open))
        .order_by_desc(row::Column::Id)
        .one(conn)
        .await?;
    found.map(SignUp::try_from).transpose()
}

/// Notes that it was confirmed, and what account it became, if one. False when it isn't open any more, as for all but one
/// of several at once.
pub async fn mark_used<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    account_id: Option<i64>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(State::Used))
        .col_expr(row::Column::PasswordHash, Expr::value(""))
        .col_expr(row::Column::AccountId, Expr::value(account_id))
        .col_expr(row::Column::UsedAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(State::Open))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Ends the open sign-up whose browser has that handle: nothing can be made of it any more.
pub async fn withdraw<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    handle_hash: &[u8; 32],
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(State::Superseded))
        .col_expr(row::Column::PasswordHash, Expr::value(""))
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::HandleHash.eq(handle_hash.as_slice()))
        .filter(row::Column::State.eq(State::Open))
        .exec(conn)
        .await?;
    Ok(())
}

/// Gives an open sign-up more time, when its link is sent again. False when it isn't open.
pub async fn extend<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::ExpiresAt, Expr::value(seconds(expires_at)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(State::Open))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Organisations' sign-ups whose address can be confirmed.
fn waiting(portal: &str) -> Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Subject.starts_with(OF_ORGANISATION))
        .filter(row::Column::State.eq(State::Open))
        .filter(row::Column::Purpose.eq(Purpose::Confirm))
}

/// Open sign-ups of organisations, made before `before` and reminded of fewer than `most` times, the oldest first.
pub async fn to_remind<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    before: Timestamp,
    most: u32,
) -> Result<Vec<SignUp>, StoreError> {
    let found = waiting(portal)
        .filter(row::Column::CreatedAt.lte(seconds(before)))
        .filter(reminders::due::<row::Entity>(most))
        .order_by_asc(row::Column::Id)
        .all(conn)
        .await?;
    found.into_iter().map(SignUp::try_from).collect()
}

impl Reminded for row::Entity {
    const ID: row::Column = row::Column::Id;
    const REMINDED: row::Column = row::Column::Reminded;
    const STOPPED_AT: row::Column = row::Column::RemindersStoppedAt;
}

/// Notes that those up to `due` were sent. False when another server was faster, or there is nothing to remind of any more.
pub async fn count_reminder<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    sent: u32,
    due: u32,
) -> Result<bool, StoreError> {
    reminders::count::<row::Entity, C>(conn, id, sent, due, row::Column::State.eq(State::Open)).await
}

/// No reminders from now on.
pub async fn stop_reminders<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<(), StoreError> {
    reminders::stop::<row::Entity, C>(conn, id, now).await
}

/// Organisations' sign-ups that wait for their address to be confirmed, of a portal, the oldest first (M8).
pub async fn pending_organisations<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
) -> Result<Vec<SignUp>, StoreError> {
    let found = waiting(portal).order_by_asc(row::Column::Id).all(conn).await?;
    found.into_iter().map(SignUp::try_from).collect()
}
