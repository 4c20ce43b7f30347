//! The accounts of users: made, given again to who was a user once, or turned into an administrator's (A5, A8).

use jiff::Timestamp;
use palier_domain::onboarding::Rights;
use palier_domain::values::{Email, LoginIdentifier};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::account::{Post, forget_passkeys, open_account, password_until, subject};
use crate::store::accounts::{Account, NewAccount};
use crate::store::client_users::{ClientUser, UserState};
use crate::store::{Conflict, StoreError, accounts, client_users, email_changes, guards, links, sessions};

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

async fn is_removed<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
) -> Result<bool, StoreError> {
    let user = client_users::of_account(conn, post.portal.slug(), account.id).await?;
    Ok(user.is_some_and(|user| user.state == UserState::Removed))
}

/// The account that an address is, when it is a user's of that organisation: active or suspended, administrator or not.
pub(super) async fn user_of<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
    email: &Email,
) -> Result<Option<(Account, ClientUser)>, StoreError> {
    let portal = post.portal.slug();
    let Some(account) = accounts::by_email_key(conn, portal, &email.key()).await? else { return Ok(None) };
    let user = client_users::of_account(conn, portal, account.id).await?;
    let user = user.filter(|user| user.client_id == client_id && !user.is_removed());
    Ok(user.map(|user| (account, user)))
}

/// The same for an address that was the user's when a letter was asked for with it, at `since`, and isn't anybody's any
/// more: they have given another one (T9).
async fn user_of_former<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
    (email, since): (&Email, Timestamp),
) -> Result<Option<(Account, ClientUser)>, StoreError> {
    let portal = post.portal.slug();
    if accounts::by_email_key(conn, portal, &email.key()).await?.is_some() {
        return Ok(None);
    }
    let former = email_changes::account_of_former(conn, portal, &email.key(), since).await?;
    let Some(id) = former else { return Ok(None) };
    let Some(account) = accounts::by_id(conn, portal, id).await? else { return Ok(None) };
    let user = client_users::of_account(conn, portal, id).await?;
    Ok(user.filter(|user| user.client_id == client_id && !user.is_removed()).map(|user| (account, user)))
}

/// Whether a letter of that organisation can't make an administrator of whoever has an address: the account it is, is
/// one's of another organisation or of none, or is an active administrator's already (A8).
pub(super) async fn is_undesignable<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
    email: &Email,
) -> Result<bool, StoreError> {
    match user_of(post, conn, client_id, email).await? {
        Some((_, user)) => Ok(user.decides()),
        None => has_account(post, conn, email).await,
    }
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
    let Some(account) = accounts::by_email_key(transaction, portal, &person.email.key()).await? else {
        return open_account(post, transaction, |identifier| new(post, person, password_hash, identifier))
            .await;
    };
    if !is_removed(post, transaction, &account).await? {
        return Err(StoreError::Conflict(Conflict::Email));
    }
    renew(post, transaction, &account, person, password_hash).await?;
    Ok((account.id, account.identifier))
}

fn new(post: Post<'_>, person: Person<'_>, password_hash: &str, identifier: LoginIdentifier) -> NewAccount {
    NewAccount {
        portal: post.portal.slug().to_owned(),
        lease_id: None,
        email: Some(person.email.clone()),
        email_shared: false,
        identifier,
        password_hash: password_hash.to_owned(),
        password_until: password_until(post),
        first_name: Some(person.first_name.to_owned()),
        surname: person.surname.to_owned(),
        language: person.language.to_owned(),
        now: post.now,
    }
}

/// Another password for an account, with the name that was given with it. What was begun or counted before has nothing
/// to do with who they are now.
async fn renew(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    person: Person<'_>,
    password_hash: &str,
) -> Result<(), StoreError> {
    let portal = post.portal.slug();
    // In the order in which a reset takes these rows.
    links::supersede(transaction, portal, links::Kind::ResetPassword, account.id, post.now).await?;
    let new = new(post, person, password_hash, account.identifier.clone());
    accounts::reopen(transaction, account.id, &new).await?;
    sessions::end_all(transaction, account.id).await?;
    forget_passkeys(post, transaction, account).await?;
    guards::clear_subject(transaction, portal, &subject(account.id)).await
}

/// Who has just become an administrator.
pub(super) struct Appointed {
    /// Their account.
    pub(super) account_id: i64,
    /// What they sign in with.
    pub(super) identifier: LoginIdentifier,
    /// They had that account, with another password.
    pub(super) was_user: bool,
}

/// Makes somebody an active administrator of an organisation whose row is held: with a new account, with the one they
/// had before they were removed, or with the one they have as a user of it, suspended or not, whose rights stay (A5, A8).
/// `asked_at`: when the letter was asked for.
///
/// # Errors
/// [`Conflict`] when the address has an account of another organisation, or of none.
pub(super) async fn appoint(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    (client_id, asked_at): (i64, Timestamp),
    person: Person<'_>,
    password_hash: &str,
) -> Result<Appointed, StoreError> {
    let portal = post.portal.slug();
    let known = match user_of(post, transaction, client_id, person.email).await? {
        Some(known) => Some(known),
        None => user_of_former(post, transaction, client_id, (person.email, asked_at)).await?,
    };
    if let Some((account, user)) = known {
        renew(post, transaction, &account, person, password_hash).await?;
        let user = ClientUser { administrator: true, state: UserState::Active, ..user };
        if !client_users::update(transaction, portal, &user).await? {
            return Err(StoreError::Conflict(Conflict::Other));
        }
        return Ok(Appointed { account_id: account.id, identifier: account.identifier, was_user: true });
    }
    let (account_id, identifier) = open(post, transaction, person, password_hash).await?;
    let user = ClientUser {
        client_id,
        account_id,
        administrator: true,
        state: UserState::Active,
        // Whoever decides about rights may give some to themself: nothing is open by itself.
        rights: Rights::default(),
        since: post.now,
    };
    client_users::insert(transaction, portal, &user).await?;
    Ok(Appointed { account_id, identifier, was_user: false })
}
