//! Letters to partners as work lists show them: counted, searched and in parts, as those of [`crate::store::letters`].

use palier_domain::onboarding::LetterState;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{ColumnTrait as _, ConnectionTrait, QueryFilter as _, Select};

use super::{PartnerLetter, row};
use crate::store::{Part, StoreError, partners, posted};

/// How many letters there are in each state that are found by a text, as [`palier_domain::fold::key`] gives it: in the
/// reference, or in the partner's number, name or address. All by an empty one.
pub async fn counts<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
) -> Result<Vec<(LetterState, u64)>, StoreError> {
    posted::counts(conn, found(portal, text)).await
}

/// A part of the letters that are found by a text, of one state or all: those that wait first, then the newest first.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    state: Option<LetterState>,
    part: Part,
) -> Result<Vec<PartnerLetter>, StoreError> {
    posted::page(conn, found(portal, text), state, part).await
}

fn found(portal: &str, text: &str) -> Select<row::Entity> {
    let all = posted::of(portal);
    if text.is_empty() {
        return all;
    }
    let of_partners = partners::ids_found(portal, text);
    all.filter(row::Column::PartnerId.in_subquery(of_partners).or(posted::referred::<row::Entity>(text)))
}
