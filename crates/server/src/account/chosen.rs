//! A password that its owner chose: from when, and until when it is good (P2).

use jiff::Timestamp;
use palier_domain::credentials::{Event, Kind};
use sea_orm::DatabaseTransaction;

use super::Post;
use crate::store::partners::{self, Opening};
use crate::store::{StoreError, accounts};

/// From when on another one is asked for than the one that is chosen now; none when it has no end.
pub(crate) fn until(post: Post<'_>) -> Option<Timestamp> {
    post.portal.credentials.until(Kind::Personal, post.now)
}

/// Keeps the password that the owner of an account, which is held, has chosen. What is kept of partners says the same.
pub(super) async fn keep(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account_id: i64,
    password_hash: &str,
) -> Result<(), StoreError> {
    let until = until(post);
    accounts::set_password(transaction, account_id, password_hash, until, post.now).await?;
    if post.portal.partners.is_none() {
        return Ok(());
    }
    let portal = post.portal.slug();
    let Some(partner) = partners::by_account(transaction, portal, account_id).await? else { return Ok(()) };
    let Some(partner) = partners::held(transaction, portal, partner.id).await? else { return Ok(()) };
    let unreadable = || StoreError::Unreadable("partners");
    let access = partner.opening.access.after(Event::Choose { until }, post.now).map_err(|_| unreadable())?;
    let opening = Opening { access, secret_hash: None, link_until: None, account_id: Some(account_id) };
    if partners::set_opening(transaction, &partner, &opening).await? { Ok(()) } else { Err(unreadable()) }
}
