use palier_domain::portal::Context;
use palier_domain::profile::PasswordChangeForm;
use palier_domain::values::{About, Password, Token};

use super::present;
use crate::account::session::Current;
use crate::account::{Post, chosen, refusal, reset, secret, who};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::Account;
use crate::store::{StoreError, links, sessions};

/// Another password for who is signed in. The other sessions end, this one goes on under the token that is given back,
/// links for a new password work no more, and the owner is told.
pub(super) async fn change(
    post: Post<'_>,
    client: Client,
    current: Current,
    form: &PasswordChangeForm,
) -> Result<Token, ApiError> {
    let problems = form.problems(context(post));
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let session_id = current.id();
    let account = current.into_account();
    let password = check(post, form, &account)?;
    let present = present::compare(post, client, account.clone(), &form.present).await?;
    let password_hash = post.state.passwords().hash(&password).await?;

    let transaction = post.state.store().begin().await?;
    // Before the account's row, in the order in which a reset takes them.
    let portal = post.portal.slug();
    links::supersede(&transaction, portal, links::Kind::ResetPassword, account.id, post.now).await?;
    let account = present.held(&transaction).await?;
    let token = post.state.entropy().token();
    if !sessions::renew(&transaction, session_id, &secret::hash(&token)).await? {
        // Ended by its owner, from another device.
        return Err(refusal::signed_out());
    }
    sessions::end_others(&transaction, account.id, session_id).await?;
    chosen::keep(post, &transaction, account.id, &password_hash).await?;
    post.send(&transaction, &account.email, Some(&who::name(&account)), Mail::PasswordChanged).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(token)
}

fn context(post: Post<'_>) -> Context<'_> {
    Context { portal: &post.portal.public, today: post.portal.today(post.now) }
}

fn check(post: Post<'_>, form: &PasswordChangeForm, account: &Account) -> Result<Password, ApiError> {
    let email = account.address();
    let about = About {
        surname: &account.surname,
        first_name: account.first_name.as_deref().unwrap_or_default(),
        email: &email,
    };
    let password = form.parse(context(post), about).map_err(ApiError::invalid_field)?;
    reset::unless_well_known(post, password, about)
}
