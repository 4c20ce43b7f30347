use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, blob, blob_null, text, text_null,
};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(staff()).await?;
        manager
            .create_index(index("staff_email", "staff", ["portal", "email_key"]).unique().to_owned())
            .await?;
        manager.create_table(codes()).await?;
        let code = index("staff_codes_code", "staff_codes", ["staff_id", "code_hash"]).unique().to_owned();
        manager.create_index(code).await?;
        manager.create_table(sessions()).await?;
        let token = index("staff_sessions_token", "staff_sessions", ["token_hash"]).unique().to_owned();
        manager.create_index(token).await?;
        manager.create_index(index("staff_sessions_staff", "staff_sessions", ["staff_id"])).await?;
        manager.create_index(index("staff_sessions_expiry", "staff_sessions", ["expires_at"])).await
    }
}

fn staff() -> TableCreateStatement {
    Table::create()
        .table("staff")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(text("email"))
        .col(text("email_key"))
        // Empty until they have chosen a password.
        .col(text("first_name"))
        .col(text("surname"))
        // `operator`, `support` or `landlord`.
        .col(text("role"))
        // `invited`, `active` or `removed`.
        .col(text("state"))
        .col(text_null("password_hash"))
        // The authenticator's, proposed as long as `enrolled_at` is empty.
        .col(blob_null("totp_secret"))
        // The last step of 30 seconds whose code was used.
        .col(big_integer("totp_last_step"))
        .col(big_integer_null("enrolled_at"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn codes() -> TableCreateStatement {
    Table::create()
        .table("staff_codes")
        .col(big_pk_auto("id"))
        .col(big_integer("staff_id"))
        .col(blob("code_hash"))
        .foreign_key(&mut belongs_to("staff_codes_staff_fk", "staff_codes", "staff_id", "staff"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("staff_sessions")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("staff_id"))
        .col(blob("token_hash"))
        // Empty as long as only the password was given.
        .col(big_integer_null("second_factor_at"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut belongs_to("staff_sessions_staff_fk", "staff_sessions", "staff_id", "staff"))
        .to_owned()
}
