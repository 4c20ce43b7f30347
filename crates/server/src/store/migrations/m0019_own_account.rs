use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text, text_null};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Browser and system of a session's device, for its owner to recognise it.
        let device = Table::alter().table("sessions").add_column(text_null("device")).to_owned();
        manager.alter_table(device).await?;
        manager.create_table(email_changes()).await?;
        let account = index("email_changes_account", "email_changes", ["account_id"]);
        manager.create_index(account).await?;
        manager.create_index(index("email_changes_former", "email_changes", ["portal", "former_key"])).await
    }
}

fn email_changes() -> TableCreateStatement {
    Table::create()
        .table("email_changes")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("account_id"))
        // Empty where the account had none.
        .col(text("former"))
        // What the account was found by: no address where it was somebody else's too.
        .col(text("former_key"))
        .col(text("wanted"))
        // `asked`, `done`, `stopped` or `undone`.
        .col(text("state"))
        .col(big_integer("asked_at"))
        // Since when the new address is the account's.
        .col(big_integer_null("done_at"))
        .foreign_key(&mut belongs_to("email_changes_account_fk", "email_changes", "account_id", "accounts"))
        .to_owned()
}
