//! Passwords: made into hashes and compared with them, without letting many at once use up the machine (T4, T8, P6).

mod computation;
mod well_known;

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Params, Version};
use palier_domain::values::{About, Password};
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::computation::Memory;
use crate::entropy::Entropy;

/// Makes and checks password hashes: argon2id, 19 MiB, two passes, one lane, as PHC strings.
///
/// Each computation holds 19 MiB for some hundredths of a second, so as many run at once as there are cores, a bounded
/// number waits, and the rest is told to come back.
#[derive(Clone)]
pub struct Passwords {
    entropy: Arc<dyn Entropy>,
    memory: Arc<Memory>,
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// Too many computations wait already, or the server is stopping: answer 503 and let the person try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too many passwords are being checked")]
pub struct Busy;

/// How many may wait for each that runs: about two seconds' work, less than the time-out of a request.
const WAITING_EACH: usize = 50;

/// Compared with when there is no account, so that the answer takes as long as for one that exists. Nothing matches
/// it: [`Passwords::verify`] answers no whatever the comparison says.
const DUMMY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$cGFsaWVyLW5vLWFjY291bnQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const _: () = assert!(
    Params::DEFAULT_M_COST == 19_456 && Params::DEFAULT_T_COST == 2 && Params::DEFAULT_P_COST == 1,
    "the library's defaults are the parameters chosen: 19 MiB, two passes, one lane"
);

impl Passwords {
    /// One computation a core, salts drawn from `entropy`.
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with_limits(entropy, cores, cores * WAITING_EACH)
    }

    /// At most `running` computations at once (at least one) and `waiting` more in line.
    pub fn with_limits(entropy: Arc<dyn Entropy>, running: usize, waiting: usize) -> Self {
        let running = running.max(1);
        Self {
            entropy,
            memory: Arc::default(),
            running: Arc::new(Semaphore::new(running)),
            admitted: Arc::new(Semaphore::new(running + waiting)),
        }
    }

    /// The hash to store, as a PHC string with its own salt.
    pub async fn hash(&self, password: &Password) -> Result<String, Busy> {
        let mut salt = [0; 16];
        self.entropy.fill(&mut salt);
        let (memory, password) = (Arc::clone(&self.memory), password.clone());
        self.compute(move || memory.hash(password.reveal().as_bytes(), &salt))
            .await?
            .map(|hash| hash.to_string())
            .map_err(|error| {
                tracing::error!(%error, "a password could not be hashed");
                Busy
            })
    }

    /// Whether `password` is the one of the stored hash. Without one the answer is no, after as long a time.
    pub async fn verify(&self, password: &Password, stored: Option<&str>) -> Result<bool, Busy> {
        let known = stored.is_some();
        let stored = stored.unwrap_or(DUMMY).to_owned();
        let (memory, password) = (Arc::clone(&self.memory), password.clone());
        let matches = self
            .compute(move || {
                PasswordHash::new(&stored)
                    .map_err(argon2::password_hash::Error::from)
                    .and_then(|hash| memory.matches(password.reveal().as_bytes(), &hash))
                    .inspect_err(|error| tracing::error!(%error, "a stored password hash is damaged"))
                    .unwrap_or(false)
            })
            .await?;
        Ok(matches && known)
    }

    /// Whether everybody's lists of passwords have this one, or it is made of little but who its owner is (T4).
    pub fn well_known(&self, password: &Password, about: About<'_>) -> bool {
        well_known::is(password.reveal(), about)
    }

    /// Runs off the threads that serve requests. What is under way keeps its place when the request goes away.
    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| Busy)?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| Busy)?;
        let places: (OwnedSemaphorePermit, OwnedSemaphorePermit) = (admitted, running);
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(places);
            done
        })
        .await
        .map_err(|error| {
            tracing::error!(%error, "a password computation ended early");
            Busy
        })
    }
}

/// Whether a stored hash was made with other parameters than today's: hash again at the next right password.
pub fn needs_rehash(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return true };
    let current = Params::DEFAULT;
    let same = Params::try_from(&hash).is_ok_and(|made| {
        made.m_cost() == current.m_cost()
            && made.t_cost() == current.t_cost()
            && made.p_cost() == current.p_cost()
    });
    !same || hash.algorithm.as_str() != "argon2id" || hash.version != Some(Version::V0x13.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{Algorithm, Argon2, PasswordHasher as _};
    use std::sync::atomic::{AtomicU8, Ordering};

    /// Another salt each time.
    struct Counting(AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, Ordering::Relaxed));
        }
    }

    fn passwords(running: usize, waiting: usize) -> Passwords {
        Passwords::with_limits(Arc::new(Counting(AtomicU8::new(0))), running, waiting)
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_only() {
        let passwords = passwords(2, 10);
        let password = Password::given("e\u{301}te\u{301} au bord de l'eau 47");
        let stored = passwords.hash(&password).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_ne!(stored, passwords.hash(&password).await.unwrap(), "each hash has its own salt");
        let same = Password::given("été au bord de l'eau 47");
        assert_eq!(passwords.verify(&same, Some(&stored)).await, Ok(true));
        assert_eq!(passwords.verify(&Password::given("été"), Some(&stored)).await, Ok(false));
        assert_eq!(passwords.verify(&same, None).await, Ok(false));
        assert_eq!(passwords.verify(&same, Some("damaged")).await, Ok(false));
        assert!(!needs_rehash(&stored));
    }

    #[test]
    fn the_dummy_costs_what_a_real_one_does() {
        assert!(!needs_rehash(DUMMY));
        let real = Memory::default().hash(b"any", &[7; 16]).unwrap();
        let dummy = PasswordHash::new(DUMMY).unwrap();
        assert_eq!(dummy.hash.map(|output| output.len()), real.hash.map(|output| output.len()));
        assert!(dummy.salt.is_some());
    }

    #[test]
    fn older_parameters_are_noticed() {
        let made = |params: Params, algorithm| {
            Argon2::new(algorithm, Version::V0x13, params)
                .hash_password_with_salt(b"any", &[7; 16])
                .unwrap()
                .to_string()
        };
        assert!(needs_rehash(&made(Params::new(1024, 2, 1, None).unwrap(), Algorithm::Argon2id)));
        assert!(needs_rehash(&made(Params::new(19_456, 1, 1, None).unwrap(), Algorithm::Argon2id)));
        assert!(needs_rehash(&made(Params::DEFAULT, Algorithm::Argon2i)));
        assert!(needs_rehash("$2b$10$something.else"));
        assert!(!needs_rehash(&made(Params::DEFAULT, Algorithm::Argon2id)));
    }

    #[tokio::test]
    async fn more_than_may_wait_are_sent_away() {
        let passwords = passwords(1, 1);
        let held = Arc::clone(&passwords.running).acquire_owned().await.unwrap();
        let password = Password::given("attendez votre tour 47");
        let first = tokio::spawn({
            let (passwords, password) = (passwords.clone(), password.clone());
            async move { passwords.verify(&password, None).await }
        });
        let second = tokio::spawn({
            let (passwords, password) = (passwords.clone(), password.clone());
            async move { passwords.verify(&password, None).await }
        });
        while passwords.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(passwords.verify(&password, None).await, Err(Busy));
        drop(held);
        assert_eq!(first.await.unwrap(), Ok(false));
        assert_eq!(second.await.unwrap(), Ok(false));
        assert_eq!(passwords.verify(&password, None).await, Ok(false), "room again");
    }

    #[tokio::test]
    async fn who_leaves_while_waiting_frees_the_place() {
        let passwords = passwords(1, 1);
        let held = Arc::clone(&passwords.running).acquire_owned().await.unwrap();
        let password = Password::given("attendez votre tour 47");
        for _ in 0..3 {
            let (theirs, password) = (passwords.clone(), password.clone());
            let waiting = tokio::spawn(async move { theirs.verify(&password, None).await });
            while passwords.admitted.available_permits() > 1 {
                tokio::task::yield_now().await;
            }
            waiting.abort();
            assert!(waiting.await.unwrap_err().is_cancelled());
        }
        drop(held);
        assert_eq!(passwords.verify(&password, None).await, Ok(false));
    }
}
