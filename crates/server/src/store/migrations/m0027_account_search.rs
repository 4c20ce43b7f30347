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
        // As of `clients` and `partners`.
        for column in [text("search_key").default(""), blob("name_key").default(Vec::<u8>::new())] {
            let table = Table::alter().table("accounts").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        fill(manager.get_connection()).await?;
        manager.create_index(index("accounts_name", "accounts", ["portal", "name_key", "id"])).await
    }
}

/// Gives the accounts that are there already their keys.
async fn fill(conn: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let mut last = 0_i64;
    loop {
        let next = Query::select()
            .columns(["id", "identifier", "surname", "first_name", "email"])
            .from("accounts")
            .and_where(Expr::col("id").gt(last))
            .order_by("id", Order::Asc)
            .limit(CHUNK)
            .to_owned();
        let rows = conn.query_all(&next).await?;
        let Some(row) = rows.last() else { return Ok(()) };
        last = row.try_get("", "id")?;
        for row in &rows {
            let id: i64 = row.try_get("", "id")?;
            let text = |name: &str| row.try_get::<String>("", name).map(|text| key(&text));
            let first_name: Option<String> = row.try_get("", "first_name")?;
            let first_name = key(&first_name.unwrap_or_default());
            let (identifier, surname, email) = (text("identifier")?, text("surname")?, text("email")?);
            let update = Query::update()
                .table("accounts")
                .value(
                    "search_key",
                    format!("{identifier} {first_name}{surname} {surname}{first_name} {email}"),
                )
                .value("name_key", format!("{surname}{first_name}").into_bytes())
                .and_where(Expr::col("id").eq(id))
                .to_owned();
            conn.execute(&update).await?;
        }
    }
}
