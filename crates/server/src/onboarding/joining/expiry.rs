//! Requests that nobody answered end when their time is over, invitations that nobody used 30 days after (A7, A8); before
//! that, they end as soon as they are in the way of whoever has their address.

use jiff::{SignedDuration, Timestamp};
use palier_domain::onboarding::{JoiningState, JoiningStep};
use palier_domain::values::Email;
use sea_orm::DatabaseTransaction;

use super::super::record;
use super::name;
use crate::account::Post;
use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::mail::{Colleague, Mail};
use crate::store::joinings::{self, Joining};
use crate::store::{StoreError, clients};

/// How many are looked at in one round.
const ROUND: u64 = 500;

/// So many days of 24 hours after `now`.
pub(in super::super) fn after_days(now: Timestamp, days: u32) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX)
}

/// Ends all whose time is over, and says how many.
///
/// Each ends in a transaction of its own, with its journal's entry and its e-mail: whatever stops it half-way, and
/// however many servers do it, each ends once.
pub async fn expire_due(state: &AppState) -> Result<u64, StoreError> {
    let mut expired = 0;
    loop {
        let due = joinings::overdue(state.store().read(), state.now(), ROUND).await?;
        let mut ended = 0;
        for (slug, joining) in &due {
            // A portal that isn't served any more has nobody to be told.
            let Some(portal) = state.config().portal(slug) else { continue };
            match one(state, portal, joining).await {
                Ok(done) => ended += u64::from(done),
                // One that can't be ended must not hold up those behind it.
                Err(error) => tracing::warn!(%error, "a request or invitation couldn't be ended"),
            }
        }
        expired += ended;
        if ended == 0 {
            break;
        }
    }
    if expired > 0 {
        state.outbox().wake();
    }
    Ok(expired)
}

async fn one(state: &AppState, portal: &PortalConfig, seen: &Joining) -> Result<bool, StoreError> {
    let post = Post::new(state, portal, &seen.language);
    let transaction = state.store().begin().await?;
    clients::held(&transaction, portal.slug(), seen.client_id).await?;
    let joining = joinings::by_id(&transaction, portal.slug(), seen.id).await?;
    // Sent again in between, it has time; decided or ended in between, it needs none.
    let Some(joining) = joining.filter(|joining| joining.ends_at() <= post.now) else { return Ok(false) };
    let ended = end(post, &transaction, &joining).await?;
    transaction.commit().await?;
    Ok(ended)
}

/// Ends one whose time is over; who asked is told that nobody answered. False when it had ended already.
pub(super) async fn end(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    joining: &Joining,
) -> Result<bool, StoreError> {
    if !note(post, transaction, joining, "access_expired").await? {
        return Ok(false);
    }
    if joining.state == JoiningState::Asked
        && let Some(client) = clients::by_id(transaction, post.portal.slug(), joining.client_id).await?
    {
        let post = Post { language: &joining.language, ..post };
        let mail = Mail::Colleague(Colleague::AccessExpired { organisation: &client.known.name });
        post.send(transaction, &joining.email, Some(&name(joining)), mail).await?;
    }
    Ok(true)
}

/// Ends one, and writes the entry of that kind; false when it had ended already.
async fn note(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    joining: &Joining,
    kind: &str,
) -> Result<bool, StoreError> {
    if !joinings::step(transaction, joining, JoiningStep::Expire, None, post.now).await? {
        return Ok(false);
    }
    let details = record::person(&joining.first_name, &joining.surname, &joining.email);
    record::note(post, transaction, joining.client_id, kind, details).await?;
    Ok(true)
}

/// Ends the request or the invitation of an address that is about to become an administrator of that organisation, or has
/// become one: they get an e-mail about that. What they have begun with another organisation ends by itself.
pub(in super::super) async fn withdraw(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client_id: i64,
    email: &Email,
) -> Result<(), StoreError> {
    let found = joinings::open_at(transaction, post.portal.slug(), client_id, &email.key()).await?;
    if let Some(joining) = found {
        note(post, transaction, &joining, "access_withdrawn").await?;
    }
    Ok(())
}
