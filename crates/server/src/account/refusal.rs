//! Refusals that several journeys give.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use palier_domain::wire::code;
use sea_orm::ConnectionTrait;

use crate::http::problem::ApiError;
use crate::store::links::Link;
use crate::store::{StoreError, throttles};

/// How often something may happen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// What is counted, as the store calls it.
    pub kind: &'static str,
    /// Times a window.
    pub times: u32,
    /// How long a window lasts.
    pub window: SignedDuration,
}

impl Limit {
    /// Refuses with the minutes to wait when the limit is reached for `key`; counts nothing.
    pub(crate) async fn check<C: ConnectionTrait>(
        self,
        conn: &C,
        portal: &str,
        key: &str,
        now: Timestamp,
    ) -> Result<(), ApiError> {
        let usage = throttles::usage(conn, portal, self.kind, key, now).await?;
        if usage.count < self.times {
            return Ok(());
        }
        let until = usage.until.unwrap_or(now);
        Err(ApiError::too_many(minutes_until(until, now)))
    }

    /// Counts once, or refuses with the minutes to wait: of many at once no more are let through than of one after the
    /// other.
    pub(crate) async fn admit<C: ConnectionTrait>(
        self,
        conn: &C,
        portal: &str,
        key: &str,
        now: Timestamp,
    ) -> Result<(), ApiError> {
        self.check(conn, portal, key, now).await?;
        if self.count(conn, portal, key, now).await? {
            Ok(())
        } else {
            self.check(conn, portal, key, now).await
        }
    }

    /// Counts once; whether that was within the limit.
    pub(crate) async fn count<C: ConnectionTrait>(
        self,
        conn: &C,
        portal: &str,
        key: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let count = throttles::hit(conn, portal, self.kind, key, self.window, now).await?;
        Ok(count <= self.times)
    }
}

impl Limit {
    /// Counts once; how many more there may be in this window.
    pub(crate) async fn left<C: ConnectionTrait>(
        self,
        conn: &C,
        portal: &str,
        key: &str,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        let count = throttles::hit(conn, portal, self.kind, key, self.window, now).await?;
        Ok(self.times.saturating_sub(count))
    }
}

/// How long one has to wait, in minutes, rounded up, at least one.
pub(super) fn minutes_until(until: Timestamp, now: Timestamp) -> u64 {
    let seconds = until.duration_since(now).as_secs();
    u64::try_from(seconds).unwrap_or_default().div_ceil(60).max(1)
}

/// Why a link does nothing any more; none when it does (T6, T8).
pub(crate) fn link(link: &Link, now: Timestamp) -> Option<ApiError> {
    let gone = |code| Some(ApiError::code(StatusCode::GONE, code));
    if link.used_at.is_some() {
        gone(code::LINK_USED)
    } else if link.superseded_at.is_some() {
        gone(code::LINK_SUPERSEDED)
    } else if link.expires_at <= now {
        gone(code::LINK_EXPIRED)
    } else {
        None
    }
}

/// Who asked is not signed in, or not any more.
pub(super) const fn signed_out() -> ApiError {
    ApiError::code(StatusCode::UNAUTHORIZED, code::SIGNED_OUT)
}

/// No such link: cut, changed, or of another portal.
pub(crate) const fn unknown_link() -> ApiError {
    ApiError::code(StatusCode::NOT_FOUND, code::LINK_UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn minutes_are_rounded_up() {
        for (seconds, minutes) in [(-5, 1), (0, 1), (1, 1), (60, 1), (61, 2), (600, 10), (601, 11)] {
            assert_eq!(minutes_until(at(1000 + seconds), at(1000)), minutes, "{seconds} s");
        }
    }

    #[test]
    fn a_link_says_the_most_useful_reason() {
        let (used_at, superseded_at) = (None, None);
        let fresh =
            Link { id: 1, subject_id: 1, holder_id: None, expires_at: at(100), used_at, superseded_at };
        assert_eq!(link(&fresh, at(99)), None);
        let gone = |code| Some(ApiError::code(StatusCode::GONE, code));
        assert_eq!(link(&fresh, at(100)), gone(code::LINK_EXPIRED));
        let superseded = Link { superseded_at: Some(at(50)), ..fresh.clone() };
        assert_eq!(link(&superseded, at(99)), gone(code::LINK_SUPERSEDED));
        assert_eq!(link(&superseded, at(100)), gone(code::LINK_SUPERSEDED));
        let used = Link { used_at: Some(at(60)), ..fresh };
        assert_eq!(link(&used, at(100)), gone(code::LINK_USED));
    }
}
