//! How often promotional codes were used (M5).

use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, Set};

use super::StoreError;
use super::convert::{count, counted};
use super::entities::promo_uses as row;

/// How often a code was used.
pub async fn uses<C: ConnectionTrait>(conn: &C, portal: &str, code: &str) -> Result<u32, StoreError> {
    let id = (portal.to_owned(), code.to_owned());
    let found = row::Entity::find_by_id(id).one(conn).await?;
    Ok(found.map(|row| counted(row.uses)).unwrap_or_default())
}

/// Uses a code once more. False when it was used `most` times already: of two last uses at once, exactly one is true.
pub async fn spend<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    code: &str,
    most: Option<u32>,
) -> Result<bool, StoreError> {
    let row = row::ActiveModel { portal: Set(portal.to_owned()), code: Set(code.to_owned()), uses: Set(0) };
    row::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    let mut spent = row::Entity::update_many()
        .col_expr(row::Column::Uses, Expr::col(row::Column::Uses).add(1))
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Code.eq(code));
    if let Some(most) = most {
        spent = spent.filter(row::Column::Uses.lt(count(most)));
    }
    Ok(spent.exec(conn).await?.rows_affected == 1)
}
