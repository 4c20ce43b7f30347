use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

use super::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The account to which a link was sent, where several have one about the same.
        let table = Table::alter().table("links").add_column(big_integer_null("holder_id")).to_owned();
        manager.alter_table(table).await?;
        // One live link a kind and subject, as before; and one each where accounts are named.
        manager.drop_index(Index::drop().name("links_live").table("links").to_owned()).await?;
        let subject = index("links_live", "links", ["portal", "kind", "subject_id"]);
        let holder = index("links_live_held", "links", ["portal", "kind", "subject_id", "holder_id"]);
        let nobody = Expr::col("holder_id").is_null();
        for (mut live, whose) in [(subject, nobody.clone()), (holder, nobody.not())] {
            live.unique()
                .and_where(Expr::col("used_at").is_null())
                .and_where(Expr::col("superseded_at").is_null())
                .and_where(whose);
            manager.create_index(live).await?;
        }
        Ok(())
    }
}
