//! Where journals were cut (T11): their oldest entries are taken out once their time is over, and what is left follows the
//! last of them as if it were there. An entry that goes missing anywhere else breaks the chain as before.

use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Set,
};

use super::convert::seconds;
use super::entities::{desk_journal, journal, journal_cuts as row};
use super::{StoreError, lock};

/// In the place of an organisation, for the journal of the desk.
pub(super) const DESK: i64 = 0;

/// What the first entry of a journal follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// Number of the entry before it; 0 when nothing was ever taken out.
    pub(super) number: i32,
    /// Its hash.
    pub(super) hash: Vec<u8>,
}

/// Where a journal was cut.
pub(super) async fn of<C: ConnectionTrait>(conn: &C, portal: &str, client: i64) -> Result<Cut, StoreError> {
    let found = row::Entity::find_by_id((portal.to_owned(), client)).one(conn).await?;
    Ok(found.map_or_else(Cut::default, |row| Cut { number: row.number, hash: row.hash }))
}

/// How many entries of the desk's journal, or of all journals of organisations, go by then.
pub(super) async fn count<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    desk: bool,
    past: Timestamp,
) -> Result<u64, StoreError> {
    let mut counted = 0;
    for journal in due(conn, portal, desk, past).await? {
        let Some(last) = last(conn, portal, journal, past).await? else { continue };
        counted += if journal == DESK {
            desk_of(portal).filter(desk_journal::Column::Number.lte(last)).count(conn).await?
        } else {
            journal_of(portal, journal).filter(journal::Column::Number.lte(last)).count(conn).await?
        };
    }
    Ok(counted)
}

/// Takes those entries out, and notes where.
pub(super) async fn cut(
    transaction: &DatabaseTransaction,
    portal: &str,
    desk: bool,
    (past, now): (Timestamp, Timestamp),
) -> Result<u64, StoreError> {
    let mut gone = 0;
    for journal in due(transaction, portal, desk, past).await? {
        let Some(last) = last(transaction, portal, journal, past).await? else { continue };
        let kept = if journal == DESK {
            let entry = desk_of(portal).filter(desk_journal::Column::Number.eq(last));
            lock::held(entry).one(transaction).await?.map(|row| (row.happened_at, row.hash))
        } else {
            let entry = journal_of(portal, journal).filter(journal::Column::Number.eq(last));
            lock::held(entry).one(transaction).await?.map(|row| (row.happened_at, row.hash))
        };
        // Another server was faster.
        let Some((happened_at, hash)) = kept else { continue };
        note(transaction, portal, journal, (last, happened_at, hash), now).await?;
        gone += if journal == DESK {
            let old = desk_journal::Entity::delete_many()
                .filter(desk_journal::Column::Portal.eq(portal))
                .filter(desk_journal::Column::Number.lte(last));
            old.exec(transaction).await?.rows_affected
        } else {
            let old = journal::Entity::delete_many()
                .filter(journal::Column::Portal.eq(portal))
                .filter(journal::Column::ClientId.eq(journal))
                .filter(journal::Column::Number.lte(last));
            old.exec(transaction).await?.rows_affected
        };
    }
    Ok(gone)
}

async fn note(
    transaction: &DatabaseTransaction,
    portal: &str,
    journal: i64,
    (number, happened_at, hash): (i32, i64, Vec<u8>),
    now: Timestamp,
) -> Result<(), StoreError> {
    use row::Column as C;
    let row = row::ActiveModel {
        portal: Set(portal.to_owned()),
        client_id: Set(journal),
        number: Set(number),
        happened_at: Set(happened_at),
        hash: Set(hash),
        cut_at: Set(seconds(now)),
    };
    let newer = OnConflict::columns([C::Portal, C::ClientId])
        .update_columns([C::Number, C::HappenedAt, C::Hash, C::CutAt])
        .to_owned();
    row::Entity::insert(row).on_conflict(newer).exec_without_returning(transaction).await?;
    Ok(())
}

/// The journals that have an entry so old.
async fn due<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    desk: bool,
    past: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    if desk {
        let oldest = desk_of(portal).order_by_asc(desk_journal::Column::Number).one(conn).await?;
        let due = oldest.is_some_and(|oldest| oldest.happened_at <= seconds(past));
        return Ok(if due { vec![DESK] } else { Vec::new() });
    }
    let clients = journal::Entity::find()
        .select_only()
        .column(journal::Column::ClientId)
        .distinct()
        .filter(journal::Column::Portal.eq(portal))
        .filter(journal::Column::HappenedAt.lte(seconds(past)));
    Ok(clients.into_tuple().all(conn).await?)
}

/// The number of the newest entry that goes: none after it is older, whatever the clock did. None when the oldest stays.
async fn last<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    journal: i64,
    past: Timestamp,
) -> Result<Option<i32>, StoreError> {
    let past = seconds(past);
    Ok(if journal == DESK {
        use desk_journal::Column as C;
        let stays = desk_of(portal).filter(C::HappenedAt.gt(past)).order_by_asc(C::Number).one(conn).await?;
        let mut goes = desk_of(portal);
        if let Some(stays) = stays {
            goes = goes.filter(C::Number.lt(stays.number));
        }
        goes.order_by_desc(C::Number).one(conn).await?.map(|row| row.number)
    } else {
        use journal::Column as C;
        let all = || journal_of(portal, journal);
        let stays = all().filter(C::HappenedAt.gt(past)).order_by_asc(C::Number).one(conn).await?;
        let mut goes = all();
        if let Some(stays) = stays {
            goes = goes.filter(C::Number.lt(stays.number));
        }
        goes.order_by_desc(C::Number).one(conn).await?.map(|row| row.number)
    })
}

fn desk_of(portal: &str) -> Select<desk_journal::Entity> {
    desk_journal::Entity::find().filter(desk_journal::Column::Portal.eq(portal))
}

fn journal_of(portal: &str, client: i64) -> Select<journal::Entity> {
    let here = journal::Entity::find().filter(journal::Column::Portal.eq(portal));
    here.filter(journal::Column::ClientId.eq(client))
}
