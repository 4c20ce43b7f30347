//! Databases for the cases, and the data they work with.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use palier_domain::values::{Email, LeaseReference, LoginIdentifier, ReferenceFormat};
use palier_server::store::accounts::{self, NewAccount};
use palier_server::store::designations::{self, NewDesignation};
use palier_server::store::leases::{self, NewLease};
use palier_server::store::sign_ups::{NewSignUp, Purpose, Subject};
use palier_server::store::{Store, StoreError, clients};
use sea_orm::{ConnectionTrait as _, Database};
use tokio::sync::Barrier;

/// Two portals of one server.
pub(crate) const HERE: &str = "extranet";
pub(crate) const THERE: &str = "ekidom";

/// Runs a case on a SQLite database of its own.
pub(crate) async fn on_sqlite<F: Future<Output = ()>>(case: impl FnOnce(Store) -> F) {
    on_new_sqlite(|store| async move {
        store.migrate().await.expect("its tables");
        case(store).await;
    })
    .await;
}

/// The same, before it has tables.
pub(crate) async fn on_new_sqlite<F: Future<Output = ()>>(case: impl FnOnce(Store) -> F) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("made for it").join("palier.db");
    case(Store::open(&format!("sqlite:{}", file.display())).await.expect("a new database")).await;
}

/// Runs a case on a schema of its own in the PostgreSQL of the tests.
pub(crate) async fn on_postgres<F: Future<Output = ()>>(case: impl FnOnce(Store) -> F) {
    on_new_postgres(|store| async move {
        store.migrate().await.expect("its tables");
        case(store).await;
    })
    .await;
}

/// The same, before it has tables.
pub(crate) async fn on_new_postgres<F: Future<Output = ()>>(case: impl FnOnce(Store) -> F) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("PALIER_TEST_POSTGRES_URL").expect(
        "PALIER_TEST_POSTGRES_URL names no PostgreSQL: run `make test`, or this command by scripts/with-postgres",
    );
    let schema = format!("case_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let connection =
        Database::connect(&server).await.expect("the PostgreSQL that PALIER_TEST_POSTGRES_URL names");
    let drop = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
    connection.execute_unprepared(&drop).await.expect("dropping a schema");
    connection.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.expect("making a schema");
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options[search_path]={schema}");
    case(Store::open(&url).await.expect("the schema")).await;
    connection.execute_unprepared(&drop).await.expect("dropping the schema");
}

/// Runs twenty of them at once and gives what each gave. They begin together, when the store has opened the
/// connections it may have: otherwise they would come one after the other, and prove nothing.
pub(crate) async fn twenty<T, F>(store: &Store, task: impl Fn(Store, u8) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let together = Arc::new(Barrier::new(20));
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let (store, together, task) = (store.clone(), together.clone(), task(store.clone(), number));
            tokio::spawn(async move {
                // Without tables it fails, by a connection that is open from then on all the same.
                let _ = store.ping().await;
                together.wait().await;
                task.await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.expect("a task that ends well"));
    }
    results
}

/// A time so many seconds after a certain noon.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_793_966_400 + seconds).expect("a time")
}

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

pub(crate) fn hash(number: u8) -> [u8; 32] {
    [number; 32]
}

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

pub(crate) fn identifier(number: u8) -> LoginIdentifier {
    LoginIdentifier::from_random([number; 8])
}

pub(crate) fn reference(digits: &str) -> LeaseReference {
    LeaseReference::parse(digits, &ReferenceFormat::any()).expect("a reference")
}

pub(crate) fn lease(digits: &str, surname: &str) -> NewLease {
    NewLease {
        reference: reference(digits),
        surname: surname.to_owned(),
        first_name: None,
        other_names: Vec::new(),
        birth_date: None,
        street: None,
        postal_code: None,
        town: None,
        entered_on: None,
        left_on: None,
        email: None,
    }
}

/// Keeps a lease and gives its id.
pub(crate) async fn keep_lease(store: &Store, portal: &str, digits: &str) -> i64 {
    leases::upsert_many(store.write(), portal, &[lease(digits, "Lefèvre")], at(0)).await.expect("a lease");
    leases::find(store.read(), portal, &reference(digits)).await.expect("an answer").expect("the lease").id
}

pub(crate) fn new_sign_up(portal: &str, lease_id: i64, address: &str, handle: u8) -> NewSignUp {
    NewSignUp {
        portal: portal.to_owned(),
        subject: Subject::Lease(lease_id),
        handle_hash: hash(handle),
        email: email(address),
        password_hash: "$argon2id$…".to_owned(),
        purpose: Purpose::Confirm,
        language: "fr".to_owned(),
        terms_version: "2026-11".to_owned(),
        terms_sha256: "ab".repeat(32),
        now: at(0),
        expires_at: at(DAY),
    }
}

pub(crate) fn new_account(portal: &str, lease_id: Option<i64>, address: &str, number: u8) -> NewAccount {
    NewAccount {
        portal: portal.to_owned(),
        lease_id,
        email: Some(email(address)),
        email_shared: false,
        identifier: identifier(number),
        password_until: None,
        password_hash: "$argon2id$…".to_owned(),
        first_name: Some("Aurélie".to_owned()),
        surname: "LEFÈVRE".to_owned(),
        language: "fr".to_owned(),
        now: at(0),
    }
}

/// Keeps an account without a lease and gives its id.
pub(crate) async fn keep_account(store: &Store, portal: &str, address: &str, number: u8) -> i64 {
    accounts::insert(store.write(), new_account(portal, None, address, number)).await.expect("an account")
}

/// Keeps a client organisation and gives its id.
pub(crate) async fn keep_client(store: &Store, portal: &str, digits: &str) -> i64 {
    let new = crate::clients::client(digits, "Mairie de Vaux");
    clients::upsert_many(store.write(), portal, &[new], at(0)).await.expect("an organisation");
    let number = crate::clients::number(digits);
    clients::by_number(store.read(), portal, &number).await.expect("an answer").expect("the organisation").id
}

pub(crate) fn new_designation(portal: &str, client_id: i64, address: &str) -> NewDesignation {
    NewDesignation {
        portal: portal.to_owned(),
        client_id,
        first_name: "Ève".to_owned(),
        surname: "d’ALMEIDA".to_owned(),
        email: email(address),
        language: "en".to_owned(),
        terms_version: "2026-11".to_owned(),
        terms_sha256: "ab".repeat(32),
        consented_at: at(0),
        objection_until: None,
        now: at(HOUR),
    }
}

/// Keeps an organisation with an open designation, and gives the ids of both.
pub(crate) async fn keep_designation(store: &Store, portal: &str, digits: &str) -> (i64, i64) {
    let client = keep_client(store, portal, digits).await;
    let new = new_designation(portal, client, &format!("eve{digits}@exemple.fr"));
    (client, designations::insert(store.write(), new).await.expect("a designation"))
}

/// The number of rows of a table, or of those that fulfil a condition written after its name.
pub(crate) async fn rows(store: &Store, table: &str) -> i64 {
    let backend = store.read().get_database_backend();
    let statement = sea_orm::Statement::from_string(backend, format!("SELECT COUNT(*) AS n FROM {table}"));
    let row = store.read().query_one_raw(statement).await.expect("an answer").expect("a row");
    row.try_get("", "n").expect("a number")
}

/// Nothing was done because of something unique.
pub(crate) fn is_conflict<T>(result: &Result<T, StoreError>) -> bool {
    result.as_ref().err().and_then(StoreError::conflict).is_some()
}
