use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, blob, integer, text};

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Since when nothing personal is in it: what stays is the proof of what was agreed to.
        let erased = Table::alter().table("accounts").add_column(big_integer_null("erased_at")).to_owned();
        manager.alter_table(erased).await?;
        // When somebody was removed.
        let ended = Table::alter().table("client_users").add_column(big_integer_null("ended_at")).to_owned();
        manager.alter_table(ended).await?;
        // Of those who were removed before, no later than the last thing that happened to their organisation.
        let removed = "UPDATE client_users SET ended_at = (SELECT MAX(happened_at) FROM journal \
                       WHERE journal.client_id = client_users.client_id) WHERE state = 'removed'";
        manager.get_connection().execute_unprepared(removed).await?;
        manager.create_table(cuts()).await?;
        // What the job looks for each time is found at once, however much there is that stays.
        for (name, table, column) in [
            ("client_users_ended", "client_users", "ended_at"),
            ("journal_age", "journal", "happened_at"),
            ("partner_letters_ended", "partner_letters", "ended_at"),
            ("designations_ended", "designations", "ended_at"),
            ("joinings_ended", "joinings", "ended_at"),
            ("places_age", "places", "seen_at"),
            ("email_changes_age", "email_changes", "asked_at"),
        ] {
            manager.create_index(index(name, table, ["portal", column])).await?;
        }
        Ok(())
    }
}

fn cuts() -> TableCreateStatement {
    Table::create()
        .table("journal_cuts")
        .col(text("portal"))
        // The organisation; 0 for the desk's journal.
        .col(big_integer("client_id"))
        // The newest entry that was taken out, when it was written, and its hash, which the next one follows.
        .col(integer("number"))
        .col(big_integer("happened_at"))
        .col(blob("hash"))
        .col(big_integer("cut_at"))
        .primary_key(&mut index("journal_cuts_pk", "journal_cuts", ["portal", "client_id"]))
        .to_owned()
}
