use palier_server::store::Store;
use palier_server::store::journal::{Broken, Details, append, clients, list, page, verify};
use sea_orm::ConnectionTrait as _;

use crate::support::{HERE, THERE, at, keep_client, rows, twenty};

fn details(name: &str) -> Details {
    Details::from([("name".to_owned(), name.to_owned()), ("letter".to_owned(), "C-K7TM-94PX".to_owned())])
}

async fn write(store: &Store, client: i64, count: i64) {
    for number in 1..=count {
        let name = format!("Ève «{number}» \"d’Almeida\"");
        append(store.write(), HERE, client, at(number), "letter_asked", &details(&name)).await.unwrap();
    }
}

async fn change(store: &Store, statement: &str) {
    let changed = store.write().execute_unprepared(statement).await.unwrap();
    assert_eq!(changed.rows_affected(), 1, "{statement}");
}

async fn broken(store: &Store) -> Vec<(i64, i32)> {
    let broken = verify(store.read()).await.unwrap();
    assert!(broken.iter().all(|broken| broken.portal == HERE), "{broken:?}");
    broken.into_iter().map(|Broken { client_id, number, .. }| (client_id, number)).collect()
}

pub(crate) async fn lists_in_order_what_was_written(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    write(&store, client, 3).await;
    // The clock went back: the order is that of writing.
    append(store.write(), HERE, client, at(-60), "letter_posted", &Details::new()).await.unwrap();
    write(&store, other, 1).await;
    let entries = list(store.read(), HERE, client).await.unwrap();
    let seen: Vec<_> = entries.iter().map(|it| (it.number, it.happened_at, it.kind.as_str())).collect();
    let asked = "letter_asked";
    assert_eq!(
        seen,
        [(1, at(1), asked), (2, at(2), asked), (3, at(3), asked), (4, at(-60), "letter_posted")]
    );
    assert_eq!(entries[1].details, details("Ève «2» \"d’Almeida\""));
    assert_eq!(entries[3].details, Details::new());
    assert_eq!(list(store.read(), HERE, other).await.unwrap().len(), 1);
    assert_eq!(list(store.read(), THERE, client).await.unwrap(), []);
    assert_eq!(broken(&store).await, []);
}

pub(crate) async fn numbers_twenty_at_once_without_a_gap(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    twenty(&store, move |store, number| async move {
        let transaction = store.begin().await.unwrap();
        let name = details(&number.to_string());
        append(&transaction, HERE, client, at(0), "letter_asked", &name).await.unwrap();
        transaction.commit().await.unwrap();
    })
    .await;
    let entries = list(store.read(), HERE, client).await.unwrap();
    let numbers: Vec<i32> = entries.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    let mut names: Vec<u8> = entries.iter().map(|entry| entry.details["name"].parse().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, (0..20).collect::<Vec<_>>());
    assert_eq!(broken(&store).await, []);
}

pub(crate) async fn finds_what_was_changed(store: Store) {
    for (digits, column) in [
        ("48213", "details = '{}'"),
        ("48214", "kind = 'letter_lost'"),
        ("48215", "happened_at = happened_at + 1"),
        ("48216", "hash = (SELECT hash FROM journal ORDER BY id LIMIT 1)"),
    ] {
        let client = keep_client(&store, HERE, digits).await;
        write(&store, client, 4).await;
        let before = broken(&store).await;
        change(&store, &format!("UPDATE journal SET {column} WHERE client_id = {client} AND number = 3"))
            .await;
        let found: Vec<_> = broken(&store).await.into_iter().filter(|it| !before.contains(it)).collect();
        assert_eq!(found, [(client, 3)], "{column}");
    }
}

pub(crate) async fn finds_what_was_taken_out(store: Store) {
    let (first, middle) =
        (keep_client(&store, HERE, "48213").await, keep_client(&store, HERE, "48214").await);
    for client in [first, middle] {
        write(&store, client, 4).await;
    }
    change(&store, &format!("DELETE FROM journal WHERE client_id = {first} AND number = 1")).await;
    change(&store, &format!("DELETE FROM journal WHERE client_id = {middle} AND number = 2")).await;
    assert_eq!(broken(&store).await, [(first, 2), (middle, 3)]);
    // Nor does it help to close the gap.
    change(&store, &format!("UPDATE journal SET number = 2 WHERE client_id = {middle} AND number = 3")).await;
    change(&store, &format!("UPDATE journal SET number = 3 WHERE client_id = {middle} AND number = 4")).await;
    assert_eq!(broken(&store).await, [(first, 2), (middle, 2)]);
}

pub(crate) async fn finds_what_changed_places(store: Store) {
    let client = keep_client(&store, HERE, "48213").await;
    write(&store, client, 4).await;
    for (from, to) in [(2, 99), (3, 2), (99, 3)] {
        let whose = format!("client_id = {client} AND number = {from}");
        change(&store, &format!("UPDATE journal SET number = {to} WHERE {whose}")).await;
    }
    assert_eq!(broken(&store).await, [(client, 2)]);
}

pub(crate) async fn finds_what_was_changed_in_long_ones(store: Store) {
    let mut kept = Vec::new();
    for digits in ["48213", "48214", "48215"] {
        let client = keep_client(&store, HERE, digits).await;
        let transaction = store.begin().await.unwrap();
        for number in 1..=300 {
            let name = details(&number.to_string());
            append(&transaction, HERE, client, at(number), "letter_asked", &name).await.unwrap();
        }
        transaction.commit().await.unwrap();
        kept.push(client);
    }
    assert_eq!(broken(&store).await, []);
    // Each is further on than what is read at once; of the last one, all is read behind others.
    let wanted = [(kept[0], 299), (kept[1], 251), (kept[2], 300)];
    for (client, number) in wanted {
        let which = format!("client_id = {client} AND number = {number}");
        change(&store, &format!("UPDATE journal SET details = '{{}}' WHERE {which}")).await;
    }
    assert_eq!(broken(&store).await, wanted);
}

pub(crate) async fn goes_with_what_it_tells_of(store: Store) {
    let client = keep_client(&store, HERE, "48213").await;
    write(&store, client, 1).await;
    let transaction = store.begin().await.unwrap();
    append(&transaction, HERE, client, at(2), "letter_lost", &Details::new()).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(rows(&store, "journal").await, 1);
    write(&store, client, 1).await;
    let numbers: Vec<i32> =
        list(store.read(), HERE, client).await.unwrap().iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(broken(&store).await, []);
}

pub(crate) async fn is_read_in_parts_from_the_newest(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    let empty = keep_client(&store, HERE, "48214").await;
    write(&store, other, 9).await;
    write(&store, client, 7).await;
    let read = store.read();
    let part = async |client, before, most| -> Vec<i32> {
        page(read, HERE, client, before, most).await.unwrap().into_iter().map(|it| it.number).collect()
    };
    assert_eq!(part(client, None, 3).await, [7, 6, 5]);
    assert_eq!(part(client, Some(5), 3).await, [4, 3, 2]);
    assert_eq!(part(client, Some(2), 3).await, [1]);
    assert_eq!(part(client, Some(1), 3).await, [0; 0]);
    assert_eq!(part(client, Some(-4), 3).await, [0; 0]);
    assert_eq!(part(client, Some(99), 99).await, [7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(part(empty, None, 3).await, [0; 0]);
    assert_eq!(page(read, THERE, client, None, 3).await.unwrap(), []);
    let newest = page(read, HERE, client, None, 1).await.unwrap();
    assert_eq!(newest, [list(read, HERE, client).await.unwrap().pop().unwrap()]);
    assert_eq!(clients(read, HERE).await.unwrap(), [client, other]);
    assert_eq!(clients(read, THERE).await.unwrap(), [0; 0]);
}
