//! Takeover (*reprise*) when no administrator is left: the legal representative designates one by letter. Those whom the
//! portal still knows are told first, and can object as long as the letter waits (A8).

use axum::http::StatusCode;
use jiff::Timestamp;
use palier_domain::account::LinkForm;
use palier_domain::values::Token;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::{administrator, holders, joining, letters, record, registration, rules};
use crate::account::{Post, dead_link, full_name, hash, unknown_link};
use crate::http::problem::ApiError;
use crate::mail::{Colleague, Mail};
use crate::store::accounts::Account;
use crate::store::clients::{self, Client};
use crate::store::designations::{self, Designation, End};
use crate::store::letters::Ending;
use crate::store::sign_ups::Applicant;
use crate::store::{StoreError, client_users, links};

/// Until when the administrators can object to this applicant; none where there is nobody to object, or the applicant
/// doesn't say that nobody is there. While somebody else waits for a letter the applicant asks to join like any other.
pub(super) async fn objection_until(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client_id: i64,
    applicant: &Applicant,
) -> Result<Option<Timestamp>, ApiError> {
    let (_, own) = rules::of(post.portal)?;
    let takes_over = applicant.takeover
        && registration::is_administered(post, transaction, client_id).await?
        && !registration::is_awaited(post, transaction, client_id).await?;
    Ok(takes_over.then(|| joining::after_days(post.now, own.objection_days)))
}

/// Tells every active administrator who asks, and until when they can object: each by a link of their own, so that it is
/// known who does. Whoever comes first objects for all.
pub(super) async fn warn(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    designation_id: i64,
    until: Timestamp,
) -> Result<(), ApiError> {
    let portal = post.portal.slug();
    let designation = designations::by_id(transaction, portal, designation_id).await?;
    let designation = designation.ok_or_else(|| ApiError::internal("a designation is gone"))?;
    let applicant = full_name(Some(&designation.first_name), &designation.surname);
    let (applicant_email, last_day) = (designation.email.to_string(), letters::written_day(post, until));
    for (user, account) in client_users::list(transaction, portal, client.id).await? {
        if !user.decides() {
            continue;
        }
        let token = post.state.entropy().token();
        let (kind, holder) = (links::Kind::Objection, Some(account.id));
        let hash = hash(&token);
        links::issue_to(transaction, portal, kind, designation.id, holder, &hash, post.now, until).await?;
        let mail = Mail::Colleague(Colleague::TakeoverAsked {
            link: &post.portal.link(&format!("/organisme/opposition#{}", token.reveal())),
            organisation: &client.known.name,
            applicant: &applicant,
            applicant_email: &applicant_email,
            until: &last_day,
        });
        let post = Post { language: &account.language, ..post };
        let name = full_name(account.first_name.as_deref(), &account.surname);
        post.send(transaction, &account.email, Some(&name), mail).await?;
    }
    Ok(())
}

/// The click of an administrator who objects: the letter is called off, and the administrators decide about a request
/// to join instead.
pub(super) async fn object(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    rules::of(post.portal)?;
    let token = Token::parse(&form.token).map_err(|_| unknown_link())?;
    let portal = post.portal.slug();
    let transaction = post.state.store().begin().await?;
    let link = links::find(&transaction, portal, links::Kind::Objection, &hash(&token)).await?;
    let link = link.ok_or_else(unknown_link)?;
    let seen = designations::by_id(&transaction, portal, link.subject_id).await?.ok_or_else(unknown_link)?;
    let client = clients::held(&transaction, portal, seen.client_id).await?.ok_or_else(unknown_link)?;
    // Of two at once, the second one waited for the first.
    let designation = designations::by_id(&transaction, portal, seen.id).await?.ok_or_else(unknown_link)?;
    if designation.objected {
        // By this link or by another administrator's.
        return Err(ApiError::code(StatusCode::GONE, code::LINK_USED));
    }
    if let Some(dead) = dead_link(&link, post.now) {
        return Err(dead);
    }
    if !designation.open {
        return Err(ApiError::code(StatusCode::GONE, code::LINK_EXPIRED));
    }
    let by = match link.holder_id {
        Some(account_id) => Some(administrator::still(post, &transaction, &client, account_id).await?),
        // Sent when all of them had the same link.
        None => None,
    };
    if !links::consume(&transaction, link.id, post.now).await? {
        return Err(ApiError::code(StatusCode::GONE, code::LINK_USED));
    }
    if !designations::end(&transaction, designation.id, End::Objected, post.now).await? {
        return Err(ApiError::code(StatusCode::GONE, code::LINK_EXPIRED));
    }
    stop(post, &transaction, &client, &designation, by.as_ref()).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

async fn stop(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    designation: &Designation,
    by: Option<&Account>,
) -> Result<(), ApiError> {
    letters::call_off(post, transaction, designation.id, Ending::Objected).await?;
    let mut details = record::person(&designation.first_name, &designation.surname, &designation.email);
    details.extend(by.map(record::by));
    record::note(post, transaction, client.id, "designation_objected", details).await?;
    let organisation = client.known.name.as_str();
    let mail = if holders::has_account(post, transaction, &designation.email).await? {
        Colleague::TakeoverStopped { organisation }
    } else {
        joining::ask_instead(post, transaction, client, designation).await?;
        Colleague::TakeoverObjected { organisation }
    };
    let post = Post { language: &designation.language, ..post };
    let name = full_name(Some(&designation.first_name), &designation.surname);
    Ok(post.send(transaction, &designation.email, Some(&name), Mail::Colleague(mail)).await?)
}
