//! The code of the letter typed: its applicant becomes administrator (A5), or the request is refused (A4).

use axum::http::StatusCode;
use jiff::SignedDuration;
use palier_domain::onboarding::{Activation, ActivationForm, LetterState, RefusalForm};
use palier_domain::problem::FieldProblem;
use palier_domain::values::{About, LetterCode, Password, PasswordError};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;
use sha2::{Digest as _, Sha256};

use super::holders::{self, Appointed, Person};
use super::letters::{TRIES, over};
use super::{administrator, joining, letters, record, rules};
use crate::account::{Limit, Post, evenly, full_name};
use crate::http::extract::Client as Visitor;
use crate::http::problem::ApiError;
use crate::human;
use crate::mail::Mail;
use crate::store::clients::{self, Client};
use crate::store::designations::{self, Designation, End};
use crate::store::letters::{Ending, Letter, by_code, count_try, end, latest};
use crate::store::{Conflict, StoreError, accounts};
use crate::texts::hexadecimal;

/// Codes typed from one place.
const BY_PLACE: Limit = Limit { kind: "letter_code", times: 30, window: SignedDuration::from_hours(1) };
/// Wrong ones among them: two letters' worth in a day, so that nobody wastes the tries of many from one place.
const WRONG_BY_PLACE: Limit =
    Limit { kind: "letter_code_wrong", times: 2 * TRIES, window: SignedDuration::from_hours(24) };
/// Wrong codes for an address, whether or not there is a letter for it: what is told of them tells nothing more. As
/// long as the longest that a code counts, so that a letter never has fewer tries left than are told.
const BY_ADDRESS: Limit =
    Limit { kind: "letter_code_address", times: TRIES, window: SignedDuration::from_hours(62 * 24) };

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
    WRONG_BY_PLACE.check(conn, portal, &place, post.now).await?;
    BY_PLACE.admit(conn, portal, &place, post.now).await?;
    // Kept whatever comes of it: a wrong code has cost something before it is compared.
    human::spend(conn, portal, &form.human, post.now).await?;
    // On the heap: with the account, the letter and the e-mail it is a large future.
    evenly(Box::pin(by_letter(post, &activation, form, &place))).await
}

/// What a code opens, held until the transaction ends.
struct Opened {
    designation: Designation,
    letter: Letter,
    client: Client,
}

async fn by_letter(
    post: Post<'_>,
    typed: &Activation,
    form: &ActivationForm,
    place: &str,
) -> Result<(), ApiError> {
    let transaction = post.state.store().begin().await?;
    let Some(opened) = open(post, &transaction, typed).await? else {
        return Err(refuse_code(post, transaction, typed, place).await?);
    };
    let password = password(post, form, &opened.designation)?;
    // Nobody waits for the hash: it takes a tenth of a second. What was found is looked for again afterwards.
    drop(transaction);
    let password_hash = post.state.passwords().hash(&password).await?;
    let transaction = post.state.store().begin().await?;
    let Some(opened) = open(post, &transaction, typed).await? else {
        return Err(refuse_code(post, transaction, typed, place).await?);
    };
    complete(post, &transaction, &opened, password_hash).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// What the code opens for that address; none when it is a wrong one, which may have locked the letter. One that was
/// right once, for that address, costs no try: whoever knows both may know what became of it.
async fn open(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    typed: &Activation,
) -> Result<Option<Opened>, ApiError> {
    let portal = post.portal.slug();
    let found = designations::open_by_email(transaction, portal, &typed.email.key()).await?;
    let Some(designation) = found else {
        return earlier(post, transaction, typed).await?.map_or(Ok(None), |state| Err(of_no_use(state)));
    };
    // Two at once, and whatever else happens to the organisation meanwhile, come one after the other.
    let Some(client) = clients::held(transaction, portal, designation.client_id).await? else {
        return Ok(None);
    };
    // Asked for or returned: no code counts, and none is there to be locked.
    let Some(letter) = latest(transaction, designation.id).await? else { return Ok(None) };
    let right = letter.code_hash.as_deref() == Some(hash(&typed.code).as_slice());
    if right && letter.state == LetterState::Revoked && letter.ending == Some(Ending::Locked) {
        return Err(locked());
    }
    if !(right && letter.state.counts()) {
        if let Some(state) = earlier(post, transaction, typed).await? {
            return Err(of_no_use(state));
        }
        if letter.state.counts() {
            count_wrong(post, transaction, &letter).await?;
        }
        return Ok(None);
    }
    if over(&letter, post.now) {
        return Err(ApiError::invalid_field(FieldProblem::plain("letter_code", "letter_code_expired")));
    }
    Ok(Some(Opened { designation, letter, client }))
}

/// How far the letter that carries that code came, if it was about that address.
async fn earlier(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    typed: &Activation,
) -> Result<Option<LetterState>, StoreError> {
    let portal = post.portal.slug();
    let Some(letter) = by_code(transaction, portal, &hash(&typed.code)).await? else { return Ok(None) };
    let designation = designations::by_id(transaction, portal, letter.designation_id).await?;
    let own = designation.is_some_and(|designation| designation.email.key() == typed.email.key());
    Ok(own.then_some(letter.state))
}

/// 409: the code did its work; it was sent again because the answer was lost, from another tab, or twice at once.
/// 422: its letter was lost, replaced, returned or called off.
fn of_no_use(state: LetterState) -> ApiError {
    if state == LetterState::Used {
        return ApiError::code(StatusCode::CONFLICT, code::LETTER_USED);
    }
    ApiError::invalid_field(FieldProblem::plain("letter_code", "letter_code_over"))
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
    opened: &Opened,
    password_hash: String,
) -> Result<(), ApiError> {
    let Opened { designation, letter, client } = opened;
    let organisation = client.known.name.as_str();
    let post = Post { language: &designation.language, ..post };
    let portal = post.portal.slug();
    let person = Person {
        first_name: &designation.first_name,
        surname: &designation.surname,
        email: &designation.email,
        language: &designation.language,
    };
    let appointed = holders::appoint(
        post,
        transaction,
        (designation.client_id, designation.created_at),
        person,
        &password_hash,
    )
    .await;
    let Appointed { account_id, identifier, was_user } = match appointed {
        // Another organisation's since, or somebody's who is no user of any.
        Err(StoreError::Conflict(Conflict::Email | Conflict::Other)) => {
            return Err(ApiError::invalid_field(FieldProblem::plain("email", "address_has_account")));
        }
        made => made?,
    };
    let (version, sha256) = (&designation.terms_version, &designation.terms_sha256);
    accounts::add_consent(transaction, account_id, version, sha256, designation.consented_at).await?;
    let ended = designations::end(transaction, designation.id, End::Active(account_id), post.now).await?;
    if !(ended && end(transaction, letter.id, Ending::Used, post.now).await?) {
        return Err(ApiError::code(StatusCode::CONFLICT, code::LETTER_USED));
    }
    let mut details = record::person(&designation.first_name, &designation.surname, &designation.email);
    details.extend(record::letter(&letter.reference));
    record::note(post, transaction, designation.client_id, "administrator_designated", details).await?;
    let name = full_name(Some(&designation.first_name), &designation.surname);
    let mail = Mail::AdministratorActive { identifier: &identifier, organisation };
    post.send(transaction, &designation.email, Some(&name), mail).await?;
    if was_user {
        post.send(transaction, &designation.email, Some(&name), Mail::PasswordChanged).await?;
    }
    administrator::tell_of_another(post, transaction, client, (account_id, &name), None).await?;
    joining::withdraw(post, transaction, designation.client_id, &designation.email).await?;
    joining::tell_waiting(post, transaction, designation, organisation).await?;
    metrics::counter!("palier_administrators_total", "portal" => portal.to_owned()).increment(1);
    Ok(())
}

/// Counts a wrong code for its letter; with the last one, the letter's own counts no more.
async fn count_wrong(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    letter: &Letter,
) -> Result<(), StoreError> {
    let used = count_try(transaction, letter.id, TRIES).await?.unwrap_or(TRIES);
    if used >= TRIES && end(transaction, letter.id, Ending::Locked, post.now).await? {
        let details = record::letter(&letter.reference);
        record::note(post, transaction, letter.client_id, "letter_locked", details).await?;
    }
    Ok(())
}

/// Counts a wrong code for its address and its place, keeps that, and gives what is told.
async fn refuse_code(
    post: Post<'_>,
    transaction: DatabaseTransaction,
    typed: &Activation,
    place: &str,
) -> Result<ApiError, StoreError> {
    let portal = post.portal.slug();
    let address = hexadecimal(&Sha256::digest(typed.email.key()));
    WRONG_BY_PLACE.count(&transaction, portal, place, post.now).await?;
    let left = BY_ADDRESS.left(&transaction, portal, &address, post.now).await?;
    transaction.commit().await?;
    Ok(if left == 0 { locked() } else { wrong(left) })
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
    BY_PLACE.admit(conn, portal, &place, post.now).await?;
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
