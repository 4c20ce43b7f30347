//! What time it is, passed in: the demonstration moves it, tests choose it.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A source of the present moment.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The demonstration's clock: the machine's, moved forward.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    offset_seconds: AtomicI64,
}

impl ShiftedClock {
    /// How far ahead of the machine's clock it is.
    pub fn offset(&self) -> SignedDuration {
        SignedDuration::from_secs(self.offset_seconds.load(Ordering::Relaxed))
    }

    /// Sets how far ahead of the machine's clock it is; parts of a second are dropped.
    pub fn set(&self, offset: SignedDuration) {
        self.offset_seconds.store(offset.as_secs(), Ordering::Relaxed);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now();
        now.checked_add(self.offset()).unwrap_or(now)
    }
}

/// A clock for tests, which stands still until it is moved.
#[derive(Debug)]
pub struct FixedClock {
    seconds: AtomicI64,
}

impl FixedClock {
    /// A clock that stands at `now`; parts of a second are dropped.
    pub fn new(now: Timestamp) -> Self {
        Self { seconds: AtomicI64::new(now.as_second()) }
    }

    /// Moves it to `now`.
    pub fn set(&self, now: Timestamp) {
        self.seconds.store(now.as_second(), Ordering::Relaxed);
    }

    /// Moves it forward, or back when `by` is negative.
    pub fn advance(&self, by: SignedDuration) {
        self.seconds.fetch_add(by.as_secs(), Ordering::Relaxed);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.seconds.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_goes_where_it_is_told() {
        let clock = FixedClock::new(Timestamp::UNIX_EPOCH);
        clock.advance(SignedDuration::from_hours(25));
        assert_eq!(clock.now().to_string(), "1970-01-02T01:00:00Z");
    }

    #[test]
    fn a_shifted_clock_is_ahead_by_its_offset() {
        let clock = ShiftedClock::default();
        clock.set(SignedDuration::from_hours(24 * 60));
        let ahead = clock.now().duration_since(SystemClock.now());
        assert!((ahead - clock.offset()).abs() < SignedDuration::from_secs(5), "{ahead}");
    }
}
