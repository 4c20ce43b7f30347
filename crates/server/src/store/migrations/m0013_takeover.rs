use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Until when the organisation's administrators can object; empty where it has none. A designation's state may
        // be `objected` from now on.
        let table =
            Table::alter().table("designations").add_column(big_integer_null("objection_until")).to_owned();
        manager.alter_table(table).await
    }
}
