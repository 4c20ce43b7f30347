//! What a server remembers about itself, by name.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait as _, Set};

use super::StoreError;
use super::entities::settings as row;

/// The value kept under a name.
pub async fn get<C: ConnectionTrait>(conn: &C, name: &str) -> Result<Option<String>, StoreError> {
    Ok(row::Entity::find_by_id(name.to_owned()).one(conn).await?.map(|row| row.value))
}

/// Keeps a value under a name, instead of the one before.
pub async fn set<C: ConnectionTrait>(conn: &C, name: &str, value: &str) -> Result<(), StoreError> {
    let row = row::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    row::Entity::insert(row)
        .on_conflict(OnConflict::column(row::Column::Name).update_column(row::Column::Value).to_owned())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Keeps a value under a name that has none, and gives the one that is kept: of several at once, the same to all.
pub async fn keep_first<C: ConnectionTrait>(conn: &C, name: &str, value: &str) -> Result<String, StoreError> {
    let row = row::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    row::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    Ok(get(conn, name).await?.unwrap_or_else(|| value.to_owned()))
}
