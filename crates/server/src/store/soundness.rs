//! Whether what is kept is whole: the file itself (SQLite), and what no journey ever leaves half-done. Asked by
//! `palier check`, after a crash above all.

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::{Store, StoreError};

/// What a transaction always writes together: its rows, counted, when one is there without the other. The same words for
/// both engines.
const RULES: [(&str, &str); 10] = [
    (
        "sign-ups that were confirmed and have no account",
        // A client's applicant gets a letter or a request first; their account comes by another way.
        "SELECT COUNT(*) AS found FROM sign_ups WHERE state = 'used' AND account_id IS NULL \
         AND subject NOT LIKE 'client:%'",
    ),
    (
        "sign-ups that wait for a link which was never made",
        "SELECT COUNT(*) AS found FROM sign_ups s WHERE s.state = 'open' AND s.purpose = 'confirm' AND NOT EXISTS \
         (SELECT 1 FROM links l WHERE l.kind = 'confirm_sign_up' AND l.subject_id = s.id)",
    ),
    (
        "open accounts of tenants without an agreement to the terms",
        "SELECT COUNT(*) AS found FROM accounts a WHERE a.lease_id IS NOT NULL AND a.closed_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.account_id = a.id)",
    ),
    (
        "open accounts of a lease that isn't their portal's",
        "SELECT COUNT(*) AS found FROM accounts a JOIN leases l ON l.id = a.lease_id WHERE l.portal <> a.portal",
    ),
    (
        "sessions of accounts that are closed",
        "SELECT COUNT(*) AS found FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE a.closed_at IS NOT NULL",
    ),
    (
        "sessions of another portal than their account's",
        "SELECT COUNT(*) AS found FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.portal <> a.portal",
    ),
    (
        "links that were both used and replaced",
        "SELECT COUNT(*) AS found FROM links WHERE used_at IS NOT NULL AND superseded_at IS NOT NULL",
    ),
    (
        "e-mails that were both sent and given up, or sent and still hold what they said",
        "SELECT COUNT(*) AS found FROM outbox WHERE sent_at IS NOT NULL AND (abandoned_at IS NOT NULL OR text <> '')",
    ),
    (
        "memberships without reference or contract",
        "SELECT COUNT(*) AS found FROM memberships WHERE joined_at IS NOT NULL AND (reference IS NULL OR file_id IS NULL)",
    ),
    (
        "promotional codes that count fewer uses than memberships",
        "SELECT COUNT(*) AS found FROM (SELECT m.portal, m.promo_code FROM memberships m \
         LEFT JOIN promo_uses u ON u.portal = m.portal AND u.code = m.promo_code \
         WHERE m.joined_at IS NOT NULL AND m.promo_code IS NOT NULL \
         GROUP BY m.portal, m.promo_code, u.uses HAVING COUNT(*) > COALESCE(u.uses, 0)) AS short",
    ),
];

/// Everything that isn't as it must be, in words; nothing when all is sound. Looks at one moment.
pub async fn faults(store: &Store) -> Result<Vec<String>, StoreError> {
    let snapshot = store.snapshot().await?;
    let backend = snapshot.get_database_backend();
    let mut faults = Vec::new();
    if backend == DbBackend::Sqlite {
        // PostgreSQL has pages with checksums and its own tools.
        for row in snapshot.query_all_raw(Statement::from_string(backend, "PRAGMA integrity_check")).await? {
            let said: String = row.try_get_by_index(0)?;
            if said != "ok" {
                faults.push(format!("the file is damaged: {said}"));
            }
        }
        let strays =
            snapshot.query_all_raw(Statement::from_string(backend, "PRAGMA foreign_key_check")).await?;
        for row in &strays {
            faults.push(format!("{} has a row that belongs to nothing", row.try_get_by_index::<String>(0)?));
        }
    }
    for (what, question) in RULES {
        let row = snapshot.query_one_raw(Statement::from_string(backend, question)).await?;
        let found: i64 = row.ok_or(StoreError::Unreadable("count"))?.try_get("", "found")?;
        if found > 0 {
            faults.push(format!("{found} {what}"));
        }
    }
    Ok(faults)
}
