//! The owner of an account is told by e-mail that it was locked out of a place (P6).

use jiff::{SignedDuration, Timestamp};

use super::discreet::evenly;
use super::post::Post;
use super::refusal::Limit;
use super::who;
use crate::mail::Mail;
use crate::store::StoreError;
use crate::store::accounts::Account;

/// Such e-mails to one account: whoever locks it on purpose doesn't fill its owner's mailbox.
const WARNINGS: Limit = Limit { kind: "warning", times: 3, window: SignedDuration::from_hours(24) };

/// Tells that the last try of all was wrong, in the owner's own language: who tried may be somebody else. Where there is
/// no account, the same is counted, in the same time.
pub(super) async fn tell(
    post: Post<'_>,
    account: Option<&Account>,
    subject: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    evenly(send(post, account, subject, until)).await
}

async fn send(
    post: Post<'_>,
    account: Option<&Account>,
    subject: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    let transaction = post.state.store().begin().await?;
    let allowed = WARNINGS.count(&transaction, post.portal.slug(), subject, post.now).await?;
    if let Some(account) = account.filter(|_| allowed) {
        let theirs = Post { language: &account.language, ..post };
        let mail = Mail::AccountLocked { until };
        theirs.send(&transaction, &account.email, Some(&who::name(account)), mail).await?;
    }
    transaction.commit().await?;
    post.state.outbox().wake();
    Ok(())
}
