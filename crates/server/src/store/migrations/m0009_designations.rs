use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, blob, blob_null, boolean, integer, text, text_null,
};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(designations()).await?;
        // One person at a time is to become the first administrator of an organisation, and of one only.
        for (name, column) in [("designations_client", "client_id"), ("designations_email", "email_key")] {
            let open = index(name, "designations", ["portal", column])
                .unique()
                .and_where(Expr::col("state").eq("open"))
                .to_owned();
            manager.create_index(open).await?;
        }
        manager.create_table(letters()).await?;
        for (name, column) in [("letters_reference", "reference"), ("letters_code", "code_hash")] {
            manager.create_index(index(name, "letters", ["portal", column]).unique().to_owned()).await?;
        }
        // One letter at a time is on its way.
        let live = index("letters_live", "letters", ["designation_id"])
            .unique()
            .and_where(Expr::col("ended_at").is_null())
            .to_owned();
        manager.create_index(live).await?;
        manager.create_index(index("letters_state", "letters", ["portal", "state"])).await?;
        manager.create_index(index("letters_client", "letters", ["client_id", "asked_at"])).await?;
        manager.create_table(client_users()).await?;
        manager
            .create_index(index("client_users_account", "client_users", ["account_id"]).unique().to_owned())
            .await?;
        manager.create_index(index("client_users_client", "client_users", ["client_id"])).await?;
        manager.create_table(journal()).await?;
        manager
            .create_index(index("journal_place", "journal", ["client_id", "number"]).unique().to_owned())
            .await
    }
}

fn designations() -> TableCreateStatement {
    Table::create()
        .table("designations")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("client_id"))
        .col(text("state"))
        .col(text("first_name"))
        .col(text("surname"))
        .col(text("email"))
        .col(text("email_key"))
        .col(text("language"))
        .col(text("terms_version"))
        .col(text("terms_sha256"))
        .col(big_integer("consented_at"))
        .col(big_integer("created_at"))
        .col(big_integer_null("ended_at"))
        .col(big_integer_null("account_id"))
        .foreign_key(&mut belongs_to("designations_client_fk", "designations", "client_id", "clients"))
        .foreign_key(&mut belongs_to("designations_account_fk", "designations", "account_id", "accounts"))
        .to_owned()
}

fn letters() -> TableCreateStatement {
    Table::create()
        .table("letters")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("client_id"))
        .col(big_integer("designation_id"))
        .col(text("reference"))
        .col(text("state"))
        // SHA-256 of its code, once it is printed; the code itself is on the paper only.
        .col(blob_null("code_hash"))
        // Wrong codes typed.
        .col(integer("tries"))
        .col(big_integer("asked_at"))
        .col(big_integer_null("printed_at"))
        .col(big_integer_null("posted_at"))
        .col(big_integer_null("returned_at"))
        .col(big_integer_null("valid_until"))
        .col(big_integer_null("ended_at"))
        // Why it ended: `used`, `replaced`, `lost`, `refused`, `locked`.
        .col(text_null("ending"))
        .foreign_key(&mut belongs_to("letters_client_fk", "letters", "client_id", "clients"))
        .foreign_key(&mut belongs_to("letters_designation_fk", "letters", "designation_id", "designations"))
        .to_owned()
}

fn client_users() -> TableCreateStatement {
    Table::create()
        .table("client_users")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("client_id"))
        .col(big_integer("account_id"))
        .col(boolean("administrator"))
        .col(big_integer("created_at"))
        .foreign_key(&mut belongs_to("client_users_client_fk", "client_users", "client_id", "clients"))
        .foreign_key(&mut belongs_to("client_users_account_fk", "client_users", "account_id", "accounts"))
        .to_owned()
}

fn journal() -> TableCreateStatement {
    Table::create()
        .table("journal")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("client_id"))
        // From 1, without a gap.
        .col(integer("number"))
        .col(big_integer("happened_at"))
        .col(text("kind"))
        // What is to be known of it, in JSON.
        .col(text("details"))
        // SHA-256 of this entry and the hash of the one before.
        .col(blob("hash"))
        // No action of its own: an organisation with a journal can't be deleted.
        .foreign_key(
            ForeignKey::create().name("journal_client_fk").from("journal", "client_id").to("clients", "id"),
        )
        .to_owned()
}
