use palier_domain::profile::{OpenSession, SessionsView};

use crate::account::Post;
use crate::account::session::{self, Current};
use crate::http::problem::ApiError;
use crate::store::sessions;

/// The sessions of who is signed in, theirs first, then the last seen first.
pub(super) async fn list(post: Post<'_>, current: &Current) -> Result<SessionsView, ApiError> {
    let rows = sessions::of_account(post.state.store().read(), current.account().id).await?;
    let mut sessions: Vec<_> = rows
        .into_iter()
        .filter(|row| session::lives(row, post.now))
        .map(|row| OpenSession {
            id: row.id,
            browser: row.device.browser().to_owned(),
            system: row.device.system().to_owned(),
            began: row.created_at.to_string(),
            seen: row.seen_at.to_string(),
            this: row.id == current.id(),
            stay: row.stay,
        })
        .collect();
    sessions.sort_by_key(|session| !session.this);
    Ok(SessionsView { sessions })
}

/// Ends one of them. One that is somebody else's is answered like one that ended already: 404.
pub(super) async fn end(post: Post<'_>, current: &Current, id: i64) -> Result<(), ApiError> {
    let ended = sessions::end_one(post.state.store().write(), current.account().id, id).await?;
    if ended { Ok(()) } else { Err(ApiError::not_found()) }
}

/// Ends all but the one that asks.
pub(super) async fn end_others(post: Post<'_>, current: &Current) -> Result<(), ApiError> {
    sessions::end_others(post.state.store().write(), current.account().id, current.id()).await?;
    Ok(())
}
