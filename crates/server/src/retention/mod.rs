//! The nightly job that keeps to the retention table (T11, D4), what it would do, and the erasure of one person.
//!
//! Every row is counted before it is touched: where nothing goes, nothing is written. Accounts are erased in a
//! transaction each; several servers may do it at once.

mod erase;

use palier_domain::retention::{Kind, Rule};
use palier_domain::texts::Texts;

pub use erase::{Erased, erase};

use crate::account::subject;
use crate::config::{PortalConfig, past};
use crate::http::state::AppState;
use crate::store::retention::{self, Past};
use crate::store::{StoreError, accounts, erasure};

/// How many accounts are looked for at once.
const ROUND: u64 = 200;

/// Deletes what is past its time in all portals; how many rows and accounts went.
pub async fn apply_due(state: &AppState) -> Result<u64, StoreError> {
    let mut gone = 0;
    for portal in &state.config().portals {
        for (_, _, count) in apply(state, portal).await? {
            gone += count;
        }
    }
    Ok(gone)
}

/// The rows of a portal's table, how long each is kept, and how much of it would go now. Nothing is changed.
pub async fn due(state: &AppState, portal: &PortalConfig) -> Result<Vec<(Rule, u32, u64)>, StoreError> {
    let mut table = Vec::new();
    for (rule, period) in portal.retention.kept.rows() {
        let count = match since(state, portal, rule, period) {
            Some(past) => retention::count(state.store().read(), portal.slug(), rule.kind, past).await?,
            None => 0,
        };
        table.push((rule, period, count));
    }
    Ok(table)
}

/// The same, and it goes.
pub async fn apply(state: &AppState, portal: &PortalConfig) -> Result<Vec<(Rule, u32, u64)>, StoreError> {
    let mut table = Vec::new();
    for (rule, period) in portal.retention.kept.rows() {
        let mut gone = 0;
        if let Some(past) = since(state, portal, rule, period)
            && retention::count(state.store().read(), portal.slug(), rule.kind, past).await? > 0
        {
            gone = match rule.kind {
                Kind::ClosedAccounts | Kind::Drafts => erase_due(state, portal, rule.kind, past).await?,
                _ => rows(state, portal, rule.kind, past).await?,
            };
        }
        table.push((rule, period, gone));
    }
    Ok(table)
}

/// What a row of the table is about, in words.
pub(crate) fn what(texts: &Texts, rule: Rule) -> &str {
    // Every kind has its words: a test says so.
    texts.find(&format!("retention.what.{}", rule.kind.name())).unwrap_or_default()
}

/// How long it is kept, in words: `12 mois`.
pub(crate) fn period(texts: &Texts, rule: Rule, count: u32) -> String {
    texts.count(&format!("retention.unit.{}", rule.unit.name()), u64::from(count), &[])
}

fn since(state: &AppState, portal: &PortalConfig, rule: Rule, period: u32) -> Option<Past> {
    let at = past(rule.unit, period, &portal.time_zone, state.now())?;
    Some(Past { at, day: at.to_zoned(portal.time_zone.clone()).date() })
}

async fn rows(state: &AppState, portal: &PortalConfig, kind: Kind, past: Past) -> Result<u64, StoreError> {
    let transaction = state.store().begin().await?;
    let gone = retention::delete(&transaction, portal.slug(), kind, past, state.now()).await?;
    transaction.commit().await?;
    Ok(gone)
}

async fn erase_due(
    state: &AppState,
    portal: &PortalConfig,
    kind: Kind,
    past: Past,
) -> Result<u64, StoreError> {
    let (mut gone, mut after) = (0, 0);
    loop {
        let conn = state.store().read();
        let due = retention::accounts_to_erase(conn, portal.slug(), kind, past, (after, ROUND)).await?;
        let Some(last) = due.last() else { return Ok(gone) };
        after = *last;
        for id in due {
            let transaction = state.store().begin().await?;
            accounts::hold(&transaction, portal.slug(), id).await?;
            // Who came back meanwhile is left alone.
            if retention::is_due(&transaction, portal.slug(), kind, past, id).await?
                && erasure::erase(&transaction, portal.slug(), id, &subject(id), state.now()).await?
            {
                transaction.commit().await?;
                gone += 1;
            }
        }
    }
}
