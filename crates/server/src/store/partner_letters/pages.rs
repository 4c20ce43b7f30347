//! Letters to partners as work lists show them: counted, searched and in parts, as those of [`crate::store::letters`].

use palier_domain::onboarding::LetterState;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use super::{PartnerLetter, row};
use crate::store::letters::state_name;
use crate::store::{Part, StoreError, partners};

/// How many letters there are in each state that are found by a text, as [`palier_domain::fold::key`] gives it: in the
/// reference, or in the partner's number, name or address. All by an empty one.
pub async fn counts<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
) -> Result<Vec<(LetterState, u64)>, StoreError> {
    let counted: Vec<(String, i64)> = found(portal, text)
        .select_only()
        .column(row::Column::State)
        .column_as(row::Column::Id.count(), "count")
        .group_by(row::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let of = |state: LetterState| {
        let counted = counted.iter().find(|(name, _)| name == state_name(state));
        (state, counted.map_or(0, |(_, count)| count.unsigned_abs()))
    };
    Ok(LetterState::ALL.map(of).to_vec())
}

/// A part of the letters that are found by a text, of one state or all: those that wait first, then the newest first.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    state: Option<LetterState>,
    part: Part,
) -> Result<Vec<PartnerLetter>, StoreError> {
    let mut wanted = found(portal, text);
    if let Some(state) = state {
        wanted = wanted.filter(row::Column::State.eq(state_name(state)));
    }
    let waits = Expr::col(row::Column::State).eq(state_name(LetterState::Asked));
    let wanted = wanted.order_by(waits, Order::Desc).order_by_desc(row::Column::Id);
    let rows = wanted.offset(part.offset).limit(part.most).all(conn).await?;
    rows.into_iter().map(PartnerLetter::try_from).collect()
}

fn found(portal: &str, text: &str) -> Select<row::Entity> {
    let all = row::Entity::find().filter(row::Column::Portal.eq(portal));
    if text.is_empty() {
        return all;
    }
    let plain = Func::cust("replace").arg(Expr::col(row::Column::Reference)).arg("-").arg("");
    let referred = Func::lower(plain).like(format!("%{text}%"));
    all.filter(row::Column::PartnerId.in_subquery(partners::ids_found(portal, text)).or(referred))
}
