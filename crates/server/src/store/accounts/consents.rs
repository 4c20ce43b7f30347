//! What account owners agreed to (A10).

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use crate::store::StoreError;
use crate::store::convert::{seconds, time};
use crate::store::entities::consents as row;

/// A consent to terms of use (A10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Version of the text.
    pub version: String,
    /// SHA-256 of the exact text, lower-case hexadecimal.
    pub sha256: String,
    /// When.
    pub accepted_at: Timestamp,
}

/// Keeps the proof of a consent (A10).
pub async fn add_consent<C: ConnectionTrait>(
    conn: &C,
    account_id: i64,
    version: &str,
    sha256: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        account_id: Set(account_id),
        version: Set(version.to_owned()),
        sha256: Set(sha256.to_owned()),
        accepted_at: Set(seconds(now)),
    };
    row::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// The version of the newest consent of an account; none when it gave none.
pub async fn newest_version<C: ConnectionTrait>(
    conn: &C,
    account_id: i64,
) -> Result<Option<String>, StoreError> {
    let mine = row::Entity::find().filter(row::Column::AccountId.eq(account_id));
    let newest = mine.order_by_desc(row::Column::AcceptedAt).order_by_desc(row::Column::Id);
    Ok(newest.select_only().column(row::Column::Version).into_tuple().one(conn).await?)
}

/// The consents of an account, newest first.
pub async fn consents<C: ConnectionTrait>(conn: &C, account_id: i64) -> Result<Vec<Consent>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::AccountId.eq(account_id))
        .order_by_desc(row::Column::AcceptedAt)
        .order_by_desc(row::Column::Id)
        .all(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let accepted_at = time(row.accepted_at, "consents")?;
            Ok(Consent { version: row.version, sha256: row.sha256, accepted_at })
        })
        .collect()
}
