use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Insert, PrimaryKeyTrait, TryInsertResult};

use super::StoreError;

/// Adds a row and gives its id; none when an index says that there is one of its kind already. The transaction is good
/// afterwards.
pub(super) async fn unless_taken<A, C>(conn: &C, row: A) -> Result<Option<i64>, StoreError>
where
    A: ActiveModelTrait,
    <A::Entity as EntityTrait>::PrimaryKey: PrimaryKeyTrait<ValueType = i64>,
    C: ConnectionTrait,
{
    let inserted = Insert::one(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec(conn)
        .await?;
    Ok(match inserted {
        TryInsertResult::Inserted(inserted) => Some(inserted.last_insert_id),
        _ => None,
    })
}
