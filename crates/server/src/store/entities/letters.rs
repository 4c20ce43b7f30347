use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letters")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub client_id: i64,
    pub designation_id: i64,
    pub reference: String,
    pub state: String,
    pub code_hash: Option<Vec<u8>>,
    pub tries: i32,
    pub asked_at: i64,
    pub printed_at: Option<i64>,
    pub posted_at: Option<i64>,
    pub returned_at: Option<i64>,
    pub valid_until: Option<i64>,
    pub ended_at: Option<i64>,
    pub ending: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
