use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, blob, text};

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(kept_files()).await?;
        let once = index("kept_files_content", "kept_files", ["portal", "sha256"]).unique().to_owned();
        manager.create_index(once).await?;
        // A file that an e-mail still has to carry can't go. Written in the column: the only way that SQLite can add one.
        let attachment = ColumnDef::new("attachment_id")
            .big_integer()
            .null()
            .extra("CONSTRAINT outbox_attachment REFERENCES kept_files (id)")
            .to_owned();
        manager.alter_table(Table::alter().table("outbox").add_column(attachment).to_owned()).await?;
        let carried = index("outbox_attachments", "outbox", ["attachment_id"])
            .and_where(Expr::col("attachment_id").is_not_null())
            .to_owned();
        manager.create_index(carried).await
    }
}

fn kept_files() -> TableCreateStatement {
    Table::create()
        .table("kept_files")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(text("sha256"))
        .col(text("media_type"))
        .col(text("name"))
        .col(blob("content"))
        .col(big_integer("created_at"))
        .to_owned()
}
