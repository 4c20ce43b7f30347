//! The job that warns of passwords that come to their end (P2). Who did nothing is asked for another one at the next
//! sign-in, and is never locked out.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{Post, full_name};
use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::mail::Mail;
use crate::store::StoreError;
use crate::store::password_ends::{self, Ending};

/// How many days before the end its owner is warned.
const NOTICES: [i64; 3] = [30, 14, 3];
/// How many are looked at in one round.
const ROUND: u64 = 200;

/// Warns whoever is to be warned, in all portals; how many e-mails were written.
pub async fn warn_due(state: &AppState) -> Result<u64, StoreError> {
    let mut done = 0;
    for portal in &state.config().portals {
        let now = state.now();
        // A day more: clocks are set back in between.
        let horizon = before(now, -(NOTICES[0] + 1), &portal.time_zone);
        let mut after = 0;
        loop {
            let some = password_ends::some(state.store().read(), portal.slug(), (now, horizon), after, ROUND)
                .await?;
            let Some(last) = some.last() else { break };
            after = last.account.id;
            for found in some.iter().filter(|found| due(found, &portal.time_zone, now).is_some()) {
                match one(state, portal, found.account.id).await {
                    Ok(written) => done += u64::from(written),
                    // One that can't be written must not hold up those behind it.
                    Err(error) => tracing::warn!(%error, "the owner of a password couldn't be warned"),
                }
            }
        }
    }
    if done > 0 {
        state.outbox().wake();
    }
    Ok(done)
}

/// How many warnings are due by now, if that is more than were written, and the end that they are about.
fn due(found: &Ending, zone: &TimeZone, now: Timestamp) -> Option<(u32, Timestamp)> {
    let until = found.account.password_until.filter(|until| now < *until)?;
    let due = NOTICES.into_iter().filter(|days| before(until, *days, zone) <= now).count();
    let due = u32::try_from(due).unwrap_or(u32::MAX);
    (due > found.told).then_some((due, until))
}

/// The same hour so many days before.
fn before(moment: Timestamp, days: i64, zone: &TimeZone) -> Timestamp {
    let earlier = moment.to_zoned(zone.clone()).checked_sub(Span::new().days(days));
    earlier.map_or(moment, |earlier| earlier.timestamp())
}

async fn one(state: &AppState, portal: &PortalConfig, id: i64) -> Result<bool, StoreError> {
    let transaction = state.store().begin().await?;
    let Some(found) = password_ends::hold(&transaction, portal.slug(), id).await? else { return Ok(false) };
    let post = Post::new(state, portal, &found.account.language);
    // Another server was faster, or another password was chosen.
    let Some((told, until)) = due(&found, &portal.time_zone, post.now) else { return Ok(false) };
    password_ends::tell(&transaction, id, told).await?;
    let account = &found.account;
    let name = full_name(account.first_name.as_deref(), &account.surname);
    post.send(&transaction, &account.email, Some(&name), Mail::PasswordEnds { until }).await?;
    transaction.commit().await?;
    Ok(true)
}
