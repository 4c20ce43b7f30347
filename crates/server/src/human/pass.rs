//! A pass: what a solved challenge is worth for a while.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use palier_domain::human::{FIELD, HumanPass};
use palier_domain::problem::FieldProblem;
use palier_domain::wire::code;
use sea_orm::ConnectionTrait;

use super::challenge;
use super::key::Key;
use crate::account::{Limit, Post};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::store::StoreError;
use crate::texts::hexadecimal;

/// How long a pass is good for: as long as it takes to look for a client number and to be called away.
const VALID: SignedDuration = SignedDuration::from_hours(2);
/// Passes made from one place: an office that many people share needs one for each of them.
const BY_PLACE: Limit = Limit { kind: "pass_place", times: 30, window: SignedDuration::from_hours(1) };
/// What one pass allows: whoever mistypes a number doesn't solve another challenge for it.
const USES: Limit = Limit { kind: "pass", times: 10, window: VALID };

/// What a pass says, before its signature: when it ends (8 bytes), and a name of its own (16 bytes).
const BODY: usize = 24;

/// Exchanges a solved challenge for a pass, once.
pub(super) async fn make(post: Post<'_>, client: Client, payload: &str) -> Result<HumanPass, ApiError> {
    let (store, place) = (post.state.store(), client.place());
    BY_PLACE.check(store.read(), post.portal.slug(), &place, post.now).await?;
    let key = Key::make(post).await?;
    let solved = challenge::read(post, &key, payload)?;
    let transaction = store.begin().await?;
    BY_PLACE.admit(&transaction, post.portal.slug(), &place, post.now).await?;
    if !challenge::ONCE.count(&transaction, post.portal.slug(), &solved, post.now).await? {
        return Err(ApiError::code(StatusCode::CONFLICT, code::CHALLENGE_USED));
    }
    transaction.commit().await.map_err(StoreError::from)?;
    metrics::counter!("palier_human_passes_total", "portal" => post.portal.slug().to_owned()).increment(1);
    let mut name = [0; 16];
    post.state.entropy().fill(&mut name);
    Ok(HumanPass { pass: write(&key, post.portal.slug(), post.now + VALID, name) })
}

/// Uses a pass of a portal once more, of ten times. An attempt that is refused afterwards counts too if it is committed:
/// a journey that must make guessing slow refuses only once that is done.
///
/// # Errors
/// 422 at the field `human`: `human_required` when nothing was ticked; `human_expired` when the pass is too old, used
/// up, another portal's or none of ours, all of which ticking the box again mends.
pub async fn spend<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    pass: &str,
    now: Timestamp,
) -> Result<(), ApiError> {
    let refused = |code| Err(ApiError::invalid_field(FieldProblem::plain(FIELD, code)));
    if pass.is_empty() {
        return refused("human_required");
    }
    let read = Key::find(conn).await?.and_then(|key| read(&key, portal, pass));
    let Some((expires, name)) = read else { return refused("human_expired") };
    // One that ends too late was made before the demonstration's clock was set back.
    let good = expires > now && expires.duration_since(now) <= VALID;
    if good && USES.count(conn, portal, &hexadecimal(&name), now).await? {
        Ok(())
    } else {
        refused("human_expired")
    }
}

fn write(key: &Key, portal: &str, expires: Timestamp, name: [u8; 16]) -> String {
    let mut pass = [&expires.as_second().to_be_bytes()[..], &name].concat();
    let signature = key.sign(&message(portal, &pass));
    pass.extend(signature);
    URL_SAFE_NO_PAD.encode(pass)
}

/// When it ends, and its name; none when this portal didn't sign it.
fn read(key: &Key, portal: &str, pass: &str) -> Option<(Timestamp, [u8; 16])> {
    let bytes = URL_SAFE_NO_PAD.decode(pass).ok()?;
    let (body, signature) = bytes.split_at_checked(BODY)?;
    if !key.signed(&message(portal, body), signature) {
        return None;
    }
    let (expires, name) = body.split_first_chunk()?;
    Some((Timestamp::from_second(i64::from_be_bytes(*expires)).ok()?, name.try_into().ok()?))
}

/// What is signed: unlike a challenge, which is hexadecimal, and unlike any of another portal.
fn message(portal: &str, body: &[u8]) -> Vec<u8> {
    [b"pass", portal.as_bytes(), body].join(&0)
}
