//! Finding who calls, by user number, name or e-mail address (P7).

use palier_domain::desk::{AccountRow, AccountsPage};

use super::{named, note, state};
use crate::account::Post;
use crate::desk::paging::Asked;
use crate::http::problem::ApiError;
use crate::store::partners::{self, Partner};
use crate::store::staff::Staff;

/// A page of those whom the search finds, by name. Without a search it finds nobody: nobody leafs through accounts.
pub(super) async fn list(post: Post<'_>, staff: &Staff, asked: &Asked) -> Result<AccountsPage, ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let text = asked.text();
    let total = if text.is_empty() { 0 } else { partners::count_found(conn, portal, &text).await? };
    let (part, paging) = asked.part(total);
    let found = if total == 0 { Vec::new() } else { partners::page(conn, portal, &text, part).await? };
    if !found.is_empty() {
        let shown: Vec<&str> = found.iter().map(named).collect();
        note(post, post.state.store().write(), staff, "searched", &shown.join(" ")).await?;
    }
    let row = |Partner { known, opening, .. }: Partner| AccountRow {
        number: known.number.to_string(),
        name: known.name,
        email: known.email.map(|email| email.to_string()),
        state: state(&opening.access, post.now),
    };
    Ok(AccountsPage { accounts: found.into_iter().map(row).collect(), paging })
}
