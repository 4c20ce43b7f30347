//! Memberships of a mediation scheme at the desk (M8, D2).

use palier_domain::desk::{Count, MembershipRow, MembershipsPage};

use super::paging::Asked;
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::mediation::{State, memberships};

const STATES: [State; 3] = [State::Created, State::Certified, State::Member];

/// A page of memberships, those least advanced first.
pub(super) async fn list(post: Post<'_>, asked: &Asked) -> Result<MembershipsPage, ApiError> {
    let wanted = match asked.state.as_deref().filter(|name| !name.is_empty()) {
        Some(wanted) => {
            let found = STATES.into_iter().find(|state| name(*state) == wanted);
            Some(found.ok_or_else(ApiError::malformed)?)
        }
        None => None,
    };
    let (conn, portal) = (post.state.store().read(), post.portal);
    let mut all = memberships(conn, portal.slug(), &portal.time_zone).await?;
    all.retain(|(_, [_, name, siren, _, _, _, email, ..])| asked.finds(&[name, siren, email]));
    let states: Vec<State> = all.iter().map(|(state, _)| *state).collect();
    all.retain(|(state, _)| wanted.is_none_or(|wanted| wanted == *state));
    let (rows, paging) = asked.cut(all);
    Ok(MembershipsPage { memberships: rows.into_iter().map(row).collect(), counts: counts(&states), paging })
}

/// How many there are of each state.
pub(super) fn counts(states: &[State]) -> Vec<Count> {
    let of = |state: State| Count {
        state: name(state).to_owned(),
        count: states.iter().filter(|found| **found == state).count() as u64,
    };
    STATES.map(of).to_vec()
}

const fn name(state: State) -> &'static str {
    match state {
        State::Created => "created",
        State::Certified => "certified",
        State::Member => "member",
    }
}

fn row((state, row): (State, [String; 15])) -> MembershipRow {
    let [_, denomination, siren, _, _, _, email, created, certified, joined, reference, ..] = row;
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    MembershipRow {
        state: name(state).to_owned(),
        name: denomination,
        siren,
        email,
        created,
        certified: filled(certified),
        joined: filled(joined),
        reference: filled(reference),
    }
}
