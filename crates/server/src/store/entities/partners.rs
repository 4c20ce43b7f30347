use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partners")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub number: String,
    pub name: String,
    pub email: Option<String>,
    pub address: Option<String>,
    pub channel: String,
    pub search_key: String,
    pub name_key: Vec<u8>,
    pub held: String,
    pub issued_at: Option<i64>,
    pub valid_until: Option<i64>,
    pub secret_hash: Option<Vec<u8>>,
    pub link_until: Option<i64>,
    pub reset_issued_at: Option<i64>,
    pub reset_until: Option<i64>,
    pub account_id: Option<i64>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
