//! The click on the page that the first e-mail's link opens: the sign-up becomes an account (T5–T7, A10).

use axum::http::StatusCode;
use palier_domain::account::LinkForm;
use palier_domain::values::Token;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use crate::account::{Post, full_name, hash, link_refusal, unknown_link};
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::NewAccount;
use crate::store::leases::Lease;
use crate::store::sign_ups::{SignUp, State};
use crate::store::{Conflict, StoreError, accounts, leases, links, sign_ups};

/// Identifiers drawn before giving up. With a million accounts one draw in 600,000 is taken.
const DRAWS: usize = 8;

/// Uses the link: makes the account with its consent, and writes the second e-mail.
pub(super) async fn confirm(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    let token = Token::parse(&form.token).map_err(|_| unknown_link())?;
    let portal = post.portal.slug();
    let transaction = post.state.store().begin().await?;
    let link = links::find(&transaction, portal, links::Kind::ConfirmSignUp, &hash(&token)).await?;
    let link = link.ok_or_else(unknown_link)?;
    let sign_up = sign_ups::by_id(&transaction, portal, link.subject_id).await?.ok_or_else(unknown_link)?;
    if let Some(refused) = refusal(&sign_up).or_else(|| link_refusal(&link, post.now)) {
        return Err(refused);
    }
    let lease = leases::by_id(&transaction, portal, sign_up.lease_id).await?.ok_or_else(unknown_link)?;
    // Of two clicks at once, the second one waited for the first here.
    if !links::consume(&transaction, link.id, post.now).await? {
        return Err(gone(code::LINK_USED));
    }
    // E-mails go on in the language of the sign-up: the link may be opened on somebody else's device.
    let post = Post { language: &sign_up.language, ..post };
    make_account(post, &transaction, &sign_up, &lease).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    metrics::counter!("palier_accounts_total", "portal" => portal.to_owned()).increment(1);
    Ok(())
}

/// What became of the sign-up meanwhile.
fn refusal(sign_up: &SignUp) -> Option<ApiError> {
    match sign_up.state {
        State::Open => None,
        State::Used => Some(gone(code::LINK_USED)),
        State::Superseded => Some(gone(code::LINK_SUPERSEDED)),
    }
}

const fn gone(code: &'static str) -> ApiError {
    ApiError::code(StatusCode::GONE, code)
}

async fn make_account(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    sign_up: &SignUp,
    lease: &Lease,
) -> Result<(), ApiError> {
    for _ in 0..DRAWS {
        let identifier = post.state.entropy().identifier();
        let new = NewAccount {
            portal: sign_up.portal.clone(),
            lease_id: Some(lease.id),
            email: sign_up.email.clone(),
            identifier: identifier.clone(),
            password_hash: sign_up.password_hash.clone(),
            first_name: lease.first_name.clone(),
            surname: lease.surname.clone(),
            language: sign_up.language.clone(),
            now: post.now,
        };
        let id = match accounts::insert(transaction, new).await {
            Ok(id) => id,
            Err(StoreError::Conflict(Conflict::Identifier | Conflict::Other)) => continue,
            Err(StoreError::Conflict(Conflict::Lease | Conflict::Email)) => {
                return Err(ApiError::code(StatusCode::CONFLICT, code::HOME_HAS_ACCOUNT));
            }
            Err(error) => return Err(error.into()),
        };
        if !sign_ups::mark_used(transaction, sign_up.id, id, post.now).await? {
            return Err(gone(code::LINK_SUPERSEDED));
        }
        // The consent was given when the form was sent.
        let (version, sha256) = (&sign_up.terms_version, &sign_up.terms_sha256);
        accounts::add_consent(transaction, id, version, sha256, sign_up.created_at).await?;
        let name = full_name(lease.first_name.as_deref(), &lease.surname);
        let mail = Mail::AccountActive { identifier: &identifier };
        post.send(transaction, &sign_up.email, Some(&name), mail).await?;
        return Ok(());
    }
    Err(ApiError::internal("every identifier drawn was taken"))
}
