use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_letters")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub partner_id: i64,
    pub reference: String,
    pub state: String,
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
