//! Accounts as the desk looks for them (P7).

use palier_domain::fold::key;
use palier_domain::values::{Email, LoginIdentifier};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait};

use super::{Account, row};
use crate::store::entities::leases;
use crate::store::searched::{self, Searched};
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
    searched::count::<row::Entity, C>(conn, portal, text).await
}

/// A part of those of [`count_found`], by name: without accents or case, in the same order on every engine.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    text: &str,
    part: Part,
) -> Result<Vec<Account>, StoreError> {
    searched::page::<row::Entity, C, _>(conn, portal, text, part).await
}

impl Searched for row::Entity {
    const ID: row::Column = row::Column::Id;
    const PORTAL: row::Column = row::Column::Portal;
    const SEARCH_KEY: row::Column = row::Column::SearchKey;
    const NAME_KEY: row::Column = row::Column::NameKey;

    fn beside(portal: &str, text: &str) -> Condition {
        let lease = Query::select()
            .column(leases::Column::Id)
            .from(leases::Entity)
            .and_where(leases::Column::Portal.eq(portal))
            .and_where(leases::Column::Reference.eq(text.trim_start_matches('0')))
            .to_owned();
        Condition::any().add(row::Column::LeaseId.in_subquery(lease))
    }
}
