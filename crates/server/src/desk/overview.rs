//! What is going on, in numbers (D2).

use palier_domain::desk::{LettersOverview, Overview};
use palier_domain::onboarding::LetterState;

use super::{letters, memberships, requests};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::{self, client_users, clients, departures, partner_letters, partners};

/// Only of what the portal has journeys for.
pub(super) async fn view(post: Post<'_>) -> Result<Overview, ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let mut overview = Overview {
        letters: None,
        requests: None,
        clients: None,
        clients_with_administrator: None,
        partners: None,
        departures: None,
        memberships: Vec::new(),
    };
    if post.portal.onboarding.is_some() {
        overview.requests = Some(requests::overview(post).await?);
        overview.clients = Some(clients::count(conn, portal).await?);
        overview.clients_with_administrator = Some(client_users::administered(conn, portal).await?);
    }
    if post.portal.partners.is_none() {
        overview.departures = Some(departures::count_waiting(conn, portal).await?);
    }
    if post.portal.partners.is_some() {
        overview.partners = Some(partners::count(conn, portal).await?);
    }
    if post.portal.onboarding.is_some() || post.portal.partners.is_some() {
        let to_partners = partner_letters::count_in(conn, portal, LetterState::Asked).await?;
        overview.letters = Some(LettersOverview {
            counts: letters::told(&letters::counts(post, "").await?),
            waiting: store::letters::printable(conn, portal, post.now).await? + to_partners,
        });
    }
    if post.portal.mediation.is_some() {
        let all = crate::mediation::memberships(conn, portal, &post.portal.time_zone).await?;
        overview.memberships = memberships::counts(&all.iter().map(|(state, _)| *state).collect::<Vec<_>>());
    }
    Ok(overview)
}
