//! The one place that holds rows.
//!
//! PostgreSQL locks the rows that a query found until the transaction ends. SQLite has no such clause, and sea-query
//! leaves it out: there a transaction of [`super::Store::begin`] is alone in writing from its first moment.

use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{EntityTrait, QuerySelect, Select};

/// The rows found are this transaction's until it ends; others wait.
pub(super) fn held<E: EntityTrait>(rows: Select<E>) -> Select<E> {
    rows.lock(LockType::Update)
}

/// The same, but rows that somebody else holds are left out instead of waited for.
pub(super) fn free<E: EntityTrait>(rows: Select<E>) -> Select<E> {
    rows.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
}
