//! Gives so many of a landlord's leases an account, for measurements: `accounts_fill URL PORTAL COUNT PASSWORD`. The first is
//! made as the server makes it, the others are copies of its row with a lease, an address and an identifier of their own:
//! `compteN@exemple.test`, N from 0 on. A million of them take less than a minute.
#![expect(clippy::expect_used, reason = "a measurement that can't be prepared says why by ending")]

use std::sync::Arc;

use anyhow::Context as _;
use jiff::Timestamp;
use palier_domain::values::{Email, LoginIdentifier, Password};
use palier_server::entropy::OsEntropy;
use palier_server::passwords::Passwords;
use palier_server::store::Store;
use palier_server::store::accounts::{self, NewAccount};
use sea_orm::{ConnectionTrait as _, Statement};

/// All columns of an account that copies have from the first one.
const SAME: &str = "portal, password_hash, first_name, surname, language, created_at, password_changed_at, search_key, name_key, \
    password_told, closing_told";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let [url, portal, count, password] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().expect("URL PORTAL COUNT PASSWORD");
    let count: u64 = count.parse().context("COUNT")?;
    let store = Store::open(&url).await?;
    let conn = store.write();
    let backend = conn.get_database_backend();
    let first = Statement::from_string(
        backend,
        format!("SELECT MIN(id) AS first FROM leases WHERE portal = '{portal}'"),
    );
    let first: i64 = conn.query_one_raw(first).await?.context("no lease")?.try_get("", "first")?;

    let hash = Passwords::new(Arc::new(OsEntropy)).hash(&Password::given(&password)).await;
    let account = NewAccount {
        portal: portal.clone(),
        lease_id: Some(first),
        email: Some(Email::parse("compte0@exemple.test").expect("an address")),
        email_shared: false,
        identifier: LoginIdentifier::from_random([29; 8]),
        password_hash: hash.map_err(|_| anyhow::anyhow!("too busy to hash a password"))?,
        password_until: None,
        first_name: None,
        surname: "Martin".to_owned(),
        language: "fr".to_owned(),
        now: Timestamp::from_second(1_780_000_000)?,
    };
    let made = accounts::insert(conn, account).await?;
    // Digits without those that look like letters: what an identifier is made of.
    let identifier = "replace(replace(substr(CAST(100000000 + l.id AS TEXT), 2), '0', 'A'), '1', 'B')";
    let address = format!("'compte' || CAST(l.id - {first} AS TEXT) || '@exemple.test'");
    let columns =
        SAME.split(", ").map(|column| format!("a.{}", column.trim())).collect::<Vec<_>>().join(", ");
    let copies = format!(
        "INSERT INTO accounts ({SAME}, lease_id, email, email_key, identifier) \
         SELECT {columns}, l.id, {address}, {address}, {identifier} FROM accounts a, leases l \
         WHERE a.id = {made} AND l.portal = '{portal}' AND l.id > {first} AND l.id < {first} + {count}"
    );
    conn.execute_unprepared(&copies).await?;
    conn.execute_unprepared(
        "INSERT INTO consents (account_id, version, sha256, accepted_at) SELECT id, '2026-11', '', created_at FROM accounts",
    )
    .await?;
    // Who has an account lives there: otherwise the server writes to all who left long ago, and that would be measured.
    conn.execute_unprepared(&format!(
        "UPDATE leases SET left_on = NULL WHERE left_on IS NOT NULL AND portal = '{portal}' AND id < {first} + {count}"
    ))
    .await?;
    conn.execute_unprepared("ANALYZE").await?;
    println!("{}", accounts::count_found(store.read(), &portal, "").await?);
    Ok(())
}
