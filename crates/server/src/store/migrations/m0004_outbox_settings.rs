use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, integer, text, text_null};

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(outbox()).await?;
        manager.create_index(index("outbox_message", "outbox", ["message_id"]).unique().to_owned()).await?;
        // What the worker asks for each second stays small, however much was sent.
        let due = index("outbox_due", "outbox", ["next_at", "id"])
            .and_where(Expr::col("sent_at").is_null())
            .and_where(Expr::col("abandoned_at").is_null())
            .to_owned();
        manager.create_index(due).await?;
        manager.create_index(index("outbox_sent", "outbox", ["sent_at"])).await?;
        manager.create_table(settings()).await
    }
}

fn outbox() -> TableCreateStatement {
    Table::create()
        .table("outbox")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(text("kind"))
        .col(text("recipient"))
        .col(text_null("reply_to"))
        .col(text("subject"))
        .col(text("text"))
        .col(text("html"))
        .col(text("language"))
        .col(text("message_id"))
        .col(big_integer("created_at"))
        .col(integer("attempts"))
        .col(big_integer("next_at"))
        .col(text_null("leased_by"))
        .col(big_integer_null("leased_until"))
        .col(text_null("failure"))
        .col(big_integer_null("sent_at"))
        .col(big_integer_null("abandoned_at"))
        .to_owned()
}

fn settings() -> TableCreateStatement {
    Table::create()
        .table("settings")
        .col(text("name"))
        .col(text("value"))
        .primary_key(&mut index("settings_pk", "settings", ["name"]))
        .to_owned()
}
