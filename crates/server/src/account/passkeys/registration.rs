//! A passkey is added by who is signed in and knows the password.

use axum::http::StatusCode;
use palier_domain::profile::{MOST_PASSKEYS, PasskeyAnswer, PasskeyChallenge, PasskeyForm};
use palier_domain::wire::code;
use webauthn_rs::prelude::{CredentialID, Passkey, PasskeyRegistration};

use super::ceremony;
use crate::account::session::Current;
use crate::account::{Post, own, refusal, who};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::{Mail, PasskeyMail};
use crate::store::passkeys::{self, NewPasskey};
use crate::store::{StoreError, accounts};

/// Compares the password, and says what the browser is to ask the device: to keep the passkey, so that it names its owner
/// by itself, and to make sure who uses it.
pub(super) async fn begin(
    post: Post<'_>,
    client: Client,
    current: Current,
    form: &PasskeyForm,
) -> Result<PasskeyChallenge, ApiError> {
    let library = ceremony::library(post.portal)?;
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let session_id = current.id();
    let present = own::present(post, client, current.into_account(), &form.present).await?;
    let transaction = post.state.store().begin().await?;
    let account = present.held(&transaction).await?;
    let known = passkeys::of_account(&transaction, account.id).await?;
    if known.len() >= MOST_PASSKEYS {
        return Err(full());
    }
    let there: Vec<CredentialID> = known
        .iter()
        .map(|passkey| ceremony::kept::<Passkey>(&passkey.key).map(|key| key.cred_id().clone()))
        .collect::<Result<_, _>>()?;
    // Devices list passkeys by this name; one host may have several portals.
    let name = format!("{} – {}", account.identifier, post.portal.public.name);
    let owner = ceremony::owner(post, account.id);
    let (mut options, state) = library
        .start_passkey_registration(owner, &name, &who::name(&account), Some(there))
        .map_err(|error| ApiError::internal(&error))?;
    if let Some(wanted) = &mut options.public_key.authenticator_selection {
        wanted.require_resident_key = true;
    }
    let mut options =
        serde_json::to_value(&options.public_key).map_err(|error| ApiError::internal(&error))?;
    // The library has no name for it outside of its own.
    options["authenticatorSelection"]["residentKey"] = "required".into();
    let challenge = ceremony::begin(post, &transaction, Some(session_id), (&options, &state)).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(challenge)
}

/// Keeps the passkey that the device made, and tells the owner.
pub(super) async fn finish(
    post: Post<'_>,
    client: Client,
    current: &Current,
    answer: &PasskeyAnswer,
) -> Result<(), ApiError> {
    let library = ceremony::library(post.portal)?;
    let credential = ceremony::answered(&answer.credential)?;
    let portal = post.portal.slug();
    let account = current.account();
    let transaction = post.state.store().begin().await?;
    if !accounts::hold(&transaction, portal, account.id).await? {
        return Err(refusal::signed_out());
    }
    // Whoever chose another password by a link meanwhile has ended this session, and the challenge with it.
    let state: PasskeyRegistration =
        ceremony::take(post, &transaction, Some(current.id()), &answer.handle).await?;
    let key = match library.finish_passkey_registration(&credential, &state) {
        Ok(key) => key,
        Err(error) => {
            // The challenge is spent all the same.
            transaction.commit().await.map_err(StoreError::from)?;
            return Err(ceremony::refused(post, &error));
        }
    };
    if passkeys::of_account(&transaction, account.id).await?.len() >= MOST_PASSKEYS {
        return Err(full());
    }
    let new = NewPasskey {
        portal: portal.to_owned(),
        account_id: account.id,
        credential: ceremony::written(key.cred_id()),
        key: ceremony::json(&key)?,
        device: client.device,
        now: post.now,
    };
    if passkeys::insert(&transaction, new).await?.is_none() {
        return Err(ApiError::code(StatusCode::CONFLICT, code::PASSKEY_KNOWN));
    }
    let mail = Mail::Passkey(PasskeyMail::Added { device: client.device });
    post.send(&transaction, &account.email, Some(&who::name(account)), mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

fn full() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::PASSKEYS_FULL).with("max", MOST_PASSKEYS)
}
