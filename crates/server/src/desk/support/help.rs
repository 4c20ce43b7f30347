//! What can be done for who calls (P7, P8): decided when the sheet is shown, and again while the partner is held.

use axum::http::StatusCode;
use jiff::Timestamp;
use palier_domain::credentials::{Channel, Event, Refusal, Way};
use palier_domain::desk::{AccountSheet, Help};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::{named, note, sheet};
use crate::account::{Post, send_reset_link};
use crate::http::problem::ApiError;
use crate::partners::letters::written_day;
use crate::partners::{Given, give, lose};
use crate::store::accounts::{self, Account};
use crate::store::letters::Ending;
use crate::store::partners::{self, Partner};
use crate::store::staff::Staff;
use crate::store::{StoreError, partner_letters};

/// What can be done now.
pub(super) fn now(post: Post<'_>, partner: &Partner, account: Option<&Account>) -> Vec<Help> {
    let access = partner.opening.access;
    let (letter, mail) = (partner.known.address.is_some(), partner.known.email.is_some());
    let lost = matches!(access.way(post.now), Way::TypeGiven { .. });
    let free = access.after(Event::Order, post.now).is_ok();
    let writable = account.is_some_and(|account| account.email.is_some());
    let can = |help: &Help| match help {
        Help::ByLetter => free && letter,
        Help::ByMail => free && mail,
        Help::LostByLetter => lost && letter,
        Help::LostByMail => lost && mail,
        Help::Reset => writable,
        // Theirs is on every letter and in every e-mail. The office's next file would bring back whoever is erased here:
        // it takes them out of it first, then the operator erases them (`palier erase`).
        Help::Identifier | Help::Resend | Help::Erase => false,
    };
    Help::ALL.into_iter().filter(can).collect()
}

/// Does it, if it is right now, and shows what has become of it.
pub(super) async fn act(
    post: Post<'_>,
    staff: &Staff,
    number: &str,
    help: Help,
) -> Result<AccountSheet, ApiError> {
    let known = sheet::find(post, number).await?;
    let transaction = post.state.store().begin().await?;
    let partner = again(post, &transaction, known.id).await?;
    match help {
        Help::ByLetter => send(post, &transaction, &partner, Channel::Letter).await?,
        Help::ByMail => send(post, &transaction, &partner, Channel::Mail).await?,
        Help::LostByLetter => replace(post, &transaction, &partner, Channel::Letter).await?,
        Help::LostByMail => replace(post, &transaction, &partner, Channel::Mail).await?,
        Help::Reset => reset(post, &transaction, &partner).await?,
        Help::Identifier | Help::Resend | Help::Erase => return Err(conflict(code::HELP_REFUSED)),
    }
    note(post, &transaction, staff, help.name(), named(&partner)).await?;
    let partner = again(post, &transaction, known.id).await?;
    let told = sheet::tell(post, &transaction, staff, &partner).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(told)
}

async fn again(post: Post<'_>, transaction: &DatabaseTransaction, id: i64) -> Result<Partner, ApiError> {
    partners::held(transaction, post.portal.slug(), id).await?.ok_or_else(ApiError::not_found)
}

async fn send(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
    channel: Channel,
) -> Result<(), ApiError> {
    match give(post, transaction, partner, channel).await? {
        Given::Sent(_) => Ok(()),
        Given::Refused(refusal) => Err(refused(post, refusal)),
        Given::NoAddress => Err(conflict(code::NO_ADDRESS)),
        Given::TooMany => Err(conflict(code::LETTERS_SPENT)),
    }
}

/// What was sent opens nothing any more, and something else is sent: both, or nothing.
async fn replace(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
    channel: Channel,
) -> Result<(), ApiError> {
    if let Some(refusal) = lose(post, transaction, partner).await? {
        return Err(refused(post, refusal));
    }
    partner_letters::end(transaction, partner.id, Ending::Lost, post.now).await?;
    let partner = again(post, transaction, partner.id).await?;
    send(post, transaction, &partner, channel).await
}

async fn reset(post: Post<'_>, transaction: &DatabaseTransaction, partner: &Partner) -> Result<(), ApiError> {
    let id = partner.opening.account_id.ok_or_else(|| conflict(code::HELP_REFUSED))?;
    let account = accounts::by_id(transaction, post.portal.slug(), id).await?;
    let account = account.ok_or_else(|| conflict(code::HELP_REFUSED))?;
    if account.email.is_none() {
        return Err(conflict(code::NO_ADDRESS));
    }
    Ok(send_reset_link(post, transaction, &account).await?)
}

/// 409, with the date where there is one.
fn refused(post: Post<'_>, refusal: Refusal<Timestamp>) -> ApiError {
    match refusal {
        Refusal::StillValid { kind, pass } => {
            let sent = pass.issued.to_zoned(post.portal.time_zone.clone()).strftime("%d/%m/%Y").to_string();
            conflict(code::STILL_VALID)
                .with("kind", kind.name())
                .with("sent", sent)
                .with("until", written_day(post, pass.until))
        }
        Refusal::Coming => conflict(code::LETTER_COMING),
        Refusal::HasSignedIn | Refusal::NeverSignedIn | Refusal::NothingGiven | Refusal::Over { .. } => {
            conflict(code::HELP_REFUSED)
        }
    }
}

const fn conflict(code: &'static str) -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code)
}
