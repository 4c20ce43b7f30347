use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, blob_null, integer, text, text_null,
};

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(partners()).await?;
        let number = index("partners_number", "partners", ["portal", "number"]).unique().to_owned();
        manager.create_index(number).await?;
        manager.create_index(index("partners_account", "partners", ["account_id"])).await
    }
}

fn partners() -> TableCreateStatement {
    Table::create()
        .table("partners")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        // The user number: fourteen digits.
        .col(text("number"))
        .col(text("name"))
        .col(text_null("email"))
        // Its lines, in JSON.
        .col(text_null("address"))
        // `letter` or `mail`.
        .col(text("channel"))
        // What it is opened with: `nothing`, `ordered`, `letter`, `mail` or `personal`.
        .col(text("held"))
        // When that was given or chosen, and from when on it opens nothing any more.
        .col(big_integer_null("issued_at"))
        .col(big_integer_null("valid_until"))
        // SHA-256 of a provisional password, as long as it is held.
        .col(blob_null("secret_hash"))
        // The pass of who has forgotten a password of their own.
        .col(big_integer_null("reset_issued_at"))
        .col(big_integer_null("reset_until"))
        // Once there is a password of one's own.
        .col(big_integer_null("account_id"))
        // Counts the changes of what it is opened with.
        .col(integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        // No action of its own: an account doesn't go without what is said of its partner.
        .foreign_key(
            ForeignKey::create()
                .name("partners_account_fk")
                .from("partners", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}
