//! Leaving by one's own wish (T10): the whole service, or paperless notices alone. Asked on line, or at the desk for who
//! calls; decided at the desk. See `docs/decisions/0023-departure.md`.

mod ask;
mod decide;
mod export;
mod routes;
mod view;

pub(crate) use ask::ask_at_desk;
pub(crate) use decide::decide;
pub use export::{HEADERS, rows};
pub use routes::routes;
pub(crate) use view::{answer_by, known_at_desk, offers};

use axum::http::StatusCode;
use palier_domain::departure::{Event, Illegal};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use crate::account::{Post, full_name};
use crate::http::problem::ApiError;
use crate::mail::{DepartureMail, Mail};
use crate::store::StoreError;
use crate::store::accounts::Account;
use crate::store::departures::{self, Departure};

/// What happens to requests that were made, written down. Asking is something else: it makes one.
async fn step(
    transaction: &DatabaseTransaction,
    known: &[Departure],
    event: Event,
    post: Post<'_>,
) -> Result<(), ApiError> {
    let after = departures::requests(known).after(event, post.now).map_err(refused)?;
    Ok(departures::settle_all(transaction, known, &after).await?)
}

const fn refused(illegal: Illegal) -> ApiError {
    let code = match illegal {
        Illegal::Waits | Illegal::Decided => code::DEPARTURE_DECIDED,
        Illegal::Left => code::DEPARTURE_LEFT,
        Illegal::Withdrawn => code::DEPARTURE_WITHDRAWN,
    };
    ApiError::code(StatusCode::CONFLICT, code)
}

/// Writes to who asked, in the language of their account.
async fn write(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    account: &Account,
    mail: DepartureMail<'_>,
) -> Result<(), StoreError> {
    let post = Post { language: &account.language, ..post };
    let name = full_name(account.first_name.as_deref(), &account.surname);
    post.send(transaction, &account.email, Some(&name), Mail::Departure(mail)).await
}
