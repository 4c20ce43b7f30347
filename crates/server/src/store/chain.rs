//! What journals have in common: entries are only ever added, and each carries a hash of itself and of the one before.
//! Whoever changes or takes out one breaks the chain from there on.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, PrimaryKeyTrait, Select};
use sha2::{Digest as _, Sha256};

use super::journal_cuts::{self, Cut};
use super::{Conflict, StoreError, insert};

/// Each try that fails means that another one went through: more than are ever under way at once.
const TRIES: u32 = 64;

/// A table of entries.
pub(super) trait Chained: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType = i64>> {
    /// What the entry after this one follows.
    fn cut(last: Self::Model) -> Cut;
}

/// Adds the entry that `entry` makes of what it follows: the `newest` one of the journal or, where there is none, what
/// was cut off the journal of `owner`: a portal, and an organisation of it or its desk.
pub(super) async fn append<E: Chained, A, C: ConnectionTrait>(
    conn: &C,
    newest: Select<E>,
    (portal, owner): (&str, i64),
    entry: impl Fn(&Cut) -> A,
) -> Result<(), StoreError>
where
    A: ActiveModelTrait<Entity = E>,
{
    for _ in 0..TRIES {
        let before = match newest.clone().one(conn).await? {
            Some(last) => E::cut(last),
            None => journal_cuts::of(conn, portal, owner).await?,
        };
        // Of two at once, the second one waits for the first here, finds its number taken, and comes after it.
        if insert::unless_taken(conn, entry(&before)).await?.is_some() {
            return Ok(());
        }
    }
    Err(StoreError::Conflict(Conflict::Other))
}

/// SHA-256 of the parts of an entry, the hash of the one before among them; no part can be taken for the end of another.
pub(super) fn hash(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().to_vec()
}
