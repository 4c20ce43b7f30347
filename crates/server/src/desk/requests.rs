//! What doesn't go on by itself: requests that nobody decides, designations whose letter counts no more (A5–A7, D2).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use palier_domain::desk::{Remedy, RequestsOverview, RequestsView, Stuck, StuckKind};
use palier_domain::onboarding::{LetterStage, LetterState};

use super::paging::{Asked, day};
use crate::account::{Post, full_name};
use crate::onboarding::stage;
use crate::store::clients::Client;
use crate::store::designations::Designation;
use crate::store::joinings::Joining;
use crate::store::letters::Letter;
use crate::store::stuck::{self, Wanted};
use crate::store::{StoreError, client_users, clients, designations, joinings, letters};

/// Days after which a request that nobody decided is noticed.
const DAYS: u32 = 7;
const HOURS_A_DAY: i64 = 24;

/// A page of what is stuck, the longest first.
pub(super) async fn list(post: Post<'_>, asked: &Asked) -> Result<RequestsView, StoreError> {
    let (conn, wanted) = (post.state.store().read(), wanted(post));
    let (part, paging) = asked.part(stuck::count(conn, wanted).await?);
    let found = stuck::page(conn, wanted, part).await?;
    let known = Known::read(post, &found).await?;
    let stuck = found.into_iter().filter_map(|(stuck, since)| known.row(post, stuck, since)).collect();
    Ok(RequestsView { days: days(post), stuck, paging })
}

/// How many requests wait, overdue or not, and how much is stuck.
pub(super) async fn overview(post: Post<'_>) -> Result<RequestsOverview, StoreError> {
    let (conn, portal, wanted) = (post.state.store().read(), post.portal.slug(), wanted(post));
    Ok(RequestsOverview {
        waiting: stuck::count_undecided(conn, portal, None, post.now).await?,
        overdue: stuck::count_undecided(conn, portal, Some(wanted.before), post.now).await?,
        days: days(post),
        stuck: stuck::count(conn, wanted).await?,
    })
}

fn wanted(post: Post<'_>) -> Wanted<'_> {
    let late = SignedDuration::from_hours(i64::from(days(post)) * HOURS_A_DAY);
    let before = post.now.checked_sub(late).unwrap_or(Timestamp::MIN);
    Wanted { portal: post.portal.slug(), before, now: post.now }
}

/// All that the rows of a page tell of, by id.
struct Known {
    joinings: HashMap<i64, Joining>,
    designations: HashMap<i64, Designation>,
    letters: HashMap<i64, Letter>,
    clients: HashMap<i64, Client>,
    administrators: HashMap<i64, u64>,
}

impl Known {
    async fn read(post: Post<'_>, found: &[(stuck::Stuck, Timestamp)]) -> Result<Self, StoreError> {
        let (conn, portal) = (post.state.store().read(), post.portal.slug());
        let (mut requests, mut others) = (Vec::new(), Vec::new());
        for (stuck, _) in found {
            match stuck {
                stuck::Stuck::Joining(id) => requests.push(*id),
                stuck::Stuck::Designation(id) => others.push(*id),
            }
        }
        let joinings = joinings::by_ids(conn, portal, &requests).await?;
        let designations = designations::by_ids(conn, portal, &others).await?;
        let of_requests = joinings.iter().map(|joining| joining.client_id);
        let clients: Vec<i64> =
            of_requests.chain(designations.iter().map(|designation| designation.client_id)).collect();
        Ok(Self {
            letters: letters::latest_of(conn, &others).await?,
            administrators: client_users::administrators_of_all(conn, portal, &clients).await?,
            clients: clients::by_ids(conn, portal, &clients).await?,
            joinings: joinings.into_iter().map(|joining| (joining.id, joining)).collect(),
            designations: designations.into_iter().map(|it| (it.id, it)).collect(),
        })
    }

    /// None for what went on in between.
    fn row(&self, post: Post<'_>, stuck: stuck::Stuck, since: Timestamp) -> Option<Stuck> {
        let (client_id, kind, applicant, letter, remedy) = match stuck {
            stuck::Stuck::Joining(id) => {
                let joining = self.joinings.get(&id)?;
                let decides = self.administrators.contains_key(&joining.client_id);
                let remedy = if decides { Remedy::CallAdministrators } else { Remedy::NewAdministrator };
                let name = full_name(Some(&joining.first_name), &joining.surname);
                (joining.client_id, StuckKind::Undecided, name, None, remedy)
            }
            stuck::Stuck::Designation(id) => {
                let designation = self.designations.get(&id)?;
                let letter = self.letters.get(&id);
                let (kind, remedy) = trouble(designation, letter, post.now)?;
                let name = full_name(Some(&designation.first_name), &designation.surname);
                (designation.client_id, kind, name, letter.map(|letter| letter.reference.clone()), remedy)
            }
        };
        let client = &self.clients.get(&client_id)?.known;
        let (organisation, number) = (client.name.clone(), client.number.to_string());
        Some(Stuck { kind, organisation, number, applicant, since: day(post.portal, since), letter, remedy })
    }
}

/// Before a request lapses, whatever the portal's file says.
fn days(post: Post<'_>) -> u32 {
    let lapses = post.portal.onboarding.as_ref().map_or(DAYS, |own| own.joining.request_days);
    DAYS.min((lapses / 2).max(1))
}

/// Why a designation doesn't go on, and what can be done; none when its letter waits or counts. Since when is what the
/// store says.
fn trouble(
    designation: &Designation,
    letter: Option<&Letter>,
    now: Timestamp,
) -> Option<(StuckKind, Remedy)> {
    let Some(letter) = letter else { return Some((StuckKind::NoLetter, Remedy::AskAgain)) };
    match stage(letter, designation, now) {
        LetterStage::Returned => Some((StuckKind::LetterReturned, Remedy::CorrectAddress)),
        LetterStage::Locked => Some((StuckKind::LetterLocked, Remedy::AskAgain)),
        LetterStage::Expired if letter.state == LetterState::Revoked => {
            Some((StuckKind::NoLetter, Remedy::AskAgain))
        }
        LetterStage::Expired => Some((StuckKind::LetterExpired, Remedy::AskAgain)),
        LetterStage::Asked
        | LetterStage::Printed
        | LetterStage::Posted
        | LetterStage::Used
        | LetterStage::Refused
        | LetterStage::Objected
        | LetterStage::Lapsed => None,
    }
}
