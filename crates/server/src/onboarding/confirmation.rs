//! The click on the page that the link opens: the applicant's address is proven. Who is first asks for a letter (A3, A4);
//! the others ask the organisation's administrators (A7).

use axum::http::StatusCode;
use jiff::Timestamp;
use palier_domain::account::LinkForm;
use palier_domain::onboarding::Confirmed;
use palier_domain::values::Token;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::{holders, joining, letters, record, registration, rules, takeover};
use crate::account::{Post, open_sign_up, unknown_link};
use crate::http::problem::ApiError;
use crate::store::clients::Client;
use crate::store::designations::{self, Designation, End, NewDesignation};
use crate::store::letters::Ending;
use crate::store::sign_ups::{Applicant, SignUp, Subject};
use crate::store::{Conflict, StoreError, clients, sign_ups};

/// Uses the link, and gives the token of the page that tells where the letter is, if there is a letter.
pub(super) async fn confirm(post: Post<'_>, form: &LinkForm) -> Result<Confirmed, ApiError> {
    rules::of(post.portal)?;
    let (transaction, sign_up) = open_sign_up(post, form).await?;
    let Subject::Client(applicant) = &sign_up.subject else { return Err(unknown_link()) };
    let portal = post.portal.slug();
    // Of two first users at once, the second one waits for the first here, and asks to join.
    let client = clients::held(&transaction, portal, applicant.client_id).await?.ok_or_else(unknown_link)?;
    // The address has become an account's since, or an administrator's: nothing could come of it.
    if holders::is_undesignable(post, &transaction, client.id, &sign_up.email).await? {
        return Err(busy());
    }
    // E-mails go on in the language of the sign-up: the link may be opened on somebody else's device.
    let post = Post { language: &sign_up.language, ..post };
    let objection = takeover::objection_until(post, &transaction, client.id, applicant).await?;
    let token = if objection.is_none() && registration::taken(post, &transaction, client.id).await? {
        join(post, &transaction, &client, &sign_up, applicant).await?
    } else {
        Some(designate(post, &transaction, &client, &sign_up, applicant, objection).await?)
    };
    // Nobody but its applicant is told of a letter.
    let own = designations::open_of(&transaction, portal, client.id).await?.filter(|_| token.is_some());
    let held = own.is_some_and(|own| own.held_until(post.now).is_some());
    if !sign_ups::mark_used(&transaction, sign_up.id, None, post.now).await? {
        return Err(ApiError::code(StatusCode::GONE, code::LINK_SUPERSEDED));
    }
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(Confirmed { token: token.map(|token| token.reveal().to_owned()), held })
}

/// 409: the address is somebody's already.
pub(super) fn busy() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::ADDRESS_BUSY)
}

/// Asks the administrators; who is about to become the first of them is told again where their letter is.
async fn join(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    sign_up: &SignUp,
    applicant: &Applicant,
) -> Result<Option<Token>, ApiError> {
    let own = elsewhere(post, transaction, client, sign_up).await?;
    if let Some(own) = own {
        let told = letters::Told::waiting(&own, post.now);
        return Ok(Some(letters::tell(post, transaction, client, own.id, &sign_up.email, told).await?));
    }
    if holders::has_account(post, transaction, &sign_up.email).await? {
        // A colleague who meant to take over: another one was faster, and a user has nothing to ask.
        return Err(busy());
    }
    if !joining::is_asking(post, transaction, client.id, &sign_up.email).await? {
        joining::ask(post, transaction, client, &joining::Asking::of(sign_up, applicant)).await?;
    }
    Ok(None)
}

/// Asks for the letter to the legal representative; where there are administrators, they are told, and it waits until
/// they can't object any more (A8).
async fn designate(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    sign_up: &SignUp,
    applicant: &Applicant,
    objection_until: Option<Timestamp>,
) -> Result<Token, ApiError> {
    letters::affordable(post, transaction, client.id).await?;
    if let Some(stale) = designations::open_of(transaction, post.portal.slug(), client.id).await? {
        lapse(post, transaction, &stale).await?;
    }
    elsewhere(post, transaction, client, sign_up).await?;
    joining::withdraw(post, transaction, client.id, &sign_up.email).await?;
    let new = NewDesignation {
        portal: post.portal.slug().to_owned(),
        client_id: client.id,
        first_name: applicant.first_name.clone(),
        surname: applicant.surname.clone(),
        email: sign_up.email.clone(),
        language: sign_up.language.clone(),
        terms_version: sign_up.terms_version.clone(),
        terms_sha256: sign_up.terms_sha256.clone(),
        // The consent was given when the form was sent.
        consented_at: sign_up.created_at,
        objection_until,
        now: post.now,
    };
    let id = match designations::insert(transaction, new).await {
        Err(StoreError::Conflict(Conflict::Email)) => return Err(busy()),
        inserted => inserted?,
    };
    let person = record::person(&applicant.first_name, &applicant.surname, &sign_up.email);
    let kind = if objection_until.is_some() { "takeover_asked" } else { "designation_asked" };
    record::note(post, transaction, client.id, kind, person).await?;
    letters::ask(post, transaction, client.id, id).await?;
    let mut told = letters::Told::Asked;
    if let Some(until) = objection_until {
        takeover::warn(post, transaction, client, id, until).await?;
        told = letters::Told::Held(until);
    }
    Ok(letters::tell(post, transaction, client, id, &sign_up.email, told).await?)
}

/// The designation of that address for this organisation. One for another organisation, whose number was mistyped the
/// first time, gives way when its letter is of no use, and is in the way when it is under way.
async fn elsewhere(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    sign_up: &SignUp,
) -> Result<Option<Designation>, ApiError> {
    let found = designations::open_by_email(transaction, post.portal.slug(), &sign_up.email.key()).await?;
    let Some(designation) = found else { return Ok(None) };
    if designation.client_id == client.id {
        return Ok(Some(designation));
    }
    if letters::under_way(transaction, &designation, post.now).await? {
        return Err(busy());
    }
    lapse(post, transaction, &designation).await?;
    Ok(None)
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
    letters::call_off(post, transaction, stale.id, Ending::Lapsed).await?;
    let applicant = record::person(&stale.first_name, &stale.surname, &stale.email);
    record::note(post, transaction, stale.client_id, "designation_lapsed", applicant).await
}
