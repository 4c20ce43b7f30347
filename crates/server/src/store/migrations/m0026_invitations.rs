use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Until when the link works that a partner was sent in the place of a password.
        let column = ColumnDef::new("link_until").big_integer().null().to_owned();
        manager.alter_table(Table::alter().table("partners").add_column(column).to_owned()).await
    }
}
