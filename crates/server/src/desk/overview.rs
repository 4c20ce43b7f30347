//! What is going on, in numbers (D2).

use palier_domain::desk::{LettersOverview, Overview, RequestsOverview};
use palier_domain::onboarding::LetterState;

use super::{letters, memberships, requests};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::{client_users, clients, designations};

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
        let all = crate::store::letters::list(conn, portal, None).await?;
        // Those that administrators can still object to can't be printed yet.
        let held = designations::held(conn, portal, post.now).await?;
        let states: Vec<LetterState> = all.iter().map(|letter| letter.state).collect();
        overview.letters = Some(LettersOverview {
            waiting: all
                .iter()
                .filter(|it| it.state == LetterState::Asked && !held.contains_key(&it.designation_id))
                .count() as u64,
            counts: letters::counts(&states),
        });
        let requests::Found { view, waiting, overdue } = requests::find(post).await?;
        let stuck = view.stuck.len() as u64;
        overview.requests = Some(RequestsOverview { waiting, overdue, days: view.days, stuck });
        overview.clients = Some(clients::count(conn, portal).await?);
        let administrators = client_users::administrators_of_all(conn, portal).await?;
        overview.clients_with_administrator = Some(administrators.len() as u64);
    }
    if post.portal.mediation.is_some() {
        let all = crate::mediation::memberships(conn, portal, &post.portal.time_zone).await?;
        overview.memberships = memberships::counts(&all.iter().map(|(state, _)| *state).collect::<Vec<_>>());
    }
    Ok(overview)
}
