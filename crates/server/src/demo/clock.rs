//! The demonstration's clock: how far ahead it is, kept in the store so that all servers and the next start agree.

use jiff::{SignedDuration, Timestamp};

use crate::http::state::AppState;
use crate::store::{StoreError, settings};

/// Where the store keeps how far ahead the clock is, in seconds.
const SETTING: &str = "demo.clock_offset";
/// Furthest ahead: everything of ours has expired long before.
pub(super) const FURTHEST: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);
/// Most minutes in one go: a year.
pub(super) const MOST_MINUTES: i64 = 366 * 24 * 60;

/// How the clock is to be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Hour,
    Day,
    /// To the same day of the next month.
    Month,
    Minutes(i64),
    Reset,
}

/// Why it isn't moved.
#[derive(Debug, thiserror::Error)]
pub(super) enum MoveError {
    #[error("the clock would be more than ten years ahead")]
    TooFar,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes over what another server, or this one before its last stop, set. Nothing happens outside the demonstration.
pub async fn follow_clock(state: &AppState) {
    let Some(clock) = state.demo_clock() else { return };
    match settings::get(state.store().read(), SETTING).await {
        Ok(kept) => {
            let seconds = kept.and_then(|kept| kept.parse().ok()).unwrap_or(0);
            clock.set(SignedDuration::from_secs(seconds));
        }
        Err(error) => tracing::warn!(%error, "the demonstration's clock can't be read"),
    }
}

/// Moves the clock, here at once and on other servers within a second.
pub(super) async fn move_clock(state: &AppState, by: Move) -> Result<(), MoveError> {
    follow_clock(state).await;
    let Some(clock) = state.demo_clock() else { return Ok(()) };
    let offset = moved(clock.offset(), state.now(), by).ok_or(MoveError::TooFar)?;
    settings::set(state.store().write(), SETTING, &offset.as_secs().to_string()).await?;
    clock.set(offset);
    state.outbox().wake();
    Ok(())
}

fn moved(offset: SignedDuration, now: Timestamp, by: Move) -> Option<SignedDuration> {
    let step = match by {
        Move::Reset => return Some(SignedDuration::ZERO),
        Move::Hour => SignedDuration::from_hours(1),
        Move::Day => SignedDuration::from_hours(24),
        Move::Month => {
            let here = now.to_zoned(jiff::tz::TimeZone::UTC);
            let there = here.checked_add(jiff::Span::new().months(1)).ok()?;
            there.timestamp().duration_since(now)
        }
        Move::Minutes(minutes) if (1..=MOST_MINUTES).contains(&minutes) => SignedDuration::from_mins(minutes),
        Move::Minutes(_) => return None,
    };
    offset.checked_add(step).filter(|offset| *offset <= FURTHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_add_up_to_ten_years() {
        let now: Timestamp = "2026-01-31T12:00:00Z".parse().unwrap();
        let hours = |offset: SignedDuration, by| moved(offset, now, by).map(|offset| offset.as_hours());
        let ahead = SignedDuration::from_hours(5);
        assert_eq!(hours(ahead, Move::Hour), Some(6));
        assert_eq!(hours(ahead, Move::Day), Some(29));
        assert_eq!(hours(ahead, Move::Month), Some(5 + 28 * 24), "to 28 February");
        assert_eq!(hours(ahead, Move::Minutes(120)), Some(7));
        assert_eq!(hours(ahead, Move::Reset), Some(0));
        assert_eq!(hours(ahead, Move::Minutes(0)), None);
        assert_eq!(hours(ahead, Move::Minutes(MOST_MINUTES + 1)), None);
        assert_eq!(hours(FURTHEST, Move::Hour), None);
    }
}
