use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text, text_null};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(leases()).await?;
        manager
            .create_index(index("leases_reference", "leases", ["portal", "reference"]).unique().to_owned())
            .await?;
        manager.create_table(accounts()).await?;
        for (name, column) in [
            ("accounts_lease", "lease_id"),
            ("accounts_email", "email_key"),
            ("accounts_identifier", "identifier"),
        ] {
            manager.create_index(index(name, "accounts", ["portal", column]).unique().to_owned()).await?;
        }
        manager.create_table(consents()).await?;
        manager.create_index(index("consents_account", "consents", ["account_id", "accepted_at"])).await
    }
}

fn leases() -> TableCreateStatement {
    Table::create()
        .table("leases")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(text("reference"))
        .col(text("surname"))
        .col(text_null("first_name"))
        // A list, in JSON.
        .col(text("other_names"))
        .col(text_null("birth_date"))
        .col(text_null("street"))
        .col(text_null("postal_code"))
        .col(text_null("town"))
        .col(text_null("entered_on"))
        .col(text_null("left_on"))
        .col(text_null("email"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn accounts() -> TableCreateStatement {
    Table::create()
        .table("accounts")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer_null("lease_id"))
        .col(text("email"))
        .col(text("email_key"))
        .col(text("identifier"))
        .col(text("password_hash"))
        .col(text_null("first_name"))
        .col(text("surname"))
        .col(text("language"))
        .col(big_integer("created_at"))
        .col(big_integer("password_changed_at"))
        // No action of its own: a lease that has an account can't be deleted.
        .foreign_key(ForeignKey::create().name("accounts_lease_fk").from("accounts", "lease_id").to("leases", "id"))
        .to_owned()
}

fn consents() -> TableCreateStatement {
    Table::create()
        .table("consents")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(text("version"))
        .col(text("sha256"))
        .col(big_integer("accepted_at"))
        .foreign_key(&mut belongs_to("consents_account_fk", "consents", "account_id", "accounts"))
        .to_owned()
}
