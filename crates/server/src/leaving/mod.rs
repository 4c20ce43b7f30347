//! Leaving the home, whose end closes the account some months later (T11).

mod closing;
mod days;
#[cfg(test)]
mod tests;

pub use closing::close_due;
pub use days::{Closing, NOTICES, last_day};
