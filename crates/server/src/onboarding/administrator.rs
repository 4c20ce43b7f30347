//! Who decides about an organisation's users: its active administrators, and nobody else (A7–A9).

use axum::http::StatusCode;
use palier_domain::wire::code;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::rules;
use crate::account::{Post, full_name};
use crate::http::problem::ApiError;
use crate::mail::{Decided, Mail, What};
use crate::store::StoreError;
use crate::store::accounts::{self, Account};
use crate::store::client_users::{self, ClientUser};
use crate::store::clients::{self, Client};

/// An active administrator of an organisation.
pub(super) struct Administrator {
    /// Who.
    pub(super) account: Account,
    /// The organisation.
    pub(super) client: Client,
}

/// The administrator that an account is at this moment, for who only looks.
///
/// # Errors
/// 403 `no_client` for everybody else; 404 where the portal has no client organisations.
pub(super) async fn seen(post: Post<'_>, account: Account) -> Result<Administrator, ApiError> {
    rules::of(post.portal)?;
    let conn = post.state.store().read();
    let user = deciding(post, conn, &account).await?;
    let client = clients::by_id(conn, post.portal.slug(), user.client_id).await?.ok_or_else(nobody)?;
    Ok(Administrator { account, client })
}

/// The same for who decides: the row of the organisation is held until the transaction ends, and what the account is
/// was read after that. Another decision about them, made just before, counts.
///
/// # Errors
/// Those of [`seen`].
pub(super) async fn held(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: Account,
) -> Result<Administrator, ApiError> {
    rules::of(post.portal)?;
    let before = deciding(post, transaction, &account).await?;
    let client = clients::held(transaction, post.portal.slug(), before.client_id).await?;
    let user = deciding(post, transaction, &account).await?;
    let client = client.filter(|client| client.id == user.client_id).ok_or_else(nobody)?;
    Ok(Administrator { account, client })
}

/// The account of somebody who was one of an organisation's administrators, while they still are.
///
/// # Errors
/// 403 `no_client` when they are not, or not for the moment.
pub(super) async fn still<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client: &Client,
    account_id: i64,
) -> Result<Account, ApiError> {
    let account = accounts::by_id(conn, post.portal.slug(), account_id).await?.ok_or_else(nobody)?;
    let user = deciding(post, conn, &account).await?;
    if user.client_id == client.id { Ok(account) } else { Err(nobody()) }
}

/// Tells the other administrators that somebody is one of them now, and by whose word: an administrator's of that name, or
/// else the legal representative's. Whoever didn't expect it can take the role away.
pub(super) async fn tell_of_another(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    (account_id, name): (i64, &str),
    by: Option<&str>,
) -> Result<(), StoreError> {
    for (user, other) in client_users::list(transaction, post.portal.slug(), client.id).await? {
        if !user.decides() || other.id == account_id {
            continue;
        }
        let post = Post { language: &other.language, ..post };
        let texts = post.state.texts().portal(post.portal.slug(), post.language);
        let mail = Decided {
            what: What::OtherNamed,
            organisation: &client.known.name,
            user: name,
            by: by.unwrap_or_else(|| texts.get("mail.other_administrator_named.representative")),
            rights: "",
        };
        let to = full_name(other.first_name.as_deref(), &other.surname);
        post.send(transaction, &other.email, Some(&to), Mail::Decided(mail)).await?;
    }
    Ok(())
}

async fn deciding<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
) -> Result<ClientUser, ApiError> {
    let user = client_users::of_account(conn, post.portal.slug(), account.id).await?;
    user.filter(ClientUser::decides).ok_or_else(nobody)
}

fn nobody() -> ApiError {
    ApiError::code(StatusCode::FORBIDDEN, code::NO_CLIENT)
}
