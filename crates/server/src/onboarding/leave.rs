//! A user of a client organisation leaves the whole service by their own wish (T10): as when an administrator removes them
//! (A8), and nobody leaves who is the only one to decide.

use axum::http::StatusCode;
use palier_domain::onboarding::{Decision, IllegalDecision};
use palier_domain::wire::code;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::record;
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::accounts::Account;
use crate::store::client_users::{self, ClientUser};
use crate::store::{StoreError, clients};

/// Whether they could leave now. Everybody can who is no user of an organisation.
pub(crate) async fn may_leave<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
) -> Result<bool, StoreError> {
    let Some(user) = user(post, conn, account).await? else { return Ok(true) };
    Ok(without(post, conn, &user).await?.is_ok())
}

/// They are a user of their organisation no more, if they are one. To be called before the account is held, as by who
/// decides about users: the organisation is held first.
///
/// # Errors
/// 409 `last_administrator`.
pub(crate) async fn leave(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
) -> Result<(), ApiError> {
    let portal = post.portal.slug();
    let Some(before) = user(post, transaction, account).await? else { return Ok(()) };
    clients::held(transaction, portal, before.client_id).await?;
    let Some(before) = user(post, transaction, account).await? else { return Ok(()) };
    let after = without(post, transaction, &before).await?;
    let after = after.map_err(|_| ApiError::code(StatusCode::CONFLICT, code::LAST_ADMINISTRATOR))?;
    client_users::update(transaction, portal, &after).await?;
    client_users::note_removed(transaction, account.id, post.now).await?;
    Ok(record::note(post, transaction, after.client_id, "user_left", record::whose(account)).await?)
}

async fn user<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
) -> Result<Option<ClientUser>, StoreError> {
    if post.portal.onboarding.is_none() {
        return Ok(None);
    }
    let user = client_users::of_account(conn, post.portal.slug(), account.id).await?;
    Ok(user.filter(|user| !user.is_removed()))
}

/// What the user is once they are one no more.
async fn without<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    user: &ClientUser,
) -> Result<Result<ClientUser, IllegalDecision>, StoreError> {
    let administrators = client_users::administrators(conn, post.portal.slug(), user.client_id).await?;
    let role = Decision::Remove.about(user.role(), administrators);
    Ok(role.map(|role| ClientUser { administrator: role.administrator, state: role.state, ..user.clone() }))
}
