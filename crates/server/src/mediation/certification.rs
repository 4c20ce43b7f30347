//! The click on the page that the link opens: the identity is certified, and has an account (M2, M3).

use axum::http::StatusCode;
use palier_domain::account::LinkForm;
use palier_domain::wire::code;

use super::scheme;
use crate::account::{Holder, Post, make_account, open_sign_up, unknown_link};
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::sign_ups::Subject;
use crate::store::{Conflict, StoreError, organisations};

/// Uses the link: makes account and organisation, and writes the second e-mail.
pub(super) async fn certify(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    scheme::of(post.portal)?;
    let (transaction, sign_up) = open_sign_up(post, form).await?;
    let Subject::Organisation(details) = &sign_up.subject else { return Err(unknown_link()) };
    let portal = post.portal.slug();
    let known = || ApiError::code(StatusCode::CONFLICT, code::ORGANISATION_KNOWN);
    // Asked before the account is made, for the better answer; the index below decides.
    if organisations::by_siren(&transaction, portal, &details.siren).await?.is_some() {
        return Err(known());
    }
    let post = Post { language: &sign_up.language, ..post };
    let holder = Holder { lease_id: None, first_name: None, surname: details.name.clone() };
    let (id, identifier) = make_account(post, &transaction, &sign_up, &holder).await?;
    match organisations::insert(&transaction, portal, id, details, sign_up.created_at, post.now).await {
        // No more reminders means those of the membership too.
        Ok(id) if sign_up.reminders_stopped => {
            organisations::stop_reminders(&transaction, id, post.now).await?;
        }
        Ok(_) => {}
        Err(StoreError::Conflict(Conflict::Organisation)) => return Err(known()),
        Err(error) => return Err(error.into()),
    }
    let link = post.portal.link("/mediation/adhesion");
    let mail = Mail::IdentityCertified { identifier: &identifier, organisation: &details.name, link: &link };
    post.send(&transaction, &sign_up.email, None, mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}
