//! The form sent: a sign-up is kept, and an e-mail says what comes next (T5, T6).

use palier_domain::account::SignUpReceipt;
use palier_domain::portal::Context;
use palier_domain::tenancy::{SignUp, SignUpForm};
use sea_orm::DatabaseTransaction;

use super::lookup::{self, Claim};
use crate::account::{Once, Post, Waiting, keep_sign_up};
use crate::http::extract::{Client, IdempotencyKey};
use crate::http::problem::ApiError;
use crate::store::leases::Lease;
use crate::store::sign_ups::{Purpose, Subject};
use crate::store::{StoreError, accounts};

/// Keeps a sign-up and writes its e-mail. The answer is the same whether or not the home or the address has an
/// account: only the e-mail tells, and only to who can read it.
pub(super) async fn submit(
    post: Post<'_>,
    client: Client,
    key: &IdempotencyKey,
    form: &SignUpForm,
) -> Result<SignUpReceipt, ApiError> {
    let context = Context { portal: &post.portal.public, today: post.portal.today(post.now) };
    let sign_up = form.parse(context).map_err(ApiError::invalid)?;
    let claim = Claim::read(form, context).ok_or_else(ApiError::malformed)?;
    let lease = lookup::lease(post.state, post.portal, client, &claim).await?;
    let password = lookup::check_password(post.state, post.portal, form, &lease)?;
    let password_hash = post.state.passwords().hash(&password).await?;

    let once = Once::new("sign-up", key, form)?;
    let transaction = post.state.store().begin().await?;
    if let Some(receipt) = once.claim(post, &transaction).await? {
        return Ok(receipt);
    }
    let receipt = keep(post, &transaction, &sign_up, lease, password_hash).await?;
    once.settle(post, &transaction, &receipt).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    metrics::counter!("palier_sign_ups_total", "portal" => post.portal.slug().to_owned()).increment(1);
    Ok(receipt)
}

async fn keep(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    sign_up: &SignUp,
    lease: Lease,
    password_hash: String,
) -> Result<SignUpReceipt, ApiError> {
    let handle = post.state.entropy().handle();
    let receipt = SignUpReceipt { handle: handle.reveal().to_owned() };
    let purpose = purpose(post, transaction, sign_up, &lease).await?;
    // Over the limit nothing is kept either: it would supersede the link that the person has, and send no other.
    if !post.may_send(transaction, &sign_up.email.key()).await? {
        return Ok(receipt);
    }
    let waiting = Waiting {
        subject: Subject::Lease(lease.id),
        email: &sign_up.email,
        password_hash,
        purpose,
        terms: Some(&post.portal.public.terms),
    };
    keep_sign_up(post, transaction, &handle, waiting).await?;
    Ok(receipt)
}

/// What the e-mail says. Both questions are asked every time, so that the work is the same.
async fn purpose(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    sign_up: &SignUp,
    lease: &Lease,
) -> Result<Purpose, StoreError> {
    let portal = post.portal.slug();
    let of_home = accounts::by_lease(transaction, portal, lease.id).await?;
    let of_address = accounts::by_email_key(transaction, portal, &sign_up.email.key()).await?;
    Ok(match (of_home, of_address) {
        (None, None) => Purpose::Confirm,
        // Their own account of this very home: told as their own, which helps them more.
        (Some(home), Some(own)) if home.id == own.id => Purpose::EmailHasAccount,
        (Some(_), _) => Purpose::HomeHasAccount,
        (None, Some(_)) => Purpose::EmailHasAccount,
    })
}
