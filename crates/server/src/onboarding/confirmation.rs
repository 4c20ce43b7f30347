//! The click on the page that the link opens: the applicant's address is proven, and a letter is asked for (A3, A4).

use axum::http::StatusCode;
use palier_domain::account::LinkForm;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::{letters, record, registration, rules};
use crate::account::{Post, open_sign_up, unknown_link};
use crate::http::problem::ApiError;
use crate::store::designations::{self, Designation, End, NewDesignation};
use crate::store::letters::Ending;
use crate::store::sign_ups::Subject;
use crate::store::{Conflict, StoreError, accounts, clients, sign_ups};

/// Uses the link, and gives the token of the page that tells where the letter is.
pub(super) async fn confirm(post: Post<'_>, form: &LinkForm) -> Result<LinkForm, ApiError> {
    rules::of(post.portal)?;
    let (transaction, sign_up) = open_sign_up(post, form).await?;
    let Subject::Client(applicant) = &sign_up.subject else { return Err(unknown_link()) };
    let portal = post.portal.slug();
    // Of two first users at once, the second one waits for the first here.
    let client = clients::held(&transaction, portal, applicant.client_id).await?.ok_or_else(unknown_link)?;
    let known = || ApiError::code(StatusCode::CONFLICT, code::ORGANISATION_KNOWN);
    if registration::taken(post, &transaction, client.id).await? {
        return Err(known());
    }
    let busy = || ApiError::code(StatusCode::CONFLICT, code::ADDRESS_BUSY);
    // The address has become an account's since: a letter would be paid for that nobody can use.
    if accounts::by_email_key(&transaction, portal, &sign_up.email.key()).await?.is_some() {
        return Err(busy());
    }
    letters::affordable(post, &transaction, client.id).await?;
    if let Some(stale) = designations::open_of(&transaction, portal, client.id).await? {
        lapse(post, &transaction, &stale).await?;
    }
    // So does one of the same person, for another organisation: a number mistyped the first time.
    let elsewhere = designations::open_by_email(&transaction, portal, &sign_up.email.key()).await?;
    if let Some(stale) = elsewhere
        && !letters::under_way(&transaction, &stale, post.now).await?
    {
        lapse(post, &transaction, &stale).await?;
    }
    // E-mails go on in the language of the sign-up: the link may be opened on somebody else's device.
    let post = Post { language: &sign_up.language, ..post };
    let new = NewDesignation {
        portal: portal.to_owned(),
        client_id: client.id,
        first_name: applicant.first_name.clone(),
        surname: applicant.surname.clone(),
        email: sign_up.email.clone(),
        language: sign_up.language.clone(),
        terms_version: sign_up.terms_version.clone(),
        terms_sha256: sign_up.terms_sha256.clone(),
        // The consent was given when the form was sent.
        consented_at: sign_up.created_at,
        now: post.now,
    };
    let id = match designations::insert(&transaction, new).await {
        Ok(id) => id,
        Err(StoreError::Conflict(Conflict::Designation)) => return Err(known()),
        Err(StoreError::Conflict(Conflict::Email)) => {
            return Err(busy());
        }
        Err(error) => return Err(error.into()),
    };
    if !sign_ups::mark_used(&transaction, sign_up.id, None, post.now).await? {
        return Err(ApiError::code(StatusCode::GONE, code::LINK_SUPERSEDED));
    }
    let person = record::person(&applicant.first_name, &applicant.surname, &sign_up.email);
    record::note(post, &transaction, client.id, "designation_asked", person).await?;
    letters::ask(post, &transaction, client.id, id).await?;
    let token = letters::tell(post, &transaction, &client, id, &sign_up.email, letters::Told::Asked).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(LinkForm { token: token.reveal().to_owned() })
}

/// Ends a designation whose letter is of no use any more.
async fn lapse(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    stale: &Designation,
) -> Result<(), StoreError> {
    if !designations::end(transaction, stale.id, End::Lapsed, post.now).await? {
        return Ok(());
    }
    letters::call_off(post, transaction, stale.id, Ending::Refused).await?;
    let applicant = record::person(&stale.first_name, &stale.surname, &stale.email);
    record::note(post, transaction, stale.client_id, "designation_lapsed", applicant).await
}
