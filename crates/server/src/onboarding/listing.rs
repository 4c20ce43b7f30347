//! The letters of a portal as its operator sees them: everything but their codes, which nobody knows.

use jiff::Timestamp;

use crate::account::Post;
use crate::store::clients::Client;
use crate::store::letters::Letter;
use crate::store::{StoreError, clients, designations};

/// A letter and its organisation.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) letter: Letter,
    pub(crate) client: Client,
    /// Until when it isn't printed yet, since administrators can still object (A8).
    pub(crate) held_until: Option<Timestamp>,
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
