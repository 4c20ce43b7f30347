//! The journal of an organisation (A9): what was decided about it, by whom, when. Entries are only ever added, and each
//! carries a hash of itself and of the one before: whoever changes or takes out one breaks the chain from there on.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, NotSet, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::StoreError;
use super::chain::{self, Chained};
use super::convert::{seconds, time};
use super::entities::journal as row;
use super::journal_cuts::{self, Cut};

/// The table, which a database from before there were journals lacks.
pub const TABLE: &str = "journal";
/// Entries read at once by [`verify`].
const BATCH: u64 = 250;

/// What is to be known of an entry, by name.
pub type Details = BTreeMap<String, String>;

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From 1, without a gap.
    pub number: i32,
    /// When.
    pub happened_at: Timestamp,
    /// What happened, as the texts name it: `letter_asked`.
    pub kind: String,
    /// What is to be known of it.
    pub details: Details,
}

/// Adds an entry at the end of an organisation's journal.
pub async fn append<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
    now: Timestamp,
    kind: &str,
    details: &Details,
) -> Result<(), StoreError> {
    let details = serde_json::to_string(details).map_err(|_| StoreError::Unreadable(TABLE))?;
    let newest =
        row::Entity::find().filter(row::Column::ClientId.eq(client_id)).order_by_desc(row::Column::Number);
    chain::append(conn, newest, (portal, client_id), |before| {
        let mut row = row::Model {
            id: 0,
            portal: portal.to_owned(),
            client_id,
            number: before.number.saturating_add(1),
            happened_at: seconds(now),
            kind: kind.to_owned(),
            details: details.clone(),
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

/// The hash of an entry after the one before.
fn hash(before: &[u8], row: &row::Model) -> Vec<u8> {
    let (client, number) = (row.client_id.to_le_bytes(), row.number.to_le_bytes());
    let happened_at = row.happened_at.to_le_bytes();
    chain::hash(&[
        before,
        row.portal.as_bytes(),
        &client,
        &number,
        &happened_at,
        row.kind.as_bytes(),
        row.details.as_bytes(),
    ])
}

/// The journal of an organisation, the oldest entry first.
pub async fn list<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClientId.eq(client_id))
        .order_by_asc(row::Column::Number)
        .all(conn)
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// The organisations of a portal that have one, by id.
pub async fn clients<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<Vec<i64>, StoreError> {
    let first = row::Entity::find()
        .select_only()
        .column(row::Column::ClientId)
        .distinct()
        .filter(row::Column::Portal.eq(portal))
        .order_by_asc(row::Column::ClientId);
    Ok(first.into_tuple().all(conn).await?)
}

/// A part of the journal, the newest entry first: at most `most` entries, all with a number below `before`.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
    before: Option<i32>,
    most: u64,
) -> Result<Vec<Entry>, StoreError> {
    let mut found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ClientId.eq(client_id));
    if let Some(before) = before {
        found = found.filter(row::Column::Number.lt(before));
    }
    let rows = found.order_by_desc(row::Column::Number).limit(most).all(conn).await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// An entry that isn't what was written, or doesn't follow the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The portal.
    pub portal: String,
    /// Id of the organisation.
    pub client_id: i64,
    /// Number of the entry.
    pub number: i32,
}

/// The first broken entry of each journal. They are read a batch at a time: all journals together outgrow any memory.
pub async fn verify<C: ConnectionTrait>(conn: &C) -> Result<Vec<Broken>, StoreError> {
    let mut broken: Vec<Broken> = Vec::new();
    let mut before: Option<row::Model> = None;
    loop {
        let rows = next(conn, before.as_ref()).await?;
        if rows.is_empty() {
            return Ok(broken);
        }
        for row in rows {
            let last = before.as_ref().filter(|last| last.client_id == row.client_id);
            let cut = match last {
                Some(last) => Cut { number: last.number, hash: last.hash.clone() },
                None if row.number == 1 => Cut::default(),
                None => journal_cuts::of(conn, &row.portal, row.client_id).await?,
            };
            let right = row.number == cut.number.saturating_add(1) && row.hash == hash(&cut.hash, &row);
            if !right && broken.last().is_none_or(|known| known.client_id != row.client_id) {
                let (portal, client_id, number) = (row.portal.clone(), row.client_id, row.number);
                broken.push(Broken { portal, client_id, number });
            }
            before = Some(row);
        }
    }
}

/// The entries of all journals that follow one, organisation by organisation.
async fn next<C: ConnectionTrait>(
    conn: &C,
    after: Option<&row::Model>,
) -> Result<Vec<row::Model>, StoreError> {
    let mut entries = row::Entity::find();
    if let Some(after) = after {
        let of_the_same = Condition::all()
            .add(row::Column::ClientId.eq(after.client_id))
            .add(row::Column::Number.gt(after.number));
        let following = Condition::any().add(row::Column::ClientId.gt(after.client_id)).add(of_the_same);
        entries = entries.filter(following);
    }
    let ordered = entries.order_by_asc(row::Column::ClientId).order_by_asc(row::Column::Number);
    Ok(ordered.limit(BATCH).all(conn).await?)
}

impl TryFrom<row::Model> for Entry {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.number,
            happened_at: time(row.happened_at, TABLE)?,
            kind: row.kind,
            details: serde_json::from_str(&row.details).map_err(|_| StoreError::Unreadable(TABLE))?,
        })
    }
}
