//! What the two tables of letters have in common: a letter to a legal representative and one to a partner go the same way
//! ([`LetterState`]), and work lists count, search and show both alike.

use jiff::Timestamp;
use palier_domain::onboarding::{LetterState, LetterStep};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait, FromQueryResult, Order, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, UpdateMany,
};

use super::convert::seconds;
use super::letters::{Ending, ending_name, state_name};
use super::{Part, StoreError};

/// A table of letters, by its columns.
pub(super) trait Posted: EntityTrait<Model: FromQueryResult + Send + Sync> {
    const ID: Self::Column;
    const PORTAL: Self::Column;
    const REFERENCE: Self::Column;
    const STATE: Self::Column;
    const PRINTED_AT: Self::Column;
    const VALID_UNTIL: Self::Column;
    const ENDED_AT: Self::Column;
    const ENDING: Self::Column;
}

macro_rules! posted {
    ($($table:ident)+) => {$(
        impl Posted for super::entities::$table::Entity {
            const ID: Self::Column = Self::Column::Id;
            const PORTAL: Self::Column = Self::Column::Portal;
            const REFERENCE: Self::Column = Self::Column::Reference;
            const STATE: Self::Column = Self::Column::State;
            const PRINTED_AT: Self::Column = Self::Column::PrintedAt;
            const VALID_UNTIL: Self::Column = Self::Column::ValidUntil;
            const ENDED_AT: Self::Column = Self::Column::EndedAt;
            const ENDING: Self::Column = Self::Column::Ending;
        }
    )+};
}
posted!(letters partner_letters);

/// Those of a portal.
pub(super) fn of<E: Posted>(portal: &str) -> Select<E> {
    E::find().filter(E::PORTAL.eq(portal))
}

/// Whether a text, as [`palier_domain::fold::key`] gives it, is in the reference.
pub(super) fn referred<E: Posted>(text: &str) -> SimpleExpr {
    // References are letters, digits and dashes of ASCII: no engine folds them otherwise.
    let plain = Func::cust("replace").arg(Expr::col(E::REFERENCE)).arg("-").arg("");
    Func::lower(plain).like(format!("%{text}%"))
}

/// How many of those found are in each state.
pub(super) async fn counts<E: Posted, C: ConnectionTrait>(
    conn: &C,
    found: Select<E>,
) -> Result<Vec<(LetterState, u64)>, StoreError> {
    let counted: Vec<(String, i64)> = found
        .select_only()
        .column(E::STATE)
        .column_as(E::ID.count(), "count")
        .group_by(E::STATE)
        .into_tuple()
        .all(conn)
        .await?;
    let of = |state: LetterState| {
        let counted = counted.iter().find(|(name, _)| name == state_name(state));
        (state, counted.map_or(0, |(_, count)| count.unsigned_abs()))
    };
    Ok(LetterState::ALL.map(of).to_vec())
}

/// How many letters of a portal are in a state.
pub(super) async fn count_in<E: Posted, C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    state: LetterState,
) -> Result<u64, StoreError> {
    Ok(of::<E>(portal).filter(E::STATE.eq(state_name(state))).count(conn).await?)
}

/// A part of those found, of one state or all: those that wait first, then the newest first.
pub(super) async fn page<E: Posted, L: TryFrom<E::Model, Error = StoreError>, C: ConnectionTrait>(
    conn: &C,
    mut found: Select<E>,
    state: Option<LetterState>,
    part: Part,
) -> Result<Vec<L>, StoreError> {
    if let Some(state) = state {
        found = found.filter(E::STATE.eq(state_name(state)));
    }
    let waits = Expr::col(E::STATE).eq(state_name(LetterState::Asked));
    let found = found.order_by(waits, Order::Desc).order_by_desc(E::ID);
    let rows = found.offset(part.offset).limit(part.most).all(conn).await?;
    rows.into_iter().map(L::try_from).collect()
}

/// An update of the letters that are where `step` can be taken.
fn step<E: Posted>(step: LetterStep) -> UpdateMany<E> {
    // All of them lead to the same state.
    let to = LetterState::before(step).find_map(|state| state.after(step).ok()).map_or("", state_name);
    E::update_many()
        .col_expr(E::STATE, Expr::value(to))
        .filter(E::STATE.is_in(LetterState::before(step).map(state_name)))
}

/// An update that prints a letter: from now on what it carries counts, until `valid_until`.
pub(super) fn printing<E: Posted>(id: i64, now: Timestamp, valid_until: Timestamp) -> UpdateMany<E> {
    step::<E>(LetterStep::Print)
        .col_expr(E::PRINTED_AT, Expr::value(seconds(now)))
        .col_expr(E::VALID_UNTIL, Expr::value(seconds(valid_until)))
        .filter(E::ID.eq(id))
}

/// Notes in `when` that `taken` was taken with a letter. False when that can't be.
pub(super) async fn note<E: Posted, C: ConnectionTrait>(
    conn: &C,
    id: i64,
    taken: LetterStep,
    (when, now): (E::Column, Timestamp),
) -> Result<bool, StoreError> {
    let update = step::<E>(taken).col_expr(when, Expr::value(seconds(now)));
    Ok(update.filter(E::ID.eq(id)).exec(conn).await?.rows_affected == 1)
}

/// An update that ends letters.
pub(super) fn ending<E: Posted>(ending: Ending, now: Timestamp) -> UpdateMany<E> {
    let kind = if ending == Ending::Used { LetterStep::Use } else { LetterStep::Revoke };
    step::<E>(kind)
        .col_expr(E::ENDED_AT, Expr::value(seconds(now)))
        .col_expr(E::ENDING, Expr::value(ending_name(ending)))
}
