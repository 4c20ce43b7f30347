use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_files")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub sha256: String,
    pub media_type: String,
    pub name: String,
    pub content: Vec<u8>,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
