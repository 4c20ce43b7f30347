//! The key that signs challenges and passes: made once for all servers on a database.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sea_orm::ConnectionTrait;
use sha2::Sha256;

use crate::account::Post;
use crate::store::{StoreError, settings};

/// Where the store keeps it: 32 random bytes in hexadecimal.
const SETTING: &str = "human_key";

/// Signs, and knows its own signatures.
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    /// The key, made now if there is none. Not to be called inside a transaction.
    pub(super) async fn make(post: Post<'_>) -> Result<Self, StoreError> {
        let store = post.state.store();
        if let Some(key) = Self::find(store.read()).await? {
            return Ok(key);
        }
        // Of two servers that make one at once, one keeps its own and the other takes it.
        let made = post.state.entropy().hexadecimal(32);
        settings::keep_first(store.write(), SETTING, &made).await.map(|text| Self::of(&text))
    }

    /// The key; none before anything was signed.
    pub(super) async fn find<C: ConnectionTrait>(conn: &C) -> Result<Option<Self>, StoreError> {
        Ok(settings::get(conn, SETTING).await?.map(|text| Self::of(&text)))
    }

    /// The text itself is the key: as secret as the bytes that it writes, and as long as HMAC takes without hashing.
    fn of(text: &str) -> Self {
        let mut block = [0; 64];
        for (place, byte) in block.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        Self(Hmac::new(&block.into()))
    }

    /// The signature of a message.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 32] {
        self.0.clone().chain_update(message).finalize().into_bytes().into()
    }

    /// Whether it is the signature of this message; takes as long wherever it differs.
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.clone().chain_update(message).verify_slice(signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::hexadecimal;

    /// RFC 4231, test case 2, whose key is shorter than ours.
    #[test]
    fn signs_as_the_standard_says() {
        let key = Key::of("Jefe");
        let signature = key.sign(b"what do ya want for nothing?");
        assert_eq!(
            hexadecimal(&signature),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert!(key.signed(b"what do ya want for nothing?", &signature));
        assert!(!key.signed(b"what do ya want for nothing!", &signature));
        assert!(!key.signed(b"what do ya want for nothing?", &signature[..31]));
    }
}
