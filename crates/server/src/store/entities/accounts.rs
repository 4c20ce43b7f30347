use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub lease_id: Option<i64>,
    /// Empty where there is none.
    pub email: String,
    /// What is unique of it: its key, or `#` and the identifier where nobody signs in with an address.
    pub email_key: String,
    pub identifier: String,
    pub password_hash: String,
    pub first_name: Option<String>,
    pub surname: String,
    pub language: String,
    pub created_at: i64,
    pub password_changed_at: i64,
    pub password_until: Option<i64>,
    pub password_told: i32,
    pub search_key: String,
    pub name_key: Vec<u8>,
    pub left_lease_id: Option<i64>,
    pub left_on: Option<String>,
    pub closing_on: Option<String>,
    pub closing_told: i32,
    pub closing_told_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub erased_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
