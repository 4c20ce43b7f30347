//! Leases (*baux*) as landlords hand them over: what a sign-up is compared with (T1–T5).

use std::collections::HashMap;

use jiff::Timestamp;
use palier_domain::values::{Date, Email, LeaseReference};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, Set,
};

use super::batch::{CHUNK, changes};
use super::convert::{day, email, reference, seconds};
use super::entities::leases as row;
use super::{Counts, StoreError};

const TABLE: &str = "leases";

/// A lease as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Ours; never shown.
    pub id: i64,
    /// The landlord's portal.
    pub portal: String,
    /// The landlord's number for it, unique in the portal.
    pub reference: LeaseReference,
    /// Surname of the main signatory (*signataire principal*), as the landlord writes it.
    pub surname: String,
    /// First name of the main signatory.
    pub first_name: Option<String>,
    /// Other surnames that the landlord knows for it: birth name, the other signatory's.
    pub other_names: Vec<String>,
    /// Birth date of the main signatory.
    pub birth_date: Option<Date>,
    /// Number and street.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// First day.
    pub entered_on: Option<Date>,
    /// Last day, when the tenant has left or given notice.
    pub left_on: Option<Date>,
    /// The address that the landlord knows.
    pub email: Option<Email>,
}

/// A lease as a landlord's file has it; see [`Lease`] for the fields.
#[expect(missing_docs, reason = "the fields are those of Lease")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLease {
    pub reference: LeaseReference,
    pub surname: String,
    pub first_name: Option<String>,
    pub other_names: Vec<String>,
    pub birth_date: Option<Date>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub town: Option<String>,
    pub entered_on: Option<Date>,
    pub left_on: Option<Date>,
    pub email: Option<Email>,
}

/// The lease with that reference.
pub async fn find<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    reference: &LeaseReference,
) -> Result<Option<Lease>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Reference.eq(reference.as_str()))
        .one(conn)
        .await?;
    found.map(Lease::try_from).transpose()
}

/// The lease with that id, if it is this portal's.
pub async fn by_id<C: ConnectionTrait>(conn: &C, portal: &str, id: i64) -> Result<Option<Lease>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(Lease::try_from).transpose()
}

/// How many leases the portal has.
pub async fn count<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<u64, StoreError> {
    Ok(row::Entity::find().filter(row::Column::Portal.eq(portal)).count(conn).await?)
}

/// Takes leases in: new ones are added, known ones (by reference) become what is given, others stay as they are.
///
/// Give it the transaction when it must be all or nothing. Memory doesn't grow with the number of leases.
pub async fn upsert_many<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    leases: &[NewLease],
    now: Timestamp,
) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    for chunk in leases.chunks(CHUNK) {
        upsert_chunk(conn, portal, chunk, now, &mut counts).await?;
    }
    Ok(counts)
}

async fn upsert_chunk<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    leases: &[NewLease],
    now: Timestamp,
    counts: &mut Counts,
) -> Result<(), StoreError> {
    let known = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Reference.is_in(leases.iter().map(|lease| lease.reference.as_str())))
        .all(conn)
        .await?;
    let known: HashMap<String, NewLease> = known
        .into_iter()
        .map(|row| Ok((row.reference.clone(), NewLease::from(Lease::try_from(row)?))))
        .collect::<Result<_, StoreError>>()?;
    let changed = changes(leases, &known, |lease| lease.reference.as_str(), counts);
    if changed.is_empty() {
        return Ok(());
    }
    let rows = changed.into_values().map(|lease| lease.to_row(portal, now)).collect::<Result<Vec<_>, _>>()?;
    row::Entity::insert_many(rows).on_conflict(replace()).exec_without_returning(conn).await?;
    Ok(())
}

/// A lease that is there already keeps its id and the time it was first seen.
fn replace() -> OnConflict {
    use row::Column as C;
    OnConflict::columns([C::Portal, C::Reference])
        .update_columns([
            C::Surname,
            C::FirstName,
            C::OtherNames,
            C::BirthDate,
            C::Street,
            C::PostalCode,
            C::Town,
            C::EnteredOn,
            C::LeftOn,
            C::Email,
            C::UpdatedAt,
        ])
        .to_owned()
}

impl NewLease {
    fn to_row(&self, portal: &str, now: Timestamp) -> Result<row::ActiveModel, StoreError> {
        let other_names =
            serde_json::to_string(&self.other_names).map_err(|_| StoreError::Unreadable(TABLE))?;
        Ok(row::ActiveModel {
            id: sea_orm::NotSet,
            portal: Set(portal.to_owned()),
            reference: Set(self.reference.to_string()),
            surname: Set(self.surname.clone()),
            first_name: Set(self.first_name.clone()),
            other_names: Set(other_names),
            birth_date: Set(self.birth_date.map(|date| date.to_string())),
            street: Set(self.street.clone()),
            postal_code: Set(self.postal_code.clone()),
            town: Set(self.town.clone()),
            entered_on: Set(self.entered_on.map(|date| date.to_string())),
            left_on: Set(self.left_on.map(|date| date.to_string())),
            email: Set(self.email.as_ref().map(ToString::to_string)),
            created_at: Set(seconds(now)),
            updated_at: Set(seconds(now)),
        })
    }
}

impl From<Lease> for NewLease {
    fn from(lease: Lease) -> Self {
        Self {
            reference: lease.reference,
            surname: lease.surname,
            first_name: lease.first_name,
            other_names: lease.other_names,
            birth_date: lease.birth_date,
            street: lease.street,
            postal_code: lease.postal_code,
            town: lease.town,
            entered_on: lease.entered_on,
            left_on: lease.left_on,
            email: lease.email,
        }
    }
}

impl TryFrom<row::Model> for Lease {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            portal: row.portal,
            reference: reference(&row.reference, TABLE)?,
            surname: row.surname,
            first_name: row.first_name,
            other_names: serde_json::from_str(&row.other_names).map_err(|_| StoreError::Unreadable(TABLE))?,
            birth_date: day(row.birth_date.as_deref(), TABLE)?,
            street: row.street,
            postal_code: row.postal_code,
            town: row.town,
            entered_on: day(row.entered_on.as_deref(), TABLE)?,
            left_on: day(row.left_on.as_deref(), TABLE)?,
            email: row.email.map(|text| email(&text, TABLE)).transpose()?,
        })
    }
}
