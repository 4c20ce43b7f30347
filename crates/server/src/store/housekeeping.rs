//! What of itself is over is deleted, whatever the portal: sessions, counters. What a portal keeps for a time of its own
//! choice is in [`super::retention`].

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::IntoCondition;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait, QueryFilter as _};

use super::StoreError;
use super::convert::seconds;
use super::entities::{guards, idempotency, passkey_challenges, sessions, staff_sessions, throttles};

const DAY: i64 = 24 * 60 * 60;
/// A request isn't sent again after two days.
const REQUESTS: i64 = 2 * DAY;
/// A session that doesn't stay ends after minutes without use; a day is on the safe side of that.
const UNUSED_SESSIONS: i64 = DAY;
/// Counts of failures are about one day.
const GUARDS: i64 = 2 * DAY;

/// How many rows were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Sessions that had ended.
    pub sessions: u64,
    /// Sessions of the staff that had ended.
    pub staff_sessions: u64,
    /// Counts of failed sign-ins.
    pub guards: u64,
    /// Counts of a window that is over.
    pub throttles: u64,
    /// Requests that are not sent again.
    pub requests: u64,
    /// Challenges that nobody answered with a passkey.
    pub challenges: u64,
}

/// Deletes what is past its time; each table for itself, so that nothing else waits for long.
pub async fn purge<C: ConnectionTrait>(conn: &C, now: Timestamp) -> Result<Purged, StoreError> {
    let past =
        now.saturating_sub(SignedDuration::from_secs(GUARDS)).map(|past| past.to_zoned(TimeZone::UTC).date());
    let past = past.map(|date| date.to_string()).unwrap_or_default();
    let now = seconds(now);
    Ok(Purged {
        sessions: delete::<sessions::Entity, _>(conn, ended(now)).await?,
        staff_sessions: delete::<staff_sessions::Entity, _>(conn, staff_sessions::Column::ExpiresAt.lte(now))
            .await?,
        guards: delete::<guards::Entity, _>(conn, harmless(now, past)).await?,
        throttles: delete::<throttles::Entity, _>(conn, throttles::Column::EndsAt.lte(now)).await?,
        requests: delete::<idempotency::Entity, _>(conn, idempotency::Column::CreatedAt.lte(now - REQUESTS))
            .await?,
        challenges: delete::<passkey_challenges::Entity, _>(
            conn,
            passkey_challenges::Column::ExpiresAt.lte(now),
        )
        .await?,
    })
}

fn ended(now: i64) -> Condition {
    use sessions::Column as C;
    let unused = Condition::all().add(C::Stay.eq(false)).add(C::SeenAt.lte(now - UNUSED_SESSIONS));
    Condition::any().add(C::ExpiresAt.lte(now)).add(unused)
}

/// Days are kept as `2026-11-21`, whose order as texts is theirs in time.
fn harmless(now: i64, past: String) -> Condition {
    use guards::Column as C;
    let open = Condition::any().add(C::LockedUntil.is_null()).add(C::LockedUntil.lte(now));
    let old = Condition::any().add(C::Day.is_null()).add(C::Day.lt(past));
    Condition::all().add(old).add(open)
}

async fn delete<E: EntityTrait, C: ConnectionTrait>(
    conn: &C,
    which: impl IntoCondition,
) -> Result<u64, StoreError> {
    Ok(E::delete_many().filter(which.into_condition()).exec(conn).await?.rows_affected)
}
