//! Client organisations (*organismes clients*) as their bank hands them over: who may get an administrator (A1).

use std::collections::HashMap;

use jiff::Timestamp;
use palier_domain::fold::key;
use palier_domain::values::{ClientNumber, PostalAddress};
use sea_orm::sea_query::{OnConflict, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, Set,
};

use super::batch::{CHUNK, changes};
use super::convert::{address, address_json, client_number, seconds};
use super::entities::clients as row;
use super::searched::{self, Searched, found};
use super::{Counts, Part, StoreError, lock};

const TABLE: &str = "clients";

/// A client organisation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Ours; never shown.
    pub id: i64,
    /// The bank's portal.
    pub portal: String,
    /// What the bank says of it.
    pub known: NewClient,
}

/// A client organisation as a bank's file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClient {
    /// The bank's number for it, unique in the portal.
    pub number: ClientNumber,
    /// Its name (*raison sociale*), as the bank writes it; at most 200 characters.
    pub name: String,
    /// Its legal form (*forme juridique*).
    pub legal_form: Option<String>,
    /// The function of its legal representative (*représentant légal*): `Maire`, `Directeur général`; at most 38
    /// characters, a line of an envelope.
    pub representative: String,
    /// Where the legal representative gets letters.
    pub address: PostalAddress,
}

/// The client with that number.
pub async fn by_number<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    number: &ClientNumber,
) -> Result<Option<Client>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Number.eq(number.as_str()))
        .one(conn)
        .await?;
    found.map(Client::try_from).transpose()
}

/// The client with that id, if it is this portal's.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<Client>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    found.map(Client::try_from).transpose()
}

/// Those of some clients that are this portal's, by id.
pub async fn by_ids<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    ids: &[i64],
) -> Result<HashMap<i64, Client>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let mine = row::Entity::find().filter(row::Column::Portal.eq(portal));
        for row in mine.filter(row::Column::Id.is_in(chunk.iter().copied())).all(conn).await? {
            found.insert(row.id, Client::try_from(row)?);
        }
    }
    Ok(found)
}

/// The client of [`by_id`], held by this transaction until it ends: what happens to one client happens one thing after the other.
pub async fn held(
    transaction: &DatabaseTransaction,
    portal: &str,
    id: i64,
) -> Result<Option<Client>, StoreError> {
    let mine = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal));
    lock::held(mine).one(transaction).await?.map(Client::try_from).transpose()
}

/// How many clients the portal has.
pub async fn count<C: ConnectionTrait>(conn: &C, portal: &str) -> Result<u64, StoreError> {
    Ok(row::Entity::find().filter(row::Column::Portal.eq(portal)).count(conn).await?)
}

/// How many clients of the portal are found by a text, as [`key`] gives it: in the number or in the name, all by an
/// empty one.
pub async fn count_found<C: ConnectionTrait>(conn: &C, portal: &str, text: &str) -> Result<u64, StoreError> {
    searched::count::<row::Entity, C>(conn, portal, text).await
}

/// A part of those of [`count_found`], by name: without accents or case, in the same order on every engine.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    part: Part,
) -> Result<Vec<Client>, StoreError> {
    searched::page::<row::Entity, C, _>(conn, portal, text, part).await
}

impl Searched for row::Entity {
    const ID: row::Column = row::Column::Id;
    const PORTAL: row::Column = row::Column::Portal;
    const SEARCH_KEY: row::Column = row::Column::SearchKey;
    const NAME_KEY: row::Column = row::Column::NameKey;
}

/// The ids of those of [`count_found`], for a condition of another table's.
pub(super) fn ids_found(portal: &str, text: &str) -> SelectStatement {
    found::<row::Entity>(portal, text).select_only().column(row::Column::Id).into_query()
}

/// Takes clients in: new ones are added, known ones (by number) become what is given, others stay as they are.
///
/// Give it the transaction when it must be all or nothing. Memory doesn't grow with the number of clients.
pub async fn upsert_many<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    clients: &[NewClient],
    now: Timestamp,
) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    for chunk in clients.chunks(CHUNK) {
        upsert_chunk(conn, portal, chunk, now, &mut counts).await?;
    }
    Ok(counts)
}

async fn upsert_chunk<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    clients: &[NewClient],
    now: Timestamp,
    counts: &mut Counts,
) -> Result<(), StoreError> {
    let known = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Number.is_in(clients.iter().map(|client| client.number.as_str())))
        .all(conn)
        .await?;
    let known: HashMap<String, NewClient> = known
        .into_iter()
        .map(|row| Ok((row.number.clone(), Client::try_from(row)?.known)))
        .collect::<Result<_, StoreError>>()?;
    let changed = changes(clients, &known, |client| client.number.as_str(), counts);
    if changed.is_empty() {
        return Ok(());
    }
    let rows =
        changed.into_values().map(|client| client.to_row(portal, now)).collect::<Result<Vec<_>, _>>()?;
    row::Entity::insert_many(rows).on_conflict(replace()).exec_without_returning(conn).await?;
    Ok(())
}

/// A client that is there already keeps its id and the time it was first seen.
fn replace() -> OnConflict {
    use row::Column as C;
    OnConflict::columns([C::Portal, C::Number])
        .update_columns([C::Name, C::LegalForm, C::Representative, C::Address])
        .update_columns([C::UpdatedAt, C::SearchKey, C::NameKey])
        .to_owned()
}

impl NewClient {
    fn to_row(&self, portal: &str, now: Timestamp) -> Result<row::ActiveModel, StoreError> {
        let name_key = key(&self.name);
        Ok(row::ActiveModel {
            id: sea_orm::NotSet,
            portal: Set(portal.to_owned()),
            number: Set(self.number.to_string()),
            name: Set(self.name.clone()),
            legal_form: Set(self.legal_form.clone()),
            representative: Set(self.representative.clone()),
            address: Set(address_json(&self.address, TABLE)?),
            created_at: Set(seconds(now)),
            updated_at: Set(seconds(now)),
            // A space is in no text that is searched for: nothing is found across it.
            search_key: Set(format!("{} {name_key}", key(self.number.as_str()))),
            name_key: Set(name_key.into_bytes()),
        })
    }
}

impl TryFrom<row::Model> for Client {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let known = NewClient {
            number: client_number(&row.number, TABLE)?,
            name: row.name,
            legal_form: row.legal_form,
            representative: row.representative,
            address: address(&row.address, TABLE)?,
        };
        Ok(Self { id: row.id, portal: row.portal, known })
    }
}
