//! Client organisations at the desk (D2).

use std::collections::HashMap;

use palier_domain::desk::{ClientRow, ClientsPage};
use palier_domain::fold::key;
use palier_domain::onboarding::{LetterStage, LetterState};

use super::paging::Asked;
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::onboarding::stage;
use crate::store::designations::Designation;
use crate::store::letters::Letter;
use crate::store::{StoreError, client_users, clients, designations, letters};

/// Designations of which nothing has become yet, the oldest first, each with its newest letter.
pub(super) async fn open_designations(
    post: Post<'_>,
) -> Result<Vec<(Designation, Option<Letter>)>, StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let open = designations::all_open(conn, portal).await?;
    // The oldest first: the newest of a designation takes the place of those before.
    let all = letters::list(conn, portal, None).await?.into_iter();
    let mut newest: HashMap<i64, Letter> = all.map(|letter| (letter.designation_id, letter)).collect();
    let with_letter = |designation: Designation| {
        let letter = newest.remove(&designation.id);
        (designation, letter)
    };
    Ok(open.into_iter().map(with_letter).collect())
}

/// A page of client organisations, by name.
pub(super) async fn list(post: Post<'_>, asked: &Asked) -> Result<ClientsPage, ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let mut names = clients::names(conn, portal).await?;
    names.retain(|(_, number, name)| asked.finds(&[number, name]));
    names.sort_by_cached_key(|(id, _, name)| (key(name), *id));
    let (chosen, paging) = asked.cut(names);
    let ids: Vec<i64> = chosen.iter().map(|(id, _, _)| *id).collect();
    let mut known = clients::by_ids(conn, portal, &ids).await?;
    let administrators = client_users::administrators_of_all(conn, portal).await?;
    let open = open_designations(post).await?;
    let open: HashMap<i64, &(Designation, Option<Letter>)> =
        open.iter().map(|pair| (pair.0.client_id, pair)).collect();
    let row = |id: i64| {
        let known = known.remove(&id)?.known;
        let designation = open.get(&id);
        let letter = designation.and_then(|(_, letter)| letter.as_ref());
        Some(ClientRow {
            number: known.number.to_string(),
            name: known.name,
            legal_form: known.legal_form,
            representative: known.representative,
            administrators: administrators.get(&id).copied().unwrap_or_default(),
            designation: designation.map(|(designation, letter)| {
                letter.as_ref().map_or("none", |letter| told(letter, designation, post)).to_owned()
            }),
            letter: letter.map(|letter| letter.reference.clone()),
        })
    };
    Ok(ClientsPage { clients: ids.into_iter().filter_map(row).collect(), paging })
}

/// Where a letter is; `none` for one that ended without another in its place.
fn told(letter: &Letter, designation: &Designation, post: Post<'_>) -> &'static str {
    match stage(letter, designation, post.now) {
        LetterStage::Expired if letter.state == LetterState::Revoked => "none",
        stage => stage.name(),
    }
}
