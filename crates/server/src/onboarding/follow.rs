//! Where is my letter? For who has the link of the e-mail (A6).

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use palier_domain::account::LinkForm;
use palier_domain::onboarding::{FollowForm, LetterStage, LetterView};
use palier_domain::values::{Email, Token};
use palier_domain::wire::code;

use super::letters::{self, Renewal, Told};
use super::{Hand, record, rules};
use crate::account::{Limit, Post, hash, unknown_link};
use crate::http::problem::ApiError;
use crate::mailroom::last;
use crate::store::clients::{self, Client};
use crate::store::designations::{self, Designation};
use crate::store::letters::{Ending, Letter, latest};
use crate::store::{StoreError, links};

/// An application that somebody follows.
struct Followed {
    client: Client,
    designation: Designation,
    letter: Letter,
}

/// Where the letter is now.
pub(super) async fn view(post: Post<'_>, form: &LinkForm) -> Result<LetterView, ApiError> {
    let followed = find(post, form).await?;
    told(post, &followed).await
}

async fn find(post: Post<'_>, form: &LinkForm) -> Result<Followed, ApiError> {
    rules::of(post.portal)?;
    let token = Token::parse(&form.token).map_err(|_| unknown_link())?;
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let link = links::find(conn, portal, links::Kind::FollowLetter, &hash(&token)).await?;
    let link = link.ok_or_else(unknown_link)?;
    // An older e-mail's link tells the same as the newest one's.
    if link.expires_at <= post.now {
        return Err(ApiError::code(StatusCode::GONE, code::LINK_EXPIRED));
    }
    let designation = designations::by_id(conn, portal, link.subject_id).await?.ok_or_else(unknown_link)?;
    let letter = latest(conn, designation.id).await?.ok_or_else(unknown_link)?;
    let client = clients::by_id(conn, portal, designation.client_id).await?.ok_or_else(unknown_link)?;
    Ok(Followed { client, designation, letter })
}

async fn told(post: Post<'_>, followed: &Followed) -> Result<LetterView, ApiError> {
    let (_, own) = rules::of(post.portal)?;
    let Followed { client, designation, letter } = followed;
    let stage = letters::stage(letter, designation, post.now);
    let conn = post.state.store().read();
    let renewal = match letters::renewal(stage, letter) {
        Renewal::Now if !designation.open => Renewal::No,
        Renewal::Now => letters::free_from(post, conn, client.id).await?.map_or(Renewal::Now, Renewal::From),
        other => other,
    };
    let day = |at: Timestamp| letters::day(post, at);
    let delivery = SignedDuration::from_hours(24 * i64::from(own.letters.delivery_days));
    let expected = letter.posted_at.and_then(|posted| posted.checked_add(delivery).ok());
    let is_on_its_way = stage == LetterStage::Posted;
    Ok(LetterView {
        organisation: client.known.name.clone(),
        recipient: client.known.representative.clone(),
        reference: letter.reference.clone(),
        stage,
        asked: day(letter.asked_at),
        held_until: designation.held_until(post.now).map(|until| day(last(until))),
        printed: letter.printed_at.map(day),
        posted: letter.posted_at.map(day),
        expected: expected.filter(|_| is_on_its_way).map(day),
        valid_until: letter.valid_until.map(|until| day(last(until))),
        renewable: renewal == Renewal::Now,
        renewable_from: match renewal {
            Renewal::From(from) => Some(letters::free_day(post, from)),
            Renewal::Now | Renewal::No => None,
        },
    })
}

/// How often somebody may ask for another letter: most are told that they can't have it yet.
const AGAIN: Limit = Limit { kind: "letter_again", times: 20, window: SignedDuration::from_hours(1) };

/// Asks for another letter, when that may be.
pub(super) async fn again(post: Post<'_>, form: &LinkForm) -> Result<LetterView, ApiError> {
    let Followed { client, designation, .. } = find(post, form).await?;
    let (conn, asked_by) = (post.state.store().write(), designation.id.to_string());
    AGAIN.admit(conn, post.portal.slug(), &asked_by, post.now).await?;
    let transaction = post.state.store().begin().await?;
    let portal = post.portal.slug();
    // Asked twice at once: the second one finds the letter that the first one asked for.
    clients::held(&transaction, portal, client.id).await?.ok_or_else(unknown_link)?;
    let designation =
        designations::by_id(&transaction, portal, designation.id).await?.ok_or_else(unknown_link)?;
    let letter = latest(&transaction, designation.id).await?.ok_or_else(unknown_link)?;
    let stage = letters::stage(&letter, &designation, post.now);
    match letters::renewal(stage, &letter) {
        Renewal::Now if designation.open => {}
        Renewal::From(from) => return Err(letters::too_many(post, from)),
        // It waits already, or there is nothing to wait for: the page tells which.
        _ => {
            // Telling it asks the store again: not while others wait for what this transaction holds.
            drop(transaction);
            return told(post, &Followed { client, designation, letter }).await;
        }
    }
    letters::affordable(post, &transaction, client.id).await?;
    letters::call_off(post, &transaction, designation.id, Ending::Replaced).await?;
    letters::ask(post, &transaction, client.id, designation.id).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    let letter = latest(post.state.store().read(), designation.id).await?.ok_or_else(unknown_link)?;
    told(post, &Followed { client, designation, letter }).await
}

/// Sends the link again to who lost it. The same answer whether or not that address has asked for anything.
pub(super) async fn resend(post: Post<'_>, form: &FollowForm) -> Result<(), ApiError> {
    rules::of(post.portal)?;
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let Ok(email) = Email::parse(&form.email) else { return Ok(()) };
    let portal = post.portal.slug();
    let transaction = post.state.store().begin().await?;
    let found = designations::open_by_email(&transaction, portal, &email.key()).await?;
    if let Some(designation) = found
        && post.may_send(&transaction, &email.key()).await?
        && let Some(client) = clients::by_id(&transaction, portal, designation.client_id).await?
    {
        let post = Post { language: &designation.language, ..post };
        let posted = latest(&transaction, designation.id).await?.is_some_and(|it| it.posted_at.is_some());
        let told = if posted { Told::Posted } else { Told::waiting(&designation, post.now) };
        letters::tell(post, &transaction, &client, designation.id, &designation.email, told).await?;
    }
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

/// What the operator may do with a letter that is lost: it ends, and another one waits to be printed.
pub(super) async fn replace(
    post: Post<'_>,
    by: Hand<'_>,
    letter: &Letter,
    designation: &Designation,
) -> Result<bool, ApiError> {
    let transaction = post.state.store().begin().await?;
    clients::held(&transaction, post.portal.slug(), letter.client_id).await?;
    // One whose code was tried too often is of no use any more: nothing is left to be ended.
    let is_locked = letter.ending == Some(Ending::Locked)
        && latest(&transaction, designation.id).await?.is_some_and(|newest| newest.id == letter.id);
    if !is_locked && !crate::store::letters::end(&transaction, letter.id, Ending::Lost, post.now).await? {
        return Ok(false);
    }
    let details = by.letter(&letter.reference);
    record::note(post, &transaction, letter.client_id, "letter_lost", details).await?;
    letters::ask(post, &transaction, letter.client_id, designation.id).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(true)
}
