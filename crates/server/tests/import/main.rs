//! Import of files as landlords, banks and offices make them (D1), against a real store.

#![expect(clippy::expect_used, reason = "a test that can't go on has failed")]

mod clients;
mod exits;
mod leases;
mod partners;
mod support;
