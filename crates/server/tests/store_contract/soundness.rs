use palier_server::store::sign_ups::{self, Applicant, Subject};
use palier_server::store::{Store, accounts, soundness};
use sea_orm::ConnectionTrait as _;

use crate::support::{HERE, at, keep_client, keep_lease, new_account, new_sign_up};

/// A tenant with an account, who agreed to the terms.
async fn keep_tenant(store: &Store) {
    let lease = keep_lease(store, HERE, "1").await;
    accounts::insert(store.write(), new_account(HERE, Some(lease), "a@exemple.fr", 1)).await.unwrap();
    let consent =
        "INSERT INTO consents (account_id, version, sha256, accepted_at) SELECT id, '1', '', 0 FROM accounts";
    change(store, consent).await;
}

async fn change(store: &Store, statement: &str) {
    store.write().execute_unprepared(statement).await.unwrap();
}

pub(crate) async fn finds_nothing_in_what_journeys_leave(store: Store) {
    assert!(store.is_current().await.unwrap());
    keep_tenant(&store).await;
    let client_id = keep_client(&store, HERE, "48213").await;
    let applicant = Applicant {
        client_id,
        organisation: "Mairie de Vaux".to_owned(),
        first_name: "Ève".to_owned(),
        surname: "d’ALMEIDA".to_owned(),
        colleague: false,
        takeover: false,
    };
    let subject = Subject::Client(Box::new(applicant));
    let new = sign_ups::NewSignUp { subject, ..new_sign_up(HERE, 1, "b@exemple.fr", 2) };
    let confirmed = sign_ups::insert(store.write(), new).await.unwrap();
    sign_ups::mark_used(store.write(), confirmed, None, at(1)).await.unwrap();
    assert_eq!(soundness::faults(&store).await.unwrap(), Vec::<String>::new());
}

pub(crate) async fn finds_what_is_half_done(store: Store) {
    keep_tenant(&store).await;
    for (broken, told, mended) in [
        (
            "INSERT INTO sessions (portal, account_id, token_hash, stay, created_at, seen_at, expires_at) \
             SELECT 'ekidom', id, password_hash, FALSE, 0, 0, 0 FROM accounts",
            "1 sessions of another portal than their account's",
            "DELETE FROM sessions",
        ),
        ("DELETE FROM consents", "1 open accounts of tenants without an agreement to the terms", ""),
        ("UPDATE leases SET portal = 'ekidom'", "1 open accounts of a lease that isn't their portal's", ""),
    ] {
        let broken = broken.replace("password_hash", if_postgres(&store, "decode('00', 'hex')", "x'00'"));
        change(&store, &broken).await;
        let faults = soundness::faults(&store).await.unwrap();
        assert!(faults.iter().any(|fault| fault == told), "{told}: {faults:?}");
        if !mended.is_empty() {
            change(&store, mended).await;
        }
    }
}

fn if_postgres<'a>(store: &Store, one: &'a str, other: &'a str) -> &'a str {
    match store.read().get_database_backend() {
        sea_orm::DbBackend::Postgres => one,
        _ => other,
    }
}
