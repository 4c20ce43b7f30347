//! Leases (*baux*) as landlords hand them over: what a sign-up is compared with (T1–T5).

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use palier_domain::fold::key;
use palier_domain::values::{Date, Email, LeaseReference};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use super::batch::{CHUNK, changes};
use super::convert::{day, email, reference, seconds};
use super::entities::leases as row;
use super::{Counts, StoreError, leaving};

const TABLE: &str = "leases";
/// References read at once.
const READ: u64 = 5_000;

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

/// A lease's last day, as a landlord's file of exits gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Which lease.
    pub reference: LeaseReference,
    /// Its last day; none when the tenant stays after all.
    pub left_on: Option<Date>,
}

/// Takes last days in: those of leases that aren't known are left out.
pub async fn set_exits<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    exits: &[Exit],
    now: Timestamp,
) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    for chunk in exits.chunks(CHUNK) {
        let known = row::Entity::find()
            .filter(row::Column::Portal.eq(portal))
            .filter(row::Column::Reference.is_in(chunk.iter().map(|exit| exit.reference.as_str())))
            .all(conn)
            .await?;
        let mut known: HashMap<String, row::Model> =
            known.into_iter().map(|row| (row.reference.clone(), row)).collect();
        for exit in chunk {
            let left_on = exit.left_on.map(|date| date.to_string());
            let Some(row) = known.get_mut(exit.reference.as_str()) else { continue };
            if row.left_on == left_on {
                counts.unchanged += 1;
                continue;
            }
            row::Entity::update_many()
                .col_expr(row::Column::LeftOn, Expr::value(left_on.clone()))
                .col_expr(row::Column::UpdatedAt, Expr::value(seconds(now)))
                .filter(row::Column::Id.eq(row.id))
                .exec(conn)
                .await?;
            row.left_on = left_on;
            counts.updated += 1;
        }
    }
    Ok(counts)
}

/// The references of a portal's leases, as the numbers that they are: 8 bytes a lease.
pub async fn references<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<HashSet<u64>, StoreError> {
    let mut found = HashSet::new();
    let mut last = 0_i64;
    loop {
        let rows: Vec<(i64, String)> = row::Entity::find()
            .select_only()
            .columns([row::Column::Id, row::Column::Reference])
            .filter(row::Column::Portal.eq(portal))
            .filter(row::Column::Id.gt(last))
            .order_by_asc(row::Column::Id)
            .limit(READ)
            .into_tuple()
            .all(conn)
            .await?;
        let Some((id, _)) = rows.last() else { return Ok(found) };
        last = *id;
        found.extend(rows.iter().filter_map(|(_, reference)| reference.parse::<u64>().ok()));
    }
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
    for (reference, lease) in &changed {
        if let Some(left_on) = known.get(*reference).and_then(|before| before.passes_to(lease)) {
            leaving::pass_on(conn, portal, reference, left_on).await?;
        }
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
    /// When `next` is what a landlord's file says of the same reference now, and is another household's: the last day of
    /// the one before (T5). It is another's when it begins after the end that was known; where none was known, when it
    /// begins later than before and has none of its names.
    fn passes_to(&self, next: &Self) -> Option<Date> {
        let begins = next.entered_on?;
        if let Some(left_on) = self.left_on {
            (begins > left_on).then_some(left_on)
        } else {
            let later = self.entered_on.is_some_and(|entered_on| entered_on < begins);
            (later && !next.names().any(|name| self.names().any(|known| known == name))).then_some(begins)
        }
    }

    fn names(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.surname).chain(&self.other_names).map(|name| key(name))
    }

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
