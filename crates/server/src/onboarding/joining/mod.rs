//! How a colleague joins an organisation that has an administrator: by request (A7) or invited (A8).

mod completion;
mod decision;
mod expiry;
mod invitation;
mod link;
mod request;
mod routes;

pub use expiry::expire_due;
pub(super) use expiry::{after_days, withdraw};
pub(super) use invitation::call_back;
pub(super) use request::{Asking, ask, ask_instead, is_asking, tell_waiting};
pub(super) use routes::routes;

use palier_domain::onboarding::Rights;
use palier_domain::problem::FieldProblem;
use sea_orm::DatabaseTransaction;

use super::administrator::Administrator;
use super::{record, rules};
use crate::account::{Post, full_name};
use crate::http::problem::ApiError;
use crate::store::StoreError;
use crate::store::joinings::{self, Grant, Joining};
use crate::store::journal::Details;

/// Address of the page where an organisation's users are.
const USERS: &str = "/organisme/utilisateurs";

/// The request or invitation with that id, of the administrator's organisation; 404 for any other.
async fn of_organisation(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    administrator: &Administrator,
    id: i64,
) -> Result<Joining, ApiError> {
    let found = joinings::by_id(transaction, post.portal.slug(), id).await?;
    let own = |joining: &Joining| joining.client_id == administrator.client.id;
    found.filter(own).ok_or_else(ApiError::not_found)
}

/// What an administrator grants, when it can be granted in this portal.
fn granted(
    post: Post<'_>,
    administrator: &Administrator,
    rights: &Rights,
    as_administrator: bool,
) -> Result<Grant, ApiError> {
    let (_, own) = rules::of(post.portal)?;
    let rights = rights.checked(own.codes(), as_administrator);
    let rights = rights.map_err(|error| ApiError::invalid_field(FieldProblem::new("rights", &error)))?;
    Ok(Grant { administrator: as_administrator, rights, by: Some(administrator.account.id) })
}

/// Who a journal's entry is about, and which administrator it is by.
fn decided(administrator: &Administrator, joining: &Joining) -> Details {
    let mut details = record::person(&joining.first_name, &joining.surname, &joining.email);
    details.extend([record::by(&administrator.account)]);
    details
}

/// First name and surname of who joins.
fn name(joining: &Joining) -> String {
    full_name(Some(&joining.first_name), &joining.surname)
}

/// Makes what was decided last, and has its e-mails sent.
async fn commit(post: Post<'_>, transaction: DatabaseTransaction) -> Result<(), ApiError> {
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}
