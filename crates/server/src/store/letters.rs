//! Letters (*courriers*) to legal representatives: asked for, printed, posted, returned, used, revoked (A4–A6).
//!
//! A code is drawn when its letter is printed and is kept as its SHA-256 only: more than 63 random bits need no slow
//! hash, and nobody who reads the store can print one again.

mod pages;
mod rows;

use jiff::Timestamp;
use palier_domain::onboarding::{LetterState, LetterStep};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::convert::{count, counted, seconds, time};
use super::entities::letters as row;
use super::{Conflict, StoreError, insert, posted};

pub use pages::{counts, latest_of, page, printable};
pub use rows::{ending_name, ending_named, state_name, state_named};

const TABLE: &str = "letters";

/// A letter to keep.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// The portal.
    pub portal: String,
    /// To which organisation.
    pub client_id: i64,
    /// About which designation.
    pub designation_id: i64,
    /// Its reference, such as `C-K7TM-94PX`.
    pub reference: String,
    /// When.
    pub now: Timestamp,
}

/// Why a letter ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Its code was used.
    Used,
    /// Another one took its place.
    Replaced,
    /// The operator was told that it is lost.
    Lost,
    /// The legal representative refused the request, or it was stopped by telephone.
    Refused,
    /// The request lapsed: somebody else's took its place.
    Lapsed,
    /// An administrator objected to the request (A8).
    Objected,
    /// Its code was tried too often.
    Locked,
}

/// A letter as it is kept; see [`NewLetter`].
#[expect(missing_docs, reason = "most fields are those of NewLetter")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub id: i64,
    pub client_id: i64,
    pub designation_id: i64,
    pub reference: String,
    pub state: LetterState,
    /// SHA-256 of its code, once it is printed.
    pub code_hash: Option<Vec<u8>>,
    /// Wrong codes typed.
    pub tries: u32,
    pub asked_at: Timestamp,
    pub printed_at: Option<Timestamp>,
    pub posted_at: Option<Timestamp>,
    pub returned_at: Option<Timestamp>,
    /// From then on its code counts no more.
    pub valid_until: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub ending: Option<Ending>,
}

/// Keeps a letter that waits to be printed and gives its id; [`Conflict::Reference`] when its reference is taken,
/// [`Conflict::Other`] when another one of the designation is under way.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewLetter) -> Result<i64, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal.clone()),
        client_id: Set(new.client_id),
        designation_id: Set(new.designation_id),
        reference: Set(new.reference.clone()),
        state: Set(state_name(LetterState::Asked).to_owned()),
        code_hash: Set(None),
        tries: Set(0),
        asked_at: Set(seconds(new.now)),
        printed_at: Set(None),
        posted_at: Set(None),
        returned_at: Set(None),
        valid_until: Set(None),
        ended_at: Set(None),
        ending: Set(None),
    };
    if let Some(id) = insert::unless_taken(conn, row).await? {
        return Ok(id);
    }
    let taken = by_reference(conn, &new.portal, &new.reference).await?.is_some();
    Err(StoreError::Conflict(if taken { Conflict::Reference } else { Conflict::Other }))
}

/// The letter with that reference.
pub async fn by_reference<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    reference: &str,
) -> Result<Option<Letter>, StoreError> {
    one(conn, row::Column::Portal.eq(portal).and(row::Column::Reference.eq(reference))).await
}

/// The letter that carries the code with that hash.
pub async fn by_code<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    code_hash: &[u8; 32],
) -> Result<Option<Letter>, StoreError> {
    one(conn, row::Column::Portal.eq(portal).and(row::Column::CodeHash.eq(code_hash.as_slice()))).await
}

async fn one<C: ConnectionTrait>(conn: &C, which: Expr) -> Result<Option<Letter>, StoreError> {
    row::Entity::find().filter(which).one(conn).await?.map(Letter::try_from).transpose()
}

/// The newest letter of a designation.
pub async fn latest<C: ConnectionTrait>(conn: &C, designation_id: i64) -> Result<Option<Letter>, StoreError> {
    let mine = row::Entity::find().filter(row::Column::DesignationId.eq(designation_id));
    mine.order_by_desc(row::Column::Id).one(conn).await?.map(Letter::try_from).transpose()
}

/// Letters of a portal, the oldest first: of one state, or all.
pub async fn list<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    state: Option<LetterState>,
) -> Result<Vec<Letter>, StoreError> {
    let mut all = row::Entity::find().filter(row::Column::Portal.eq(portal));
    if let Some(state) = state {
        all = all.filter(row::Column::State.eq(state_name(state)));
    }
    all.order_by_asc(row::Column::Id).all(conn).await?.into_iter().map(Letter::try_from).collect()
}

/// When the letters asked for since `since` were, the oldest first: those of the whole portal, or those of an
/// organisation, without the ones that wrong codes locked: somebody else may have typed those.
pub async fn asked_since<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: Option<i64>,
    since: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    let mut asked = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::AskedAt.gt(seconds(since)));
    if let Some(client_id) = client_id {
        let locked = ending_name(Ending::Locked);
        let spent = row::Column::Ending.is_null().or(row::Column::Ending.ne(locked));
        asked = asked.filter(row::Column::ClientId.eq(client_id)).filter(spent);
    }
    let asked: Vec<i64> = asked
        .select_only()
        .column(row::Column::AskedAt)
        .order_by_asc(row::Column::AskedAt)
        .into_tuple()
        .all(conn)
        .await?;
    asked.into_iter().map(|at| time(at, TABLE)).collect()
}

/// How many letters are in a state.
pub async fn count_in<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    state: LetterState,
) -> Result<u64, StoreError> {
    posted::count_in::<row::Entity, C>(conn, portal, state).await
}

/// Prints a letter: from now on its code counts, until `valid_until`. False when it doesn't wait any more.
pub async fn print<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    code_hash: &[u8; 32],
    now: Timestamp,
    valid_until: Timestamp,
) -> Result<bool, StoreError> {
    let printed = posted::printing::<row::Entity>(id, now, valid_until)
        .col_expr(row::Column::CodeHash, Expr::value(code_hash.to_vec()));
    Ok(printed.exec(conn).await?.rows_affected == 1)
}

/// Notes that a letter was posted. False when that can't be.
pub async fn post<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    posted::note::<row::Entity, C>(conn, id, LetterStep::Post, (row::Column::PostedAt, now)).await
}

/// Notes that the post brought it back. False when that can't be.
pub async fn give_back<C: ConnectionTrait>(conn: &C, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    posted::note::<row::Entity, C>(conn, id, LetterStep::Return, (row::Column::ReturnedAt, now)).await
}

/// Ends a letter. True for exactly one caller.
pub async fn end<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    ending: Ending,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut update = posted::ending::<row::Entity>(ending, now).filter(row::Column::Id.eq(id));
    if ending == Ending::Used {
        update = update.filter(row::Column::ValidUntil.gt(seconds(now)));
    }
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Counts a wrong code, and gives how many there were with it; none when there were `most` already.
pub async fn count_try<C: ConnectionTrait>(conn: &C, id: i64, most: u32) -> Result<Option<u32>, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::Tries, Expr::col(row::Column::Tries).add(1))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Tries.lt(count(most)))
        .exec(conn)
        .await?;
    if updated.rows_affected == 0 {
        return Ok(None);
    }
    let tries = row::Entity::find_by_id(id).select_only().column(row::Column::Tries);
    Ok(tries.into_tuple::<i32>().one(conn).await?.map(counted))
}
