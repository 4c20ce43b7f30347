use sea_orm_migration::prelude::*;

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            // Those chosen before have no end: none was announced.
            ColumnDef::new("password_until").big_integer().null().to_owned(),
            // How many warnings of its end were written.
            ColumnDef::new("password_told").integer().not_null().default(0).to_owned(),
        ] {
            let table = Table::alter().table("accounts").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        manager.create_index(index("accounts_password", "accounts", ["portal", "password_until"])).await
    }
}
