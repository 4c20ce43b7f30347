use std::time::Duration;

use jiff::SignedDuration;
use palier_server::store::outbox::claim_due;
use palier_server::store::settings::{get, keep_first, set};
use palier_server::store::{Store, StoreError, accounts, leases};

use crate::outbox::write as write_mail;
use crate::support::{
    HERE, at, keep_account, keep_lease, lease, on_new_postgres, on_new_sqlite, on_postgres, on_sqlite, rows,
    twenty,
};

pub(crate) async fn migrates_again_without_harm(store: Store) {
    keep_lease(&store, HERE, "1").await;
    store.migrate().await.unwrap();
    store.ping().await.unwrap();
    assert_eq!(leases::count(store.read(), HERE).await.unwrap(), 1);
}

pub(crate) async fn undoes_what_was_not_committed(store: Store) {
    let transaction = store.begin().await.unwrap();
    set(&transaction, "name", "value").await.unwrap();
    drop(transaction);
    let transaction = store.begin().await.unwrap();
    assert_eq!(get(&transaction, "name").await.unwrap(), None);
    set(&transaction, "name", "value").await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(get(store.read(), "name").await.unwrap().as_deref(), Some("value"));
}

pub(crate) async fn reads_while_somebody_writes(store: Store) {
    set(store.write(), "name", "before").await.unwrap();
    let transaction = store.begin().await.unwrap();
    set(&transaction, "name", "after").await.unwrap();
    assert_eq!(get(store.read(), "name").await.unwrap().as_deref(), Some("before"));
    store.ping().await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(get(store.read(), "name").await.unwrap().as_deref(), Some("after"));
}

pub(crate) async fn keeps_settings(store: Store) {
    assert_eq!(get(store.read(), "clock").await.unwrap(), None);
    set(store.write(), "clock", "0").await.unwrap();
    set(store.write(), "clock", "86400").await.unwrap();
    set(store.write(), "other", "").await.unwrap();
    assert_eq!(get(store.read(), "clock").await.unwrap().as_deref(), Some("86400"));
    assert_eq!(get(store.read(), "other").await.unwrap().as_deref(), Some(""));
}

pub(crate) async fn keeps_one_setting_of_twenty_first_ones(store: Store) {
    let kept = twenty(&store, |store, number| async move {
        keep_first(store.write(), "key", &number.to_string()).await.unwrap()
    })
    .await;
    let first = get(store.read(), "key").await.unwrap();
    assert!(kept.iter().all(|value| Some(value) == first.as_ref()), "{first:?}: {kept:?}");
    assert_eq!(Some(keep_first(store.write(), "key", "later").await.unwrap()), first);
}

async fn twenty_servers_start(store: Store) {
    twenty(&store, |store, _| async move { store.migrate().await.unwrap() }).await;
    store.ping().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_make_the_tables_once_on_sqlite() {
    on_new_sqlite(twenty_servers_start).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_make_the_tables_once_on_postgres() {
    on_new_postgres(twenty_servers_start).await;
}

/// As a server and an import do: each reads, then writes what follows from it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn programs_that_share_a_file_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("palier.db").display());
    let stores = [Store::open(&url).await.unwrap(), Store::open(&url).await.unwrap()];
    stores[0].migrate().await.unwrap();
    let programs = stores.clone().map(|store| {
        tokio::spawn(async move {
            for _ in 0..50 {
                let transaction = store.begin().await.unwrap();
                let count =
                    get(&transaction, "count").await.unwrap().map_or(0, |count| count.parse().unwrap());
                set(&transaction, "count", &(count + 1).to_string()).await.unwrap();
                transaction.commit().await.unwrap();
            }
        })
    });
    for program in programs {
        program.await.unwrap();
    }
    assert_eq!(get(stores[0].read(), "count").await.unwrap().as_deref(), Some("100"));
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_of_postgres_never_wait_for_each_other() {
    on_postgres(|store| async move {
        let ids = [write_mail(&store, 1, 0).await, write_mail(&store, 2, 0).await];
        let lease = SignedDuration::from_mins(2);
        let slow = store.begin().await.unwrap();
        let first = claim_due(&slow, at(0), "slow", lease, 1).await.unwrap();
        let second = claim_due(store.write(), at(0), "quick", lease, 10);
        let second = tokio::time::timeout(Duration::from_secs(10), second).await.expect("no wait").unwrap();
        assert_eq!([first[0].id, second[0].id], ids);
        slow.rollback().await.unwrap();
        assert_eq!(claim_due(store.write(), at(0), "quick", lease, 10).await.unwrap()[0].id, ids[0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_sqlite_is_the_database_of_that_moment() {
    on_sqlite(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup é.db");
        keep_lease(&store, HERE, "1").await;
        let id = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
        // The server goes on: what isn't committed isn't in it, and writing isn't stopped by it.
        let transaction = store.begin().await.unwrap();
        leases::upsert_many(&transaction, HERE, &[lease("2", "Martin")], at(0)).await.unwrap();
        store.backup(&file).await.unwrap();
        transaction.commit().await.unwrap();
        let copy = Store::open(&format!("sqlite:{}", file.display())).await.unwrap();
        copy.migrate().await.unwrap();
        assert_eq!(leases::count(copy.read(), HERE).await.unwrap(), 1);
        assert_eq!(accounts::by_id(copy.read(), HERE, id).await.unwrap().unwrap().surname, "LEFÈVRE");
        assert_eq!(rows(&copy, "pragma_integrity_check WHERE integrity_check <> 'ok'").await, 0);
        // And it can be worked with.
        keep_lease(&copy, HERE, "3").await;
        assert_eq!(leases::count(store.read(), HERE).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_backup_never_replaces_a_file() {
    on_sqlite(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.txt");
        std::fs::write(&file, "precious").unwrap();
        assert!(matches!(store.backup(&file).await, Err(StoreError::File { .. })));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
        assert!(matches!(store.backup(&folder.path().join("none/x.db")).await, Err(StoreError::File { .. })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgres_is_pg_dump_s() {
    on_postgres(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.db");
        let refused = store.backup(&file).await.unwrap_err();
        assert!(refused.to_string().contains("pg_dump"), "{refused}");
        assert!(!file.exists());
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn files_of_sqlite_are_their_owner_s_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("palier.db"), folder.path().join("copy.db"));
    let store = Store::open(&format!("sqlite:{}", file.display())).await.unwrap();
    store.migrate().await.unwrap();
    store.backup(&copy).await.unwrap();
    for path in [&file, &folder.path().join("palier.db-wal"), &copy] {
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}

#[tokio::test]
async fn reading_sqlite_never_writes() {
    on_sqlite(|store| async move {
        assert!(matches!(set(store.read(), "name", "value").await, Err(StoreError::Database(_))));
        set(store.write(), "name", "value").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_none_is_explained() {
    for url in [
        "",
        "mysql://localhost/palier",
        "sqlite::memory:",
        "sqlite:palier.db?mode=memory",
        "sqlite:palier.db?wal=on",
        "postgres://localhost:port/palier",
    ] {
        let refused = Store::open(url).await.map(drop).unwrap_err();
        assert!(matches!(refused, StoreError::Address(_)), "{url}: {refused:?}");
        assert!(refused.to_string().starts_with("database_url: "), "{refused}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_said_at_once() {
    // Port 9 of this machine, where nothing listens.
    let refused = Store::open("postgres://palier@127.0.0.1:9/palier").await.map(drop).unwrap_err();
    assert!(refused.to_string().contains("refused"), "{refused}");
}

#[tokio::test]
async fn a_database_without_tables_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.path().join("new.db").display())).await.unwrap();
    assert!(store.ping().await.is_err());
    store.migrate().await.unwrap();
    store.ping().await.unwrap();
}
