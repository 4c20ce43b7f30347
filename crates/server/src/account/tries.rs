//! Tries to sign in, counted in the store before they are made (P6).

use axum::http::StatusCode;
use jiff::Timestamp;
use palier_domain::account::FAILURES_A_DAY;
use palier_domain::wire::code;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::lockout::{Admitted, Counters, Locked, Moment};
use super::post::Post;
use super::refusal::minutes_until;
use super::secret;
use crate::config::PortalConfig;
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::{StoreError, guards};

/// The source that stands for all places together.
const EVERYWHERE: &str = "*";

/// Whose tries are counted, and from where.
pub(crate) struct Tries<'a> {
    state: &'a AppState,
    portal: &'a PortalConfig,
    subject: String,
    place: String,
}

impl<'a> Tries<'a> {
    /// Of an account or, when `subject` is none's, of a login that is typed.
    pub(crate) fn new(
        state: &'a AppState,
        portal: &'a PortalConfig,
        subject: String,
        client: Client,
    ) -> Self {
        Self { state, portal, subject, place: secret::name("place", &client.place()) }
    }

    /// Counts a try that is about to be made; 429 when none may be.
    pub(crate) async fn admit(&self) -> Result<Admitted, ApiError> {
        let now = self.state.now();
        let transaction = self.state.store().begin().await?;
        let mut counters = self.load(&transaction).await?;
        let admitted = counters.admit(moment(self.portal, now)).map_err(|locked| self.locked(locked, now))?;
        self.save(&transaction, &counters).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(admitted)
    }

    /// The password was right: see [`Counters::forgive`].
    pub(crate) async fn forgive(
        &self,
        transaction: &DatabaseTransaction,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut counters = self.load(transaction).await?;
        counters.forgive(self.portal.today(now));
        self.save(transaction, &counters).await?;
        guards::remember_place(transaction, self.portal.slug(), &self.subject, &self.place, now).await
    }

    /// The try could not be made after all.
    pub(crate) async fn take_back(&self) -> Result<(), StoreError> {
        let now = self.state.now();
        let transaction = self.state.store().begin().await?;
        let mut counters = self.load(&transaction).await?;
        counters.take_back(self.portal.today(now));
        self.save(&transaction, &counters).await?;
        Ok(transaction.commit().await?)
    }

    /// The try failed: 401 with how many are left or, after the last one, 429 at once with when the next may be made.
    pub(crate) fn refused(&self, admitted: Admitted) -> ApiError {
        self.refused_as(code::SIGN_IN_REFUSED, admitted)
    }

    /// The same for something else than a password.
    pub(crate) fn refused_as(&self, code: &'static str, admitted: Admitted) -> ApiError {
        match admitted.locked_until {
            Some(until) => self.locked(Locked { until }, self.state.now()),
            None => ApiError::code(StatusCode::UNAUTHORIZED, code).with("tries_left", admitted.tries_left),
        }
    }

    fn locked(&self, Locked { until }: Locked, now: Timestamp) -> ApiError {
        let local = until.to_zoned(self.portal.time_zone.clone());
        ApiError::code(StatusCode::TOO_MANY_REQUESTS, code::LOCKED)
            .with("until", until.to_string())
            .with("minutes", minutes_until(until, now))
            .with("time", local.strftime("%H:%M").to_string())
            .with("retry_after_seconds", until.duration_since(now).as_secs().max(1))
    }

    /// Both counters, held until the transaction ends.
    async fn load(&self, transaction: &DatabaseTransaction) -> Result<Counters, StoreError> {
        let portal = self.portal.slug();
        let sources = [EVERYWHERE, &self.place];
        let [everywhere, here] = guards::load_for_update(transaction, portal, &self.subject, sources).await?;
        Ok(Counters {
            everywhere,
            here,
            known_place: guards::knows_place(transaction, portal, &self.subject, &self.place).await?,
        })
    }

    async fn save(&self, transaction: &DatabaseTransaction, counters: &Counters) -> Result<(), StoreError> {
        let portal = self.portal.slug();
        let guards = [(EVERYWHERE, &counters.everywhere), (self.place.as_str(), &counters.here)];
        guards::save(transaction, portal, &self.subject, &guards).await
    }
}

/// A subject whose tries are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Closed {
    /// When the next one may be made.
    pub(crate) until: Timestamp,
    /// From all places that it hasn't been signed in from before; otherwise from some place.
    pub(crate) everywhere: bool,
}

/// Whether tries for a subject are refused now, from wherever: for whoever is told so by telephone.
pub(crate) async fn locked<C: ConnectionTrait>(
    conn: &C,
    post: Post<'_>,
    subject: &str,
) -> Result<Option<Closed>, StoreError> {
    let Moment { now, day, day_ends } = moment(post.portal, post.now);
    let all = guards::of_subject(conn, post.portal.slug(), subject).await?;
    let closed = all.into_iter().filter_map(|(source, guard)| {
        if source == EVERYWHERE {
            let spent = guard.day == Some(day) && guard.day_failures >= FAILURES_A_DAY;
            return spent.then_some(Closed { until: day_ends, everywhere: true });
        }
        let until = guard.locked_until.filter(|until| *until > now)?;
        Some(Closed { until, everywhere: false })
    });
    Ok(closed.max_by_key(|closed| (closed.everywhere, closed.until)))
}

fn moment(portal: &PortalConfig, now: Timestamp) -> Moment {
    let zone = portal.time_zone.clone();
    let midnight = now.to_zoned(zone.clone()).date().tomorrow().and_then(|date| date.to_zoned(zone));
    Moment {
        now,
        day: portal.today(now),
        day_ends: midnight.map_or(Timestamp::MAX, |zoned| zoned.timestamp()),
    }
}
