//! The lock-out, as pure functions over what the store keeps (row P6).
//!
//! A try is counted *before* the password is compared, so that parallel tries can't outrun the counting, and given back
//! when the password was right. Two counters go with each account: one for the place the try comes from, so that nobody
//! can lock somebody else out, and one for all places together, so that many places don't give many tries.

use std::cmp::min;

use jiff::{SignedDuration, Timestamp};
use palier_domain::account::{FAILURES_A_DAY, LOCK_MINUTES, TRIES};
use palier_domain::values::Date;

use crate::store::guards::Guard;

/// When a try is made.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The present moment.
    pub now: Timestamp,
    /// What day it is at the landlord's: counters start anew each day.
    pub day: Date,
    /// When that day ends.
    pub day_ends: Timestamp,
}

/// The two counters that a try goes by.
#[derive(Clone, Debug)]
pub struct Counters {
    /// The one of the place the try comes from.
    pub here: Guard,
    /// The one of all places together.
    pub everywhere: Guard,
    /// Whether somebody has signed in to this account from this place before.
    pub known_place: bool,
}

/// A try that may be made, already counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// How many more may be made if this one fails.
    pub tries_left: u32,
    /// When the next may be made if this one fails and none is left.
    pub locked_until: Option<Timestamp>,
}

/// A try that may not be made; nothing was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// When the next one may be.
    pub until: Timestamp,
}

impl Counters {
    /// Counts a try that is about to be made.
    pub fn admit(&mut self, moment: Moment) -> Result<Admitted, Locked> {
        start_the_day(&mut self.here, moment.day);
        start_the_day(&mut self.everywhere, moment.day);
        if let Some(until) = self.here.locked_until.filter(|until| *until > moment.now) {
            return Err(Locked { until });
        }
        self.here.locked_until = None;
        let left_today = FAILURES_A_DAY.saturating_sub(self.everywhere.day_failures);
        if !self.known_place && left_today == 0 {
            return Err(Locked { until: moment.day_ends });
        }
        self.everywhere.day_failures = self.everywhere.day_failures.saturating_add(1);
        self.here.day_failures = self.here.day_failures.saturating_add(1);
        self.here.failures += 1;
        if self.here.failures >= TRIES {
            self.here.failures = 0;
            self.here.locked_until =
                Some(moment.now.checked_add(lock(self.here.locks)).unwrap_or(Timestamp::MAX));
            self.here.locks = self.here.locks.saturating_add(1);
        }
        Ok(self.admitted(left_today - min(left_today, 1), moment))
    }

    fn admitted(&self, left_today: u32, moment: Moment) -> Admitted {
        if self.here.locked_until.is_some() {
            return Admitted { tries_left: 0, locked_until: self.here.locked_until };
        }
        let left_here = TRIES - self.here.failures;
        if self.known_place || left_today > 0 {
            let tries_left = if self.known_place { left_here } else { min(left_here, left_today) };
            return Admitted { tries_left, locked_until: None };
        }
        Admitted { tries_left: 0, locked_until: Some(moment.day_ends) }
    }

    /// The password was right: this place starts anew, and the day's count gets back what this try took.
    ///
    /// The failures of other places stay counted: the owner's visits must not give a guesser more tries.
    pub fn forgive(&mut self, day: Date) {
        self.take_back(day);
        self.here.failures = 0;
        self.here.locks = 0;
        self.here.locked_until = None;
        self.here.day_failures = 0;
    }

    /// The password could not be compared at all: this try doesn't count, the ones before it do.
    pub fn take_back(&mut self, day: Date) {
        start_the_day(&mut self.here, day);
        start_the_day(&mut self.everywhere, day);
        self.everywhere.day_failures = self.everywhere.day_failures.saturating_sub(1);
        self.here.day_failures = self.here.day_failures.saturating_sub(1);
        if self.here.locked_until.take().is_some() {
            self.here.failures = TRIES;
            self.here.locks = self.here.locks.saturating_sub(1);
        }
        self.here.failures = self.here.failures.saturating_sub(1);
    }
}

/// Counts are of one day; a lock under way goes on past midnight.
fn start_the_day(guard: &mut Guard, day: Date) {
    if guard.day != Some(day) {
        *guard = Guard { locked_until: guard.locked_until, day: Some(day), ..Guard::default() };
    }
}

/// Ten minutes, then twenty, forty… A day has room for eight; more doublings than that can't be reached.
fn lock(locks_before: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(LOCK_MINUTES) << min(locks_before, 8))
}

#[cfg(test)]
mod tests;
