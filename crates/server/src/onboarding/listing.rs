//! The letters of a portal as its operator sees them: everything but their codes, which nobody knows.

use jiff::{SignedDuration, Timestamp};
use palier_domain::onboarding::LetterState;
use palier_domain::values::LoginIdentifier;

use super::letters::of_identifier;
use crate::account::Post;
use crate::store::clients::Client;
use crate::store::letters::{self, Letter};
use crate::store::{StoreError, clients, designations};

/// A letter and its organisation.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) letter: Letter,
    pub(crate) client: Client,
    /// Until when it isn't printed yet, since administrators can still object (A8).
    pub(crate) held_until: Option<Timestamp>,
}

/// The letters of a portal, the oldest first: of one state, or all.
pub(crate) async fn list(post: Post<'_>, state: Option<LetterState>) -> Result<Vec<Listed>, StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    with_clients(post, letters::list(conn, portal, state).await?).await
}

/// Letters with what else is listed of each, in the order given.
pub(crate) async fn with_clients(post: Post<'_>, letters: Vec<Letter>) -> Result<Vec<Listed>, StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let mut ids: Vec<i64> = letters.iter().map(|letter| letter.client_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let clients = clients::by_ids(conn, portal, &ids).await?;
    let held = designations::held(conn, portal, post.now).await?;
    let listed = |letter: Letter| {
        let client = clients.get(&letter.client_id)?.clone();
        let held_until = held.get(&letter.designation_id).copied();
        Some(Listed { letter, client, held_until })
    };
    Ok(letters.into_iter().filter_map(listed).collect())
}

/// The letter with a reference as somebody types it: in any case, with or without `C-` and dashes.
pub(crate) async fn find(post: Post<'_>, typed: &str) -> Result<Option<Letter>, StoreError> {
    let Some(reference) = reference(typed) else { return Ok(None) };
    letters::by_reference(post.state.store().read(), post.portal.slug(), &reference).await
}

fn reference(typed: &str) -> Option<String> {
    let typed = typed.trim_start();
    let identifier = match typed.strip_prefix("C-").or_else(|| typed.strip_prefix("c-")) {
        Some(bare) => LoginIdentifier::parse(bare),
        // Identifiers have that letter too: it is the mark only where it is one too many.
        None => LoginIdentifier::parse(typed)
            .or_else(|error| LoginIdentifier::parse(typed.strip_prefix(['C', 'c']).ok_or(error)?)),
    };
    Some(of_identifier(&identifier.ok()?))
}

/// The last moment at which a code counts that counts until `until`: what people are told is a day on which it does.
pub(crate) fn last(until: Timestamp) -> Timestamp {
    until.checked_sub(SignedDuration::from_secs(1)).unwrap_or(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_they_are_typed() {
        for typed in ["C-K7TM-94PX", "c-k7tm-94px", "K7TM-94PX", "k7tm94px", " ck7tm 94px ", "C–K7TM–94PX"]
        {
            assert_eq!(reference(typed).as_deref(), Some("C-K7TM-94PX"), "{typed}");
        }
        // One that begins with the mark's letter, with and without the mark.
        for typed in ["C-C7TM-94PX", "cc7tm94px", "C7TM-94PX"] {
            assert_eq!(reference(typed).as_deref(), Some("C-C7TM-94PX"), "{typed}");
        }
        for typed in ["", "C-", "C-K7TM-94P", "CC-K7TM-94PX", "D-K7TM-94PX", "C-K7TM-94P0"] {
            assert_eq!(reference(typed), None, "{typed}");
        }
    }
}
