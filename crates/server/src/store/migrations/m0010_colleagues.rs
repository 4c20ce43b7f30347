use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean, text, text_null};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            // `active`, `suspended` or `removed`.
            ColumnDef::new("state").text().not_null().default("active").to_owned(),
            // A level for each open service, in JSON.
            ColumnDef::new("rights").text().not_null().default("{}").to_owned(),
        ] {
            manager.alter_table(Table::alter().table("client_users").add_column(column).to_owned()).await?;
        }
        manager.create_table(joinings()).await?;
        // An address is joining one organisation at a time.
        let open = index("joinings_email", "joinings", ["portal", "email_key"])
            .unique()
            .and_where(Expr::col("state").is_in(["asked", "invited"]))
            .to_owned();
        manager.create_index(open).await?;
        manager.create_index(index("joinings_client", "joinings", ["client_id", "state"])).await?;
        manager.create_index(index("joinings_expiry", "joinings", ["state", "expires_at"])).await
    }
}

fn joinings() -> TableCreateStatement {
    Table::create()
        .table("joinings")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("client_id"))
        // `asked`, `invited`, `active`, `refused`, `cancelled` or `expired`.
        .col(text("state"))
        .col(text("first_name"))
        .col(text("surname"))
        .col(text("email"))
        .col(text("email_key"))
        .col(text("language"))
        // The terms accepted with a request; empty for an invitation.
        .col(text("terms_version"))
        .col(text("terms_sha256"))
        .col(big_integer_null("consented_at"))
        .col(boolean("administrator"))
        // A level for each open service, in JSON.
        .col(text("rights"))
        // The administrator who accepted or invited.
        .col(big_integer_null("decided_by"))
        // Why it was refused.
        .col(text_null("reason"))
        .col(big_integer("created_at"))
        // When the link was last sent.
        .col(big_integer_null("sent_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("ended_at"))
        .foreign_key(&mut belongs_to("joinings_client_fk", "joinings", "client_id", "clients"))
        .to_owned()
}
