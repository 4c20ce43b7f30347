//! Letters as their operator handles them, with the program as it is started (A4), and journals checked by it (A9).

#![expect(clippy::expect_used, reason = "a test that can't go on has failed")]

mod desk;
mod journals;
mod paper;
