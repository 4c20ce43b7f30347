//! An administrator decides about a request (A7). Of several at once, exactly one does.

use axum::http::StatusCode;
use palier_domain::onboarding::{GrantForm, JoiningState, JoiningStep, ReasonForm};
use palier_domain::wire::code;

use super::super::{administrator, holders, record};
use super::{commit, decided, granted, link, name, of_organisation};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::mail::{Colleague, Mail};
use crate::store::accounts::Account;
use crate::store::joinings::{self, Joining};

/// 409: somebody else has decided, or its time is over.
pub(super) fn too_late() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::DECIDED)
}

/// 409: the address has an account.
pub(super) fn already_user() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::ALREADY_USER)
}

fn undecided(post: Post<'_>, joining: Joining) -> Result<Joining, ApiError> {
    let waits = joining.state == JoiningState::Asked && joining.expires_at > post.now;
    if waits { Ok(joining) } else { Err(too_late()) }
}

/// Says yes: the person gets the link by which they choose a password.
pub(super) async fn accept(
    post: Post<'_>,
    account: Account,
    id: i64,
    form: &GrantForm,
) -> Result<(), ApiError> {
    let transaction = post.state.store().begin().await?;
    let administrator = administrator::held(post, &transaction, account).await?;
    let joining = undecided(post, of_organisation(post, &transaction, &administrator, id).await?)?;
    let grant = granted(post, &administrator, &form.rights, form.administrator)?;
    if holders::user_of(post, &transaction, administrator.client.id, &joining.email).await?.is_some() {
        return Err(already_user());
    }
    let expires_at = link::expires_at(post)?;
    if !joinings::accept(&transaction, &joining, &grant, post.now, expires_at).await? {
        return Err(too_late());
    }
    let mut details = decided(&administrator, &joining);
    details.extend(record::granted(&grant.rights, grant.administrator));
    record::note(post, &transaction, administrator.client.id, "access_granted", details).await?;
    link::send(post, &transaction, &administrator, &joining, expires_at).await?;
    commit(post, transaction).await
}

/// Says no: the person is told why.
pub(super) async fn refuse(
    post: Post<'_>,
    account: Account,
    id: i64,
    form: &ReasonForm,
) -> Result<(), ApiError> {
    let transaction = post.state.store().begin().await?;
    let administrator = administrator::held(post, &transaction, account).await?;
    let joining = undecided(post, of_organisation(post, &transaction, &administrator, id).await?)?;
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let reason = form.reason.trim();
    if !joinings::step(&transaction, &joining, JoiningStep::Refuse, Some(reason), post.now).await? {
        return Err(too_late());
    }
    let mut details = decided(&administrator, &joining);
    details.insert("reason".to_owned(), reason.to_owned());
    record::note(post, &transaction, administrator.client.id, "access_refused", details).await?;
    let post = Post { language: &joining.language, ..post };
    let organisation = administrator.client.known.name.as_str();
    let mail = Mail::Colleague(Colleague::AccessRefused { organisation, reason });
    post.send(&transaction, &joining.email, Some(&name(&joining)), mail).await?;
    commit(post, transaction).await
}
