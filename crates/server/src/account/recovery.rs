//! Lost password and lost identifier: who asks gets an e-mail, or nothing, and always the same answer (T8).

use jiff::SignedDuration;
use palier_domain::account::{IdentifierReminderForm, PasswordResetForm};
use palier_domain::values::Email;
use sea_orm::DatabaseTransaction;

use super::pending::write_again;
use super::post::Post;
use super::refusal::Limit;
use super::secret::hash;
use super::who::{self, Login};
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::Account;
use crate::store::{StoreError, links, sign_ups};

/// Links to a new password for one account. Apart from other e-mails: nobody uses up the way back in of somebody else with
/// e-mails that don't have it.
const RESETS: Limit = Limit { kind: "reset", times: 5, window: SignedDuration::from_hours(1) };

/// Sends the link by which a new password is chosen; to who has only begun to sign up, the sign-up's e-mail again.
pub(super) async fn ask_reset(post: Post<'_>, form: &PasswordResetForm) -> Result<(), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let login = Login::parse(&form.login);
    let transaction = post.state.store().begin().await?;
    let account = login.account(&transaction, post.portal.slug()).await?;
    // Counted for an address that nobody has too: the work is the same.
    let key = account.as_ref().map_or_else(|| login.key(), |account| who::subject(account.id));
    let allowed = match (&account, &login) {
        (None, Login::Email(_)) => post.may_send(&transaction, &key).await?,
        _ => RESETS.count(&transaction, post.portal.slug(), &key, post.now).await?,
    };
    if allowed {
        match (&account, &login) {
            (Some(account), _) => send_reset(post, &transaction, account).await?,
            (None, Login::Email(email)) => send_pending(post, &transaction, email).await?,
            (None, _) => {}
        }
    }
    finish(post, transaction).await
}

/// Sends the identifier to the address of an account.
pub(super) async fn ask_identifier(post: Post<'_>, form: &IdentifierReminderForm) -> Result<(), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let email = Email::parse(&form.email).map_err(|_| ApiError::malformed())?;
    let transaction = post.state.store().begin().await?;
    let account = Login::Email(email.clone()).account(&transaction, post.portal.slug()).await?;
    if post.may_send(&transaction, &email.key()).await? {
        match &account {
            Some(account) => send_identifier(post, &transaction, account).await?,
            None => send_pending(post, &transaction, &email).await?,
        }
    }
    finish(post, transaction).await
}

/// Sends what an account is signed in with, to its address.
pub(crate) async fn send_identifier(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
) -> Result<(), StoreError> {
    let mail = Mail::IdentifierReminder { identifier: &account.identifier };
    post.send(transaction, &account.email, Some(&who::name(account)), mail).await
}

/// Sends the link by which a new password is chosen, in the place of the one before.
pub(crate) async fn send_reset(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
) -> Result<(), StoreError> {
    let token = post.state.entropy().token();
    let (portal, kind) = (post.portal.slug(), links::Kind::ResetPassword);
    let expires_at = post.portal.credentials.reset_until(post.now);
    links::issue(transaction, portal, kind, account.id, &hash(&token), post.now, expires_at).await?;
    let link = post.portal.link(&format!("/mot-de-passe-oublie/nouveau#{}", token.reveal()));
    let mail = Mail::PasswordReset { link: &link, hours: post.portal.credentials.periods.reset_hours };
    post.send(transaction, &account.email, Some(&who::name(account)), mail).await
}

async fn send_pending(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    email: &Email,
) -> Result<(), StoreError> {
    match sign_ups::open_by_email(transaction, post.portal.slug(), &email.key()).await? {
        Some(sign_up) => write_again(post, transaction, &sign_up).await,
        None => Ok(()),
    }
}

async fn finish(post: Post<'_>, transaction: DatabaseTransaction) -> Result<(), ApiError> {
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}
