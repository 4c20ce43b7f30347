//! What is told of requests to leave, and what can be asked.

use jiff::{Span, Timestamp};
use palier_domain::departure::{DepartureView, Event, Kind, KnownDeparture, Obstacle};
use palier_domain::retention;
use sea_orm::ConnectionTrait;

use crate::account::Post;
use crate::onboarding;
use crate::store::accounts::Account;
use crate::store::departures::{self, Departure};
use crate::store::{StoreError, organisations};

/// What somebody may know and ask.
pub(super) async fn view<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
) -> Result<DepartureView, StoreError> {
    let known = departures::newest(conn, account.id).await?;
    let kept = post.portal.retention.kept;
    Ok(DepartureView {
        offers: offers(post, conn, account, &known).await?,
        obstacle: obstacle(post, conn, account).await?,
        requests: known.into_iter().map(|it| told(post, it, |at| at.to_string())).collect(),
        answer_days: post.portal.account.answer_days,
        kept_months: kept.of_kind(retention::Kind::ClosedAccounts),
    })
}

/// The requests of an account as the desk shows them.
pub(crate) fn known_at_desk(post: Post<'_>, known: Vec<Departure>) -> Vec<KnownDeparture> {
    let day = |at: Timestamp| at.to_zoned(post.portal.time_zone.clone()).date().to_string();
    known.into_iter().map(|it| told(post, it, day)).collect()
}

fn told(post: Post<'_>, departure: Departure, moment: impl Fn(Timestamp) -> String) -> KnownDeparture {
    KnownDeparture {
        id: departure.id,
        kind: departure.kind,
        state: departure.state.name().to_owned(),
        asked: moment(departure.asked_at),
        at_desk: departure.at_desk,
        until: answer_by(post, departure.asked_at).0,
        settled: departure.state.settled().copied().map(moment),
        reason: departure.state.reason().to_owned(),
        note: departure.note,
    }
}

/// By which day a request is answered, as people write it, and whether that day is over.
pub(crate) fn answer_by(post: Post<'_>, asked_at: Timestamp) -> (String, bool) {
    let date = |at: Timestamp| at.to_zoned(post.portal.time_zone.clone()).date();
    let asked = date(asked_at);
    let days = Span::new().days(i64::from(post.portal.account.answer_days));
    let last = asked.checked_add(days).unwrap_or(asked);
    (last.strftime("%d/%m/%Y").to_string(), last < date(post.now))
}

/// What can be asked now. Accounts that were given out are closed by who gave them, and by nobody's wish.
pub(crate) async fn offers<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
    known: &[Departure],
) -> Result<Vec<Kind>, StoreError> {
    let requests = departures::requests(known);
    let mut offers = Vec::new();
    for kind in Kind::ALL {
        let there = match kind {
            Kind::Paperless => post.portal.account.paperless && account.lease_id.is_some(),
            Kind::Whole => obstacle(post, conn, account).await?.is_none(),
        };
        if there
            && account.closed_at.is_none()
            && post.portal.partners.is_none()
            && requests.after(Event::Ask(kind), post.now).is_ok()
        {
            offers.push(kind);
        }
    }
    Ok(offers)
}

/// Why the whole service can't be left.
pub(super) async fn obstacle<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
) -> Result<Option<Obstacle>, StoreError> {
    // Nothing is asked for tenants.
    if account.lease_id.is_some() {
        return Ok(None);
    }
    if organisations::by_account(conn, post.portal.slug(), account.id).await?.is_some() {
        return Ok(Some(Obstacle::OnlyCorrespondent));
    }
    let may = onboarding::may_leave(post, conn, account).await?;
    Ok((!may).then_some(Obstacle::LastAdministrator))
}
