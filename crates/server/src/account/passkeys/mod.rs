//! Passkeys beside the password (X3): added and removed by who is signed in, and a way to sign in that names nobody. See
//! `docs/decisions/0019-passkeys.md`.

mod ceremony;
mod registration;
mod removal;
mod routes;
mod sign_in;

use palier_domain::profile::{KnownPasskey, PasskeysView};

pub(crate) use self::removal::forget_all;
pub(super) use self::routes::routes;
use super::post::Post;
use super::session::Current;
use crate::store::{StoreError, passkeys};

/// The passkeys of who is signed in.
async fn list(post: Post<'_>, current: &Current) -> Result<PasskeysView, StoreError> {
    let known = passkeys::of_account(post.state.store().read(), current.account().id).await?;
    let passkeys = known.into_iter().map(|passkey| KnownPasskey {
        id: passkey.id,
        browser: passkey.device.browser().to_owned(),
        system: passkey.device.system().to_owned(),
        added: passkey.created_at.to_string(),
        used: passkey.used_at.map(|used| used.to_string()),
    });
    Ok(PasskeysView { passkeys: passkeys.collect() })
}
