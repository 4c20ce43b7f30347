//! The journal of a portal's desk (P7, P8): who of the staff looked at whom, and did what, when. Entries are only ever
//! added, and chained as those of [`super::journal`]: whoever changes or takes out one breaks the chain from there on.

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, NotSet,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::StoreError;
use super::chain::{self, Chained};
use super::convert::{seconds, time};
use super::entities::desk_journal as row;
use super::journal_cuts::{self, Cut, DESK};

const TABLE: &str = "desk_journal";

/// What happened at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act<'a> {
    /// Who: the address of somebody of the staff.
    pub staff: &'a str,
    /// What, as the texts name it: `shown`.
    pub kind: &'a str,
    /// Whose account: its user number; of a search, those of everybody it showed, a space between two.
    pub subject: &'a str,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From 1 in each portal, without a gap.
    pub number: i32,
    /// When.
    pub happened_at: Timestamp,
    /// See [`Act::staff`].
    pub staff: String,
    /// See [`Act::kind`].
    pub kind: String,
    /// See [`Act::subject`].
    pub subject: String,
    /// It is what was written, and follows the one before. Told by [`list`] alone, which reads all.
    pub whole: bool,
}

/// Adds an entry at the end of a portal's journal.
pub async fn append<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    now: Timestamp,
    act: Act<'_>,
) -> Result<(), StoreError> {
    let newest = of(portal).order_by_desc(row::Column::Number);
    chain::append(conn, newest, (portal, DESK), |before| {
        let mut row = row::Model {
            id: 0,
            portal: portal.to_owned(),
            number: before.number.saturating_add(1),
            happened_at: seconds(now),
            staff: act.staff.to_owned(),
            kind: act.kind.to_owned(),
            subject: act.subject.to_owned(),
            hash: Vec::new(),
        };
        row.hash = hash(&before.hash, &row);
        row::ActiveModel { id: NotSet, ..row.into_active_model().reset_all() }
    })
    .await
}

impl Chained for row::Entity {
    fn cut(last: row::Model) -> Cut {
        Cut { number: last.number, hash: last.hash }
    }
}

/// What was done about one account, the newest first, at most so many entries. Searches aren't among it.
pub async fn about<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    subject: &str,
    most: u64,
) -> Result<Vec<Entry>, StoreError> {
    let theirs = of(portal).filter(row::Column::Subject.eq(subject));
    let rows = theirs.order_by_desc(row::Column::Number).limit(most).all(conn).await?;
    rows.into_iter().map(|row| entry(row, true)).collect()
}

/// The journal of a portal, the oldest entry first; each says whether it is whole.
pub async fn list<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<Vec<Entry>, StoreError> {
    let rows = of(portal).order_by_asc(row::Column::Number).all(conn).await?;
    let mut before = match rows.first() {
        Some(first) if first.number != 1 => journal_cuts::of(conn, portal, DESK).await?,
        _ => Cut::default(),
    };
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let whole = row.number == before.number.saturating_add(1) && row.hash == hash(&before.hash, &row);
        before = Cut { number: row.number, hash: row.hash.clone() };
        entries.push(entry(row, whole)?);
    }
    Ok(entries)
}

fn of(portal: &str) -> Select<row::Entity> {
    row::Entity::find().filter(row::Column::Portal.eq(portal))
}

fn hash(before: &[u8], row: &row::Model) -> Vec<u8> {
    let (number, happened_at) = (row.number.to_le_bytes(), row.happened_at.to_le_bytes());
    let texts = [&row.staff, &row.kind, &row.subject].map(String::as_bytes);
    let [staff, kind, subject] = texts;
    chain::hash(&[before, row.portal.as_bytes(), &number, &happened_at, staff, kind, subject])
}

fn entry(row: row::Model, whole: bool) -> Result<Entry, StoreError> {
    let happened_at = time(row.happened_at, TABLE)?;
    let row::Model { number, staff, kind, subject, .. } = row;
    Ok(Entry { number, happened_at, staff, kind, subject, whole })
}
