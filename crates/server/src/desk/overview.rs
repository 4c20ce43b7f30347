//! What is going on, in numbers (D2).

use palier_domain::desk::{LettersOverview, Overview};

use super::{letters, memberships, requests};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::{self, client_users, clients};

/// Only of what the portal has journeys for.
pub(super) async fn view(post: Post<'_>) -> Result<Overview, ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let mut overview = Overview {
        letters: None,
        requests: None,
        clients: None,
        clients_with_administrator: None,
        memberships: Vec::new(),
    };
    if post.portal.onboarding.is_some() {
        overview.letters = Some(LettersOverview {
            counts: letters::told(&store::letters::counts(conn, portal, "").await?),
            waiting: store::letters::printable(conn, portal, post.now).await?,
        });
        overview.requests = Some(requests::overview(post).await?);
        overview.clients = Some(clients::count(conn, portal).await?);
        overview.clients_with_administrator = Some(client_users::administered(conn, portal).await?);
    }
    if post.portal.mediation.is_some() {
        let all = crate::mediation::memberships(conn, portal, &post.portal.time_zone).await?;
        overview.memberships = memberships::counts(&all.iter().map(|(state, _)| *state).collect::<Vec<_>>());
    }
    Ok(overview)
}
