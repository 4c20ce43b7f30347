//! A new password, by the link that was sent (T8).

use palier_domain::account::NewPasswordForm;
use palier_domain::portal::Context;
use palier_domain::problem::FieldProblem;
use palier_domain::values::{About, Password, PasswordError, Token};

use super::passkeys;
use super::post::Post;
use super::refusal;
use super::secret::hash;
use super::{chosen, standing, who};
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::{self, Account};
use crate::store::links::{self, Link};
use crate::store::{StoreError, guards, sessions};

/// Replaces the password, ends every session, removes every passkey, opens every lock, and tells the owner, all at once.
pub(super) async fn complete(post: Post<'_>, form: &NewPasswordForm) -> Result<(), ApiError> {
    let context = Context { portal: &post.portal.public, today: post.portal.today(post.now) };
    let problems = form.problems(context);
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let token = Token::parse(&form.token).map_err(|_| refusal::unknown_link())?;
    let (link, account) = find(post, &token).await?;
    let password = check(post, form, &account)?;
    let password_hash = post.state.passwords().hash(&password).await?;

    let now = post.state.now();
    let portal = post.portal.slug();
    let transaction = post.state.store().begin().await?;
    if !links::consume(&transaction, link.id, now).await? {
        // Somebody was faster, or its time ended just now.
        drop(transaction);
        find(post, &token).await?;
        return Err(refusal::unknown_link());
    }
    // Held before a partner's row, in the order in which another password takes them.
    accounts::hold(&transaction, portal, account.id).await?;
    chosen::keep(post, &transaction, account.id, &password_hash).await?;
    sessions::end_all(&transaction, account.id).await?;
    passkeys::forget_all(post, &transaction, &account).await?;
    guards::clear_subject(&transaction, portal, &who::subject(account.id)).await?;
    post.send(&transaction, &account.email, Some(&who::name(&account)), Mail::PasswordChanged).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// The link, when it still works, and whose password it opens.
async fn find(post: Post<'_>, token: &Token) -> Result<(Link, Account), ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let link = links::find(conn, portal, links::Kind::ResetPassword, &hash(token)).await?;
    let link = link.ok_or_else(refusal::unknown_link)?;
    if let Some(refused) = refusal::link(&link, post.state.now()) {
        return Err(refused);
    }
    let account = accounts::by_id(conn, portal, link.subject_id).await?;
    // Sent before they were removed from their organisation, it opens nothing.
    let account = standing::unless_removed(conn, account).await?;
    Ok((link, account.ok_or_else(refusal::unknown_link)?))
}

fn check(post: Post<'_>, form: &NewPasswordForm, account: &Account) -> Result<Password, ApiError> {
    let email = account.address();
    let about = About {
        surname: &account.surname,
        first_name: account.first_name.as_deref().unwrap_or_default(),
        email: &email,
    };
    let (_, password) = form.parse(&post.portal.public, about).map_err(ApiError::invalid_field)?;
    unless_well_known(post, password, about)
}

/// The password, unless everybody uses it.
pub(super) fn unless_well_known(
    post: Post<'_>,
    password: Password,
    about: About<'_>,
) -> Result<Password, ApiError> {
    if post.state.passwords().well_known(&password, about) {
        return Err(ApiError::invalid_field(FieldProblem::new("password", &PasswordError::WellKnown)));
    }
    Ok(password)
}
