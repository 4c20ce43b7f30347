//! Letters to partners: asked for, posted, brought back, lost (P2, P8).

use jiff::Timestamp;
use palier_domain::onboarding::LetterState;
use sea_orm::DatabaseTransaction;

use super::give::{self, Given};
use crate::account::Post;
use crate::mailroom::{PrintError, last, of_identifier};
use crate::onboarding::Hand;
use crate::store::desk_journal::{self, Act};
use crate::store::letters::Ending;
use crate::store::partner_letters::{self as store, NewPartnerLetter, PartnerLetter};
use crate::store::partners::{self, Partner};
use crate::store::{Conflict, StoreError};

/// References drawn before giving up.
const DRAWS: usize = 8;

/// The last day before a moment, as people write it.
pub(crate) fn written_day(post: Post<'_>, until: Timestamp) -> String {
    last(until).to_zoned(post.portal.time_zone.clone()).strftime("%d/%m/%Y").to_string()
}

/// Asks for a letter: it waits to be printed from now on.
pub(super) async fn ask(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner_id: i64,
) -> Result<(), StoreError> {
    for _ in 0..DRAWS {
        let new = NewPartnerLetter {
            portal: post.portal.slug().to_owned(),
            partner_id,
            reference: of_identifier(&post.state.entropy().identifier()),
            now: post.now,
        };
        match store::insert(transaction, new).await {
            Ok(_) => {
                let portal = post.portal.slug().to_owned();
                metrics::counter!("palier_letters_asked_total", "portal" => portal).increment(1);
                return Ok(());
            }
            Err(StoreError::Conflict(Conflict::Reference)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict(Conflict::Reference))
}

/// Notes that a letter was posted. False when it isn't one that waits to be posted.
pub(crate) async fn posted(post: Post<'_>, by: Hand<'_>, letter: &PartnerLetter) -> Result<bool, PrintError> {
    let transaction = post.state.store().begin().await?;
    let Some(partner) = partners::held(&transaction, post.portal.slug(), letter.partner_id).await? else {
        return Ok(false);
    };
    if !store::post(&transaction, letter.id, post.now).await? {
        return Ok(false);
    }
    note(post, &transaction, by, "letter_posted", &partner).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(true)
}

/// Notes that the post brought a letter back: whoever had it in hand may have read it, so that its password opens
/// nothing any more. False when it isn't one that is on its way.
pub(crate) async fn returned(
    post: Post<'_>,
    by: Hand<'_>,
    letter: &PartnerLetter,
) -> Result<bool, PrintError> {
    let transaction = post.state.store().begin().await?;
    let Some(partner) = partners::held(&transaction, post.portal.slug(), letter.partner_id).await? else {
        return Ok(false);
    };
    if !store::give_back(&transaction, letter.id, post.now).await? {
        return Ok(false);
    }
    if is_held(&transaction, &partner, letter).await? {
        give::lose(post, &transaction, &partner).await?;
    }
    note(post, &transaction, by, "letter_returned", &partner).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(true)
}

/// Declares a printed letter lost: its password opens nothing any more, and another one waits to be printed (P8). False
/// when it wasn't printed yet, or is over already.
pub(crate) async fn lost(post: Post<'_>, by: Hand<'_>, letter: &PartnerLetter) -> Result<bool, PrintError> {
    let transaction = post.state.store().begin().await?;
    let Some(partner) = partners::held(&transaction, post.portal.slug(), letter.partner_id).await? else {
        return Ok(false);
    };
    let on_its_way = matches!(letter.state, LetterState::Printed | LetterState::Posted);
    if !on_its_way
        || !is_held(&transaction, &partner, letter).await?
        || give::lose(post, &transaction, &partner).await?.is_some()
    {
        return Ok(false);
    }
    store::end(&transaction, partner.id, Ending::Lost, post.now).await?;
    let Some(partner) = partners::held(&transaction, post.portal.slug(), letter.partner_id).await? else {
        return Ok(false);
    };
    let given = give::give(post, &transaction, &partner, partner.known.channel).await?;
    note(post, &transaction, by, "letter_lost", &partner).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    if let Given::Sent(_) = given {
        post.state.outbox().wake();
    }
    Ok(true)
}

/// Writes down what somebody at the desk did; whoever starts commands has no name there.
async fn note(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    by: Hand<'_>,
    kind: &str,
    partner: &Partner,
) -> Result<(), StoreError> {
    let Hand::Staff(staff) = by else { return Ok(()) };
    let (staff, subject) = (staff.email.to_string(), partner.known.number.as_str());
    let act = Act { staff: &staff, kind, subject };
    desk_journal::append(transaction, post.portal.slug(), post.now, act).await
}

/// Whether it is the newest letter to its partner: only that one's password may be held.
async fn is_held(
    transaction: &DatabaseTransaction,
    partner: &Partner,
    letter: &PartnerLetter,
) -> Result<bool, StoreError> {
    Ok(store::latest(transaction, partner.id).await?.is_some_and(|latest| latest.id == letter.id))
}
