use palier_domain::onboarding::JournalView;

use super::told::Told;
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::onboarding::administrator::Administrator;
use crate::store::journal::page;

/// Entries told at once.
const PAGE: usize = 50;

/// The newest entries, or the newest of those below a number.
pub(super) async fn view(
    post: Post<'_>,
    administrator: &Administrator,
    before: Option<i32>,
) -> Result<JournalView, ApiError> {
    let (conn, client) = (post.state.store().read(), &administrator.client);
    // One more than is told: whether there are others.
    let mut entries = page(conn, post.portal.slug(), client.id, before, PAGE as u64 + 1).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let told = Told::to(post)?;
    Ok(JournalView {
        organisation: client.known.name.clone(),
        entries: entries.into_iter().map(|entry| told.entry(entry)).collect(),
        more,
    })
}
