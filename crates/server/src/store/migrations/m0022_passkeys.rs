use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, blob, text};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(passkeys()).await?;
        let credential = index("passkeys_credential", "passkeys", ["portal", "credential"]).unique().take();
        manager.create_index(credential).await?;
        manager.create_index(index("passkeys_account", "passkeys", ["account_id"])).await?;
        manager.create_table(challenges()).await?;
        let handle = index("passkey_challenges_handle", "passkey_challenges", ["portal", "handle_hash"]);
        manager.create_index(handle.clone().unique().take()).await?;
        let session = index("passkey_challenges_session", "passkey_challenges", ["session_id"]);
        manager.create_index(session).await?;
        manager.create_index(index("passkey_challenges_expiry", "passkey_challenges", ["expires_at"])).await
    }
}

fn passkeys() -> TableCreateStatement {
    Table::create()
        .table("passkeys")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("account_id"))
        // What the device calls it.
        .col(text("credential"))
        // The public key, with what is known of its device, in JSON.
        .col(text("key"))
        // Browser and system by which its owner recognises it.
        .col(text("device"))
        .col(big_integer("created_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut belongs_to("passkeys_account_fk", "passkeys", "account_id", "accounts"))
        .to_owned()
}

fn challenges() -> TableCreateStatement {
    Table::create()
        .table("passkey_challenges")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(blob("handle_hash"))
        // In which session a key is added; none where somebody signs in.
        .col(big_integer_null("session_id"))
        .col(text("state"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut belongs_to(
            "passkey_challenges_session_fk",
            "passkey_challenges",
            "session_id",
            "sessions",
        ))
        .to_owned()
}
