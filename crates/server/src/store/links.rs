//! Links sent by e-mail, kept by the SHA-256 of their token: one live link a kind and subject, or one each for
//! several accounts, used once (T6, T8, A8).

use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DeriveActiveEnum, EntityTrait as _, EnumIter, NotSet,
    QueryFilter as _, Set, UpdateMany,
};

use super::convert::{optional_time, seconds, time};
use super::entities::links as row;
use super::{Conflict, StoreError, insert, lock};

const TABLE: &str = "links";
/// Each try that fails means that another one went through: more than are ever under way at once.
const TRIES: u32 = 64;

/// What a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    /// Confirms a sign-up; its subject is the sign-up.
    ConfirmSignUp,
    /// Lets a new password be chosen; its subject is the account.
    ResetPassword,
    /// Ends the reminders of a sign-up that was never confirmed; its subject is the sign-up (M8).
    StopSignUpReminders,
    /// Ends the reminders of a membership that stopped half-way; its subject is the organisation (M8).
    StopReminders,
    /// Tells where a letter is, as often as it is asked; its subject is the designation (A6).
    FollowLetter,
    /// Lets somebody who was accepted or invited choose a password; its subject is the joining (A7, A8).
    Joining,
    /// Lets an administrator object to who asks to become one by letter; its subject is the designation, its holder the
    /// administrator's account (A8).
    Objection,
    /// Confirms the new e-mail address of an account; its subject is the account (T9).
    ConfirmEmail,
    /// Stops or undoes a change of e-mail address; its subject is the change (T9).
    ObjectEmail,
    /// Lets somebody of the staff choose their password and second factor; its subject is theirs (D3).
    WelcomeStaff,
}

/// A link as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Ours.
    pub id: i64,
    /// Id of the sign-up, the account or the organisation, as the kind says.
    pub subject_id: i64,
    /// The account to which it was sent, where several have a link about the same.
    pub holder_id: Option<i64>,
    /// From then on it does nothing.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When a newer one took its place.
    pub superseded_at: Option<Timestamp>,
}

/// Keeps a new link; the unused one of the same kind and subject, if any, is superseded.
#[expect(clippy::too_many_arguments, reason = "a link is this many things, each of another type")]
pub async fn issue<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    subject_id: i64,
    token_hash: &[u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    issue_to(conn, portal, kind, subject_id, None, token_hash, now, expires_at).await
}

/// The same, for one of several accounts that each have a link about the same: those of the others stay as they are.
#[expect(clippy::too_many_arguments, reason = "a link is this many things, each of another type")]
pub async fn issue_to<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    subject_id: i64,
    holder_id: Option<i64>,
    token_hash: &[u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        kind: Set(kind),
        subject_id: Set(subject_id),
        token_hash: Set(token_hash.to_vec()),
        created_at: Set(seconds(now)),
        expires_at: Set(seconds(expires_at)),
        used_at: Set(None),
        superseded_at: Set(None),
        holder_id: Set(holder_id),
    };
    let column = row::Column::HolderId;
    let mine = holder_id.map_or_else(|| column.is_null(), |holder| column.eq(holder));
    for _ in 0..TRIES {
        superseding(portal, kind, subject_id, now).filter(mine.clone()).exec(conn).await?;
        // An index allows one live row: whoever comes second waits for the first, is refused, and supersedes it.
        if insert::unless_taken(conn, row.clone()).await?.is_some() {
            return Ok(());
        }
    }
    Err(StoreError::Conflict(Conflict::Other))
}

/// Holds the live links of a kind and subject until the transaction ends.
pub async fn hold<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    subject_id: i64,
) -> Result<(), StoreError> {
    lock::held(row::Entity::find().filter(live(portal, kind, subject_id))).all(conn).await?;
    Ok(())
}

/// Supersedes the unused links of a kind and subject, whoever has them.
pub async fn supersede<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    subject_id: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    superseding(portal, kind, subject_id, now).exec(conn).await?;
    Ok(())
}

fn superseding(portal: &str, kind: Kind, subject_id: i64, now: Timestamp) -> UpdateMany<row::Entity> {
    row::Entity::update_many()
        .col_expr(row::Column::SupersededAt, Expr::value(seconds(now)))
        .filter(live(portal, kind, subject_id))
}

fn live(portal: &str, kind: Kind, subject_id: i64) -> Condition {
    Condition::all()
        .add(row::Column::Portal.eq(portal))
        .add(row::Column::Kind.eq(kind))
        .add(row::Column::SubjectId.eq(subject_id))
        .add(row::Column::UsedAt.is_null())
        .add(row::Column::SupersededAt.is_null())
}

/// The link with that token, whatever its state.
pub async fn find<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    token_hash: &[u8; 32],
) -> Result<Option<Link>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Kind.eq(kind))
        .filter(row::Column::TokenHash.eq(token_hash.as_slice()))
        .one(conn)
        .await?;
    found.map(Link::try_from).transpose()
}

/// Uses a link. True for exactly one caller, and only while it is unused, not superseded and not expired.
pub async fn consume<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::UsedAt.is_null())
        .filter(row::Column::SupersededAt.is_null())
        .filter(row::Column::ExpiresAt.gt(seconds(now)))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

impl TryFrom<row::Model> for Link {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            subject_id: row.subject_id,
            holder_id: row.holder_id,
            expires_at: time(row.expires_at, TABLE)?,
            used_at: optional_time(row.used_at, TABLE)?,
            superseded_at: optional_time(row.superseded_at, TABLE)?,
        })
    }
}
