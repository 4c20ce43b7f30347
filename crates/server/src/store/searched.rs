//! Rows that the desk looks for (P7, D2), kept with what they are searched and sorted by, brought to one spelling.

use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait, ModelTrait, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::{Part, StoreError};

/// A table with such columns.
pub(super) trait Searched: EntityTrait {
    const ID: Self::Column;
    const PORTAL: Self::Column;
    /// Folded texts, parted by spaces.
    const SEARCH_KEY: Self::Column;
    /// Bytes: each engine sorts texts by rules of its own, but all sort bytes alike.
    const NAME_KEY: Self::Column;

    /// What a text finds beside the search key; nothing unless a table says so.
    fn beside(_portal: &str, _text: &str) -> Condition {
        Condition::any()
    }
}

/// Rows of a portal that a folded text finds, all by an empty one. Folded texts are letters and digits: nothing in them
/// means something in a pattern.
pub(super) fn found<E: Searched>(portal: &str, text: &str) -> Select<E> {
    let all = E::find().filter(E::PORTAL.eq(portal));
    if text.is_empty() {
        return all;
    }
    all.filter(E::beside(portal, text).add(E::SEARCH_KEY.contains(text)))
}

/// How many there are.
pub(super) async fn count<E, C>(conn: &C, portal: &str, text: &str) -> Result<u64, StoreError>
where
    E: Searched,
    C: ConnectionTrait,
    <E as EntityTrait>::Model: Send + Sync,
{
    Ok(found::<E>(portal, text).count(conn).await?)
}

/// A part of them, by name: without accents or case, in the same order on every engine.
pub(super) async fn page<E, C, T>(
    conn: &C,
    portal: &str,
    text: &str,
    part: Part,
) -> Result<Vec<T>, StoreError>
where
    E: Searched,
    C: ConnectionTrait,
    T: TryFrom<<E as EntityTrait>::Model, Error = StoreError>,
    <E as EntityTrait>::Model: ModelTrait<Entity = E>,
{
    let by_name = found::<E>(portal, text).order_by_asc(E::NAME_KEY).order_by_asc(E::ID);
    let rows = by_name.offset(part.offset).limit(part.most).all(conn).await?;
    rows.into_iter().map(T::try_from).collect()
}
