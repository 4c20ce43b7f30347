use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_ups")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub subject: String,
    pub lease_id: Option<i64>,
    pub details: Option<String>,
    pub handle_hash: Vec<u8>,
    pub email: String,
    pub email_key: String,
    pub password_hash: String,
    pub purpose: crate::store::sign_ups::Purpose,
    pub state: crate::store::sign_ups::State,
    pub account_id: Option<i64>,
    pub language: String,
    pub terms_version: String,
    pub terms_sha256: String,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    pub reminded: i32,
    pub reminders_stopped_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
