use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, text, text_null};

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(clients()).await?;
        let number = index("clients_number", "clients", ["portal", "number"]).unique().to_owned();
        manager.create_index(number).await
    }
}

fn clients() -> TableCreateStatement {
    Table::create()
        .table("clients")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(text("number"))
        .col(text("name"))
        .col(text_null("legal_form"))
        // The function of the legal representative.
        .col(text("representative"))
        // Its lines, in JSON.
        .col(text("address"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}
