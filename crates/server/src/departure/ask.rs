//! Somebody asks to leave, or takes it back.

use axum::http::StatusCode;
use jiff::SignedDuration;
use palier_domain::departure::{DepartureForm, DepartureView, DesiredForm, Event, Illegal, Kind, Obstacle};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::view::{answer_by, obstacle, view};
use super::{refused, step, write};
use crate::account::{Limit, Post, present, subject};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::DepartureMail;
use crate::store::accounts::{self, Account};
use crate::store::departures::{self, NewDeparture};
use crate::store::{Conflict, StoreError};

/// Requests that one account can make on line: each is an e-mail, and work at the desk.
const ASKED: Limit = Limit { kind: "departure", times: 5, window: SignedDuration::from_hours(24) };

/// Who is signed in and knows the password asks. One that waits already stays as it is: nothing is written, nobody is told, and
/// the answer is the same.
pub(super) async fn ask(
    post: Post<'_>,
    client: Client,
    account: Account,
    form: &DepartureForm,
) -> Result<DepartureView, ApiError> {
    let problems = form.problems();
    let kind = Kind::parse(&form.kind).filter(|_| problems.is_empty());
    let kind = kind.ok_or_else(|| ApiError::invalid(problems))?;
    let present = present(post, client, account, &form.present).await?;
    let transaction = post.state.store().begin().await?;
    let account = present.held(&transaction).await?;
    if make(post, &transaction, &account, (kind, &form.note), false).await? {
        ASKED.admit(&transaction, post.portal.slug(), &subject(account.id), post.now).await?;
    }
    let told = view(post, &transaction, &account).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(told)
}

/// The same for who calls the desk; the account is held. 409 when one waits already.
pub(crate) async fn ask_at_desk(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    form: &DesiredForm,
) -> Result<(), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    if make(post, transaction, account, (form.kind, &form.note), true).await? {
        return Ok(());
    }
    Err(refused(Illegal::Waits))
}

/// Makes a request, and sends the receipt. False when one of its kind waits.
async fn make(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    (kind, note): (Kind, &str),
    at_desk: bool,
) -> Result<bool, ApiError> {
    may(post, transaction, account, kind).await?;
    let known = departures::newest(transaction, account.id).await?;
    match departures::requests(&known).after(Event::Ask(kind), post.now) {
        Ok(_) => {}
        Err(Illegal::Waits) => return Ok(false),
        Err(illegal) => return Err(refused(illegal)),
    }
    let (portal, note) = (post.portal.slug(), note.trim());
    let new = NewDeparture { portal, account_id: account.id, kind, note, at_desk, now: post.now };
    departures::insert(transaction, new).await?.ok_or(StoreError::Conflict(Conflict::Other))?;
    let until = answer_by(post, post.now).0;
    write(post, transaction, account, DepartureMail::Asked { kind, until: &until }).await?;
    Ok(true)
}

/// Refuses what this account can't ask here.
async fn may(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    kind: Kind,
) -> Result<(), ApiError> {
    let conflict = |code| Err(ApiError::code(StatusCode::CONFLICT, code));
    let paper = !post.portal.account.paperless || account.lease_id.is_none();
    if account.closed_at.is_some() || kind == Kind::Paperless && paper {
        return conflict(code::DEPARTURE_LEFT);
    }
    if kind == Kind::Paperless {
        return Ok(());
    }
    match obstacle(post, transaction, account).await? {
        None => Ok(()),
        Some(Obstacle::LastAdministrator) => conflict(code::LAST_ADMINISTRATOR),
        Some(Obstacle::OnlyCorrespondent) => conflict(code::ONLY_CORRESPONDENT),
    }
}

/// Who is signed in takes it back: nothing is lost by it, so that no password is asked.
pub(super) async fn withdraw(
    post: Post<'_>,
    account: &Account,
    kind: Kind,
) -> Result<DepartureView, ApiError> {
    let transaction = post.state.store().begin().await?;
    accounts::hold(&transaction, post.portal.slug(), account.id).await?;
    let known = departures::newest(&transaction, account.id).await?;
    step(&transaction, &known, Event::Withdraw(kind), post).await?;
    let told = view(post, &transaction, account).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(told)
}
