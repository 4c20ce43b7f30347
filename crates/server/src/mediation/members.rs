//! The public directory (*annuaire*) of the members (M6): kept in memory, and made again when there is a new member.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use palier_domain::mediation::{Found, Listed};

use super::directory::{Entry, Index};
use super::scheme;
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::StoreError;
use crate::store::memberships::{self, Mark, Member};

/// How many are listed: more would be read by nobody.
const LISTED: usize = 20;

/// The directories of all portals.
#[derive(Debug, Default)]
pub(crate) struct Members(Mutex<BTreeMap<String, Arc<Known>>>);

#[derive(Debug)]
struct Known {
    mark: Mark,
    index: Index,
    members: BTreeMap<i64, Member>,
}

/// The members whose name fits best.
pub(crate) async fn search(post: Post<'_>, query: &str) -> Result<Found, ApiError> {
    scheme::of(post.portal)?;
    let known = known(post).await?;
    let found = known.index.search(query, LISTED);
    let listed = found.hits.iter().filter_map(|hit| known.members.get(&hit.id)).map(|member| Listed {
        name: member.name.clone(),
        siren: member.siren.clone(),
        since: member.joined_at.to_zoned(post.portal.time_zone.clone()).date().to_string(),
    });
    Ok(Found { total: found.total, listed: listed.collect() })
}

/// The directory as it is now: another server may have made a member meanwhile, so the store is asked each time whether
/// anything changed.
async fn known(post: Post<'_>) -> Result<Arc<Known>, StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let mark = memberships::mark(conn, portal).await?;
    let all = &post.state.members().0;
    let kept = all.lock().unwrap_or_else(PoisonError::into_inner).get(portal).map(Arc::clone);
    if let Some(kept) = kept.filter(|kept| kept.mark == mark) {
        return Ok(kept);
    }
    let members = memberships::members(conn, portal).await?;
    let entries = members.iter().map(|member| Entry { id: member.id, name: member.name.clone() }).collect();
    let members = members.into_iter().map(|member| (member.id, member)).collect();
    let made = Arc::new(Known { mark, index: Index::new(entries), members });
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    all.insert(portal.to_owned(), Arc::clone(&made));
    Ok(made)
}
