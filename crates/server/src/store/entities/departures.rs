use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "departures")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub account_id: i64,
    pub kind: String,
    pub state: String,
    pub waiting: Option<i32>,
    pub note: String,
    pub reason: String,
    pub at_desk: bool,
    pub asked_at: i64,
    pub settled_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
