//! "Je ne suis pas un robot" (A2): challenges given, their solutions exchanged for passes, passes spent by journeys.
//!
//! The protocol is ALTCHA's, so that its own widget would do too; see docs/decisions/0010-humanity.md.

mod challenge;
mod key;
mod pass;
mod routes;

use sea_orm::ConnectionTrait;

pub use pass::spend;
pub use routes::routes;

use crate::account::{Limit, Post};
use crate::http::problem::ApiError;

/// Counts one more for `who`; 429 with the minutes to wait when that is one too many.
async fn admit<C: ConnectionTrait>(
    limit: Limit,
    post: Post<'_>,
    conn: &C,
    who: &str,
) -> Result<(), ApiError> {
    let portal = post.portal.slug();
    if !limit.count(conn, portal, who, post.now).await? {
        limit.check(conn, portal, who, post.now).await?;
    }
    Ok(())
}
