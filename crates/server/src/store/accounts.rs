//! Accounts and the consents given with them (T7, T12, A10).

mod consents;
mod search;

pub use consents::{Consent, add_consent, consents, newest_version};
pub use search::{count_found, page};

use jiff::Timestamp;
use palier_domain::values::{Email, LoginIdentifier};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait as _, NotSet,
    QueryFilter as _, Set,
};

use super::convert::{email, identifier, optional_time, seconds, time};
use super::entities::accounts as row;
use super::{Conflict, StoreError, insert, leaving, lock};

const TABLE: &str = "accounts";

/// An account to make.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The portal.
    pub portal: String,
    /// Its lease, for tenants: one account a lease.
    pub lease_id: Option<i64>,
    /// Where its e-mails go; none where its owner has no address (X4).
    pub email: Option<Email>,
    /// The address is somebody else's too, such as of one person who looks after two landlords: it isn't signed in with.
    /// Otherwise there is one account an address, whatever the case of its letters.
    pub email_shared: bool,
    /// What else it signs in with.
    pub identifier: LoginIdentifier,
    /// argon2id, in PHC form.
    pub password_hash: String,
    /// From then on another password is asked for at the next sign-in (P2); none when it has no end.
    pub password_until: Option<Timestamp>,
    /// As the landlord writes it.
    pub first_name: Option<String>,
    /// As the landlord writes it.
    pub surname: String,
    /// Of its e-mails: `fr` or `en`.
    pub language: String,
    /// When.
    pub now: Timestamp,
}

/// An account as it is kept; see [`NewAccount`].
#[expect(missing_docs, reason = "most fields are those of NewAccount")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: i64,
    pub portal: String,
    pub lease_id: Option<i64>,
    pub email: Option<Email>,
    pub email_shared: bool,
    pub identifier: LoginIdentifier,
    pub password_hash: String,
    pub first_name: Option<String>,
    pub surname: String,
    pub language: String,
    pub created_at: Timestamp,
    /// When the present password was chosen.
    pub password_changed_at: Timestamp,
    pub password_until: Option<Timestamp>,
    /// When it was closed (T11); it opens nothing from then on.
    pub closed_at: Option<Timestamp>,
}

impl NewAccount {
    fn keys(&self) -> search::Keys {
        let name = (self.first_name.as_deref(), self.surname.as_str());
        search::Keys::of(&self.identifier, name, self.email.as_ref())
    }
}

impl Account {
    /// Its address as shown; empty where there is none.
    pub fn address(&self) -> String {
        self.email.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// What it is found by beside its identifier: its address, unless that is somebody else's too.
    pub(super) fn email_key(&self) -> String {
        email_key(self.email.as_ref(), self.email_shared, &self.identifier)
    }
}

/// Makes an account and gives its id, or says by [`StoreError::conflict`] what is taken: the lease, the address or the
/// identifier, the first of them that is. The transaction is good afterwards: another identifier may be tried.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewAccount) -> Result<i64, StoreError> {
    let keys = new.keys();
    let key = email_key(new.email.as_ref(), new.email_shared, &new.identifier);
    leaving::make_way(conn, &new.portal, &key).await?;
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal.clone()),
        lease_id: Set(new.lease_id),
        email: Set(new.email.as_ref().map(ToString::to_string).unwrap_or_default()),
        email_key: Set(key),
        identifier: Set(new.identifier.as_str().to_owned()),
        password_hash: Set(new.password_hash.clone()),
        first_name: Set(new.first_name.clone()),
        surname: Set(new.surname.clone()),
        language: Set(new.language.clone()),
        search_key: Set(keys.search),
        name_key: Set(keys.name),
        created_at: Set(seconds(new.now)),
        password_changed_at: Set(seconds(new.now)),
        password_until: Set(new.password_until.map(seconds)),
        ..Default::default()
    };
    match insert::unless_taken(conn, row).await? {
        Some(id) => Ok(id),
        None => Err(StoreError::Conflict(taken(conn, &new).await?)),
    }
}

/// Before the identifier in the place of an address that isn't signed in with: no key of an address begins so.
const NOT_SIGNED_IN_WITH: char = '#';

fn email_key(email: Option<&Email>, shared: bool, identifier: &LoginIdentifier) -> String {
    match email {
        Some(email) if !shared => email.key(),
        _ => format!("{NOT_SIGNED_IN_WITH}{}", identifier.as_str()),
    }
}

/// Whether something is the key of an address that one signs in with.
pub(super) fn is_signed_in_with(email_key: &str) -> bool {
    !email_key.starts_with(NOT_SIGNED_IN_WITH)
}

async fn taken<C: ConnectionTrait>(conn: &C, new: &NewAccount) -> Result<Conflict, StoreError> {
    let email_key = email_key(new.email.as_ref(), new.email_shared, &new.identifier);
    let signed_in_with = is_signed_in_with(&email_key);
    let mut same = Condition::any()
        .add(row::Column::EmailKey.eq(&email_key))
        .add(row::Column::Identifier.eq(new.identifier.as_str()));
    if let Some(lease_id) = new.lease_id {
        same = same.add(row::Column::LeaseId.eq(lease_id));
    }
    let rows = row::Entity::find().filter(row::Column::Portal.eq(&new.portal)).filter(same).all(conn).await?;
    Ok(if rows.iter().any(|row| new.lease_id.is_some() && row.lease_id == new.lease_id) {
        Conflict::Lease
    } else if signed_in_with && rows.iter().any(|row| row.email_key == email_key) {
        Conflict::Email
    } else if rows.is_empty() {
        // It was in the way and is gone: asking again will do.
        Conflict::Other
    } else {
        Conflict::Identifier
    })
}

/// The account with that id, if it is this portal's.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<Account>, StoreError> {
    one(conn, portal, row::Column::Id.eq(id)).await
}

/// Holds an account's row until the transaction ends. False when there is no such account.
pub async fn hold(transaction: &DatabaseTransaction, portal: &str, id: i64) -> Result<bool, StoreError> {
    let mine = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal));
    Ok(lock::held(mine).one(transaction).await?.is_some())
}

/// The account with that address ([`Email::key`]), unless it is closed.
pub async fn by_email_key<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    email_key: &str,
) -> Result<Option<Account>, StoreError> {
    let found = with_email_key(conn, portal, email_key).await?;
    Ok(found.filter(|account| account.closed_at.is_none()))
}

/// The same, even when it is closed.
pub async fn with_email_key<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    email_key: &str,
) -> Result<Option<Account>, StoreError> {
    one(conn, portal, row::Column::EmailKey.eq(email_key)).await
}

/// The account with that identifier, even when it is closed.
pub async fn by_identifier<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    identifier: &LoginIdentifier,
) -> Result<Option<Account>, StoreError> {
    one(conn, portal, row::Column::Identifier.eq(identifier.as_str())).await
}

/// The account of that lease.
pub async fn by_lease<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    lease_id: i64,
) -> Result<Option<Account>, StoreError> {
    one(conn, portal, row::Column::LeaseId.eq(lease_id)).await
}

async fn one<C: ConnectionTrait>(conn: &C, portal: &str, which: Expr) -> Result<Option<Account>, StoreError> {
    let kept =
        row::Entity::find().filter(row::Column::Portal.eq(portal)).filter(row::Column::ErasedAt.is_null());
    let found = kept.filter(which).one(conn).await?;
    found.map(Account::try_from).transpose()
}

/// Replaces the password's hash. `until`: see [`NewAccount::password_until`].
pub async fn set_password<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    password_hash: &str,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(row::Column::PasswordChangedAt, Expr::value(seconds(now)))
        .col_expr(row::Column::PasswordUntil, Expr::value(until.map(seconds)))
        .col_expr(row::Column::PasswordTold, Expr::value(0))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Replaces the address, which a closed account that had it gives up. `shared`: see [`NewAccount::email_shared`].
///
/// # Errors
/// [`Conflict::Other`] when it is another account's; the transaction is lost then.
pub async fn set_email<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
    email: Option<&Email>,
    shared: bool,
) -> Result<(), StoreError> {
    let known = email.map(ToString::to_string).unwrap_or_default();
    let name = (account.first_name.as_deref(), account.surname.as_str());
    let keys = search::Keys::of(&account.identifier, name, email);
    let key = email_key(email, shared, &account.identifier);
    leaving::make_way(conn, &account.portal, &key).await?;
    row::Entity::update_many()
        .col_expr(row::Column::SearchKey, Expr::value(keys.search))
        .col_expr(row::Column::Email, Expr::value(known))
        .col_expr(row::Column::EmailKey, Expr::value(key))
        .filter(row::Column::Id.eq(account.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Gives an account anew to whoever has proven to have its address: another password, name and language. Its identifier
/// stays: it is that of `new`.
pub async fn reopen<C: ConnectionTrait>(conn: &C, id: i64, new: &NewAccount) -> Result<(), StoreError> {
    let keys = new.keys();
    row::Entity::update_many()
        .col_expr(row::Column::SearchKey, Expr::value(keys.search))
        .col_expr(row::Column::NameKey, Expr::value(keys.name))
        .col_expr(row::Column::PasswordHash, Expr::value(&new.password_hash))
        .col_expr(row::Column::PasswordChangedAt, Expr::value(seconds(new.now)))
        .col_expr(row::Column::PasswordUntil, Expr::value(new.password_until.map(seconds)))
        .col_expr(row::Column::PasswordTold, Expr::value(0))
        .col_expr(row::Column::FirstName, Expr::value(new.first_name.clone()))
        .col_expr(row::Column::Surname, Expr::value(&new.surname))
        .col_expr(row::Column::Language, Expr::value(&new.language))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Portal.eq(&new.portal))
        .exec(conn)
        .await?;
    Ok(())
}

/// Replaces the hash by another one of the same password.
pub async fn renew_hash<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    password_hash: &str,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::PasswordHash, Expr::value(password_hash))
        .filter(row::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

impl TryFrom<row::Model> for Account {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let known = if row.email.is_empty() { None } else { Some(email(&row.email, TABLE)?) };
        Ok(Self {
            id: row.id,
            portal: row.portal,
            lease_id: row.lease_id,
            email_shared: known.is_some() && !is_signed_in_with(&row.email_key),
            email: known,
            identifier: identifier(&row.identifier, TABLE)?,
            password_hash: row.password_hash,
            first_name: row.first_name,
            surname: row.surname,
            language: row.language,
            created_at: time(row.created_at, TABLE)?,
            password_changed_at: time(row.password_changed_at, TABLE)?,
            password_until: optional_time(row.password_until, TABLE)?,
            closed_at: optional_time(row.closed_at, TABLE)?,
        })
    }
}
