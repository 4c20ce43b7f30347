//! Leaving the home, whose end closes the account some months later (T11), and what closing is.

mod closing;
mod days;
#[cfg(test)]
mod tests;

pub use closing::close_due;
pub(crate) use closing::close_now;
pub use days::{Closing, NOTICES, last_day};
