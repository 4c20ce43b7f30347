use palier_domain::fold::key;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{blob, text};

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Rows read at once.
const CHUNK: u64 = 500;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What the desk searches and sorts by, brought to one spelling: neither engine folds accents alike, and each
        // sorts texts by rules of its own, but all sort bytes alike.
        for column in [text("search_key").default(""), blob("name_key").default(Vec::<u8>::new())] {
            let table = Table::alter().table("clients").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        fill(manager.get_connection()).await?;
        manager.create_index(index("clients_name", "clients", ["portal", "name_key", "id"])).await?;
        // The newest letter of each designation.
        manager.create_index(index("letters_designation", "letters", ["designation_id", "id"])).await
    }
}

/// Gives the clients that are there already their keys.
async fn fill(conn: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let mut last = 0_i64;
    loop {
        let next = Query::select()
            .columns(["id", "number", "name"])
            .from("clients")
            .and_where(Expr::col("id").gt(last))
            .order_by("id", Order::Asc)
            .limit(CHUNK)
            .to_owned();
        let rows = conn.query_all(&next).await?;
        let Some(row) = rows.last() else { return Ok(()) };
        last = row.try_get("", "id")?;
        for row in &rows {
            let (id, number, name): (i64, String, String) =
                (row.try_get("", "id")?, row.try_get("", "number")?, row.try_get("", "name")?);
            let name = key(&name);
            let update = Query::update()
                .table("clients")
                .value("search_key", format!("{} {name}", key(&number)))
                .value("name_key", name.into_bytes())
                .and_where(Expr::col("id").eq(id))
                .to_owned();
            conn.execute(&update).await?;
        }
    }
}
