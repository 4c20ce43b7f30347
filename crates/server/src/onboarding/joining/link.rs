//! The link by which somebody who was accepted or invited chooses a password.

use jiff::Timestamp;
use sea_orm::DatabaseTransaction;

use super::super::administrator::Administrator;
use super::super::letters::written_day;
use super::super::rules;
use super::{expiry, name};
use crate::account::{Post, full_name, hash};
use crate::http::problem::ApiError;
use crate::mail::{Colleague, Mail};
use crate::store::joinings::Joining;
use crate::store::links;

/// When a link that is sent now stops working.
pub(super) fn expires_at(post: Post<'_>) -> Result<Timestamp, ApiError> {
    let (_, own) = rules::of(post.portal)?;
    Ok(expiry::after_days(post.now, own.joining.invitation_days))
}

/// Sends it, in the place of the one before: to who asked as an answer, to who didn't as an invitation.
pub(super) async fn send(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    administrator: &Administrator,
    joining: &Joining,
    expires_at: Timestamp,
) -> Result<(), ApiError> {
    let token = post.state.entropy().token();
    let (portal, kind) = (post.portal.slug(), links::Kind::Joining);
    links::issue(transaction, portal, kind, joining.id, &hash(&token), post.now, expires_at).await?;
    let link = post.portal.link(&format!("/organisme/invitation#{}", token.reveal()));
    let until = written_day(post, expires_at);
    let account = &administrator.account;
    let by = full_name(account.first_name.as_deref(), &account.surname);
    let (organisation, link, until) =
        (administrator.client.known.name.as_str(), link.as_str(), until.as_str());
    let post = Post { language: &joining.language, ..post };
    let has_asked = joining.consent.is_some();
    let (name, mail) = if has_asked {
        (Some(name(joining)), Colleague::AccessGranted { link, organisation, until })
    } else {
        // Nobody knows yet whose address it is.
        (None, Colleague::Invitation { link, organisation, until, by: &by })
    };
    Ok(post.send(transaction, &joining.email, name.as_deref(), Mail::Colleague(mail)).await?)
}
