//! Passkeys are removed: one by its owner, or all when it isn't sure any more whose they are.

use palier_domain::profile::PasskeyRemovalForm;
use sea_orm::DatabaseTransaction;

use crate::account::session::Current;
use crate::account::{Post, own, who};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::{Mail, PasskeyMail};
use crate::store::accounts::Account;
use crate::store::{StoreError, passkeys};

/// Removes one of the passkeys of who is signed in and knows the password, and tells them by e-mail; 404 when it is gone, and
/// for somebody else's.
pub(super) async fn remove(
    post: Post<'_>,
    client: Client,
    current: Current,
    form: &PasskeyRemovalForm,
) -> Result<(), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let present = own::present(post, client, current.into_account(), &form.present).await?;
    let transaction = post.state.store().begin().await?;
    let account = present.held(&transaction).await?;
    let known = passkeys::of_account(&transaction, account.id).await?;
    let Some(passkey) = known.into_iter().find(|passkey| passkey.id == form.id) else {
        return Err(ApiError::not_found());
    };
    passkeys::remove(&transaction, account.id, passkey.id).await?;
    let mail = Mail::Passkey(PasskeyMail::Removed { device: passkey.device });
    post.send(&transaction, &account.email, Some(&who::name(&account)), mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// Removes all passkeys of an account, and tells its owner if there were some: whoever has just proven to have its address
/// may have lost it to somebody who added one.
pub(crate) async fn forget_all(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
) -> Result<(), StoreError> {
    if passkeys::remove_all(transaction, account.id).await? == 0 {
        return Ok(());
    }
    let mail = Mail::Passkey(PasskeyMail::AllRemoved);
    post.send(transaction, &account.email, Some(&who::name(account)), mail).await
}
