use sea_orm_migration::prelude::*;

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            // The lease that it had, once another household has it or it is closed.
            ColumnDef::new("left_lease_id").big_integer().null().to_owned(),
            // The last day in that home, once another household has it.
            ColumnDef::new("left_on").text().null().to_owned(),
            // The last day until which it was said to stay open, how many warnings said so, and when the first did.
            ColumnDef::new("closing_on").text().null().to_owned(),
            ColumnDef::new("closing_told").integer().not_null().default(0).to_owned(),
            ColumnDef::new("closing_told_at").big_integer().null().to_owned(),
            ColumnDef::new("closed_at").big_integer().null().to_owned(),
            // When its owner's data were taken out of it.
            ColumnDef::new("erased_at").big_integer().null().to_owned(),
        ] {
            let table = Table::alter().table("accounts").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        manager.create_index(index("accounts_closed", "accounts", ["closed_at"])).await?;
        for (name, column) in [("accounts_left", "left_on"), ("accounts_closing", "closing_on")] {
            manager.create_index(index(name, "accounts", ["portal", column])).await?;
        }
        manager.create_index(index("leases_left", "leases", ["portal", "left_on"])).await
    }
}
