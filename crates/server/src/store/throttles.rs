//! How often something happened lately: mails to an address, lookups from a network.

use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{Condition, ConnectionTrait, EntityTrait as _, Set};
use sha2::{Digest as _, Sha256};

use super::StoreError;
use super::convert::{counted, seconds, time};
use super::entities::throttles as row;

/// How often, and until when that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Times in the current window.
    pub count: u32,
    /// When the count starts again from zero; none when it is zero.
    pub until: Option<Timestamp>,
}

/// Counts once more and gives the count of the current window, this one included.
///
/// A window begins with the first hit after the end of the one before. Of several hits at once each gets its own number.
pub async fn hit<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: &str,
    key: &str,
    window: SignedDuration,
    now: Timestamp,
) -> Result<u32, StoreError> {
    use row::Column as C;
    let (start, end) = (seconds(now), seconds(now).saturating_add(window.as_secs()));
    let row = row::ActiveModel {
        portal: Set(portal.to_owned()),
        kind: Set(kind.to_owned()),
        key_hash: Set(hash(key)),
        hits: Set(1),
        started_at: Set(start),
        ends_at: Set(end),
    };
    let kept = |column: C| Expr::col((row::Entity, column));
    // A window that begins in the future was made before the demonstration's clock was set back.
    let over = Condition::any().add(kept(C::EndsAt).lte(start)).add(kept(C::StartedAt).gt(start));
    let fresh =
        |value: Expr, otherwise: Expr| -> Expr { Expr::case(over.clone(), value).finally(otherwise).into() };
    let row = row::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([C::Portal, C::Kind, C::KeyHash])
                .value(C::Hits, fresh(Expr::value(1), kept(C::Hits).add(1)))
                .value(C::StartedAt, fresh(Expr::value(start), kept(C::StartedAt)))
                .value(C::EndsAt, fresh(Expr::value(end), kept(C::EndsAt)))
                .to_owned(),
        )
        .exec_with_returning(conn)
        .await?;
    Ok(counted(row.hits))
}

/// How often already, without counting.
pub async fn usage<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: &str,
    key: &str,
    now: Timestamp,
) -> Result<Usage, StoreError> {
    let id = (portal.to_owned(), kind.to_owned(), hash(key));
    let now = seconds(now);
    match row::Entity::find_by_id(id).one(conn).await? {
        Some(row) if row.started_at <= now && now < row.ends_at => {
            Ok(Usage { count: counted(row.hits), until: Some(time(row.ends_at, "throttles")?) })
        }
        _ => Ok(Usage::default()),
    }
}

/// Keys are addresses of people: counting them doesn't need them readable.
fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key).to_vec()
}
