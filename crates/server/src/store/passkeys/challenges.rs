use jiff::Timestamp;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, Set};

use crate::store::StoreError;
use crate::store::convert::seconds;
use crate::store::entities::passkey_challenges as row;

/// What a browser is asked to answer with a passkey.
#[derive(Clone, Debug)]
pub struct NewChallenge {
    /// The portal.
    pub portal: String,
    /// SHA-256 of what its browser names it by.
    pub handle_hash: [u8; 32],
    /// In which session a passkey is added; none where somebody signs in.
    pub session_id: Option<i64>,
    /// What the answer is compared with.
    pub state: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Keeps a challenge, in the place of the one that its session has.
pub async fn keep_challenge<C: ConnectionTrait>(conn: &C, new: NewChallenge) -> Result<(), StoreError> {
    if let Some(session_id) = new.session_id {
        row::Entity::delete_many().filter(row::Column::SessionId.eq(session_id)).exec(conn).await?;
    }
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal),
        handle_hash: Set(new.handle_hash.to_vec()),
        session_id: Set(new.session_id),
        state: Set(new.state),
        expires_at: Set(seconds(new.expires_at)),
    };
    row::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// What the answer to a challenge is compared with, once: none the second time, past its end, or in another session.
pub async fn take_challenge<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    handle_hash: &[u8; 32],
    session_id: Option<i64>,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let theirs = match session_id {
        Some(id) => row::Column::SessionId.eq(id),
        None => row::Column::SessionId.is_null(),
    };
    let found = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::HandleHash.eq(handle_hash.as_slice()))
        .filter(theirs)
        .one(conn)
        .await?;
    let Some(found) = found else { return Ok(None) };
    // Of two at once, one deletes it.
    let taken = row::Entity::delete_by_id(found.id).exec(conn).await?.rows_affected == 1;
    Ok((taken && seconds(now) < found.expires_at).then_some(found.state))
}
