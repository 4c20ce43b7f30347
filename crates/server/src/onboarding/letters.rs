//! Letters asked for, followed, asked for again (A4–A6).

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use palier_domain::onboarding::{LetterStage, LetterState};
use palier_domain::values::{Email, Token};
use palier_domain::wire::code;
use sea_orm::ConnectionTrait;

use super::{record, rules};
use crate::account::{Post, hash};
use crate::config;
use crate::http::problem::ApiError;
use crate::mail::{Colleague, Mail};
use crate::mailroom::{last, of_identifier};
use crate::store::clients::Client;
use crate::store::designations::Designation;
use crate::store::letters::{self, Ending, Letter, NewLetter};
use crate::store::{Conflict, StoreError, links};

/// Wrong codes after which a letter's code counts no more (A5).
pub(super) const TRIES: u32 = 5;
/// References drawn before giving up.
const DRAWS: usize = 8;
/// The span of time in which the letters of one organisation are counted.
const SPAN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The same for the whole portal.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How long the link that tells where a letter is works: longer than any letter's code, twice.
const FOLLOWED: SignedDuration = SignedDuration::from_hours(130 * 24);

/// Where a letter is at a moment.
pub(crate) fn stage(letter: &Letter, designation: &Designation, now: Timestamp) -> LetterStage {
    if designation.refused {
        return LetterStage::Refused;
    }
    if designation.objected {
        return LetterStage::Objected;
    }
    if designation.lapsed {
        return LetterStage::Lapsed;
    }
    match letter.state {
        LetterState::Used => LetterStage::Used,
        LetterState::Revoked if letter.ending == Some(Ending::Locked) => LetterStage::Locked,
        // A newer letter is told of in its place; without one, its time is over in any case.
        LetterState::Revoked => LetterStage::Expired,
        LetterState::Returned => LetterStage::Returned,
        LetterState::Asked => LetterStage::Asked,
        LetterState::Printed | LetterState::Posted if over(letter, now) => LetterStage::Expired,
        LetterState::Printed => LetterStage::Printed,
        LetterState::Posted => LetterStage::Posted,
    }
}

/// Whether the code's time is over.
pub(crate) fn over(letter: &Letter, now: Timestamp) -> bool {
    letter.valid_until.is_some_and(|until| until <= now)
}

/// Whether a designation has a letter that waits or whose code counts. One that has none gives way to somebody else.
pub(super) async fn under_way<C: ConnectionTrait>(
    conn: &C,
    designation: &Designation,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let letter = letters::latest(conn, designation.id).await?;
    Ok(letter.is_some_and(|letter| {
        matches!(
            stage(&letter, designation, now),
            LetterStage::Asked | LetterStage::Printed | LetterStage::Posted
        )
    }))
}

/// When another letter can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renewal {
    /// Now.
    Now,
    /// From then on.
    From(Timestamp),
    /// Never, or not before something happens to this one.
    No,
}

/// Another letter can be asked for once this one is of no use: never while its code counts, which is refused with the
/// date (A5, P8).
pub(super) fn renewal(stage: LetterStage, letter: &Letter) -> Renewal {
    match stage {
        LetterStage::Returned | LetterStage::Expired | LetterStage::Locked => Renewal::Now,
        LetterStage::Printed | LetterStage::Posted => letter.valid_until.map_or(Renewal::No, Renewal::From),
        LetterStage::Asked
        | LetterStage::Used
        | LetterStage::Refused
        | LetterStage::Objected
        | LetterStage::Lapsed => Renewal::No,
    }
}

/// When the organisation and the portal may have one more letter, each of which costs money.
pub(super) async fn free_from<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
) -> Result<Option<Timestamp>, ApiError> {
    let (_, own) = rules::of(post.portal)?;
    let config::Letters { per_client, a_day, .. } = own.letters;
    let mut from = None;
    for (client_id, span, most) in [(Some(client_id), SPAN, per_client), (None, DAY, a_day)] {
        let since = post.now.checked_sub(span).unwrap_or(Timestamp::MIN);
        let asked = letters::asked_since(conn, post.portal.slug(), client_id, since).await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if asked.len() >= most {
            // The one that has to grow old before there is room again.
            let oldest = asked[asked.len() - most];
            from = from.max(oldest.checked_add(span).ok());
        }
    }
    Ok(from)
}

/// Refuses, with the date, when no more letters may be asked for.
pub(super) async fn affordable<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
) -> Result<(), ApiError> {
    match free_from(post, conn, client_id).await? {
        None => Ok(()),
        Some(from) => Err(too_many(post, from)),
    }
}

/// 409: not before that day.
pub(super) fn too_many(post: Post<'_>, from: Timestamp) -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::LETTER_NOT_YET).with("from", free_day(post, from))
}

/// The first day, ISO 8601, the whole of which is free when something is from then on: people are told days, and one on
/// which they'd be refused in the morning isn't one.
pub(super) fn free_day(post: Post<'_>, from: Timestamp) -> String {
    let last = last(from).to_zoned(post.portal.time_zone.clone()).date();
    last.tomorrow().unwrap_or(last).to_string()
}

/// A day at the landlord's, ISO 8601.
pub(super) fn day(post: Post<'_>, at: Timestamp) -> String {
    at.to_zoned(post.portal.time_zone.clone()).date().to_string()
}

/// The last day before a moment, as people write it.
pub(super) fn written_day(post: Post<'_>, until: Timestamp) -> String {
    last(until).to_zoned(post.portal.time_zone.clone()).strftime("%d/%m/%Y").to_string()
}

/// Asks for a letter: it waits to be printed from now on.
pub(super) async fn ask<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
    designation_id: i64,
) -> Result<(), ApiError> {
    for _ in 0..DRAWS {
        let reference = of_identifier(&post.state.entropy().identifier());
        let new = NewLetter {
            portal: post.portal.slug().to_owned(),
            client_id,
            designation_id,
            reference: reference.clone(),
            now: post.now,
        };
        match letters::insert(conn, new).await {
            Ok(_) => {
                record::note(post, conn, client_id, "letter_asked", record::letter(&reference)).await?;
                let portal = post.portal.slug().to_owned();
                metrics::counter!("palier_letters_asked_total", "portal" => portal).increment(1);
                return Ok(());
            }
            Err(StoreError::Conflict(Conflict::Reference)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ApiError::internal("every reference drawn was taken"))
}

/// Ends the letter of a designation that is under way, if any.
pub(super) async fn call_off<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    designation_id: i64,
    ending: Ending,
) -> Result<(), StoreError> {
    let Some(letter) = letters::latest(conn, designation_id).await? else { return Ok(()) };
    if letters::end(conn, letter.id, ending, post.now).await? {
        record::note(post, conn, letter.client_id, "letter_revoked", record::letter(&letter.reference))
            .await?;
    }
    Ok(())
}

/// What an applicant is told by e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A letter waits to be printed.
    Asked,
    /// It waits until the organisation's administrators can't object any more (A8).
    Held(Timestamp),
    /// It was posted.
    Posted,
    /// The post brought it back.
    Returned,
}

impl Told {
    /// Of a letter that isn't printed yet.
    pub(super) fn waiting(designation: &Designation, now: Timestamp) -> Self {
        designation.held_until(now).map_or(Self::Asked, Self::Held)
    }
}

/// Writes to the applicant, with a new link to the page that tells where the letter is; gives its token.
pub(super) async fn tell<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client: &Client,
    designation_id: i64,
    email: &Email,
    told: Told,
) -> Result<Token, StoreError> {
    let token = post.state.entropy().token();
    let until = post.now.checked_add(FOLLOWED).unwrap_or(Timestamp::MAX);
    let (portal, kind) = (post.portal.slug(), links::Kind::FollowLetter);
    links::issue(conn, portal, kind, designation_id, &hash(&token), post.now, until).await?;
    let link = post.portal.link(&format!("/administrateur/courrier#{}", token.reveal()));
    let (organisation, recipient) = (client.known.name.as_str(), client.known.representative.as_str());
    let until = if let Told::Held(until) = told { written_day(post, until) } else { String::new() };
    let mail = match told {
        Told::Held(_) => {
            Mail::Colleague(Colleague::TakeoverHeld { link: &link, organisation, until: &until })
        }
        Told::Asked => Mail::LetterAsked { link: &link, organisation, recipient },
        Told::Posted => Mail::LetterPosted { link: &link, organisation, recipient },
        Told::Returned => Mail::LetterReturned { link: &link, organisation, recipient },
    };
    post.send(conn, email, None, mail).await?;
    Ok(token)
}
