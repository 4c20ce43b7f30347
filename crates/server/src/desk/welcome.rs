//! The one-time link by which somebody of the staff chooses names and password, again when something was lost (D3).

use jiff::{SignedDuration, Timestamp};
use palier_domain::account::LinkForm;
use palier_domain::desk::{Role, WelcomeForm, WelcomeView};
use palier_domain::portal::Context;
use palier_domain::problem::FieldProblem;
use palier_domain::values::{About, Email, PasswordError, Token};

use super::{factor, sign_in};
use crate::account::{Post, dead_link, hash, unknown_link};
use crate::config::PortalConfig;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::links::{self, Kind, Link};
use crate::store::staff::{self, Staff, StaffState};
use crate::store::{StoreError, guards, staff_sessions};

/// How long the link works.
const VALID: SignedDuration = SignedDuration::from_hours(48);

/// Lets somebody come to the desk in a role, and gives the link by which they begin. Who is known begins anew: their
/// password, their authenticator and their sessions end at once, earlier links too.
pub async fn invite(
    state: &AppState,
    portal: &PortalConfig,
    email: &Email,
    role: Role,
) -> Result<String, StoreError> {
    let now = state.now();
    let token = state.entropy().token();
    let transaction = state.store().begin().await?;
    let id = staff::invite(&transaction, portal.slug(), email, role, now).await?;
    staff_sessions::end_all(&transaction, id).await?;
    for subject in [sign_in::subject(id), factor::subject(id)] {
        guards::clear_subject(&transaction, portal.slug(), &subject).await?;
    }
    let until = now.checked_add(VALID).unwrap_or(Timestamp::MAX);
    links::issue(&transaction, portal.slug(), Kind::WelcomeStaff, id, &hash(&token), now, until).await?;
    transaction.commit().await?;
    Ok(portal.link(&format!("/guichet/bienvenue#{}", token.reveal())))
}

/// Sends somebody away: nothing of theirs opens the desk any more. False when nobody has that address.
pub async fn remove(state: &AppState, portal: &PortalConfig, email: &Email) -> Result<bool, StoreError> {
    let transaction = state.store().begin().await?;
    let known = staff::by_email(&transaction, portal.slug(), &email.key()).await?;
    let Some(staff) = known.filter(|staff| staff.state != StaffState::Removed) else { return Ok(false) };
    staff::close(&transaction, staff.id, StaffState::Removed).await?;
    staff_sessions::end_all(&transaction, staff.id).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Whose welcome it is.
pub(super) async fn show(post: Post<'_>, form: &LinkForm) -> Result<WelcomeView, ApiError> {
    let token = Token::parse(&form.token).map_err(|_| unknown_link())?;
    let (_, staff) = find(post, &token).await?;
    let Staff { email, role, first_name, surname, .. } = staff;
    Ok(WelcomeView { email: email.to_string(), role, first_name, surname })
}

/// Names and password are chosen; signing in comes next.
pub(super) async fn complete(post: Post<'_>, form: &WelcomeForm) -> Result<(), ApiError> {
    let context = Context { portal: &post.portal.public, today: post.portal.today(post.now) };
    let problems = form.problems(context);
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let token = form.token().ok_or_else(unknown_link)?;
    let (link, staff) = find(post, &token).await?;
    let (first_name, surname, password) = form.parse(context, &staff.email).map_err(ApiError::invalid)?;
    let email = staff.email.to_string();
    let about = About { surname: surname.as_str(), first_name: first_name.as_str(), email: &email };
    if post.state.passwords().well_known(&password, about) {
        return Err(ApiError::invalid_field(FieldProblem::new("password", &PasswordError::WellKnown)));
    }
    let password_hash = post.state.passwords().hash(&password).await?;
    let transaction = post.state.store().begin().await?;
    if !links::consume(&transaction, link.id, post.state.now()).await? {
        // Somebody was faster, or its time ended just now.
        drop(transaction);
        find(post, &token).await?;
        return Err(unknown_link());
    }
    let (first_name, surname) = (first_name.as_str(), surname.as_str());
    if !staff::welcome(&transaction, staff.id, first_name, surname, &password_hash).await? {
        return Err(unknown_link());
    }
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The link, when it still works, and whose it is.
async fn find(post: Post<'_>, token: &Token) -> Result<(Link, Staff), ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let link = links::find(conn, portal, Kind::WelcomeStaff, &hash(token)).await?;
    let link = link.ok_or_else(unknown_link)?;
    if let Some(refused) = dead_link(&link, post.state.now()) {
        return Err(refused);
    }
    let staff = staff::by_id(conn, portal, link.subject_id).await?;
    // Sent away meanwhile: the link is nobody's.
    let staff = staff.filter(|staff| staff.state == StaffState::Invited);
    Ok((link, staff.ok_or_else(unknown_link)?))
}
