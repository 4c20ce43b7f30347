use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub kind: String,
    pub recipient: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub language: String,
    pub message_id: String,
    pub created_at: i64,
    pub attempts: i32,
    pub next_at: i64,
    pub leased_by: Option<String>,
    pub leased_until: Option<i64>,
    pub failure: Option<String>,
    pub sent_at: Option<i64>,
    pub abandoned_at: Option<i64>,
    pub attachment_id: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
