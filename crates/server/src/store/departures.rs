//! Requests to leave (T10): asked, decided, taken back.
//!
//! What happens to those of an account happens while its row is held ([`super::accounts::hold`]); that one of a kind waits is
//! a rule of the table too.

use jiff::Timestamp;
use palier_domain::departure::{Event, Kind, Requests, State};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, NotSet, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Set,
};

use super::convert::{optional_time, seconds, time};
use super::entities::departures as row;
use super::{Part, StoreError, insert};

const TABLE: &str = "departures";
/// What stands in the column of those that wait.
const WAITING: i32 = 1;

/// A request to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewDeparture<'a> {
    /// The portal.
    pub portal: &'a str,
    /// Whose.
    pub account_id: i64,
    /// For what.
    pub kind: Kind,
    /// What they tell the landlord; empty for nothing.
    pub note: &'a str,
    /// It was asked at the desk.
    pub at_desk: bool,
    /// When.
    pub now: Timestamp,
}

/// A request as it is kept; see [`NewDeparture`].
#[expect(missing_docs, reason = "most fields are those of NewDeparture")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    pub id: i64,
    pub account_id: i64,
    pub kind: Kind,
    pub note: String,
    pub at_desk: bool,
    pub asked_at: Timestamp,
    /// What has become of it.
    pub state: State<Timestamp>,
}

/// Keeps a request that waits; none when one of its kind does already.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewDeparture<'_>) -> Result<Option<i64>, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal.to_owned()),
        account_id: Set(new.account_id),
        kind: Set(new.kind.name().to_owned()),
        state: Set(State::Waiting { since: new.now }.name().to_owned()),
        waiting: Set(Some(WAITING)),
        note: Set(new.note.to_owned()),
        reason: Set(String::new()),
        at_desk: Set(new.at_desk),
        asked_at: Set(seconds(new.now)),
        settled_at: Set(None),
    };
    insert::unless_taken(conn, row).await
}

/// Notes what has become of one that waits. False when it waits no more.
pub async fn settle<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    state: &State<Timestamp>,
) -> Result<bool, StoreError> {
    let settled = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(state.name()))
        .col_expr(row::Column::Waiting, Expr::value(state.settled().is_none().then_some(WAITING)))
        .col_expr(row::Column::Reason, Expr::value(state.reason()))
        .col_expr(row::Column::SettledAt, Expr::value(state.settled().copied().map(seconds)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Waiting.is_not_null())
        .exec(conn)
        .await?;
    Ok(settled.rows_affected == 1)
}

/// The newest request of each kind of an account.
pub async fn newest<C: ConnectionTrait>(conn: &C, account_id: i64) -> Result<Vec<Departure>, StoreError> {
    let mut newest = Vec::new();
    for kind in Kind::ALL {
        let theirs = row::Entity::find()
            .filter(row::Column::AccountId.eq(account_id))
            .filter(row::Column::Kind.eq(kind.name()));
        let found = theirs.order_by_desc(row::Column::Id).one(conn).await?;
        newest.extend(found.map(Departure::try_from).transpose()?);
    }
    Ok(newest)
}

/// The same, as the rules look at them.
pub fn requests(known: &[Departure]) -> Requests<Timestamp> {
    let of = |kind| known.iter().find(|it| it.kind == kind).map(|it| it.state.clone());
    Requests { whole: of(Kind::Whole), paperless: of(Kind::Paperless) }
}

/// Notes what has become of the requests of an account that is held. Those that begin are [`insert`]ed.
pub async fn settle_all<C: ConnectionTrait>(
    conn: &C,
    known: &[Departure],
    after: &Requests<Timestamp>,
) -> Result<(), StoreError> {
    for departure in known {
        if let Some(state) = after.of(departure.kind)
            && state.settled().is_some()
            && *state != departure.state
        {
            settle(conn, departure.id, state).await?;
        }
    }
    Ok(())
}

/// The account closes, or its owner is removed: what waits is overtaken.
pub async fn overtake<C: ConnectionTrait>(
    conn: &C,
    account_id: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let known = newest(conn, account_id).await?;
    match requests(&known).after(Event::Close, now) {
        Ok(after) => settle_all(conn, &known, &after).await,
        // Closing is never illegal.
        Err(_) => Ok(()),
    }
}

/// The request with that id, if it is this portal's.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<Departure>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(Departure::try_from).transpose()
}

/// Whether an account was closed by its owner's wish.
pub async fn has_left<C: ConnectionTrait>(conn: &C, account_id: i64) -> Result<bool, StoreError> {
    let accepted = row::Entity::find()
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::Kind.eq(Kind::Whole.name()))
        .filter(row::Column::State.eq(ACCEPTED));
    Ok(accepted.count(conn).await? > 0)
}

/// The name of [`State::Accepted`].
pub(super) const ACCEPTED: &str = "accepted";

/// How many wait in a portal.
pub async fn count_waiting<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<u64, StoreError> {
    Ok(waiting(portal).count(conn).await?)
}

/// A part of those that wait, the oldest first.
pub async fn page_waiting<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    part: Part,
) -> Result<Vec<Departure>, StoreError> {
    let oldest = waiting(portal).order_by_asc(row::Column::AskedAt).order_by_asc(row::Column::Id);
    let rows = oldest.offset(part.offset).limit(part.most).all(conn).await?;
    rows.into_iter().map(Departure::try_from).collect()
}

/// All requests of a portal that were asked or ended at a moment or later, in the order in which they were asked.
pub async fn since<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    since: Timestamp,
) -> Result<Vec<Departure>, StoreError> {
    let since = seconds(since);
    let recent = Condition::any().add(row::Column::AskedAt.gte(since)).add(row::Column::SettledAt.gte(since));
    let rows = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(recent)
        .order_by_asc(row::Column::AskedAt)
        .order_by_asc(row::Column::Id)
        .all(conn)
        .await?;
    rows.into_iter().map(Departure::try_from).collect()
}

fn waiting(portal: &str) -> Select<row::Entity> {
    row::Entity::find().filter(row::Column::Portal.eq(portal)).filter(row::Column::Waiting.eq(WAITING))
}

impl TryFrom<row::Model> for Departure {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let unreadable = || StoreError::Unreadable(TABLE);
        let asked_at = time(row.asked_at, TABLE)?;
        let settled = optional_time(row.settled_at, TABLE)?;
        let state = match (row.state.as_str(), settled) {
            ("waiting", None) => State::Waiting { since: asked_at },
            (ACCEPTED, Some(at)) => State::Accepted { at },
            ("refused", Some(at)) => State::Refused { at, reason: row.reason },
            ("withdrawn", Some(at)) => State::Withdrawn { at },
            ("overtaken", Some(at)) => State::Overtaken { at },
            _ => return Err(unreadable()),
        };
        Ok(Self {
            id: row.id,
            account_id: row.account_id,
            kind: Kind::parse(&row.kind).ok_or_else(unreadable)?,
            note: row.note,
            at_desk: row.at_desk,
            asked_at,
            state,
        })
    }
}
