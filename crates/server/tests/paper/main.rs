//! Documents on paper: PDF as people look at them, and as programs read them to people.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what went wrong by failing where it does"
)]

mod letter;
mod picture;
mod sheet;
mod support;
