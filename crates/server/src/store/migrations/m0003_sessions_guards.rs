use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, blob, boolean, integer, text, text_null,
};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(sessions()).await?;
        manager
            .create_index(index("sessions_token", "sessions", ["portal", "token_hash"]).unique().to_owned())
            .await?;
        manager.create_index(index("sessions_account", "sessions", ["account_id"])).await?;
        manager.create_table(guards()).await?;
        manager.create_table(places()).await?;
        manager.create_table(throttles()).await?;
        manager.create_index(index("throttles_end", "throttles", ["ends_at"])).await?;
        manager.create_table(idempotency()).await?;
        manager.create_index(index("idempotency_age", "idempotency", ["created_at"])).await
    }
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("account_id"))
        .col(blob("token_hash"))
        .col(boolean("stay"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut belongs_to("sessions_account_fk", "sessions", "account_id", "accounts"))
        .to_owned()
}

fn guards() -> TableCreateStatement {
    Table::create()
        .table("guards")
        .col(text("portal"))
        .col(text("subject"))
        .col(text("source"))
        .col(integer("failures"))
        .col(integer("locks"))
        .col(big_integer_null("locked_until"))
        .col(text_null("day"))
        .col(integer("day_failures"))
        .primary_key(&mut index("guards_pk", "guards", ["portal", "subject", "source"]))
        .to_owned()
}

fn places() -> TableCreateStatement {
    Table::create()
        .table("places")
        .col(text("portal"))
        .col(text("subject"))
        .col(text("source"))
        .col(big_integer("seen_at"))
        .primary_key(&mut index("places_pk", "places", ["portal", "subject", "source"]))
        .to_owned()
}

fn throttles() -> TableCreateStatement {
    Table::create()
        .table("throttles")
        .col(text("portal"))
        .col(text("kind"))
        .col(blob("key_hash"))
        .col(integer("hits"))
        .col(big_integer("started_at"))
        .col(big_integer("ends_at"))
        .primary_key(&mut index("throttles_pk", "throttles", ["portal", "kind", "key_hash"]))
        .to_owned()
}

fn idempotency() -> TableCreateStatement {
    Table::create()
        .table("idempotency")
        .col(text("portal"))
        .col(text("request_key"))
        .col(blob("digest"))
        .col(text("body"))
        .col(big_integer("created_at"))
        .primary_key(&mut index("idempotency_pk", "idempotency", ["portal", "request_key"]))
        .to_owned()
}
