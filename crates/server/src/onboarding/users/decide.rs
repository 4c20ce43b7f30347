//! A decision about a user, whatever it is: made while the organisation's row is held, written down, told (A8).

use axum::http::StatusCode;
use palier_domain::onboarding::{Decision, IllegalDecision, Rights};
use palier_domain::problem::FieldProblem;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::tell::{self, Done};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::onboarding::administrator::{self, Administrator};
use crate::onboarding::{joining, rules};
use crate::store::accounts::{self, Account};
use crate::store::client_users::{self, ClientUser};
use crate::store::{StoreError, departures, sessions};

/// What is to become of a user.
#[derive(Clone, Copy)]
pub(super) enum Change<'a> {
    /// They may do this from now on.
    Rights(&'a Rights),
    /// They are something else from now on.
    Role(Decision),
}

/// Decides about the user with this account. What is so already is left as it is: nothing is written, nobody is told.
///
/// # Errors
/// 403 when who asks is no administrator any more; 404 when it is no user's of theirs; 409 `last_administrator`; 409
/// `decided` when the user was suspended meanwhile, so that they can't be named; 422 at `rights`.
pub(super) async fn decide(
    post: Post<'_>,
    account: Account,
    user_id: i64,
    change: Change<'_>,
) -> Result<(), ApiError> {
    let portal = post.portal.slug();
    let transaction = post.state.store().begin().await?;
    let decider = administrator::held(post, &transaction, account).await?;
    let (before, whose) = concerned(post, &transaction, &decider, user_id).await?;
    let after = changed(post, &transaction, &before, change).await?;
    if after == before {
        return Ok(());
    }
    if !client_users::update(&transaction, portal, &after).await? {
        return Err(ApiError::not_found());
    }
    if after.is_removed() {
        client_users::note_removed(&transaction, whose.id, post.now).await?;
        departures::overtake(&transaction, whose.id, post.now).await?;
    }
    if after.state != before.state {
        // Nothing that was begun before, or at this very moment, goes on after it: not even once they may come back.
        // Who is signing in holds their account.
        accounts::hold(&transaction, portal, whose.id).await?;
        sessions::end_all(&transaction, whose.id).await?;
    }
    if before.decides() && !after.decides() && whose.id != decider.account.id {
        // Whom they let in comes in no more by their word. Who leaves the role by themself is trusted until then.
        joining::call_back(post, &transaction, &decider, whose.id).await?;
    }
    tell::all(post, &transaction, &Done { decider: &decider, whose: &whose, after: &after, change }).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// The user of the same organisation, removed or not.
async fn concerned(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    decider: &Administrator,
    user_id: i64,
) -> Result<(ClientUser, Account), ApiError> {
    let portal = post.portal.slug();
    let user = client_users::of_account(transaction, portal, user_id).await?;
    let user = user.filter(|user| user.client_id == decider.client.id).ok_or_else(ApiError::not_found)?;
    let account = accounts::by_id(transaction, portal, user_id).await?.ok_or_else(ApiError::not_found)?;
    Ok((user, account))
}

async fn changed(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    user: &ClientUser,
    change: Change<'_>,
) -> Result<ClientUser, ApiError> {
    match change {
        Change::Rights(_) if user.is_removed() => Err(ApiError::not_found()),
        Change::Rights(rights) => {
            let (_, own) = rules::of(post.portal)?;
            let rights = rights.checked(own.codes(), user.administrator);
            let rights =
                rights.map_err(|error| ApiError::invalid_field(FieldProblem::new("rights", &error)))?;
            Ok(ClientUser { rights, ..user.clone() })
        }
        Change::Role(decision) => {
            let portal = post.portal.slug();
            let administrators = client_users::administrators(transaction, portal, user.client_id).await?;
            let role = decision.about(user.role(), administrators).map_err(refused)?;
            Ok(ClientUser { administrator: role.administrator, state: role.state, ..user.clone() })
        }
    }
}

fn refused(illegal: IllegalDecision) -> ApiError {
    match illegal {
        IllegalDecision::LastAdministrator => ApiError::code(StatusCode::CONFLICT, code::LAST_ADMINISTRATOR),
        IllegalDecision::Suspended => ApiError::code(StatusCode::CONFLICT, code::DECIDED),
        IllegalDecision::Removed => ApiError::not_found(),
    }
}
