//! Whether an account lets its owner in: an organisation's administrator may have suspended or removed them (A8).

use palier_domain::onboarding::UserState;
use sea_orm::ConnectionTrait;

use crate::store::accounts::Account;
use crate::store::{StoreError, client_users};

/// What an administrator's decision left of the account of a client organisation's user; accounts of everybody else are
/// always [`UserState::Active`], until they are closed (T11): then they are nobody's. For tenants nothing is asked.
pub(crate) async fn of<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<UserState, StoreError> {
    if account.closed_at.is_some() {
        return Ok(UserState::Removed);
    }
    if account.lease_id.is_some() {
        return Ok(UserState::Active);
    }
    let user = client_users::of_account(conn, &account.portal, account.id).await?;
    Ok(user.map_or(UserState::Active, |user| user.state))
}

/// The account, unless its owner was removed: then it is nobody's, and is answered like one that doesn't exist.
pub(super) async fn unless_removed<C: ConnectionTrait>(
    conn: &C,
    account: Option<Account>,
) -> Result<Option<Account>, StoreError> {
    let Some(account) = account else { return Ok(None) };
    let removed = of(conn, &account).await? == UserState::Removed;
    Ok((!removed).then_some(account))
}
