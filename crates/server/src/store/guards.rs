//! Failed sign-ins, counted for a subject (an account, or a login that is none) and a source (a network address), so
//! that locks hold across restarts and servers (P6). What the counts mean is the sign-in's to say.

use jiff::Timestamp;
use palier_domain::values::Date;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Select, Set,
};

use super::convert::{count, counted, day, optional_time, seconds};
use super::entities::{guards as row, places};
use super::{StoreError, lock};

const TABLE: &str = "guards";

/// What is known of the failures; all zero when there were none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Failures since the last success or lock.
    pub failures: u32,
    /// Locks of the day.
    pub locks: u32,
    /// No try before.
    pub locked_until: Option<Timestamp>,
    /// The day that `locks` and `day_failures` are about.
    pub day: Option<Date>,
    /// Failures of the day.
    pub day_failures: u32,
}

/// The counts of these sources, each named once, held until the transaction ends: another try for the same subject and
/// one of the sources waits for it, and then sees what was saved. The work is the same whether or not there are any.
pub async fn load_for_update<const N: usize>(
    transaction: &DatabaseTransaction,
    portal: &str,
    subject: &str,
    sources: [&str; N],
) -> Result<[Guard; N], StoreError> {
    // A row that isn't there can't be held.
    row::Entity::insert_many(sources.map(|source| to_row(portal, subject, source, &Guard::default())))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(transaction)
        .await?;
    // In the same order for everybody: two tries must not hold a row each and wait for the other's.
    let rows =
        of(portal, subject).filter(row::Column::Source.is_in(sources)).order_by_asc(row::Column::Source);
    let mut guards = sources.map(|_| Guard::default());
    for row in lock::held(rows).all(transaction).await? {
        let place = sources.iter().position(|source| *source == row.source);
        if let Some(guard) = place.and_then(|place| guards.get_mut(place)) {
            *guard = Guard::try_from(row)?;
        }
    }
    Ok(guards)
}

/// The counts, to look at only.
pub async fn load<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    subject: &str,
    source: &str,
) -> Result<Guard, StoreError> {
    let found = of(portal, subject).filter(row::Column::Source.eq(source)).one(conn).await?;
    found.map_or_else(|| Ok(Guard::default()), Guard::try_from)
}

/// The counts of a subject, by source, to look at only.
pub async fn of_subject<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    subject: &str,
) -> Result<Vec<(String, Guard)>, StoreError> {
    let rows = of(portal, subject).all(conn).await?;
    rows.into_iter().map(|row| Ok((row.source.clone(), Guard::try_from(row)?))).collect()
}

/// Replaces the counts of these sources, each named once.
pub async fn save<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    subject: &str,
    guards: &[(&str, &Guard)],
) -> Result<(), StoreError> {
    use row::Column as C;
    let rows = guards.iter().map(|(source, guard)| to_row(portal, subject, source, guard));
    row::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([C::Portal, C::Subject, C::Source])
                .update_columns([C::Failures, C::Locks, C::LockedUntil, C::Day, C::DayFailures])
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Forgets every failure of a subject, from wherever.
pub async fn clear_subject<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    subject: &str,
) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Subject.eq(subject))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes that the subject has signed in from that source.
pub async fn remember_place<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    subject: &str,
    source: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    use places::Column as C;
    let row = places::ActiveModel {
        portal: Set(portal.to_owned()),
        subject: Set(subject.to_owned()),
        source: Set(source.to_owned()),
        seen_at: Set(seconds(now)),
    };
    places::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([C::Portal, C::Subject, C::Source]).update_column(C::SeenAt).to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Whether the subject has signed in from that source before.
pub async fn knows_place<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    subject: &str,
    source: &str,
) -> Result<bool, StoreError> {
    let key = (portal.to_owned(), subject.to_owned(), source.to_owned());
    Ok(places::Entity::find_by_id(key).one(conn).await?.is_some())
}

fn of(portal: &str, subject: &str) -> Select<row::Entity> {
    let same = Condition::all().add(row::Column::Portal.eq(portal)).add(row::Column::Subject.eq(subject));
    row::Entity::find().filter(same)
}

fn to_row(portal: &str, subject: &str, source: &str, guard: &Guard) -> row::ActiveModel {
    row::ActiveModel {
        portal: Set(portal.to_owned()),
        subject: Set(subject.to_owned()),
        source: Set(source.to_owned()),
        failures: Set(count(guard.failures)),
        locks: Set(count(guard.locks)),
        locked_until: Set(guard.locked_until.map(seconds)),
        day: Set(guard.day.map(|day| day.to_string())),
        day_failures: Set(count(guard.day_failures)),
    }
}

impl TryFrom<row::Model> for Guard {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            failures: counted(row.failures),
            locks: counted(row.locks),
            locked_until: optional_time(row.locked_until, TABLE)?,
            day: day(row.day.as_deref(), TABLE)?,
            day_failures: counted(row.day_failures),
        })
    }
}
