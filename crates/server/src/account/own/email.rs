use jiff::{SignedDuration, Timestamp};
use palier_domain::profile::EmailChangeForm;
use palier_domain::values::Email;
use sea_orm::DatabaseTransaction;

use super::present;
use crate::account::refusal::Limit;
use crate::account::{Post, who};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::{self, Account};
use crate::store::{StoreError, email_changes, links};

/// Changes that one account can ask for.
const CHANGES: Limit = Limit { kind: "email_change", times: 5, window: SignedDuration::from_hours(24) };

/// Asks for another e-mail address: the new one gets a link to confirm it, the present one is told and can stop it.
///
/// The answer is the same whether or not the new address has an account: it is told so by e-mail, and gets no link.
pub(super) async fn ask(
    post: Post<'_>,
    client: Client,
    account: Account,
    form: &EmailChangeForm,
) -> Result<(), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let wanted = form.parse(account.email.as_ref()).map_err(ApiError::invalid_field)?;
    let present = present::compare(post, client, account, &form.present).await?;
    let transaction = post.state.store().begin().await?;
    let account = present.held(&transaction).await?;
    CHANGES.admit(&transaction, post.portal.slug(), &who::subject(account.id), post.now).await?;
    let id = email_changes::ask(&transaction, post.portal.slug(), &account, &wanted, post.now).await?;
    tell_former(post, &transaction, &account, (id, &wanted)).await?;
    if post.may_send(&transaction, &wanted.key()).await? {
        tell_wanted(post, &transaction, &account, &wanted).await?;
    }
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// The present address is told at once, with a link to stop what wasn't asked by its owner.
async fn tell_former(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    (id, wanted): (i64, &Email),
) -> Result<(), StoreError> {
    let link = objection(post, transaction, id, expiry(post)).await?;
    let mail = Mail::EmailChangeAsked { link: &link, wanted };
    post.send(transaction, &account.email, Some(&who::name(account)), mail).await
}

/// A link by which the change is stopped or undone; one for the same change that was sent before works no more.
pub(super) async fn objection(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    id: i64,
    until: Timestamp,
) -> Result<String, StoreError> {
    let token = post.state.entropy().token();
    let (portal, kind) = (post.portal.slug(), links::Kind::ObjectEmail);
    let hash = crate::account::hash(&token);
    links::issue(transaction, portal, kind, id, &hash, post.now, until).await?;
    Ok(post.portal.link(&format!("/compte/adresse/opposition#{}", token.reveal())))
}

async fn tell_wanted(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    wanted: &Email,
) -> Result<(), StoreError> {
    let (portal, kind) = (post.portal.slug(), links::Kind::ConfirmEmail);
    if accounts::by_email_key(transaction, portal, &wanted.key()).await?.is_some() {
        links::supersede(transaction, portal, kind, account.id, post.now).await?;
        return post.send(transaction, wanted, None, Mail::EmailTaken).await;
    }
    let token = post.state.entropy().token();
    let hash = crate::account::hash(&token);
    links::issue(transaction, portal, kind, account.id, &hash, post.now, expiry(post)).await?;
    let link = post.portal.link(&format!("/compte/adresse/confirmation#{}", token.reveal()));
    let mail = Mail::ConfirmEmail { link: &link, hours: post.portal.links.confirm_hours };
    post.send(transaction, wanted, None, mail).await
}

fn expiry(post: Post<'_>) -> Timestamp {
    let hours = SignedDuration::from_hours(i64::from(post.portal.links.confirm_hours));
    post.now.checked_add(hours).unwrap_or(Timestamp::MAX)
}
