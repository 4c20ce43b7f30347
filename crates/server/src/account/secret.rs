//! Hashes under which the store knows secrets and places.

use palier_domain::values::Token;
use sha2::{Digest as _, Sha256};

use crate::texts::hexadecimal;

/// SHA-256 of a token; 256 random bits need no slow hash.
pub(crate) fn hash(token: &Token) -> [u8; 32] {
    Sha256::digest(token.reveal()).into()
}

/// SHA-256 of several parts, none of which can be taken for the end of another.
pub(crate) fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// The name under which something that should not be readable in the store is counted there.
pub(crate) fn name(kind: &str, text: &str) -> String {
    hexadecimal(&digest(&[kind.as_bytes(), text.as_bytes()]))
}
