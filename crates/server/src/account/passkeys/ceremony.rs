//! What registering and signing in have in common: the library, set up for a portal, and the challenge in between, which
//! the server keeps and the browser names by a handle.

use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use palier_domain::profile::PasskeyChallenge;
use palier_domain::values::Token;
use palier_domain::wire::code;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{Uuid, Webauthn, WebauthnBuilder, WebauthnError};

use crate::account::Post;
use crate::account::secret::{digest, hash};
use crate::config::{PortalConfig, relying_party};
use crate::http::problem::ApiError;
use crate::store::StoreError;
use crate::store::passkeys::{self, NewChallenge};

/// How long a challenge can be answered, in seconds.
const ANSWERED_WITHIN: u32 = 5 * 60;

/// The library, set up for a portal by its own address, whatever a request calls it; 409 `passkeys_off` where browsers have
/// no passkeys for that address.
pub(super) fn library(portal: &PortalConfig) -> Result<Webauthn, ApiError> {
    let Some((home, host)) = relying_party(&portal.home) else {
        return Err(ApiError::code(StatusCode::CONFLICT, code::PASSKEYS_OFF));
    };
    WebauthnBuilder::new(&host, &home)
        .map(|builder| builder.rp_name(&portal.public.name))
        .map(|builder| builder.timeout(Duration::from_secs(u64::from(ANSWERED_WITHIN))))
        .and_then(WebauthnBuilder::build)
        .map_err(|error| ApiError::internal(&error))
}

/// What devices know an account by: always the same, so that they keep one passkey for it, and nothing of a person's.
pub(super) fn owner(post: Post<'_>, account_id: i64) -> Uuid {
    let whole = digest(&[b"passkey", post.portal.slug().as_bytes(), &account_id.to_le_bytes()]);
    let mut half = [0; 16];
    for (byte, drawn) in half.iter_mut().zip(whole) {
        *byte = drawn;
    }
    Uuid::from_bytes(half)
}

/// What a device calls a passkey, as the store knows it.
pub(super) fn written(credential: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(credential)
}

/// What the library makes, as a text.
pub(super) fn json(made: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(made).map_err(|error| ApiError::internal(&error))
}

/// What the store has of the library's.
pub(super) fn kept<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|error| ApiError::internal(&error))
}

/// What a device answered. What exactly isn't understood of it isn't repeated.
pub(super) fn answered<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| ApiError::malformed())
}

/// Keeps what the answer will be compared with, and gives the browser what to ask.
pub(super) async fn begin<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    session_id: Option<i64>,
    (options, state): (&impl Serialize, &impl Serialize),
) -> Result<PasskeyChallenge, ApiError> {
    let handle = post.state.entropy().handle();
    let lasts = SignedDuration::from_secs(i64::from(ANSWERED_WITHIN));
    let new = NewChallenge {
        portal: post.portal.slug().to_owned(),
        handle_hash: hash(&handle),
        session_id,
        state: json(state)?,
        expires_at: post.now.checked_add(lasts).unwrap_or(Timestamp::MAX),
    };
    passkeys::keep_challenge(conn, new).await?;
    Ok(PasskeyChallenge { handle: handle.reveal().to_owned(), options: json(options)? })
}

/// What an answer is compared with, once; 409 `passkey_late` the second time, too late, or in another session.
pub(super) async fn take<C: ConnectionTrait, T: DeserializeOwned>(
    post: Post<'_>,
    conn: &C,
    session_id: Option<i64>,
    handle: &str,
) -> Result<T, ApiError> {
    let late = || ApiError::code(StatusCode::CONFLICT, code::PASSKEY_LATE);
    let handle = Token::parse(handle).map_err(|_| late())?;
    let taken: Result<_, StoreError> =
        passkeys::take_challenge(conn, post.portal.slug(), &hash(&handle), session_id, post.now).await;
    kept(&taken?.ok_or_else(late)?)
}

/// Why an answer isn't right: 401, with the reason in the log only.
pub(super) fn refused(post: Post<'_>, error: &WebauthnError) -> ApiError {
    let code = match error {
        WebauthnError::CredentialPossibleCompromise => code::PASSKEY_COPIED,
        _ => code::PASSKEY_REFUSED,
    };
    tracing::warn!(portal = post.portal.slug(), code, reason = %error, "a passkey was refused");
    ApiError::code(StatusCode::UNAUTHORIZED, code)
}
