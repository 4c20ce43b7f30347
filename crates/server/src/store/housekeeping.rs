//! Retention: what nobody needs any more is deleted.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::IntoCondition;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait, QueryFilter as _};

use super::StoreError;
use super::convert::seconds;
use super::entities::{
    guards, idempotency, links, outbox, passkey_challenges, places, sessions, sign_ups, staff_sessions,
    throttles,
};

const DAY: i64 = 24 * 60 * 60;
/// After its end a sign-up or a link still says for 30 days why it does nothing.
const SIGN_UPS: i64 = 30 * DAY;
/// A request isn't sent again after two days.
const REQUESTS: i64 = 2 * DAY;
/// A session that doesn't stay ends after minutes without use; a day is on the safe side of that.
const UNUSED_SESSIONS: i64 = DAY;
/// Counts of failures are about one day.
const GUARDS: i64 = 2 * DAY;
/// Places from which an account has signed in.
const PLACES: i64 = 365 * DAY;
/// That an e-mail was sent or given up, for who asks where it is.
const MAILS: i64 = 30 * DAY;

/// How many rows were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Sign-ups, whatever became of them.
    pub sign_ups: u64,
    /// Links.
    pub links: u64,
    /// Sessions that had ended.
    pub sessions: u64,
    /// Sessions of the staff that had ended.
    pub staff_sessions: u64,
    /// Counts of failed sign-ins.
    pub guards: u64,
    /// Places from which accounts have signed in.
    pub places: u64,
    /// Counts of a window that is over.
    pub throttles: u64,
    /// Requests that are not sent again.
    pub requests: u64,
    /// Challenges that nobody answered with a passkey.
    pub challenges: u64,
    /// E-mails sent or given up.
    pub mails: u64,
}

/// Deletes what is past its time; each table for itself, so that nothing else waits for long.
pub async fn purge<C: ConnectionTrait>(conn: &C, now: Timestamp) -> Result<Purged, StoreError> {
    let past =
        now.saturating_sub(SignedDuration::from_secs(GUARDS)).map(|past| past.to_zoned(TimeZone::UTC).date());
    let past = past.map(|date| date.to_string()).unwrap_or_default();
    let now = seconds(now);
    Ok(Purged {
        sign_ups: delete::<sign_ups::Entity, _>(conn, sign_ups::Column::ExpiresAt.lte(now - SIGN_UPS))
            .await?,
        links: delete::<links::Entity, _>(conn, links::Column::ExpiresAt.lte(now - SIGN_UPS)).await?,
        sessions: delete::<sessions::Entity, _>(conn, ended(now)).await?,
        staff_sessions: delete::<staff_sessions::Entity, _>(conn, staff_sessions::Column::ExpiresAt.lte(now))
            .await?,
        guards: delete::<guards::Entity, _>(conn, harmless(now, past)).await?,
        places: delete::<places::Entity, _>(conn, places::Column::SeenAt.lte(now - PLACES)).await?,
        throttles: delete::<throttles::Entity, _>(conn, throttles::Column::EndsAt.lte(now)).await?,
        requests: delete::<idempotency::Entity, _>(conn, idempotency::Column::CreatedAt.lte(now - REQUESTS))
            .await?,
        challenges: delete::<passkey_challenges::Entity, _>(
            conn,
            passkey_challenges::Column::ExpiresAt.lte(now),
        )
        .await?,
        mails: delete::<outbox::Entity, _>(conn, done(now)).await?,
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

fn done(now: i64) -> Condition {
    use outbox::Column as C;
    Condition::any().add(C::SentAt.lte(now - MAILS)).add(C::AbandonedAt.lte(now - MAILS))
}

async fn delete<E: EntityTrait, C: ConnectionTrait>(
    conn: &C,
    which: impl IntoCondition,
) -> Result<u64, StoreError> {
    Ok(E::delete_many().filter(which.into_condition()).exec(conn).await?.rows_affected)
}
