//! argon2id in memory that is made once and used again: 19 MiB asked of the system for each password, and given back,
//! take a tenth of the time, and leave a heap of up to a gigabyte.

use std::sync::{Mutex, PoisonError};

use argon2::password_hash::Error;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

/// Memory for computations: as many pieces as ever ran at once.
#[derive(Default)]
pub(super) struct Memory(Mutex<Vec<Vec<Block>>>);

impl Memory {
    /// Hashes with today's parameters.
    pub(super) fn hash(&self, password: &[u8], salt: &[u8]) -> Result<PasswordHash, Error> {
        let (algorithm, version, params) = (Algorithm::Argon2id, Version::V0x13, Params::DEFAULT);
        let output = self.compute(&Argon2::new(algorithm, version, params.clone()), password, salt)?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(Salt::new(salt)?),
            hash: Some(output),
        })
    }

    /// Whether the password is the one of the hash, made with whatever parameters.
    pub(super) fn matches(&self, password: &[u8], hash: &PasswordHash) -> Result<bool, Error> {
        let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
        let version = hash.version.map(Version::try_from).transpose()?.unwrap_or_default();
        let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else { return Ok(false) };
        let argon2 = Argon2::new(algorithm, version, Params::try_from(hash)?);
        // Outputs are compared in constant time.
        Ok(self.compute(&argon2, password, salt.as_ref())? == *expected)
    }

    fn compute(&self, argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<Output, Error> {
        let needed = argon2.params().block_count();
        let mut blocks = self.take();
        // Older hashes may have been made with more.
        if blocks.len() < needed {
            blocks.resize(needed, Block::new());
        }
        let mut buffer = [0; Output::MAX_LENGTH];
        let length = argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let output = buffer.get_mut(..length).ok_or(Error::OutputSize)?;
        let computed = argon2.hash_password_into_with_memory(password, salt, output, &mut blocks);
        self.give_back(blocks);
        computed?;
        Ok(Output::new(output)?)
    }

    // A thread that failed while it held the list left the list itself as it was.
    fn take(&self) -> Vec<Block> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give_back(&self, mut blocks: Vec<Block>) {
        let usual = Params::DEFAULT.block_count();
        blocks.truncate(usual);
        blocks.shrink_to(usual);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
    }
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    #[test]
    fn agrees_with_the_library() {
        let memory = Memory::default();
        let library = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT);
        for (password, salt) in [(&b"tram bleu 47"[..], [1; 16]), (b"", [2; 16]), (&[7; 900], [3; 16])] {
            let theirs = library.hash_password_with_salt(password, &salt).unwrap();
            let ours = memory.hash(password, &salt).unwrap();
            assert_eq!(ours.to_string(), theirs.to_string());
            assert!(library.verify_password(password, &ours).is_ok());
            assert_eq!(memory.matches(password, &theirs), Ok(true));
            assert_eq!(memory.matches(b"another", &theirs), Ok(false));
        }
    }

    #[test]
    fn other_parameters_are_understood_and_leave_no_more_memory_than_usual() {
        let memory = Memory::default();
        for params in [Params::new(32_768, 1, 1, None), Params::new(64, 3, 2, Some(48))] {
            for algorithm in [Algorithm::Argon2id, Algorithm::Argon2i] {
                let library = Argon2::new(algorithm, Version::V0x13, params.clone().unwrap());
                let theirs = library.hash_password_with_salt(b"tram bleu 47", &[7; 16]).unwrap();
                assert_eq!(memory.matches(b"tram bleu 47", &theirs), Ok(true), "{theirs}");
                assert_eq!(memory.matches(b"tram bleu 48", &theirs), Ok(false), "{theirs}");
            }
        }
        let kept = memory.0.lock().unwrap();
        assert_eq!(kept.len(), 1, "used again");
        assert!(kept[0].capacity() <= Params::DEFAULT.block_count());
    }
}
