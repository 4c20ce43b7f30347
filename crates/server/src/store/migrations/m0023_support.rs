use palier_domain::fold::key;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, blob, integer, text};

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Rows read at once.
const CHUNK: u64 = 500;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(journal()).await?;
        let number = index("desk_journal_number", "desk_journal", ["portal", "number"]);
        manager.create_index(number.clone().unique().to_owned()).await?;
        let subject = index("desk_journal_subject", "desk_journal", ["portal", "subject", "number"]);
        manager.create_index(subject).await?;
        // As of `clients`.
        for column in [text("search_key").default(""), blob("name_key").default(Vec::<u8>::new())] {
            let table = Table::alter().table("partners").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        fill(manager.get_connection()).await?;
        manager.create_index(index("partners_name", "partners", ["portal", "name_key", "id"])).await
    }
}

fn journal() -> TableCreateStatement {
    Table::create()
        .table("desk_journal")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(integer("number"))
        .col(big_integer("happened_at"))
        // The address of who was at the desk: it outlives their row.
        .col(text("staff"))
        .col(text("kind"))
        .col(text("subject"))
        .col(blob("hash"))
        .to_owned()
}

/// Gives the partners that are there already their keys.
async fn fill(conn: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let mut last = 0_i64;
    loop {
        let next = Query::select()
            .columns(["id", "number", "name", "email"])
            .from("partners")
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
            let email: Option<String> = row.try_get("", "email")?;
            let (name, email) = (key(&name), key(&email.unwrap_or_default()));
            let update = Query::update()
                .table("partners")
                .value("search_key", format!("{number} {name} {email}"))
                .value("name_key", name.into_bytes())
                .and_where(Expr::col("id").eq(id))
                .to_owned();
            conn.execute(&update).await?;
        }
    }
}
