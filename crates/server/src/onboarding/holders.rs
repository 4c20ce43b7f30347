//! The accounts of users: made, or given again to who was a user once (A5, A8).

use palier_domain::values::{Email, LoginIdentifier};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::account::{Post, open_account, subject};
use crate::store::accounts::{Account, NewAccount};
use crate::store::client_users::UserState;
use crate::store::{Conflict, StoreError, accounts, client_users, guards, sessions};

/// Who gets an account.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    /// As typed.
    pub(super) first_name: &'a str,
    /// As typed.
    pub(super) surname: &'a str,
    /// Proven to be theirs.
    pub(super) email: &'a Email,
    /// Of their e-mails: `fr` or `en`.
    pub(super) language: &'a str,
}

/// Whether an address has an account. That of a user who was removed doesn't count: they may come back.
pub(super) async fn has_account<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    email: &Email,
) -> Result<bool, StoreError> {
    let found = accounts::by_email_key(conn, post.portal.slug(), &email.key()).await?;
    match found {
        Some(account) => Ok(!is_removed(post, conn, &account).await?),
        None => Ok(false),
    }
}

/// Whether an address is an organisation's user's, suspended or not.
pub(super) async fn is_user<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
    email: &Email,
) -> Result<bool, StoreError> {
    let portal = post.portal.slug();
    let Some(account) = accounts::by_email_key(conn, portal, &email.key()).await? else { return Ok(false) };
    let user = client_users::of_account(conn, portal, account.id).await?;
    Ok(user.is_some_and(|user| user.client_id == client_id && user.state != UserState::Removed))
}

async fn is_removed<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
) -> Result<bool, StoreError> {
    let user = client_users::of_account(conn, post.portal.slug(), account.id).await?;
    Ok(user.is_some_and(|user| user.state == UserState::Removed))
}

/// Gives somebody an account: a new one, or the one they had before they were removed, with another password.
///
/// # Errors
/// [`Conflict::Email`] when the address has an account that counts.
pub(super) async fn open(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    person: Person<'_>,
    password_hash: &str,
) -> Result<(i64, LoginIdentifier), StoreError> {
    let portal = post.portal.slug();
    let new = |identifier| NewAccount {
        portal: portal.to_owned(),
        lease_id: None,
        email: person.email.clone(),
        identifier,
        password_hash: password_hash.to_owned(),
        first_name: Some(person.first_name.to_owned()),
        surname: person.surname.to_owned(),
        language: person.language.to_owned(),
        now: post.now,
    };
    let Some(account) = accounts::by_email_key(transaction, portal, &person.email.key()).await? else {
        return open_account(post, transaction, new).await;
    };
    if !is_removed(post, transaction, &account).await? {
        return Err(StoreError::Conflict(Conflict::Email));
    }
    accounts::reopen(transaction, account.id, &new(account.identifier.clone())).await?;
    // What was begun or counted before has nothing to do with who they are now.
    sessions::end_all(transaction, account.id).await?;
    guards::clear_subject(transaction, portal, &subject(account.id)).await?;
    Ok((account.id, account.identifier))
}
