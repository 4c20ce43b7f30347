use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub portal: String,
    pub organisation_id: i64,
    pub answers: String,
    pub changes: i32,
    pub changed_at: i64,
    pub reference: Option<String>,
    pub joined_at: Option<i64>,
    pub first_name: Option<String>,
    pub surname: Option<String>,
    pub partner: Option<String>,
    pub promo_code: Option<String>,
    pub contract_version: Option<String>,
    pub contract_sha256: Option<String>,
    pub terms_version: Option<String>,
    pub terms_sha256: Option<String>,
    pub file_id: Option<i64>,
    pub terms_file_id: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::organisations::Entity",
        from = "Column::OrganisationId",
        to = "super::organisations::Column::Id"
    )]
    Organisation,
}

impl Related<super::organisations::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
