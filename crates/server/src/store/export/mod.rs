//! Everything that is kept of one person (D4), as lists: what they are given when they ask for it. Nothing of anybody else,
//! and nothing that opens something: no password, token, key, code or hash of one. See `docs/decisions/0022-data.md`.

mod access;
mod person;
mod roles;
mod sent;
mod tables;

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect as _, Select};

pub use self::tables::{TABLES, Treatment};
use super::StoreError;
use super::accounts::Account;
use super::convert::time;

/// Rows of a list at most: what a person does in years is a few hundred. [`List::cut`] says when there are more.
pub const MOST: usize = 5_000;

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Not known, or not so.
    None,
    /// As it is kept.
    Text(String),
    /// One of the names that the program has for something: a state, a kind.
    Name(String),
    /// A moment.
    Time(Timestamp),
    /// Whether.
    Flag(bool),
    /// How many.
    Number(i64),
}

/// One table of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its name in the file; never changed once it is there.
    pub name: &'static str,
    /// The names of its columns, which are never changed either.
    pub columns: &'static [&'static str],
    /// The rows, the newest first, with a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// There are more than [`MOST`]: the oldest were left out.
    pub cut: bool,
}

/// Reads all of it. `conn` had better be [`super::Store::snapshot`]; `subject` is what the account's tries are counted under.
pub async fn of<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
    subject: &str,
) -> Result<Vec<List>, StoreError> {
    let addresses = sent::addresses(conn, account).await?;
    Ok(vec![
        person::account(conn, account).await?,
        person::email_changes(conn, account).await?,
        person::consents(conn, account).await?,
        person::leases(conn, account).await?,
        person::sign_ups(conn, account).await?,
        person::departures(conn, account).await?,
        access::sessions(conn, account).await?,
        access::places(conn, account, subject).await?,
        access::tries(conn, account, subject).await?,
        access::passkeys(conn, account).await?,
        access::credentials(conn, account).await?,
        access::links(conn, account).await?,
        sent::emails(conn, account, &addresses).await?,
        sent::letters(conn, account).await?,
        roles::organisations(conn, account).await?,
        roles::requests(conn, account).await?,
        roles::rights(conn, account).await?,
        roles::journal(conn, account, &addresses).await?,
        roles::partner(conn, account).await?,
        roles::desk(conn, account).await?,
    ])
}

/// The rows of a query, each made into cells, and whether there are more than a list has.
async fn list<E, C>(
    conn: &C,
    (name, columns): (&'static str, &'static [&'static str]),
    rows: Select<E>,
    cells: impl Fn(E::Model) -> Result<Vec<Cell>, StoreError>,
) -> Result<List, StoreError>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let found = rows.limit(MOST as u64 + 1).all(conn).await?;
    let cells = found.into_iter().map(cells).collect::<Result<Vec<_>, _>>()?;
    Ok(made((name, columns), cells))
}

/// A list of rows that are there already.
fn made((name, columns): (&'static str, &'static [&'static str]), mut rows: Vec<Vec<Cell>>) -> List {
    debug_assert!(rows.iter().all(|row| row.len() == columns.len()), "{name}: a cell a column");
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    List { name, columns, rows, cut }
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn optional(text: Option<String>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::None, Cell::Text)
}

fn named(name: impl Into<String>) -> Cell {
    Cell::Name(name.into())
}

fn moment(seconds: i64, table: &'static str) -> Result<Cell, StoreError> {
    time(seconds, table).map(Cell::Time)
}

fn perhaps(seconds: Option<i64>, table: &'static str) -> Result<Cell, StoreError> {
    seconds.map_or(Ok(Cell::None), |seconds| moment(seconds, table))
}

fn count(number: impl Into<i64>) -> Cell {
    Cell::Number(number.into())
}
