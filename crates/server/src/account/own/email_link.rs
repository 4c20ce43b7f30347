use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use palier_domain::account::LinkForm;
use palier_domain::profile::UNDO_DAYS;
use palier_domain::values::{Password, Token};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::email::objection;
use crate::account::{Post, forget_passkeys, hash, recovery, refusal, who};
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::{self, Account};
use crate::store::email_changes::{EmailChange, State};
use crate::store::links::{self, Link};
use crate::store::{StoreError, email_changes, guards, sessions};

/// The new address is confirmed, by the link that it was sent: it is the account's from now on. Links for a new password
/// that went to the former address work no more; the former address is told, with a link to undo it for a while.
pub(super) async fn confirm(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    let kind = links::Kind::ConfirmEmail;
    let link = find(post, kind, form).await?;
    let (portal, account_id) = (post.portal.slug(), link.subject_id);
    let transaction = post.state.store().begin().await?;
    consume(post, &transaction, kind, &link, form).await?;
    links::supersede(&transaction, portal, links::Kind::ResetPassword, account_id, post.now).await?;
    let account = held(post, &transaction, account_id).await?;
    let change = email_changes::asked(&transaction, account_id).await?.ok_or_else(refusal::unknown_link)?;
    let taken = |error: StoreError| match error.conflict() {
        Some(_) => ApiError::code(StatusCode::CONFLICT, code::EMAIL_TAKEN),
        None => error.into(),
    };
    accounts::set_email(&transaction, &account, Some(&change.wanted), false).await.map_err(taken)?;
    email_changes::note_done(&transaction, change.id, post.now).await?;
    let undo = SignedDuration::from_hours(24 * i64::from(UNDO_DAYS));
    let until = post.now.checked_add(undo).unwrap_or(Timestamp::MAX);
    let link = objection(post, &transaction, change.id, until).await?;
    let mail = Mail::EmailChanged { link: &link, wanted: &change.wanted, days: UNDO_DAYS };
    post.send(&transaction, &change.former, Some(&who::name(&account)), mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// Whoever has the former address objects: the change is stopped or, if it was done, undone. Somebody else knows the
/// password, so that it opens nothing any more, every session ends, every passkey goes, and a link to choose another
/// password is sent.
pub(super) async fn object(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    let kind = links::Kind::ObjectEmail;
    let link = find(post, kind, form).await?;
    let portal = post.portal.slug();
    let change = email_changes::by_id(post.state.store().read(), portal, link.subject_id).await?;
    let change = change.ok_or_else(refusal::unknown_link)?;
    let nobodys =
        post.state.passwords().hash(&Password::given(post.state.entropy().token().reveal())).await?;
    let transaction = post.state.store().begin().await?;
    consume(post, &transaction, kind, &link, form).await?;
    for sent in [links::Kind::ConfirmEmail, links::Kind::ResetPassword] {
        links::supersede(&transaction, portal, sent, change.account_id, post.now).await?;
    }
    let account = held(post, &transaction, change.account_id).await?;
    // As it is now that the account is held.
    let change = email_changes::by_id(&transaction, portal, change.id).await?;
    let change = change.ok_or_else(refusal::unknown_link)?;
    restore(post, &transaction, &account, &change).await?;
    email_changes::object(&transaction, &change).await?;
    accounts::set_password(&transaction, account.id, &nobodys, None, post.now).await?;
    sessions::end_all(&transaction, account.id).await?;
    guards::clear_subject(&transaction, portal, &who::subject(account.id)).await?;
    let account = held(post, &transaction, account.id).await?;
    forget_passkeys(post, &transaction, &account).await?;
    recovery::send_reset(post, &transaction, &account).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// Gives the account its former address back, if it has another one because of this change.
async fn restore(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    change: &EmailChange,
) -> Result<(), ApiError> {
    match change.state {
        State::Asked => return Ok(()),
        State::Done => {}
        State::Stopped | State::Undone => {
            return Err(ApiError::code(StatusCode::GONE, code::LINK_USED));
        }
    }
    if let Some(former) = &change.former
        && !change.former_shared
    {
        let theirs = accounts::by_email_key(transaction, post.portal.slug(), &former.key()).await?;
        if theirs.is_some_and(|other| other.id != account.id) {
            // Somebody made another account with it meanwhile, whose owner proved that the address is theirs.
            return Err(ApiError::code(StatusCode::CONFLICT, code::EMAIL_TAKEN));
        }
    }
    accounts::set_email(transaction, account, change.former.as_ref(), change.former_shared).await?;
    Ok(())
}

/// The link, when it still works.
async fn find(post: Post<'_>, kind: links::Kind, form: &LinkForm) -> Result<Link, ApiError> {
    let token = Token::parse(&form.token).map_err(|_| refusal::unknown_link())?;
    let link = links::find(post.state.store().read(), post.portal.slug(), kind, &hash(&token)).await?;
    let link = link.ok_or_else(refusal::unknown_link)?;
    match refusal::link(&link, post.now) {
        Some(refused) => Err(refused),
        None => Ok(link),
    }
}

async fn consume(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    kind: links::Kind,
    link: &Link,
    form: &LinkForm,
) -> Result<(), ApiError> {
    if links::consume(transaction, link.id, post.now).await? {
        return Ok(());
    }
    // Somebody was faster.
    let token = Token::parse(&form.token).map_err(|_| refusal::unknown_link())?;
    let link = links::find(transaction, post.portal.slug(), kind, &hash(&token)).await?;
    Err(link.and_then(|link| refusal::link(&link, post.now)).unwrap_or_else(refusal::unknown_link))
}

/// The account as it is now, held until the transaction ends.
async fn held(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account_id: i64,
) -> Result<Account, ApiError> {
    accounts::hold(transaction, post.portal.slug(), account_id).await?;
    accounts::by_id(transaction, post.portal.slug(), account_id).await?.ok_or_else(refusal::unknown_link)
}
