//! The sign-up's e-mail sent again, asked for by the browser that signed up or with a link that is too old (T6).

use jiff::SignedDuration;
use palier_domain::account::{LinkForm, ResendForm};
use palier_domain::values::Token;
use sea_orm::DatabaseTransaction;

use super::pending::write_again;
use super::post::Post;
use super::refusal::Limit;
use super::secret::hash;
use crate::http::problem::ApiError;
use crate::store::sign_ups::SignUp;
use crate::store::{StoreError, links, sign_ups};
use crate::texts::hexadecimal;

/// Counted by what the browser shows and not by address, so that being refused tells nothing about the address. One
/// less than the e-mails that an address may get: whoever is answered "sent" was sent something.
const RESENDS: Limit = Limit { kind: "resend", times: 4, window: SignedDuration::from_hours(1) };

/// With the handle of the receipt. A handle that is nobody's gets the same answer.
pub(crate) async fn by_handle(post: Post<'_>, form: &ResendForm) -> Result<(), ApiError> {
    let Ok(handle) = Token::parse(&form.handle) else { return Ok(()) };
    let handle = hash(&handle);
    let transaction = count(post, &handle).await?;
    let sign_up = sign_ups::by_handle(&transaction, post.portal.slug(), &handle).await?;
    again(post, transaction, sign_up).await
}

/// Withdrawn by the browser that signed up: the address was wrong, and its link must open nothing. The same answer whatever
/// the handle is.
pub(crate) async fn withdraw(post: Post<'_>, form: &ResendForm) -> Result<(), ApiError> {
    if let Ok(handle) = Token::parse(&form.handle) {
        sign_ups::withdraw(post.state.store().write(), post.portal.slug(), &hash(&handle)).await?;
    }
    Ok(())
}

/// With a link that is too old: it came by e-mail, so who has it may have a new one at the same address.
pub(crate) async fn by_link(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    let Ok(token) = Token::parse(&form.token) else { return Ok(()) };
    let token = hash(&token);
    let transaction = count(post, &token).await?;
    let portal = post.portal.slug();
    let link = links::find(&transaction, portal, links::Kind::ConfirmSignUp, &token).await?;
    let sign_up = match link.filter(|link| link.used_at.is_none() && link.superseded_at.is_none()) {
        Some(link) => sign_ups::by_id(&transaction, portal, link.subject_id).await?,
        None => None,
    };
    again(post, transaction, sign_up).await
}

async fn count(post: Post<'_>, secret: &[u8; 32]) -> Result<DatabaseTransaction, ApiError> {
    let transaction = post.state.store().begin().await?;
    let key = hexadecimal(secret);
    RESENDS.check(&transaction, post.portal.slug(), &key, post.now).await?;
    RESENDS.count(&transaction, post.portal.slug(), &key, post.now).await?;
    Ok(transaction)
}

async fn again(
    post: Post<'_>,
    transaction: DatabaseTransaction,
    sign_up: Option<SignUp>,
) -> Result<(), ApiError> {
    if let Some(sign_up) = sign_up {
        let post = Post { language: &sign_up.language, ..post };
        if post.may_send(&transaction, &sign_up.email.key()).await? {
            write_again(post, &transaction, &sign_up).await?;
        }
    }
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}
