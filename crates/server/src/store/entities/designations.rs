use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "designations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub client_id: i64,
    pub state: String,
    pub first_name: String,
    pub surname: String,
    pub email: String,
    pub email_key: String,
    pub language: String,
    pub terms_version: String,
    pub terms_sha256: String,
    pub consented_at: i64,
    pub created_at: i64,
    pub ended_at: Option<i64>,
    pub account_id: Option<i64>,
    pub objection_until: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
