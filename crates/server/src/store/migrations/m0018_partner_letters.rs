use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text, text_null};

use super::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(letters()).await?;
        let reference = index("partner_letters_reference", "partner_letters", ["portal", "reference"]);
        manager.create_index(reference.clone().unique().to_owned()).await?;
        manager.create_index(index("partner_letters_state", "partner_letters", ["portal", "state"])).await?;
        manager
            .create_index(index("partner_letters_asked", "partner_letters", ["portal", "asked_at"]))
            .await?;
        manager.create_index(index("partner_letters_partner", "partner_letters", ["partner_id"])).await?;
        // Those who were never given anything are looked for by the minute.
        manager.create_index(index("partners_held", "partners", ["portal", "held", "version"])).await
    }
}

fn letters() -> TableCreateStatement {
    Table::create()
        .table("partner_letters")
        .col(big_pk_auto("id"))
        .col(text("portal"))
        .col(big_integer("partner_id"))
        .col(text("reference"))
        // As of `letters`.
        .col(text("state"))
        .col(big_integer("asked_at"))
        .col(big_integer_null("printed_at"))
        .col(big_integer_null("posted_at"))
        .col(big_integer_null("returned_at"))
        .col(big_integer_null("valid_until"))
        .col(big_integer_null("ended_at"))
        .col(text_null("ending"))
        .foreign_key(&mut belongs_to("partner_letters_partner_fk", "partner_letters", "partner_id", "partners"))
        .to_owned()
}
