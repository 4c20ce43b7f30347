use sea_orm_migration::prelude::*;

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("joinings_email").table("joinings").to_owned()).await?;
        // An address joins an organisation once at a time, and several organisations if it likes: none of them learns of
        // another one's.
        let open = index("joinings_email", "joinings", ["portal", "client_id", "email_key"])
            .unique()
            .and_where(Expr::col("state").is_in(["asked", "invited"]))
            .to_owned();
        manager.create_index(open).await
    }
}
