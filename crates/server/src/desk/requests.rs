//! What doesn't go on by itself: requests that nobody decides, designations whose letter counts no more (A5–A7, D2).

use jiff::{SignedDuration, Timestamp};
use palier_domain::desk::{Remedy, RequestsView, Stuck, StuckKind};
use palier_domain::onboarding::{LetterStage, LetterState};

use super::clients::open_designations;
use super::paging::day;
use crate::account::{Post, full_name};
use crate::onboarding::stage;
use crate::store::designations::Designation;
use crate::store::joinings::Joining;
use crate::store::letters::Letter;
use crate::store::{StoreError, client_users, clients, joinings};

/// Days after which a request that nobody decided is noticed.
const DAYS: u32 = 7;
const HOURS_A_DAY: i64 = 24;

/// All that is stuck, and how many requests wait, overdue or not.
pub(super) struct Found {
    pub(super) view: RequestsView,
    pub(super) waiting: u64,
    pub(super) overdue: u64,
}

/// Of an organisation, since when, and what is shown but that.
type Row = (i64, Timestamp, StuckKind, String, Option<String>, Remedy);

/// Looks for all of it.
pub(super) async fn find(post: Post<'_>) -> Result<Found, StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let days = days(post);
    let administrators = client_users::administrators_of_all(conn, portal).await?;
    let undecided = joinings::undecided(conn, portal, post.now).await?;
    let waiting = undecided.len() as u64;
    let before = SignedDuration::from_hours(i64::from(days) * HOURS_A_DAY);
    let late = |joining: &Joining| post.now.duration_since(joining.created_at) > before;
    let mut rows: Vec<Row> = Vec::new();
    for joining in undecided.into_iter().filter(late) {
        let decides = administrators.contains_key(&joining.client_id);
        let remedy = if decides { Remedy::CallAdministrators } else { Remedy::NewAdministrator };
        let name = full_name(Some(&joining.first_name), &joining.surname);
        rows.push((joining.client_id, joining.created_at, StuckKind::Undecided, name, None, remedy));
    }
    let overdue = rows.len() as u64;
    for (designation, letter) in open_designations(post).await? {
        let Some((since, kind, remedy)) = trouble(&designation, letter.as_ref(), post.now) else { continue };
        let name = full_name(Some(&designation.first_name), &designation.surname);
        let reference = letter.map(|letter| letter.reference);
        rows.push((designation.client_id, since, kind, name, reference, remedy));
    }
    rows.sort_by_key(|(client, since, ..)| (*since, *client));
    let mut ids: Vec<i64> = rows.iter().map(|(client, ..)| *client).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = clients::by_ids(conn, portal, &ids).await?;
    let stuck = rows.into_iter().filter_map(|(client, since, kind, applicant, letter, remedy)| {
        let client = &known.get(&client)?.known;
        let (organisation, number) = (client.name.clone(), client.number.to_string());
        Some(Stuck { kind, organisation, number, applicant, since: day(post.portal, since), letter, remedy })
    });
    let view = RequestsView { days, stuck: stuck.collect() };
    Ok(Found { view, waiting, overdue })
}

/// Before a request lapses, whatever the portal's file says.
fn days(post: Post<'_>) -> u32 {
    let lapses = post.portal.onboarding.as_ref().map_or(DAYS, |own| own.joining.request_days);
    DAYS.min((lapses / 2).max(1))
}

/// Since when a designation doesn't go on, and why; none when its letter waits or counts.
fn trouble(
    designation: &Designation,
    letter: Option<&Letter>,
    now: Timestamp,
) -> Option<(Timestamp, StuckKind, Remedy)> {
    let Some(letter) = letter else {
        return Some((designation.created_at, StuckKind::NoLetter, Remedy::AskAgain));
    };
    let since = |at: Option<Timestamp>| at.unwrap_or(letter.asked_at);
    match stage(letter, designation, now) {
        LetterStage::Returned => {
            Some((since(letter.returned_at), StuckKind::LetterReturned, Remedy::CorrectAddress))
        }
        LetterStage::Locked => Some((since(letter.ended_at), StuckKind::LetterLocked, Remedy::AskAgain)),
        LetterStage::Expired if letter.state == LetterState::Revoked => {
            Some((since(letter.ended_at), StuckKind::NoLetter, Remedy::AskAgain))
        }
        LetterStage::Expired => Some((since(letter.valid_until), StuckKind::LetterExpired, Remedy::AskAgain)),
        LetterStage::Asked
        | LetterStage::Printed
        | LetterStage::Posted
        | LetterStage::Used
        | LetterStage::Refused
        | LetterStage::Objected => None,
    }
}
