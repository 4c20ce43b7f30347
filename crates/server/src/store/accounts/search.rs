//! Accounts as the desk looks for them (P7).

use palier_domain::fold::key;
use palier_domain::values::{Email, LoginIdentifier};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::{Account, row};
use crate::store::entities::leases;
use crate::store::{Part, StoreError};

/// What is searched and sorted by: identifier, both orders of the name, and e-mail address, brought to one spelling.
pub(super) struct Keys {
    pub(super) search: String,
    pub(super) name: Vec<u8>,
}

impl Keys {
    pub(super) fn of(
        identifier: &LoginIdentifier,
        (first_name, surname): (Option<&str>, &str),
        email: Option<&Email>,
    ) -> Self {
        let (identifier, surname) = (key(identifier.as_str()), key(surname));
        let first_name = key(first_name.unwrap_or_default());
        let email = key(&email.map(ToString::to_string).unwrap_or_default());
        // A space is in no text that is searched for: nothing is found across it.
        Self {
            search: format!("{identifier} {first_name}{surname} {surname}{first_name} {email}"),
            name: format!("{surname}{first_name}").into_bytes(),
        }
    }
}

/// How many accounts of the portal are found by a text, as [`key`] gives it: in the identifier, in the name, in the e-mail
/// address, or as the whole reference of the lease. All by an empty one.
pub async fn count_found<C: ConnectionTrait>(conn: &C, portal: &str, text: &str) -> Result<u64, StoreError> {
    Ok(found(portal, text).count(conn).await?)
}

/// A part of those of [`count_found`], by name: without accents or case, in the same order on every engine.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    part: Part,
) -> Result<Vec<Account>, StoreError> {
    let by_name = found(portal, text).order_by_asc(row::Column::NameKey).order_by_asc(row::Column::Id);
    let rows = by_name.offset(part.offset).limit(part.most).all(conn).await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// Folded texts are letters and digits: nothing in them means something in a pattern.
fn found(portal: &str, text: &str) -> Select<row::Entity> {
    let all = row::Entity::find().filter(row::Column::Portal.eq(portal));
    if text.is_empty() {
        return all;
    }
    let lease = Query::select()
        .column(leases::Column::Id)
        .from(leases::Entity)
        .and_where(leases::Column::Portal.eq(portal))
        .and_where(leases::Column::Reference.eq(text.trim_start_matches('0')))
        .to_owned();
    let any = Condition::any()
        .add(row::Column::SearchKey.contains(text))
        .add(row::Column::LeaseId.in_subquery(lease));
    all.filter(any)
}
