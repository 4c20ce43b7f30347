//! E-mails: what they say, and that each reaches a real mail server once, whatever happens on the way.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what went wrong by failing where it does"
)]

mod attachments;
mod colleagues;
mod compose;
mod demo;
mod demo_desk;
mod demo_letters;
mod letter;
mod samples;
mod sink;
mod support;
mod worker;
mod worker_trouble;
