//! Letters (*courriers*) to partners, with their provisional passwords: asked for, printed, posted, returned, used, lost
//! (P1, P2, P8).
//!
//! What a letter's password opens stands with its partner ([`super::partners`]); here stands what became of the paper.

use jiff::Timestamp;
use palier_domain::onboarding::{LetterState, LetterStep};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use super::convert::{optional_time, seconds, time};
use super::entities::partner_letters as row;
use super::letters::{Ending, ending_named, state_name, state_named};
use super::{Conflict, StoreError, insert, posted};

mod pages;

pub use pages::{counts, page};

const TABLE: &str = "partner_letters";

/// A letter to keep.
#[derive(Clone, Debug)]
pub struct NewPartnerLetter {
    /// The portal.
    pub portal: String,
    /// To which partner.
    pub partner_id: i64,
    /// Its reference, such as `C-K7TM-94PX`.
    pub reference: String,
    /// When.
    pub now: Timestamp,
}

/// A letter as it is kept; see [`NewPartnerLetter`].
#[expect(missing_docs, reason = "the fields are those of NewPartnerLetter and of letters")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerLetter {
    pub id: i64,
    pub partner_id: i64,
    pub reference: String,
    pub state: LetterState,
    pub asked_at: Timestamp,
    pub printed_at: Option<Timestamp>,
    pub posted_at: Option<Timestamp>,
    pub returned_at: Option<Timestamp>,
    /// From then on its password opens nothing.
    pub valid_until: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub ending: Option<Ending>,
}

/// Keeps a letter that waits to be printed and gives its id; [`Conflict::Reference`] when its reference is taken.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewPartnerLetter) -> Result<i64, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal),
        partner_id: Set(new.partner_id),
        reference: Set(new.reference),
        state: Set(state_name(LetterState::Asked).to_owned()),
        asked_at: Set(seconds(new.now)),
        printed_at: Set(None),
        posted_at: Set(None),
        returned_at: Set(None),
        valid_until: Set(None),
        ended_at: Set(None),
        ending: Set(None),
    };
    insert::unless_taken(conn, row).await?.ok_or(StoreError::Conflict(Conflict::Reference))
}

/// The letter with that reference.
pub async fn by_reference<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    reference: &str,
) -> Result<Option<PartnerLetter>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Reference.eq(reference))
        .one(conn)
        .await?;
    found.map(PartnerLetter::try_from).transpose()
}

/// The newest letter to a partner.
pub async fn latest<C: ConnectionTrait>(
    conn: &C,
    partner_id: i64,
) -> Result<Option<PartnerLetter>, StoreError> {
    let mine = row::Entity::find().filter(row::Column::PartnerId.eq(partner_id));
    mine.order_by_desc(row::Column::Id).one(conn).await?.map(PartnerLetter::try_from).transpose()
}

/// Letters of a portal, the oldest first, at most so many: of one state, or all.
pub async fn list<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    state: Option<LetterState>,
    most: u64,
) -> Result<Vec<PartnerLetter>, StoreError> {
    let mut all = row::Entity::find().filter(row::Column::Portal.eq(portal));
    if let Some(state) = state {
        all = all.filter(row::Column::State.eq(state_name(state)));
    }
    let rows = all.order_by_asc(row::Column::Id).limit(most).all(conn).await?;
    rows.into_iter().map(PartnerLetter::try_from).collect()
}

/// How many letters of a portal are in a state.
pub async fn count_in<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    state: LetterState,
) -> Result<u64, StoreError> {
    posted::count_in::<row::Entity, C>(conn, portal, state).await
}

/// How many letters of a portal were asked for since then: each costs money.
pub async fn asked_since<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let rows = row::Entity::find().filter(row::Column::Portal.eq(portal));
    Ok(rows.filter(row::Column::AskedAt.gt(seconds(since))).count(conn).await?)
}

/// Prints a letter, whose password is valid until then. False when it doesn't wait any more.
pub async fn print<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    now: Timestamp,
    valid_until: Timestamp,
) -> Result<bool, StoreError> {
    Ok(posted::printing::<row::Entity>(id, now, valid_until).exec(conn).await?.rows_affected == 1)
}

/// Notes that a letter was posted. False when that can't be.
pub async fn post<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    posted::note::<row::Entity, C>(conn, id, LetterStep::Post, (row::Column::PostedAt, now)).await
}

/// Notes that the post brought it back. False when that can't be.
pub async fn give_back<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    posted::note::<row::Entity, C>(conn, id, LetterStep::Return, (row::Column::ReturnedAt, now)).await
}

/// Ends whatever letter of a partner isn't over; says whether there was one.
pub async fn end<C: ConnectionTrait>(
    conn: &C,
    partner_id: i64,
    ending: Ending,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let theirs = posted::ending::<row::Entity>(ending, now).filter(row::Column::PartnerId.eq(partner_id));
    Ok(theirs.exec(conn).await?.rows_affected > 0)
}

impl TryFrom<row::Model> for PartnerLetter {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            partner_id: row.partner_id,
            reference: row.reference,
            state: state_named(&row.state).ok_or(StoreError::Unreadable(TABLE))?,
            asked_at: time(row.asked_at, TABLE)?,
            printed_at: optional_time(row.printed_at, TABLE)?,
            posted_at: optional_time(row.posted_at, TABLE)?,
            returned_at: optional_time(row.returned_at, TABLE)?,
            valid_until: optional_time(row.valid_until, TABLE)?,
            ended_at: optional_time(row.ended_at, TABLE)?,
            ending: row.ending.as_deref().and_then(ending_named),
        })
    }
}
