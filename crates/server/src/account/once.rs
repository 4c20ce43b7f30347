//! A submission is done once, however often it is sent (X2).

use axum::http::StatusCode;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::post::Post;
use super::secret::digest;
use crate::http::extract::IdempotencyKey;
use crate::http::problem::ApiError;
use crate::store::idempotency::{self, Claim};
use crate::texts::hexadecimal;

/// A submission, as the store knows it.
pub(crate) struct Once {
    name: String,
    digest: [u8; 32],
}

impl Once {
    /// A form of this kind, sent under this key.
    ///
    /// A password may be in the digest. The key, which the store has only as a hash, keeps the digest from being compared
    /// with those of guessed passwords.
    pub(crate) fn new(kind: &str, key: &IdempotencyKey, form: &impl Serialize) -> Result<Self, ApiError> {
        let form = serde_json::to_vec(form).map_err(|error| ApiError::internal(&error))?;
        let secret = key.0.as_bytes();
        let form_kind = format!("{kind} form");
        Ok(Self {
            name: hexadecimal(&digest(&[kind.as_bytes(), secret])),
            digest: digest(&[form_kind.as_bytes(), secret, &form]),
        })
    }

    /// What was answered the first time; none when this is it: then [`Self::settle`] it in the same transaction.
    pub(crate) async fn claim<T: DeserializeOwned>(
        &self,
        post: Post<'_>,
        transaction: &DatabaseTransaction,
    ) -> Result<Option<T>, ApiError> {
        let portal = post.portal.slug();
        match idempotency::claim(transaction, portal, &self.name, &self.digest, post.now).await? {
            Claim::New => Ok(None),
            Claim::Same(answer) => {
                serde_json::from_str(&answer).map(Some).map_err(|error| ApiError::internal(&error))
            }
            // Another form under the name of the first one: which of them is meant can't be known.
            Claim::Other => Err(ApiError::code(StatusCode::CONFLICT, code::KEY_REUSED)),
        }
    }

    /// What was answered the first time, for who is told it again whatever happened since: an answer lost on its way.
    pub(crate) async fn answered<T: DeserializeOwned>(&self, post: Post<'_>) -> Result<Option<T>, ApiError> {
        // What is claimed here is given back at once.
        let transaction = post.state.store().begin().await?;
        self.claim(post, &transaction).await
    }

    /// Keeps the answer.
    pub(crate) async fn settle(
        &self,
        post: Post<'_>,
        transaction: &DatabaseTransaction,
        answer: &impl Serialize,
    ) -> Result<(), ApiError> {
        let answer = serde_json::to_string(answer).map_err(|error| ApiError::internal(&error))?;
        idempotency::settle(transaction, post.portal.slug(), &self.name, &answer).await?;
        Ok(())
    }
}
