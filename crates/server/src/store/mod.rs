//! What is kept: one implementation for SQLite and PostgreSQL, a module of functions a table.
//!
//! Functions take the connection or the transaction to work in, so that a journey decides what happens together.
//! Those that only read accept [`Store::read`]; those that write want [`Store::write`] or, when several must happen
//! together or a row is held, the transaction of [`Store::begin`]. Every row belongs to a portal, and a function that
//! looks something up is told which: what another portal keeps is absent.

mod batch;
mod chain;
mod convert;
mod engine;
mod entities;
mod error;
mod insert;
mod lock;
mod migrations;

pub mod accounts;
pub mod client_users;
pub mod clients;
pub mod departures;
pub mod designations;
pub mod desk_journal;
pub mod email_changes;
pub mod erasure;
pub mod export;
pub mod guards;
pub mod housekeeping;
pub mod idempotency;
pub mod joinings;
pub mod journal;
mod journal_cuts;
pub mod kept_files;
pub mod leases;
pub mod leaving;
pub mod letters;
pub mod links;
pub mod memberships;
pub mod organisations;
pub mod outbox;
pub mod partner_letters;
pub mod partners;
pub mod passkeys;
pub mod password_ends;
mod posted;
pub mod promo_uses;
mod reminders;
pub mod retention;
mod searched;
pub mod sessions;
pub mod settings;
pub mod sign_ups;
pub mod soundness;
pub mod staff;
pub mod staff_sessions;
pub mod stuck;
pub mod throttles;

pub use batch::Counts;
pub use engine::Store;
pub use error::{Conflict, StoreError};

/// A part of a list: rows from `offset` on, `most` of them at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many rows come before it.
    pub offset: u64,
    /// How many rows it has at most.
    pub most: u64,
}
