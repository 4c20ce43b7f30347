//! Every address of the API, asked as the pages ask it: the whole server over a real database, with a clock and
//! randomness that the tests choose.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by failing where it does"
)]

mod confirmation;
mod documented;
mod idempotency;
mod identity;
mod lockout;
mod membership;
mod recovery;
mod resend;
mod scheme;
mod session;
mod sign_in;
mod sign_up;
mod sign_up_checks;
mod sign_up_refusals;
mod support;
mod timing;
