//! The nightly job of those who left their homes: warnings, then the end of the account (T11).
//!
//! Each account is looked at in a transaction of its own, which holds its row: what is noted and the e-mail that says so
//! are written together, and however many servers do it, each warning is sent once.

use sea_orm::DatabaseTransaction;

use super::days::{Closing, horizon, last_day};
use crate::account::{Post, full_name};
use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::mail::{Farewell, Mail};
use crate::store::accounts::Account;
use crate::store::leaving::{self, Leaving, Told};
use crate::store::{StoreError, sessions};

/// How many are looked at in one round.
const ROUND: u64 = 200;

/// Warns whoever is to be warned, closes what is to be closed, in all portals; how many e-mails were written.
pub async fn close_due(state: &AppState) -> Result<u64, StoreError> {
    let mut done = 0;
    for portal in state.config().portals.iter().filter(|portal| portal.public.tenancy.is_some()) {
        let until = horizon(portal.today(state.now()), portal.retention.open_months);
        let mut after = 0;
        loop {
            let some = leaving::some(state.store().read(), portal.slug(), until, after, ROUND).await?;
            let Some(last) = some.last() else { break };
            after = last.account.id;
            for found in some.iter().filter(|found| step(state, portal, found) != Step::Nothing) {
                match one(state, portal, found.account.id).await {
                    Ok(written) => done += u64::from(written),
                    // One that can't be written must not hold up those behind it.
                    Err(error) => tracing::warn!(%error, "an account couldn't be warned or closed"),
                }
            }
        }
    }
    if done > 0 {
        state.outbox().wake();
    }
    Ok(done)
}

/// What is to be done about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Nothing,
    /// Its owner is told of the closing.
    Warn(Told),
    /// Its owner is told that it stays open after all.
    Reassure,
    Close,
}

fn step(state: &AppState, portal: &PortalConfig, found: &Leaving) -> Step {
    let (now, zone) = (state.now(), &portal.time_zone);
    let ends = found.left_on.and_then(|left_on| last_day(left_on, portal.retention.open_months));
    let Some(planned) = ends.map(|last_day| Closing { last_day }) else {
        return if found.told.is_some() { Step::Reassure } else { Step::Nothing };
    };
    // What was said before the day was moved doesn't count.
    let first_day = |told: &Told| portal.today(told.first_at);
    let told = found.told.filter(|told| planned.warned_on(first_day(told)).last_day == told.last_day);
    let Some(told) = told else {
        let closing = planned.warned_on(portal.today(now));
        let warnings = closing.due(zone, now).max(planned.due(zone, now));
        // Moved to a day that is far away: who was told of another one is told of it at once.
        return if warnings > 0 || found.told.is_some() {
            Step::Warn(Told { last_day: closing.last_day, warnings, first_at: now })
        } else {
            Step::Nothing
        };
    };
    let closing = Closing { last_day: told.last_day };
    let warnings = closing.due(zone, now);
    if closing.at(zone) <= now {
        Step::Close
    } else if warnings > told.warnings {
        Step::Warn(Told { warnings, ..told })
    } else {
        Step::Nothing
    }
}

async fn one(state: &AppState, portal: &PortalConfig, id: i64) -> Result<bool, StoreError> {
    let transaction = state.store().begin().await?;
    // Another server was faster, or the landlord took the day back.
    let Some(found) = leaving::hold(&transaction, portal.slug(), id).await? else { return Ok(false) };
    let post = Post::new(state, portal, &found.account.language);
    match step(state, portal, &found) {
        Step::Nothing => return Ok(false),
        Step::Warn(told) => {
            leaving::tell(&transaction, id, Some(told)).await?;
            write(post, &transaction, &found.account, Farewell::Closing { last_day: told.last_day }).await?;
        }
        Step::Reassure => {
            leaving::tell(&transaction, id, None).await?;
            write(post, &transaction, &found.account, Farewell::Staying).await?;
        }
        Step::Close => {
            close_now(post, &transaction, &found.account).await?;
            write(post, &transaction, &found.account, Farewell::Closed).await?;
        }
    }
    transaction.commit().await?;
    Ok(true)
}

/// Closes an account that is held, and ends its sessions.
pub(crate) async fn close_now(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
) -> Result<(), StoreError> {
    leaving::close(transaction, account.id, post.now).await?;
    sessions::end_all(transaction, account.id).await?;
    Ok(())
}

/// Writes to the owner of an account.
async fn write(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    mail: Farewell,
) -> Result<(), StoreError> {
    let name = full_name(account.first_name.as_deref(), &account.surname);
    post.send(transaction, &account.email, Some(&name), Mail::Farewell(mail)).await
}
