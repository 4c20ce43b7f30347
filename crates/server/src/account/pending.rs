//! The e-mail of a sign-up that waits for its address to be confirmed.
//!
//! It is here and not with one journey because a person who waits for it may ask for a password or an identifier
//! instead, and is then helped by getting it again.

use jiff::{SignedDuration, Timestamp};
use palier_domain::values::Email;
use sea_orm::ConnectionTrait;

use super::post::Post;
use super::secret::hash;
use crate::mail::Mail;
use crate::store::sign_ups::{Purpose, SignUp, State};
use crate::store::{StoreError, links, sign_ups};

/// When a link that is made now stops working.
pub(crate) fn expiry(post: Post<'_>) -> Timestamp {
    after_hours(post.now, post.portal.links.confirm_hours)
}

/// So many hours after `now`.
pub(super) fn after_hours(now: Timestamp, hours: u32) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(i64::from(hours))).unwrap_or(Timestamp::MAX)
}

/// Writes the e-mail of a sign-up that was just kept.
///
/// A link is made whatever the e-mail says, so that the work is the same; only the one that confirms carries it (T5).
pub(crate) async fn write<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    sign_up_id: i64,
    email: &Email,
    purpose: Purpose,
) -> Result<(), StoreError> {
    let token = post.state.entropy().token();
    let (portal, kind) = (post.portal.slug(), links::Kind::ConfirmSignUp);
    links::issue(conn, portal, kind, sign_up_id, &hash(&token), post.now, expiry(post)).await?;
    let link = post.portal.link(&format!("/locataire/confirmation#{}", token.reveal()));
    let mail = match purpose {
        Purpose::Confirm => Mail::ConfirmSignUp { link: &link, hours: post.portal.links.confirm_hours },
        Purpose::HomeHasAccount => Mail::HomeHasAccount,
        Purpose::EmailHasAccount => Mail::EmailHasAccount,
    };
    // No name: nobody knows yet whose address it is.
    post.send(conn, email, None, mail).await
}

/// Writes it again with a new link, which supersedes the one before (T6); nothing happens when the sign-up isn't open.
///
/// Its address must be allowed one more e-mail: see [`Post::may_send`].
pub(crate) async fn write_again<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    sign_up: &SignUp,
) -> Result<(), StoreError> {
    if sign_up.state != State::Open || !sign_ups::extend(conn, sign_up.id, expiry(post)).await? {
        return Ok(());
    }
    write(post, conn, sign_up.id, &sign_up.email, sign_up.purpose).await
}
