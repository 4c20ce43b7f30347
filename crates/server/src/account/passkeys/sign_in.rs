//! Signing in with a passkey: the device names the account.

use axum::http::StatusCode;
use jiff::SignedDuration;
use palier_domain::profile::{PasskeyChallenge, PasskeySignIn};
use palier_domain::values::Token;
use palier_domain::wire::code;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

use super::ceremony;
use crate::account::sign_in::{self, SignedIn};
use crate::account::{Limit, Post, Tries, subject};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::store::{accounts, passkeys};

/// Challenges for one place: a whole office's in the morning, and never so many that they fill the store.
const CHALLENGES: Limit = Limit { kind: "passkey", times: 100, window: SignedDuration::from_mins(10) };

/// What the browser is to ask the device: any passkey that it has for this portal.
pub(super) async fn begin(post: Post<'_>, client: Client) -> Result<PasskeyChallenge, ApiError> {
    let library = ceremony::library(post.portal)?;
    let conn = post.state.store().write();
    CHALLENGES.admit(conn, post.portal.slug(), &client.place(), post.now).await?;
    let (options, state) =
        library.start_discoverable_authentication().map_err(|error| ApiError::internal(&error))?;
    ceremony::begin(post, conn, None, (&options.public_key, &state)).await
}

/// Begins the session of whoever the passkey is, as with the password; the session that `earlier` names, if any, ends.
pub(super) async fn finish(
    post: Post<'_>,
    client: Client,
    answer: &PasskeySignIn,
    earlier: Option<&Token>,
) -> Result<SignedIn, ApiError> {
    let outcome = compare(post, client, answer, earlier).await;
    sign_in::count(post, &outcome);
    outcome
}

async fn compare(
    post: Post<'_>,
    client: Client,
    answer: &PasskeySignIn,
    earlier: Option<&Token>,
) -> Result<SignedIn, ApiError> {
    let library = ceremony::library(post.portal)?;
    let credential: PublicKeyCredential = ceremony::answered(&answer.credential)?;
    let portal = post.portal.slug();
    // Spent whatever comes of it.
    let state: DiscoverableAuthentication =
        ceremony::take(post, post.state.store().write(), None, &answer.handle).await?;
    let name = ceremony::written(credential.get_credential_id());
    let unknown = || ApiError::code(StatusCode::UNAUTHORIZED, code::PASSKEY_UNKNOWN);

    let transaction = post.state.store().begin().await?;
    let found = passkeys::by_credential(&transaction, portal, &name).await?.ok_or_else(unknown)?;
    // Whoever removes it, or what its owner may do, comes before this or after it, with what it begins.
    if !accounts::hold(&transaction, portal, found.account_id).await? {
        return Err(unknown());
    }
    let passkey = passkeys::by_credential(&transaction, portal, &name).await?.ok_or_else(unknown)?;
    let account = accounts::by_id(&transaction, portal, passkey.account_id).await?.ok_or_else(unknown)?;

    let mut key: Passkey = ceremony::kept(&passkey.key)?;
    let (owner, _) = library
        .identify_discoverable_authentication(&credential)
        .map_err(|error| ceremony::refused(post, &error))?;
    if owner != ceremony::owner(post, account.id) {
        return Err(ApiError::code(StatusCode::UNAUTHORIZED, code::PASSKEY_REFUSED));
    }
    let used = library
        .finish_discoverable_authentication_v2(&credential, state, &key)
        .map_err(|error| ceremony::refused(post, &error))?;
    key.update_credential(&used);
    passkeys::note_used(&transaction, passkey.id, &ceremony::json(&key)?, post.now).await?;

    let tries = Tries::new(post.state, post.portal, subject(account.id), client);
    let stay = (answer.stay, client.device, earlier);
    sign_in::enter(post, transaction, &tries, &account, stay).await?.ok_or_else(unknown)
}
