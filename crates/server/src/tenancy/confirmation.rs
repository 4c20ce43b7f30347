//! The click on the page that the first e-mail's link opens: the sign-up becomes an account (T5–T7, A10).

use palier_domain::account::LinkForm;

use crate::account::{Holder, Post, full_name, make_account, open_sign_up, unknown_link};
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::sign_ups::Subject;
use crate::store::{StoreError, accounts, leases};

/// Uses the link: makes the account with its consent, and writes the second e-mail.
pub(super) async fn confirm(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    let (transaction, sign_up) = open_sign_up(post, form).await?;
    let Subject::Lease(lease_id) = sign_up.subject else { return Err(unknown_link()) };
    let lease = leases::by_id(&transaction, post.portal.slug(), lease_id).await?.ok_or_else(unknown_link)?;
    // E-mails go on in the language of the sign-up: the link may be opened on somebody else's device.
    let post = Post { language: &sign_up.language, ..post };
    let holder = Holder { lease_id: Some(lease.id), first_name: lease.first_name, surname: lease.surname };
    let (id, identifier) = make_account(post, &transaction, &sign_up, &holder).await?;
    // The consent was given when the form was sent.
    let (version, sha256) = (&sign_up.terms_version, &sign_up.terms_sha256);
    accounts::add_consent(&transaction, id, version, sha256, sign_up.created_at).await?;
    let name = full_name(holder.first_name.as_deref(), &holder.surname);
    let mail = Mail::AccountActive { identifier: &identifier };
    post.send(&transaction, &sign_up.email, Some(&name), mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}
