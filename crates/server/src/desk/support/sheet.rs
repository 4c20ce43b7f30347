//! Somebody, as an agent tells it to who calls (P7): everything is derived from what is held, from the letter and from the
//! counted tries.

use jiff::Timestamp;
use palier_domain::credentials::{Held, Pass};
use palier_domain::desk::{AccountLock, AccountSheet, DeskEntry, SentLetter};
use palier_domain::values::UserNumber;
use sea_orm::ConnectionTrait;

use super::{ENTRIES, help, named, note, state};
use crate::account::{Post, locked, secret_name, subject};
use crate::desk::paging::day;
use crate::http::problem::ApiError;
use crate::mailroom::last;
use crate::store::desk_journal::{self, Entry};
use crate::store::letters::ending_name;
use crate::store::partner_letters::{self, PartnerLetter};
use crate::store::partners::{self, Partner};
use crate::store::staff::Staff;
use crate::store::{StoreError, accounts};

/// Shows somebody; 404 for a number that nobody has here.
pub(super) async fn show(post: Post<'_>, staff: &Staff, number: &str) -> Result<AccountSheet, ApiError> {
    let partner = find(post, number).await?;
    let transaction = post.state.store().begin().await?;
    note(post, &transaction, staff, "shown", named(&partner)).await?;
    let sheet = tell(post, &transaction, staff, &partner).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(sheet)
}

/// The partner with that number.
pub(super) async fn find(post: Post<'_>, number: &str) -> Result<Partner, ApiError> {
    let number = UserNumber::parse(number).map_err(|_| ApiError::not_found())?;
    let found = partners::by_number(post.state.store().read(), post.portal.slug(), &number).await?;
    found.ok_or_else(ApiError::not_found)
}

/// The sheet of a partner.
pub(super) async fn tell<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    staff: &Staff,
    partner: &Partner,
) -> Result<AccountSheet, StoreError> {
    let (portal, number) = (post.portal.slug(), named(partner));
    let on = |at: Option<Timestamp>| at.map(|at| day(post.portal, at));
    let (since, until) = match partner.opening.access.held {
        Held::Nothing | Held::Ordered => (None, None),
        Held::Provisional { pass: Pass { issued, until }, .. } => (Some(issued), Some(until)),
        Held::Personal { since, until } => (Some(since), until),
    };
    let account = match partner.opening.account_id {
        Some(id) => accounts::by_id(conn, portal, id).await?,
        None => None,
    };
    let tried = partner.opening.account_id.map_or_else(|| secret_name("login", number), subject);
    let lock = lock_told(post, conn, &tried).await?;
    let help =
        if staff.role.helps_callers() { help::now(post, partner, account.as_ref()) } else { Vec::new() };
    let letter = partner_letters::latest(conn, partner.id).await?;
    let journal = desk_journal::about(conn, portal, number, ENTRIES).await?;
    Ok(AccountSheet {
        number: number.to_owned(),
        name: partner.known.name.clone(),
        email: partner.known.email.as_ref().map(ToString::to_string),
        address: partner.known.address.as_ref().map(|it| it.lines().to_vec()).unwrap_or_default(),
        channel: partner.known.channel.name().to_owned(),
        state: state(&partner.opening.access, post.now),
        since: on(since),
        until: on(until.map(last)),
        signed_in: matches!(partner.opening.access.held, Held::Personal { .. }),
        letter: letter.map(|letter| sent(post, letter)),
        lock,
        help,
        departures: Vec::new(),
        leavable: Vec::new(),
        journal: journal.into_iter().map(|entry| done(post, entry)).collect(),
    })
}

fn sent(post: Post<'_>, letter: PartnerLetter) -> SentLetter {
    let on = |at: Option<Timestamp>| at.map(|at| day(post.portal, at));
    SentLetter {
        asked: day(post.portal, letter.asked_at),
        printed: on(letter.printed_at),
        posted: on(letter.posted_at),
        returned: on(letter.returned_at),
        ending: letter.ending.map(|ending| ending_name(ending).to_owned()),
        reference: letter.reference,
    }
}

/// Until when nobody can sign in.
pub(super) async fn lock_told<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    tried: &str,
) -> Result<Option<AccountLock>, StoreError> {
    Ok(locked(conn, post, tried).await?.map(|closed| AccountLock {
        time: time(post, closed.until),
        day: day(post.portal, closed.until),
        whole_day: closed.everywhere,
    }))
}

pub(super) fn done(post: Post<'_>, Entry { happened_at, staff, kind, .. }: Entry) -> DeskEntry {
    DeskEntry { day: day(post.portal, happened_at), time: time(post, happened_at), staff, kind }
}

fn time(post: Post<'_>, at: Timestamp) -> String {
    at.to_zoned(post.portal.time_zone.clone()).strftime("%H:%M").to_string()
}
