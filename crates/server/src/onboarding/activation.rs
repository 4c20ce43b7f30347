//! The code of the letter typed: its applicant becomes administrator (A5), or the request is refused (A4).

use axum::http::StatusCode;
use jiff::SignedDuration;
use palier_domain::onboarding::{Activation, ActivationForm, LetterState, RefusalForm};
use palier_domain::problem::FieldProblem;
use palier_domain::values::{About, LetterCode, Password, PasswordError};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;
use sha2::{Digest as _, Sha256};

use super::letters::{TRIES, over};
use super::{letters, record, rules};
use crate::account::{Limit, Post, evenly, full_name, open_account};
use crate::http::extract::Client as Visitor;
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::NewAccount;
use crate::store::client_users::ClientUser;
use crate::store::designations::{self, Designation, End};
use crate::store::letters::{Ending, Letter, by_code, count_try, end, latest};
use crate::store::{Conflict, StoreError, accounts, client_users, clients};
use crate::texts::hexadecimal;

/// Codes typed from one place.
const BY_PLACE: Limit = Limit { kind: "letter_code", times: 30, window: SignedDuration::from_hours(1) };
/// Wrong codes for an address that has no letter: told like those of a letter, so that it tells nothing.
const NOBODYS: Limit =
    Limit { kind: "letter_code_nobodys", times: TRIES, window: SignedDuration::from_hours(30 * 24) };

/// What the store keeps of a code.
pub(super) fn hash(code: &LetterCode) -> [u8; 32] {
    Sha256::digest(code.reveal()).into()
}

/// Makes the applicant the administrator. The same answers, after the same time, whether or not the address has asked
/// for anything.
pub(super) async fn activate(
    post: Post<'_>,
    visitor: Visitor,
    form: &ActivationForm,
) -> Result<(), ApiError> {
    rules::of(post.portal)?;
    let activation = form.parse(rules::context(post)).map_err(ApiError::invalid)?;
    let (conn, portal, place) = (post.state.store().write(), post.portal.slug(), visitor.place());
    BY_PLACE.check(conn, portal, &place, post.now).await?;
    BY_PLACE.count(conn, portal, &place, post.now).await?;
    // On the heap: with the account, the letter and the e-mail it is a large future.
    evenly(Box::pin(by_letter(post, &activation, form))).await
}

async fn by_letter(post: Post<'_>, typed: &Activation, form: &ActivationForm) -> Result<(), ApiError> {
    let portal = post.portal.slug();
    let transaction = post.state.store().begin().await?;
    let found = designations::open_by_email(&transaction, portal, &typed.email.key()).await?;
    let Some(designation) = found else {
        // Sent again because the answer was lost, or in another tab: whoever knows both may know that it is done.
        if has_activated(post, &transaction, typed).await? {
            return Err(ApiError::code(StatusCode::CONFLICT, code::LETTER_USED));
        }
        let refused = nobodys(post, &transaction, typed).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        return Err(refused);
    };
    // Two at once, and whatever else happens to the organisation meanwhile, come one after the other.
    let client = clients::held(&transaction, portal, designation.client_id).await?;
    let client = client.ok_or_else(|| wrong(0))?;
    let letter = match latest(&transaction, designation.id).await? {
        Some(letter) if letter.state == LetterState::Revoked && letter.ending == Some(Ending::Locked) => {
            return Err(locked());
        }
        Some(letter) if letter.state.counts() => letter,
        // Asked for or returned: no code counts, and none is there to be locked. Told as for anybody.
        _ => {
            let refused = nobodys(post, &transaction, typed).await?;
            transaction.commit().await.map_err(StoreError::from)?;
            return Err(refused);
        }
    };
    if letter.code_hash.as_deref() != Some(hash(&typed.code).as_slice()) {
        let refused = counted(post, &transaction, &letter).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        return Err(refused);
    }
    if over(&letter, post.now) {
        return Err(ApiError::invalid_field(FieldProblem::plain("letter_code", "letter_code_expired")));
    }
    let password = password(post, form, &designation)?;
    // The row of the organisation is held for some hundredths of a second.
    let password_hash = post.state.passwords().hash(&password).await?;
    complete(post, &transaction, &designation, &letter, &client.known.name, password_hash).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// Whether that code made that address's account.
async fn has_activated(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    typed: &Activation,
) -> Result<bool, StoreError> {
    let portal = post.portal.slug();
    let letter = by_code(transaction, portal, &hash(&typed.code)).await?;
    let Some(letter) = letter.filter(|letter| letter.state == LetterState::Used) else { return Ok(false) };
    let designation = designations::by_id(transaction, portal, letter.designation_id).await?;
    Ok(designation.is_some_and(|designation| designation.email.key() == typed.email.key()))
}

fn password(post: Post<'_>, form: &ActivationForm, designation: &Designation) -> Result<Password, ApiError> {
    let (first_name, surname) = (designation.first_name.as_str(), designation.surname.as_str());
    let password =
        form.password(rules::context(post), first_name, surname).map_err(ApiError::invalid_field)?;
    let about = About { surname, first_name, email: &form.email };
    if post.state.passwords().well_known(&password, about) {
        return Err(ApiError::invalid_field(FieldProblem::new("password", &PasswordError::WellKnown)));
    }
    Ok(password)
}

async fn complete(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    designation: &Designation,
    letter: &Letter,
    organisation: &str,
    password_hash: String,
) -> Result<(), ApiError> {
    let post = Post { language: &designation.language, ..post };
    let portal = post.portal.slug();
    let made = open_account(post, transaction, |identifier| NewAccount {
        portal: portal.to_owned(),
        lease_id: None,
        email: designation.email.clone(),
        identifier,
        password_hash: password_hash.clone(),
        first_name: Some(designation.first_name.clone()),
        surname: designation.surname.clone(),
        language: designation.language.clone(),
        now: post.now,
    });
    let (account_id, identifier) = match made.await {
        Err(StoreError::Conflict(Conflict::Email)) => {
            return Err(ApiError::invalid_field(FieldProblem::plain("email", "address_has_account")));
        }
        made => made?,
    };
    let (version, sha256) = (&designation.terms_version, &designation.terms_sha256);
    accounts::add_consent(transaction, account_id, version, sha256, designation.consented_at).await?;
    let ended = designations::end(transaction, designation.id, End::Active(account_id), post.now).await?;
    if !(ended && end(transaction, letter.id, Ending::Used, post.now).await?) {
        return Err(wrong(0));
    }
    let user = ClientUser { client_id: designation.client_id, account_id, administrator: true };
    client_users::insert(transaction, portal, user, post.now).await?;
    let mut details = record::person(&designation.first_name, &designation.surname, &designation.email);
    details.extend(record::letter(&letter.reference));
    record::note(post, transaction, designation.client_id, "administrator_designated", details).await?;
    let name = full_name(Some(&designation.first_name), &designation.surname);
    let mail = Mail::AdministratorActive { identifier: &identifier, organisation };
    post.send(transaction, &designation.email, Some(&name), mail).await?;
    metrics::counter!("palier_administrators_total", "portal" => portal.to_owned()).increment(1);
    Ok(())
}

/// Counts a wrong code; with the last one, the letter's own counts no more.
async fn counted(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    letter: &Letter,
) -> Result<ApiError, StoreError> {
    let left = TRIES - count_try(transaction, letter.id, TRIES).await?.unwrap_or(TRIES).min(TRIES);
    if left > 0 {
        return Ok(wrong(left));
    }
    if end(transaction, letter.id, Ending::Locked, post.now).await? {
        let details = record::letter(&letter.reference);
        record::note(post, transaction, letter.client_id, "letter_locked", details).await?;
    }
    Ok(locked())
}

async fn nobodys(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    typed: &Activation,
) -> Result<ApiError, StoreError> {
    let key = hexadecimal(&Sha256::digest(typed.email.key()));
    let portal = post.portal.slug();
    NOBODYS.count(transaction, portal, &key, post.now).await?;
    let used = NOBODYS.used(transaction, portal, &key, post.now).await?;
    Ok(if used >= TRIES { locked() } else { wrong(TRIES - used) })
}

fn wrong(tries_left: u32) -> ApiError {
    let problem = FieldProblem::plain("letter_code", "letter_code_wrong");
    let data = palier_domain::problem::data([("tries_left", tries_left.into())]);
    ApiError::invalid_field(FieldProblem { data, ..problem })
}

fn locked() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::LETTER_LOCKED)
}

/// Refuses a request with the code of its letter: whoever opened the letter knows nothing of it (A4).
pub(super) async fn refuse(post: Post<'_>, visitor: Visitor, form: &RefusalForm) -> Result<(), ApiError> {
    rules::of(post.portal)?;
    let problems = form.problems();
    let code = LetterCode::parse(&form.letter_code).map_err(|_| ApiError::invalid(problems))?;
    let (conn, portal, place) = (post.state.store().write(), post.portal.slug(), visitor.place());
    BY_PLACE.check(conn, portal, &place, post.now).await?;
    BY_PLACE.count(conn, portal, &place, post.now).await?;
    let unknown = || ApiError::invalid_field(FieldProblem::plain("letter_code", "letter_code_unknown"));
    let transaction = post.state.store().begin().await?;
    let found = by_code(&transaction, portal, &hash(&code)).await?.ok_or_else(unknown)?;
    let client = clients::held(&transaction, portal, found.client_id).await?.ok_or_else(unknown)?;
    let designation = designations::by_id(&transaction, portal, found.designation_id).await?;
    let designation = designation.ok_or_else(unknown)?;
    if designation.refused {
        // It was refused already, by a click before this one.
        return Ok(());
    }
    if designation.lapsed {
        // Nothing is left to refuse, and nobody's account is active by it.
        return Err(unknown());
    }
    if !designations::end(&transaction, designation.id, End::Refused, post.now).await? {
        return Err(ApiError::code(StatusCode::CONFLICT, code::LETTER_USED));
    }
    letters::call_off(post, &transaction, designation.id, Ending::Refused).await?;
    let details = record::person(&designation.first_name, &designation.surname, &designation.email);
    record::note(post, &transaction, client.id, "designation_refused", details).await?;
    let post = Post { language: &designation.language, ..post };
    let mail = Mail::DesignationRefused { organisation: &client.known.name };
    post.send(&transaction, &designation.email, None, mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}
