//! Everything that is kept of one person (D4).

use std::collections::BTreeSet;

use palier_domain::profile::Device;
use palier_server::store::desk_journal::{self, Act};
use palier_server::store::export::{Cell, List, TABLES, Treatment, of};
use palier_server::store::guards::remember_place;
use palier_server::store::outbox::{NewMail, enqueue, mark_sent};
use palier_server::store::passkeys::{self, NewPasskey};
use palier_server::store::sessions::{self, NewSession};
use palier_server::store::{Store, accounts, email_changes};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::support::{DAY, HERE, THERE, at, email, hash, keep_account, keep_lease, new_account};

async fn all_of(store: &Store, id: i64) -> Vec<List> {
    let snapshot = store.snapshot().await.unwrap();
    let account = accounts::by_id(&snapshot, HERE, id).await.unwrap().unwrap();
    of(&snapshot, &account, &format!("account:{id}")).await.unwrap()
}

fn rows<'a>(lists: &'a [List], name: &str) -> &'a [Vec<Cell>] {
    &lists.iter().find(|list| list.name == name).expect("the list").rows
}

async fn fill(store: &Store, portal: &str, id: i64, address: &str, number: u8) {
    let session = NewSession {
        portal: portal.to_owned(),
        account_id: id,
        token_hash: hash(number),
        stay: false,
        device: Device::of("Firefox/143.0 (Windows)"),
        now: at(0),
        expires_at: at(DAY),
    };
    sessions::insert(store.write(), session).await.unwrap();
    let passkey = NewPasskey {
        portal: portal.to_owned(),
        account_id: id,
        credential: format!("credential-{number}"),
        key: "{\"secret\":1}".to_owned(),
        device: Device::default(),
        now: at(0),
    };
    passkeys::insert(store.write(), passkey).await.unwrap().unwrap();
    remember_place(store.write(), portal, &format!("account:{id}"), &format!("place-{number}"), at(1))
        .await
        .unwrap();
    mail(store, portal, address, 5).await;
}

async fn mail(store: &Store, portal: &str, address: &str, seconds: i64) -> String {
    let message_id = format!("{address}-{seconds}-{portal}");
    let mail = NewMail {
        portal: portal.to_owned(),
        kind: "password_changed",
        to: email(address),
        reply_to: None,
        subject: "A subject".to_owned(),
        text: "A text with a link".to_owned(),
        html: "<p>A text with a link</p>".to_owned(),
        language: "fr".to_owned(),
        message_id: message_id.clone(),
        attachment: None,
        now: at(seconds),
    };
    enqueue(store.write(), mail).await.unwrap();
    message_id
}

pub(crate) async fn has_everything_of_one_and_nothing_of_others(store: Store) {
    let lease = keep_lease(&store, HERE, "482173").await;
    let marie =
        accounts::insert(store.write(), new_account(HERE, Some(lease), "marie@exemple.fr", 1)).await.unwrap();
    let paul = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    let there = keep_account(&store, THERE, "marie@exemple.fr", 1).await;
    for (portal, id, address, number) in [
        (HERE, marie, "marie@exemple.fr", 1),
        (HERE, paul, "paul@exemple.fr", 2),
        (THERE, there, "marie@exemple.fr", 3),
    ] {
        fill(&store, portal, id, address, number).await;
    }
    let lists = all_of(&store, marie).await;
    for name in ["account", "leases", "sessions", "places", "passkeys", "emails"] {
        assert_eq!(rows(&lists, name).len(), 1, "{name}");
    }
    assert!(lists.iter().all(|list| !list.cut));
    let all = format!("{lists:?}");
    assert!(all.contains("marie@exemple.fr") && all.contains("482173") && all.contains("Firefox"));
    for other in ["paul@", "credential-", "secret", "argon2", "place-", "A text", "A subject"] {
        assert!(!all.contains(other), "{other}: {all}");
    }
}

pub(crate) async fn tells_what_was_sent_while_an_address_was_theirs(store: Store) {
    let marie = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    mail(&store, HERE, "marie@exemple.fr", -DAY).await;
    let sent = mail(&store, HERE, "marie@exemple.fr", 5).await;
    mark_sent(store.write(), &sent, at(6)).await.unwrap();
    mail(&store, HERE, "nouvelle@exemple.fr", 7).await;
    let account = accounts::by_id(store.read(), HERE, marie).await.unwrap().unwrap();
    let wanted = email("nouvelle@exemple.fr");
    let transaction = store.begin().await.unwrap();
    let change = email_changes::ask(&transaction, HERE, &account, &wanted, at(10)).await.unwrap();
    transaction.commit().await.unwrap();
    let done = format!(
        "UPDATE email_changes SET state = 'done', done_at = {} WHERE id = {change}",
        at(20).as_second()
    );
    store.write().execute_unprepared(&done).await.unwrap();
    let moved = format!(
        "UPDATE accounts SET email = 'nouvelle@exemple.fr', email_key = 'nouvelle@exemple.fr' WHERE id = {marie}"
    );
    store.write().execute_unprepared(&moved).await.unwrap();
    mail(&store, HERE, "marie@exemple.fr", 20).await;
    mail(&store, HERE, "nouvelle@exemple.fr", 30).await;
    mail(&store, HERE, "marie@exemple.fr", DAY).await;
    let told: Vec<Cell> =
        rows(&all_of(&store, marie).await, "emails").iter().map(|row| row[3].clone()).collect();
    assert_eq!(
        told,
        [30, 20, 5].map(|seconds| Cell::Time(at(seconds))),
        "before and after, it may be another's"
    );
    assert_eq!(rows(&all_of(&store, marie).await, "email_changes").len(), 1);

    // Somebody else has it too: nobody knows for whom each was.
    let mut other = new_account(HERE, None, "nouvelle@exemple.fr", 2);
    other.email_shared = true;
    accounts::insert(store.write(), other).await.unwrap();
    assert_eq!(rows(&all_of(&store, marie).await, "emails").len(), 2, "those to the former one");
}

pub(crate) async fn tells_of_the_desk_without_who_else_was_found(store: Store) {
    let marie = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let paul = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    let name = |id| {
        let store = store.clone();
        async move { accounts::by_id(store.read(), HERE, id).await.unwrap().unwrap().identifier.to_string() }
    };
    let (hers, his) = (name(marie).await, name(paul).await);
    let both = format!("{his} {hers}");
    for (kind, subject) in [("searched", both.as_str()), ("shown", his.as_str()), ("shown", hers.as_str())] {
        let act = Act { staff: "ines@rives.example", kind, subject };
        desk_journal::append(store.write(), HERE, at(0), act).await.unwrap();
    }
    let lists = all_of(&store, marie).await;
    let kinds: Vec<_> = rows(&lists, "desk").iter().map(|row| row[1].clone()).collect();
    assert_eq!(kinds, ["shown", "searched"].map(|kind| Cell::Name(kind.to_owned())));
    let all = format!("{lists:?}");
    assert!(!all.contains(&his) && !all.contains("ines"), "{all}");
}

pub(crate) async fn knows_every_table_there_is(store: Store) {
    let backend = store.read().get_database_backend();
    let asked = match backend {
        DbBackend::Sqlite => {
            "SELECT name AS it FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        _ => {
            "SELECT table_name::text AS it FROM information_schema.tables WHERE table_schema = current_schema()"
        }
    };
    let found = store.read().query_all_raw(Statement::from_string(backend, asked)).await.unwrap();
    let there: BTreeSet<String> = found.iter().map(|row| row.try_get("", "it").unwrap()).collect();
    let known: BTreeSet<String> = TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        there, known,
        "a table is given to who asks for their data, or left out with a reason: export/tables.rs"
    );
    let marie = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let lists: BTreeSet<&str> = all_of(&store, marie).await.iter().map(|list| list.name).collect();
    let said = TABLES.iter().filter_map(|(_, treatment)| match treatment {
        Treatment::In(lists) => Some(lists.iter().copied()),
        Treatment::Out(_) => None,
    });
    assert_eq!(said.flatten().collect::<BTreeSet<_>>(), lists);
}
