use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, blob, text};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(sign_ups()).await?;
        manager
            .create_index(index("sign_ups_handle", "sign_ups", ["portal", "handle_hash"]).unique().to_owned())
            .await?;
        // One open sign-up a lease and address: a newer one supersedes it first.
        let open = index("sign_ups_open", "sign_ups", ["portal", "email_key", "lease_id"])
            .unique()
            .and_where(Expr::col("state").eq("open"))
            .to_owned();
        manager.create_index(open).await?;
        manager.create_index(index("sign_ups_expiry", "sign_ups", ["expires_at"])).await?;
        manager.create_table(links()).await?;
        manager
            .create_index(index("links_token", "links", ["portal", "kind", "token_hash"]).unique().to_owned())
            .await?;
        // One live link a kind and subject: a newer one supersedes it first.
        let live = index("links_live", "links", ["portal", "kind", "subject_id"])
            .unique()
            .and_where(Expr::col("used_at").is_null())
            .and_where(Expr::col("superseded_at").is_null())
            .to_owned();
        manager.create_index(live).await?;
        manager.create_index(index("links_expiry", "links", ["expires_at"])).await
    }
}

fn sign_ups() -> TableCreateStatement {
    Table::create()
        .table("sign_ups")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("lease_id"))
        .col(blob("handle_hash"))
        .col(text("email"))
        .col(text("email_key"))
        .col(text("password_hash"))
        .col(text("purpose"))
        .col(text("state"))
        .col(big_integer_null("account_id"))
        .col(text("language"))
        .col(text("terms_version"))
        .col(text("terms_sha256"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut belongs_to("sign_ups_lease_fk", "sign_ups", "lease_id", "leases"))
        .foreign_key(&mut belongs_to("sign_ups_account_fk", "sign_ups", "account_id", "accounts"))
        .to_owned()
}

fn links() -> TableCreateStatement {
    Table::create()
        .table("links")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(text("kind"))
        // A sign-up or an account, as the kind says.
        .col(big_integer("subject_id"))
        .col(blob("token_hash"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .col(big_integer_null("superseded_at"))
        .to_owned()
}
