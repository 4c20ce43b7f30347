//! Leaving: the home, whose end closes the account some months later (T11), and the portal, whose tenants may ask for
//! their data and for an end of their account (T10, D4). What is kept afterwards is [`crate::retention`]'s to say.

mod closing;
mod days;
#[cfg(test)]
mod tests;

pub use closing::close_due;

pub use days::{Closing, NOTICES, last_day};
