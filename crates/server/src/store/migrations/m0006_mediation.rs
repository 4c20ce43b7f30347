use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, blob, integer, text, text_null};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rebuild_sign_ups(manager).await?;
        manager.create_table(organisations()).await?;
        for (name, column) in [("organisations_siren", "siren"), ("organisations_account", "account_id")] {
            manager
                .create_index(index(name, "organisations", ["portal", column]).unique().to_owned())
                .await?;
        }
        manager.create_table(memberships()).await?;
        manager
            .create_index(
                index("memberships_organisation", "memberships", ["organisation_id"]).unique().to_owned(),
            )
            .await?;
        manager
            .create_index(
                index("memberships_reference", "memberships", ["portal", "reference"]).unique().to_owned(),
            )
            .await?;
        // What the directory asks at each search stays small.
        let joined = index("memberships_joined", "memberships", ["portal", "joined_at"])
            .and_where(Expr::col("joined_at").is_not_null())
            .to_owned();
        manager.create_index(joined).await?;
        manager.create_table(promo_uses()).await
    }
}

/// A sign-up isn't always about a lease any more. SQLite can't change a column: the table is made anew.
async fn rebuild_sign_ups(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const COPIED: &str = "id, portal, lease_id, handle_hash, email, email_key, password_hash, purpose, state, \
                          account_id, language, terms_version, terms_sha256, created_at, expires_at, used_at";
    manager.create_table(sign_ups()).await?;
    let conn = manager.get_connection();
    conn.execute_unprepared(&format!(
        "INSERT INTO sign_ups_anew ({COPIED}, subject, reminded) \
         SELECT {COPIED}, 'lease:' || lease_id, 0 FROM sign_ups"
    ))
    .await?;
    if manager.get_database_backend() == DbBackend::Postgres {
        // The ids were given, not drawn: the next one drawn comes after them.
        conn.execute_unprepared(
            "SELECT setval(pg_get_serial_sequence('sign_ups_anew', 'id'), \
             (SELECT COALESCE(MAX(id), 0) + 1 FROM sign_ups_anew), false)",
        )
        .await?;
    }
    manager.drop_table(Table::drop().table("sign_ups").to_owned()).await?;
    manager.rename_table(Table::rename().table("sign_ups_anew", "sign_ups").to_owned()).await?;
    manager
        .create_index(index("sign_ups_handle", "sign_ups", ["portal", "handle_hash"]).unique().to_owned())
        .await?;
    // One open sign-up a subject and address: a newer one supersedes it first.
    let open = index("sign_ups_open", "sign_ups", ["portal", "email_key", "subject"])
        .unique()
        .and_where(Expr::col("state").eq("open"))
        .to_owned();
    manager.create_index(open).await?;
    manager.create_index(index("sign_ups_expiry", "sign_ups", ["expires_at"])).await
}

fn sign_ups() -> TableCreateStatement {
    Table::create()
        .table("sign_ups_anew")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        // `lease:ID` or `siren:NUMBER`: what it is about.
        .col(text("subject"))
        .col(big_integer_null("lease_id"))
        // The organisation, in JSON; none for a lease.
        .col(text_null("details"))
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
        .col(integer("reminded"))
        .col(big_integer_null("reminders_stopped_at"))
        .foreign_key(&mut belongs_to("sign_ups_lease_fk", "sign_ups_anew", "lease_id", "leases"))
        .foreign_key(&mut belongs_to("sign_ups_account_fk", "sign_ups_anew", "account_id", "accounts"))
        .to_owned()
}

fn organisations() -> TableCreateStatement {
    Table::create()
        .table("organisations")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("account_id"))
        .col(text("siren"))
        .col(text_null("siret"))
        .col(text("name"))
        // The managing director.
        .col(text("first_name"))
        .col(text("surname"))
        .col(text("birth_date"))
        .col(big_integer("created_at"))
        .col(big_integer("certified_at"))
        .col(integer("reminded"))
        .col(big_integer_null("reminders_stopped_at"))
        .foreign_key(&mut belongs_to("organisations_account_fk", "organisations", "account_id", "accounts"))
        .to_owned()
}

fn memberships() -> TableCreateStatement {
    Table::create()
        .table("memberships")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("organisation_id"))
        // What was answered so far, in JSON, and how often it changed.
        .col(text("answers"))
        .col(integer("changes"))
        .col(big_integer("changed_at"))
        // What follows is known once it is made.
        .col(text_null("reference"))
        .col(big_integer_null("joined_at"))
        .col(text_null("first_name"))
        .col(text_null("surname"))
        .col(text_null("partner"))
        .col(text_null("promo_code"))
        .col(text_null("contract_version"))
        .col(text_null("contract_sha256"))
        .col(text_null("terms_version"))
        .col(text_null("terms_sha256"))
        .col(big_integer_null("file_id"))
        .col(big_integer_null("terms_file_id"))
        .foreign_key(&mut belongs_to(
            "memberships_organisation_fk",
            "memberships",
            "organisation_id",
            "organisations",
        ))
        // No action of its own: a contract that was agreed to can't be deleted.
        .foreign_key(
            ForeignKey::create().name("memberships_file_fk").from("memberships", "file_id").to("kept_files", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("memberships_terms_fk")
                .from("memberships", "terms_file_id")
                .to("kept_files", "id"),
        )
        .to_owned()
}

fn promo_uses() -> TableCreateStatement {
    Table::create()
        .table("promo_uses")
        .col(text("portal"))
        .col(text("code"))
        .col(integer("uses"))
        .primary_key(&mut index("promo_uses_pk", "promo_uses", ["portal", "code"]))
        .to_owned()
}
