//! The landlord decides about a request.

use palier_domain::departure::{DecisionForm, Event, Kind};
use palier_domain::retention;
use sea_orm::DatabaseTransaction;

use super::{step, write};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::leaving::close_now;
use crate::mail::DepartureMail;
use crate::onboarding;
use crate::store::accounts::{self, Account};
use crate::store::departures::{self, Departure};

/// Accepts a request, or refuses it with a reason, and tells who asked. The account that is left is closed. Gives the request
/// as it was, and whose it was.
///
/// # Errors
/// 404; 409 `departure_withdrawn`, `departure_decided`, `last_administrator`; 422.
pub(crate) async fn decide(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    id: i64,
    form: &DecisionForm,
) -> Result<(Departure, Account), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let portal = post.portal.slug();
    let asked = departures::by_id(transaction, portal, id).await?.ok_or_else(ApiError::not_found)?;
    let whole = asked.kind == Kind::Whole;
    let account = accounts::by_id(transaction, portal, asked.account_id).await?;
    let account = account.ok_or_else(ApiError::not_found)?;
    // What was decided or taken back meanwhile is told as that, whatever else has changed since.
    if asked.state.settled().is_none() && whole && form.accept {
        onboarding::leave(post, transaction, &account).await?;
    }
    accounts::hold(transaction, portal, account.id).await?;
    let account = accounts::by_id(transaction, portal, account.id).await?.ok_or_else(ApiError::not_found)?;
    // This very request, as it is now that the account is held: another one of its kind may have come after it.
    let now = departures::by_id(transaction, portal, id).await?.ok_or_else(ApiError::not_found)?;
    let known = departures::newest(transaction, account.id).await?;
    let known: Vec<Departure> =
        known.into_iter().map(|it| if it.kind == now.kind { now.clone() } else { it }).collect();
    let reason = form.reason.trim();
    let (event, mail) = if form.accept {
        let months = post.portal.retention.kept.of_kind(retention::Kind::ClosedAccounts);
        (Event::Accept(now.kind), DepartureMail::Accepted { kind: now.kind, months })
    } else {
        (Event::Refuse(now.kind, reason.to_owned()), DepartureMail::Refused { kind: now.kind, reason })
    };
    step(transaction, &known, event, post).await?;
    if whole && form.accept {
        close_now(post, transaction, &account).await?;
    }
    write(post, transaction, &account, mail).await?;
    Ok((now, account))
}
