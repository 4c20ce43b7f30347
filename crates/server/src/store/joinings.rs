//! Who is to become a user of an organisation that has an administrator: by request (A7) or invited (A8), until they
//! have chosen a password.

use jiff::{SignedDuration, Timestamp};
use palier_domain::onboarding::{JoiningState, JoiningStep, Rights};
use palier_domain::values::Email;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use super::client_users::{json, rights};
use super::convert::{email, optional_time, seconds, time};
use super::entities::joinings as row;
use super::{Conflict, StoreError, insert};

const TABLE: &str = "joinings";

/// How long an invitation is kept open after its link stopped working: administrators who look in once a month still see
/// that nobody used it, and send it again without typing the person's name and rights anew.
const RENEWABLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What an administrator grants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// They will decide about the others.
    pub administrator: bool,
    /// What they will be able to do.
    pub rights: Rights,
    /// The administrator's account; none for a request that nobody has decided yet.
    pub by: Option<i64>,
}

/// A request or an invitation to keep.
#[derive(Clone, Debug)]
pub struct NewJoining {
    /// The portal.
    pub portal: String,
    /// The organisation.
    pub client_id: i64,
    /// [`JoiningState::Asked`] or [`JoiningState::Invited`].
    pub state: JoiningState,
    /// As typed.
    pub first_name: String,
    /// As typed.
    pub surname: String,
    /// Confirmed for a request; proven by the link for an invitation.
    pub email: Email,
    /// Of their e-mails: `fr` or `en`.
    pub language: String,
    /// Version and SHA-256 of the terms accepted with a request, and when (A10).
    pub consent: Option<(String, String, Timestamp)>,
    /// What is granted.
    pub grant: Grant,
    /// When.
    pub now: Timestamp,
    /// From then on nothing can be decided, or the link doesn't work; see [`Joining::ends_at`].
    pub expires_at: Timestamp,
}

/// A request or an invitation as it is kept; see [`NewJoining`].
#[expect(missing_docs, reason = "most fields are those of NewJoining")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    pub id: i64,
    pub client_id: i64,
    pub state: JoiningState,
    pub first_name: String,
    pub surname: String,
    pub email: Email,
    pub language: String,
    pub consent: Option<(String, String, Timestamp)>,
    pub grant: Grant,
    pub created_at: Timestamp,
    /// When the link was last sent.
    pub sent_at: Option<Timestamp>,
    pub expires_at: Timestamp,
}

impl Joining {
    /// From when on it is to be ended: a request at once when it can't be decided any more, an invitation when nobody has
    /// sent its link again for 30 days after the last one stopped working.
    pub fn ends_at(&self) -> Timestamp {
        match self.state {
            JoiningState::Invited => self.expires_at.checked_add(RENEWABLE).unwrap_or(Timestamp::MAX),
            _ => self.expires_at,
        }
    }
}

/// Keeps one and gives its id; [`Conflict::Joining`] when that address is joining this organisation already. It may join
/// several: no organisation learns of the others', and the first that makes a user of it counts.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewJoining) -> Result<i64, StoreError> {
    let sent_at = (new.state == JoiningState::Invited).then(|| seconds(new.now));
    let (version, sha256, consented_at) = match new.consent {
        Some((version, sha256, at)) => (version, sha256, Some(seconds(at))),
        None => (String::new(), String::new(), None),
    };
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal),
        client_id: Set(new.client_id),
        state: Set(new.state.name().to_owned()),
        first_name: Set(new.first_name),
        surname: Set(new.surname),
        email: Set(new.email.to_string()),
        email_key: Set(new.email.key()),
        language: Set(new.language),
        terms_version: Set(version),
        terms_sha256: Set(sha256),
        consented_at: Set(consented_at),
        administrator: Set(new.grant.administrator),
        rights: Set(json(&new.grant.rights)?),
        decided_by: Set(new.grant.by),
        reason: Set(None),
        created_at: Set(seconds(new.now)),
        sent_at: Set(sent_at),
        expires_at: Set(seconds(new.expires_at)),
        ended_at: Set(None),
    };
    insert::unless_taken(conn, row).await?.ok_or(StoreError::Conflict(Conflict::Joining))
}

/// One, whatever became of it.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<Joining>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(Joining::try_from).transpose()
}

/// The open one of an address, by [`Email::key`], at an organisation.
pub async fn open_at<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
    email_key: &str,
) -> Result<Option<Joining>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClientId.eq(client_id))
        .filter(row::Column::EmailKey.eq(email_key))
        .filter(row::Column::State.is_in(open()))
        .one(conn)
        .await?;
    found.map(Joining::try_from).transpose()
}

/// The open ones of an organisation, the oldest first.
pub async fn open_of<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
) -> Result<Vec<Joining>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClientId.eq(client_id))
        .filter(row::Column::State.is_in(open()))
        .order_by_asc(row::Column::CreatedAt)
        .order_by_asc(row::Column::Id)
        .all(conn)
        .await?;
    found.into_iter().map(Joining::try_from).collect()
}

/// Those with these ids that are this portal's, whatever became of them, in no order: a page of them at most.
pub async fn by_ids<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    ids: &[i64],
) -> Result<Vec<Joining>, StoreError> {
    let these = row::Entity::find().filter(row::Column::Portal.eq(portal));
    let found = these.filter(row::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
    found.into_iter().map(Joining::try_from).collect()
}

/// The open ones of any portal that are to be ended ([`Joining::ends_at`]), `most` at a time.
pub async fn overdue<C: ConnectionTrait>(
    conn: &C,
    now: Timestamp,
    most: u64,
) -> Result<Vec<(String, Joining)>, StoreError> {
    let late = |state: JoiningState, at: Timestamp| {
        Condition::all().add(row::Column::State.eq(state.name())).add(row::Column::ExpiresAt.lte(seconds(at)))
    };
    let renewable = now.checked_sub(RENEWABLE).unwrap_or(Timestamp::MIN);
    let due =
        Condition::any().add(late(JoiningState::Asked, now)).add(late(JoiningState::Invited, renewable));
    let found = row::Entity::find().filter(due).order_by_asc(row::Column::Id).limit(most).all(conn).await?;
    found.into_iter().map(|row| Ok((row.portal.clone(), Joining::try_from(row)?))).collect()
}

/// Takes a step other than [`JoiningStep::Accept`]; `reason` is kept with a refusal. True for exactly one caller, and
/// only from a state in which the step is allowed.
pub async fn step<C: ConnectionTrait>(
    conn: &C,
    joining: &Joining,
    step: JoiningStep,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Ok(after) = joining.state.after(step) else { return Ok(false) };
    let updated = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(after.name()))
        .col_expr(row::Column::Reason, Expr::value(reason))
        .col_expr(row::Column::EndedAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(joining.id))
        .filter(row::Column::State.eq(joining.state.name()))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Accepts a request: its link works until `expires_at`. True for exactly one caller.
pub async fn accept<C: ConnectionTrait>(
    conn: &C,
    joining: &Joining,
    grant: &Grant,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let Ok(after) = joining.state.after(JoiningStep::Accept) else { return Ok(false) };
    let updated = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(after.name()))
        .col_expr(row::Column::Administrator, Expr::value(grant.administrator))
        .col_expr(row::Column::Rights, Expr::value(json(&grant.rights)?))
        .col_expr(row::Column::DecidedBy, Expr::value(grant.by))
        .col_expr(row::Column::SentAt, Expr::value(seconds(now)))
        .col_expr(row::Column::ExpiresAt, Expr::value(seconds(expires_at)))
        .filter(row::Column::Id.eq(joining.id))
        .filter(row::Column::State.eq(joining.state.name()))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Notes that the link of an invitation was sent again. False when it isn't an invitation any more.
pub async fn sent_again<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::SentAt, Expr::value(seconds(now)))
        .col_expr(row::Column::ExpiresAt, Expr::value(seconds(expires_at)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(JoiningState::Invited.name()))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

fn open() -> impl Iterator<Item = &'static str> {
    JoiningState::before(JoiningStep::Expire).map(JoiningState::name)
}

impl TryFrom<row::Model> for Joining {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let consented_at = optional_time(row.consented_at, TABLE)?;
        Ok(Self {
            id: row.id,
            client_id: row.client_id,
            state: JoiningState::parse(&row.state).ok_or(StoreError::Unreadable(TABLE))?,
            first_name: row.first_name,
            surname: row.surname,
            email: email(&row.email, TABLE)?,
            language: row.language,
            consent: consented_at.map(|at| (row.terms_version, row.terms_sha256, at)),
            grant: Grant {
                administrator: row.administrator,
                rights: rights(&row.rights, TABLE)?,
                by: row.decided_by,
            },
            created_at: time(row.created_at, TABLE)?,
            sent_at: optional_time(row.sent_at, TABLE)?,
            expires_at: time(row.expires_at, TABLE)?,
        })
    }
}
