//! Client organisations at the desk (D2).

use palier_domain::desk::{ClientRow, ClientsPage};
use palier_domain::onboarding::{LetterStage, LetterState};

use super::paging::Asked;
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::onboarding::stage;
use crate::store::clients::Client;
use crate::store::designations::Designation;
use crate::store::letters::Letter;
use crate::store::{client_users, clients, designations, letters};

/// A page of client organisations, by name.
pub(super) async fn list(post: Post<'_>, asked: &Asked) -> Result<ClientsPage, ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let text = asked.text();
    let (part, paging) = asked.part(clients::count_found(conn, portal, &text).await?);
    let found = clients::page(conn, portal, &text, part).await?;
    let ids: Vec<i64> = found.iter().map(|client| client.id).collect();
    let administrators = client_users::administrators_of_all(conn, portal, &ids).await?;
    let designations = designations::open_of_all(conn, portal, &ids).await?;
    let open: Vec<i64> = designations.values().map(|designation| designation.id).collect();
    let letters = letters::latest_of(conn, &open).await?;
    let row = |Client { id, known, .. }: Client| {
        let designation = designations.get(&id);
        let letter = designation.and_then(|designation| letters.get(&designation.id));
        ClientRow {
            number: known.number.to_string(),
            name: known.name,
            legal_form: known.legal_form,
            representative: known.representative,
            administrators: administrators.get(&id).copied().unwrap_or_default(),
            designation: designation.map(|designation| {
                letter.map_or("none", |letter| told(letter, designation, post)).to_owned()
            }),
            letter: letter.map(|letter| letter.reference.clone()),
        }
    };
    Ok(ClientsPage { clients: found.into_iter().map(row).collect(), paging })
}

/// Where a letter is; `none` for one that ended without another in its place.
fn told(letter: &Letter, designation: &Designation, post: Post<'_>) -> &'static str {
    match stage(letter, designation, post.now) {
        LetterStage::Expired if letter.state == LetterState::Revoked => "none",
        stage => stage.name(),
    }
}
