use jiff::SignedDuration;
use palier_domain::desk::Role;
use palier_domain::profile::Device;
use palier_domain::values::Date;
use palier_server::store::Store;
use palier_server::store::guards::{Guard, save};
use palier_server::store::housekeeping::{Purged, purge};
use palier_server::store::passkeys::{NewChallenge, keep_challenge};
use palier_server::store::sessions::NewSession;
use palier_server::store::staff_sessions::NewStaffSession;
use palier_server::store::{idempotency, sessions, staff_sessions, throttles};

use crate::support::{DAY, HERE, HOUR, at, hash, keep_account, rows};

/// When the purge runs.
const NOW: i64 = 400 * DAY;

/// Of each kind at least one row that goes, and one that stays though it would go soon.
pub(crate) async fn deletes_what_is_past_its_time_and_nothing_else(store: Store) {
    keep_sessions(&store).await;
    keep_staff_sessions(&store).await;
    keep_challenges(&store).await;
    keep_guards(&store).await;
    keep_counts(&store).await;
    let gone = Purged { sessions: 2, staff_sessions: 1, guards: 2, throttles: 1, requests: 1, challenges: 1 };
    assert_eq!(purge(store.write(), at(NOW)).await.unwrap(), gone);
    assert_eq!(purge(store.write(), at(NOW)).await.unwrap(), Purged::default());
    for (table, left) in [
        ("accounts", 1),
        ("sessions", 2),
        ("staff_sessions", 1),
        ("passkey_challenges", 1),
        ("guards", 2),
        ("throttles", 1),
        ("idempotency", 1),
    ] {
        assert_eq!(rows(&store, table).await, left, "{table}");
    }
}

async fn keep_sessions(store: &Store) {
    let account_id = keep_account(store, HERE, "marie@exemple.fr", 1).await;
    for (number, stay, seen, expires) in [
        (1, true, NOW, NOW),
        (2, true, NOW - 20 * DAY, NOW + 1),
        (3, false, NOW - DAY, NOW + HOUR),
        (4, false, NOW - DAY + 1, NOW + HOUR),
    ] {
        let (token_hash, now, expires_at) = (hash(number), at(seen), at(expires));
        let new = NewSession {
            portal: HERE.to_owned(),
            account_id,
            token_hash,
            stay,
            device: Device::default(),
            now,
            expires_at,
        };
        sessions::insert(store.write(), new).await.unwrap();
    }
}

async fn keep_challenges(store: &Store) {
    for (number, expires) in [(1, NOW), (2, NOW + 1)] {
        let new = NewChallenge {
            portal: HERE.to_owned(),
            handle_hash: hash(number),
            session_id: None,
            state: "{}".to_owned(),
            expires_at: at(expires),
        };
        keep_challenge(store.write(), new).await.unwrap();
    }
}

async fn keep_staff_sessions(store: &Store) {
    let staff_id = crate::staff::invited(store, HERE, "ines@banque.example", Role::Support).await;
    for (number, expires) in [(1, NOW), (2, NOW + 1)] {
        let (token_hash, now, expires_at) = (hash(number), at(NOW - HOUR), at(expires));
        let new = NewStaffSession {
            portal: HERE.to_owned(),
            staff_id,
            token_hash,
            second_factor: true,
            now,
            expires_at,
        };
        staff_sessions::insert(store.write(), new).await.unwrap();
    }
}

async fn keep_guards(store: &Store) {
    // The purge runs on 11 December 2027.
    let day = |day| Date::new(2027, 12, day);
    for (subject, day, locked_until) in [
        ("old", day(8), None),
        ("never saved", None, None),
        ("recent", day(9), Some(at(NOW - DAY))),
        ("still locked", day(8), Some(at(NOW + 1))),
    ] {
        let guard = Guard { failures: 1, day, locked_until, ..Guard::default() };
        save(store.write(), HERE, subject, &[("*", &guard)]).await.unwrap();
    }
}

async fn keep_counts(store: &Store) {
    for (key, begun) in [("a", NOW - HOUR), ("b", NOW - HOUR + 1)] {
        throttles::hit(store.write(), HERE, "mail", key, SignedDuration::from_hours(1), at(begun))
            .await
            .unwrap();
    }
    let transaction = store.begin().await.unwrap();
    for (key, claimed) in [("a", NOW - 2 * DAY), ("b", NOW - 2 * DAY + 1)] {
        idempotency::claim(&transaction, HERE, key, &hash(1), at(claimed)).await.unwrap();
    }
    transaction.commit().await.unwrap();
}
