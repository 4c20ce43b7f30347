//! Letters at the desk (A4, D2): listed without their codes, printed in a batch, posted, brought back, lost, refused.

use std::collections::HashSet;

use axum::http::StatusCode;
use jiff::Timestamp;
use palier_domain::desk::{Count, LetterRow, LettersDone, LettersPage, ReferencesForm};
use palier_domain::onboarding::LetterState;
use palier_domain::problem::FieldProblem;
use palier_domain::wire::code;

use super::paging::{Asked, day};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::mailroom::{self, PrintError, last};
use crate::onboarding::listing::{self, Listed};
use crate::onboarding::{Fate, Hand, over};
use crate::store::letters::{self, ending_name, state_name};
use crate::store::staff::Staff;
use crate::store::{Part, StoreError, designations, partner_letters};

mod partner;

/// Most references in one request.
const MOST: usize = 200;

/// A page of letters: those that wait first, then the newest first.
pub(super) async fn list(post: Post<'_>, asked: &Asked) -> Result<LettersPage, ApiError> {
    let wanted = match asked.state.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => Some(state_of(name).ok_or_else(ApiError::malformed)?),
        None => None,
    };
    let text = asked.text();
    let [to_representatives, to_partners] = both(post, &text).await?;
    let of_these = |counts: &[(LetterState, u64)]| {
        let these = counts.iter().filter(|(state, _)| wanted.is_none_or(|wanted| wanted == *state));
        these.map(|(_, count)| count).sum::<u64>()
    };
    // Those to representatives first, as they are printed.
    let first = of_these(&to_representatives);
    let (part, paging) = asked.part(first + of_these(&to_partners));
    let most = part.most.min(first.saturating_sub(part.offset));
    let mut rows = representatives(post, &text, wanted, Part { most, ..part }).await?;
    let rest = Part { offset: part.offset.saturating_sub(first), most: part.most - most };
    rows.extend(partner::page(post, &text, wanted, rest).await?);
    Ok(LettersPage { letters: rows, counts: told(&sum(&to_representatives, &to_partners)), paging })
}

/// How many letters there are of each state that are found by a text, to whomever.
pub(super) async fn counts(post: Post<'_>, text: &str) -> Result<Vec<(LetterState, u64)>, StoreError> {
    let [to_representatives, to_partners] = both(post, text).await?;
    Ok(sum(&to_representatives, &to_partners))
}

type Counts = Vec<(LetterState, u64)>;

async fn both(post: Post<'_>, text: &str) -> Result<[Counts; 2], StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let to_representatives = letters::counts(conn, portal, text).await?;
    Ok([to_representatives, partner_letters::counts(conn, portal, text).await?])
}

/// Both are of every state, in the same order.
fn sum(one: &[(LetterState, u64)], other: &[(LetterState, u64)]) -> Counts {
    one.iter().zip(other).map(|((state, one), (_, other))| (*state, one + other)).collect()
}

async fn representatives(
    post: Post<'_>,
    text: &str,
    wanted: Option<LetterState>,
    part: Part,
) -> Result<Vec<LetterRow>, StoreError> {
    if part.most == 0 {
        return Ok(Vec::new());
    }
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let found = letters::page(conn, portal, text, wanted, part).await?;
    let listed = listing::with_clients(post, found).await?;
    let about: Vec<i64> = listed.iter().map(|it| it.letter.designation_id).collect();
    let about = designations::by_ids(conn, portal, &about).await?;
    let open: HashSet<i64> = about.iter().filter(|it| it.open).map(|it| it.id).collect();
    Ok(listed.iter().map(|it| row(post, it, open.contains(&it.letter.designation_id))).collect())
}

fn state_of(name: &str) -> Option<LetterState> {
    LetterState::ALL.into_iter().find(|state| state_name(*state) == name)
}

/// How many there are of each state.
pub(super) fn told(counts: &[(LetterState, u64)]) -> Vec<Count> {
    counts
        .iter()
        .map(|(state, count)| Count { state: state_name(*state).to_owned(), count: *count })
        .collect()
}

fn row(post: Post<'_>, Listed { letter, client, held_until }: &Listed, open: bool) -> LetterRow {
    let on = |at: Option<Timestamp>| at.map(|at| day(post.portal, at));
    let counts = matches!(letter.state, LetterState::Printed | LetterState::Posted);
    LetterRow {
        reference: letter.reference.clone(),
        organisation: client.known.name.clone(),
        number: client.known.number.to_string(),
        recipient: client.known.representative.clone(),
        state: state_name(letter.state).to_owned(),
        expired: counts && over(letter, post.now),
        open,
        asked: day(post.portal, letter.asked_at),
        held_until: on(held_until.map(last)),
        printed: on(letter.printed_at),
        posted: on(letter.posted_at),
        returned: on(letter.returned_at),
        valid_until: on(letter.valid_until.map(last)),
        ended: on(letter.ended_at),
        ending: letter.ending.map(|ending| ending_name(ending).to_owned()),
    }
}

/// Prints what waits, the oldest first, into one PDF that is complete before any letter is marked; 409 when none waits.
pub(super) async fn print(post: Post<'_>, staff: &Staff) -> Result<Vec<u8>, ApiError> {
    let printed = mailroom::print_to_memory(post, Hand::Staff(staff)).await;
    let printed = printed.map_err(|error| refused(&error))?;
    let pdf = printed.ok_or_else(|| ApiError::code(StatusCode::CONFLICT, code::NOTHING_WAITS))?;
    tracing::info!(portal = post.portal.slug(), staff = staff.id, "letters printed at the desk");
    Ok(pdf)
}

/// Notes what became of letters, one after the other; those of which it can't be stop none of the others.
pub(super) async fn note(
    post: Post<'_>,
    staff: &Staff,
    form: &ReferencesForm,
    fate: Fate,
) -> Result<LettersDone, ApiError> {
    let problem = match form.references.len() {
        0 => Some("required"),
        count if count > MOST => Some("too_long"),
        _ => None,
    };
    if let Some(problem) = problem {
        let problem = FieldProblem::plain("references", problem);
        return Err(ApiError::invalid_field(FieldProblem {
            data: palier_domain::problem::data([("max", MOST.into())]),
            ..problem
        }));
    }
    let (mut done, mut refused_ones) = (0, Vec::new());
    for typed in &form.references {
        let noted = match mailroom::find(post, typed).await? {
            Some(letter) => {
                let noted = mailroom::note(post, Hand::Staff(staff), &letter, fate).await;
                noted.map_err(|error| refused(&error))?
            }
            None => false,
        };
        if noted {
            done += 1;
        } else {
            refused_ones.push(typed.clone());
        }
    }
    tracing::info!(portal = post.portal.slug(), staff = staff.id, done, ?fate, "letters noted at the desk");
    Ok(LettersDone { done, refused: refused_ones })
}

fn refused(error: &PrintError) -> ApiError {
    match error {
        PrintError::Crossed => ApiError::code(StatusCode::CONFLICT, code::CROSSED),
        error => ApiError::internal(error),
    }
}
