//! Randomness, passed in: tests see the tokens and identifiers they chose.

use std::sync::atomic::{AtomicU64, Ordering};

use palier_domain::values::{LetterCode, LoginIdentifier, Token};
use sha2::{Digest as _, Sha256};

/// A source of random bytes fit for secrets.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);

    /// A secret for a link, a session or a handle: 256 bits.
    fn token(&self) -> Token {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        Token::from_random(bytes)
    }

    /// What lets a browser name a sign-up that it made, without saying whose: a secret like another.
    fn handle(&self) -> Token {
        self.token()
    }

    /// A login identifier; it may be taken already, which the store says.
    fn identifier(&self) -> LoginIdentifier {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        LoginIdentifier::from_random(bytes)
    }

    /// The code of a letter.
    fn letter_code(&self) -> LetterCode {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        LetterCode::from_random(bytes)
    }

    /// `length` random bytes in lower-case hexadecimal.
    fn hexadecimal(&self, length: usize) -> String {
        let mut bytes = vec![0; length];
        self.fill(&mut bytes);
        crate::texts::hexadecimal(&bytes)
    }

    /// A `Message-ID` of an e-mail, without its angle brackets: 96 bits at `domain`.
    fn message_id(&self, domain: &str) -> String {
        format!("{}@{domain}", self.hexadecimal(12))
    }
}

/// The operating system's randomness, through a generator that is seeded from it.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where randomness comes from")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::Rng::fill_bytes(&mut rand::rng(), bytes);
    }
}

/// Bytes that only look random, the same for the same seed: for tests.
#[derive(Debug)]
pub struct SeededEntropy {
    seed: u64,
    blocks: AtomicU64,
}

impl SeededEntropy {
    /// A source that repeats itself from one run to the next.
    pub const fn new(seed: u64) -> Self {
        Self { seed, blocks: AtomicU64::new(0) }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = self.blocks.fetch_add(1, Ordering::Relaxed);
            let digest = Sha256::new()
                .chain_update(self.seed.to_le_bytes())
                .chain_update(block.to_le_bytes())
                .finalize();
            for (byte, random) in chunk.iter_mut().zip(digest) {
                *byte = random;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_secrets_one_after_the_other() {
        let (one, other) = (SeededEntropy::new(7), SeededEntropy::new(7));
        let first = one.token();
        assert_eq!(first, other.token());
        assert_ne!(first, one.token());
        assert_ne!(first, SeededEntropy::new(8).token());
    }

    #[test]
    fn message_ids_differ_and_name_their_domain() {
        let (one, other) = (OsEntropy.message_id("exemple.fr"), OsEntropy.message_id("exemple.fr"));
        assert_ne!(one, other);
        assert_eq!(one.len(), 24 + "@exemple.fr".len());
    }
}
