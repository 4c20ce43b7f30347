use jiff::SignedDuration;
use palier_domain::desk::Role;
use palier_domain::profile::Device;
use palier_domain::values::Date;
use palier_server::store::Store;
use palier_server::store::guards::{Guard, remember_place, save};
use palier_server::store::housekeeping::{Purged, purge};
use palier_server::store::kept_files::NewFile;
use palier_server::store::links::Kind;
use palier_server::store::outbox::{NewMail, enqueue, mark_failed, mark_sent};
use palier_server::store::passkeys::{NewChallenge, keep_challenge};
use palier_server::store::sessions::NewSession;
use palier_server::store::sign_ups::NewSignUp;
use palier_server::store::staff_sessions::NewStaffSession;
use palier_server::store::{idempotency, kept_files, links, sessions, sign_ups, staff_sessions, throttles};

use crate::support::{DAY, HERE, HOUR, MINUTE, at, email, hash, keep_account, keep_lease, new_sign_up, rows};

/// When the purge runs.
const NOW: i64 = 400 * DAY;

/// Of each kind at least one row that goes, and one that stays though it would go soon.
pub(crate) async fn deletes_what_is_past_its_time_and_nothing_else(store: Store) {
    keep_sign_ups(&store).await;
    keep_sessions(&store).await;
    keep_staff_sessions(&store).await;
    keep_challenges(&store).await;
    keep_guards(&store).await;
    keep_counts(&store).await;
    keep_mails(&store).await;
    let gone = Purged {
        sign_ups: 1,
        links: 1,
        sessions: 2,
        staff_sessions: 1,
        guards: 2,
        places: 1,
        throttles: 1,
        requests: 1,
        challenges: 1,
        mails: 2,
    };
    assert_eq!(purge(store.write(), at(NOW)).await.unwrap(), gone);
    assert_eq!(purge(store.write(), at(NOW)).await.unwrap(), Purged::default());
    for (table, left) in [
        ("leases", 1),
        ("accounts", 1),
        ("sign_ups", 1),
        ("links", 1),
        ("sessions", 2),
        ("staff_sessions", 1),
        ("passkey_challenges", 1),
        ("guards", 2),
        ("places", 1),
        ("throttles", 1),
        ("idempotency", 1),
        ("outbox", 3),
        ("kept_files", 1),
    ] {
        assert_eq!(rows(&store, table).await, left, "{table}");
    }
}

async fn keep_sign_ups(store: &Store) {
    let lease_id = keep_lease(store, HERE, "1").await;
    for (number, expires) in [(1, NOW - 30 * DAY), (2, NOW - 30 * DAY + 1)] {
        let new = new_sign_up(HERE, lease_id, &format!("m{number}@exemple.fr"), number);
        let id = sign_ups::insert(store.write(), NewSignUp { expires_at: at(expires), ..new }).await.unwrap();
        let kind = Kind::ConfirmSignUp;
        links::issue(store.write(), HERE, kind, id, &hash(number), at(0), at(expires)).await.unwrap();
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
    for (source, seen) in [("192.0.2.1", NOW - 365 * DAY), ("192.0.2.2", NOW - 365 * DAY + 1)] {
        remember_place(store.write(), HERE, "7", source, at(seen)).await.unwrap();
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

async fn keep_mails(store: &Store) {
    let mut mails = Vec::new();
    let file = NewFile {
        portal: HERE.to_owned(),
        media_type: "application/pdf".to_owned(),
        name: "Accord.pdf".to_owned(),
        content: b"%PDF".to_vec(),
        now: at(0),
    };
    let attachment = Some(kept_files::keep(store.write(), file).await.unwrap());
    for number in 0..5 {
        let mail = NewMail {
            portal: HERE.to_owned(),
            kind: "account_active",
            to: email("marie@exemple.fr"),
            reply_to: None,
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            language: "fr".to_owned(),
            message_id: number.to_string(),
            attachment,
            now: at(0),
        };
        mails.push(enqueue(store.write(), mail).await.unwrap());
    }
    let past = at(NOW - 30 * DAY);
    mark_sent(store.write(), mails[0], past).await.unwrap();
    mark_sent(store.write(), mails[1], at(NOW - 30 * DAY + MINUTE)).await.unwrap();
    mark_failed(store.write(), mails[2], past, None, "no such mailbox").await.unwrap();
    mark_failed(store.write(), mails[3], past, at(NOW - 29 * DAY), "connection refused").await.unwrap();
}
