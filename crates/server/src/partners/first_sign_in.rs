//! The first sign-in: a provisional password is exchanged for one of one's own before anything else (P4).

use axum::http::StatusCode;
use jiff::Timestamp;
use palier_domain::account::Session;
use palier_domain::credentials::{Access, Event, Refusal};
use palier_domain::partners::{FirstPasswordForm, Provisional, ProvisionalForm};
use palier_domain::problem::FieldProblem;
use palier_domain::values::{About, LetterCode, Password, PasswordError, Token, UserNumber};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::give::again;
use super::letters::written_day;
use super::{context, hash, of};
use crate::account::{Post, Tries, begin_session, open_account, password_until, secret_name};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::{Mail, PartnerMail};
use crate::store::accounts::{self, NewAccount};
use crate::store::letters::Ending;
use crate::store::partners::{self, Opening, Partner};
use crate::store::{Conflict, StoreError, partner_letters};

/// Says whether what was sent is right, before a password is chosen: nobody invents one in vain.
pub(super) async fn check(post: Post<'_>, client: Client, form: &ProvisionalForm) -> Result<(), ApiError> {
    of(post.portal)?;
    let given = form.parse().map_err(ApiError::invalid)?;
    verify(post, client, &given).await.map(drop)
}

/// Makes the account, whose password is the one that was chosen, and signs its owner in.
pub(super) async fn complete(
    post: Post<'_>,
    client: Client,
    form: &FirstPasswordForm,
) -> Result<(Token, Session), ApiError> {
    of(post.portal)?;
    let problems = form.problems(context(post));
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let given = form.given().parse().map_err(ApiError::invalid)?;
    let partner = verify(post, client, &given).await?;
    let password = password(post, form, &partner)?;
    // Nobody waits for the hash: what was found is looked for again afterwards.
    let password_hash = post.state.passwords().hash(&password).await?;
    let transaction = post.state.store().begin().await?;
    let held = partners::held(&transaction, post.portal.slug(), partner.id).await?;
    let partner = held.filter(|partner| is_right(partner, &given.secret)).ok_or_else(used)?;
    let access = chosen(post, &partner).map_err(|refusal| over(post, refusal))?;
    let account_id = open(post, &transaction, &partner, &password_hash).await?;
    let opening = Opening { access, secret_hash: None, link_until: None, account_id: Some(account_id) };
    if !partners::set_opening(&transaction, &partner, &opening).await? {
        return Err(used());
    }
    partner_letters::end(&transaction, partner.id, Ending::Used, post.now).await?;
    let mail = Mail::Partner(PartnerMail::Active { number: partner.known.number.as_str() });
    post.send(&transaction, &partner.known.email, Some(&partner.known.name), mail).await?;
    let account = accounts::by_id(&transaction, post.portal.slug(), account_id).await?;
    let account = account.ok_or_else(|| ApiError::internal("the account that was just made"))?;
    let begun = begin_session(post, &transaction, &account, client.device).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(begun)
}

/// Whether that is the provisional password of that number, typed where one signs in: whoever knows it is led to the
/// first sign-in.
pub(crate) async fn opens(post: Post<'_>, number: &UserNumber, typed: &str) -> Result<bool, StoreError> {
    let Ok(secret) = LetterCode::parse(typed) else { return Ok(false) };
    let partner = partners::by_number(post.state.store().read(), post.portal.slug(), number).await?;
    Ok(partner.is_some_and(|partner| is_right(&partner, &secret)))
}

/// The partner whom that opens. Tries are counted as for a password, by number and by place (P6); a number that doesn't
/// exist, or whose owner has a password of their own, is answered like a wrong one.
async fn verify(post: Post<'_>, client: Client, given: &Provisional) -> Result<Partner, ApiError> {
    let Post { state, portal, .. } = post;
    let subject = secret_name("login", given.number.as_str());
    let tries = Tries::new(state, portal, subject, client);
    let admitted = tries.admit().await?;
    let partner = partners::by_number(state.store().read(), portal.slug(), &given.number).await?;
    let Some(partner) = partner.filter(|partner| is_right(partner, &given.secret)) else {
        return Err(tries.refused_as(code::PROVISIONAL_REFUSED, admitted));
    };
    let transaction = state.store().begin().await?;
    tries.forgive(&transaction, post.now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    // Told to who knows it only.
    match chosen(post, &partner) {
        Ok(_) if partner.opening.link_until.is_some_and(|until| until <= post.now) => {
            Err(renew(post, partner.id, &given.secret).await?)
        }
        Ok(_) => Ok(partner),
        Err(refusal) => Err(over(post, refusal)),
    }
}

/// Sends a fresh link in the place of one that has come to its end: 409, with what to do now.
async fn renew(post: Post<'_>, id: i64, secret: &LetterCode) -> Result<ApiError, StoreError> {
    let transaction = post.state.store().begin().await?;
    let partner = partners::held(&transaction, post.portal.slug(), id).await?;
    // A second click at the same time finds it sent.
    if let Some(partner) = partner.filter(|partner| is_right(partner, secret))
        && !again(post, &transaction, &partner).await?
    {
        // Without an address: the desk helps.
        return Ok(used());
    }
    transaction.commit().await?;
    post.state.outbox().wake();
    Ok(ApiError::code(StatusCode::CONFLICT, code::INVITATION_RENEWED))
}

fn is_right(partner: &Partner, secret: &LetterCode) -> bool {
    partner.opening.secret_hash == Some(hash(secret))
}

/// What is held once a password is chosen now.
fn chosen(post: Post<'_>, partner: &Partner) -> Result<Access<Timestamp>, Refusal<Timestamp>> {
    partner.opening.access.after(Event::Choose { until: password_until(post) }, post.now)
}

/// 409: what was sent is of no use any more, with its last day.
fn over(post: Post<'_>, refusal: Refusal<Timestamp>) -> ApiError {
    match refusal {
        Refusal::Over { until } => ApiError::code(StatusCode::CONFLICT, code::PROVISIONAL_OVER)
            .with("until", written_day(post, until)),
        _ => used(),
    }
}

/// 409: somebody, in another tab perhaps, has used it meanwhile.
const fn used() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::PROVISIONAL_USED)
}

fn password(post: Post<'_>, form: &FirstPasswordForm, partner: &Partner) -> Result<Password, ApiError> {
    let email = partner.known.email.as_ref().map(ToString::to_string).unwrap_or_default();
    let about = About { surname: &partner.known.name, first_name: "", email: &email };
    let password = form.password(context(post), about).map_err(ApiError::invalid_field)?;
    if post.state.passwords().well_known(&password, about) {
        return Err(ApiError::invalid_field(FieldProblem::new("password", &PasswordError::WellKnown)));
    }
    Ok(password)
}

/// Makes the account. An address that has one already is its owner's too: one person may look after two landlords, and
/// signs in with the user number then.
async fn open(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
    password_hash: &str,
) -> Result<i64, StoreError> {
    let new = |email_shared| {
        let made = open_account(post, transaction, move |identifier| NewAccount {
            portal: post.portal.slug().to_owned(),
            lease_id: None,
            email: partner.known.email.clone(),
            email_shared,
            identifier,
            password_hash: password_hash.to_owned(),
            password_until: password_until(post),
            first_name: None,
            surname: partner.known.name.clone(),
            language: post.language.to_owned(),
            now: post.now,
        });
        Box::pin(made)
    };
    match new(false).await {
        Err(StoreError::Conflict(Conflict::Email)) => new(true).await.map(|(id, _)| id),
        made => made.map(|(id, _)| id),
    }
}
