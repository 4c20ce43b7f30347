use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean, integer_null, text};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(departures()).await?;
        // One of a kind waits: nothing is equal to nothing, so that those that ended don't count.
        let one =
            index("departures_waiting", "departures", ["account_id", "kind", "waiting"]).unique().take();
        manager.create_index(one).await?;
        manager
            .create_index(index("departures_list", "departures", ["portal", "waiting", "asked_at"]))
            .await?;
        manager.create_index(index("departures_settled", "departures", ["portal", "settled_at"])).await
    }
}

fn departures() -> TableCreateStatement {
    Table::create()
        .table("departures")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("account_id"))
        .col(text("kind"))
        .col(text("state"))
        // 1 while it waits, then nothing.
        .col(integer_null("waiting"))
        // What the person told the landlord.
        .col(text("note"))
        // Why it was refused.
        .col(text("reason"))
        .col(boolean("at_desk"))
        .col(big_integer("asked_at"))
        .col(big_integer_null("settled_at"))
        .foreign_key(&mut belongs_to("departures_account_fk", "departures", "account_id", "accounts"))
        .to_owned()
}
