//! Sends what the outbox holds: one e-mail at a time, each tried until it is accepted, refused for good, or five days
//! old.
//!
//! Several workers, of several servers too, may run: the store gives each e-mail to one of them, for [`LEASE`], which
//! it renews while it is at it. What a worker that died was sending is given out again after that. Only an e-mail that was accepted in the very moment of
//! a crash, before this could be written down, is sent a second time, under the same `Message-ID`.

use std::convert::Infallible;
use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lettre::Message;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::message::Unsendable;
use super::smtp::Courier;
use super::transport::Kind;
use super::{Transport, folder, message};
use crate::demo;
use crate::http::state::AppState;
use crate::store::kept_files::{self, KeptFile};
use crate::store::outbox::{self, OutboxMail};
use crate::store::{Store, StoreError};

/// How long an e-mail belongs to the worker that claimed it, unless it says again that it is at it: so long somebody waits
/// for a link whose worker died. By the clock that the demonstration moves.
pub const LEASE: SignedDuration = SignedDuration::from_mins(1);
/// How often it says so: often enough that one time may fail.
const RENEWAL: Duration = Duration::from_secs(20);
/// Longest that handing over one e-mail may take.
const LONGEST: Duration = Duration::from_mins(5);
/// How often the worker looks without being woken: other servers enqueue, and the clock may be moved.
const ROUND: Duration = Duration::from_secs(1);
/// Rest after the mail server as a whole has failed.
const REST: SignedDuration = SignedDuration::from_secs(5);
/// An e-mail that couldn't be sent for so long is given up, as mail servers do.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);
/// Seconds from each failed try to the next one; the last stands for all further ones.
const BACK_OFF: [i64; 7] = [30, 60, 120, 300, 600, 1200, 1800];

const MAILS: &str = "palier_mails_total";

/// Sends e-mails to where the configuration says until `stop`, then ends as soon as the one under way is done.
pub async fn run(state: AppState, stop: CancellationToken) {
    metrics::describe_counter!(
        MAILS,
        "Tries to hand an e-mail over, by outcome: accepted, postponed, given_up"
    );
    match Transport::parse(&state.config().smtp_url) {
        Ok(transport) => Worker::new(state, transport).run(stop).await,
        Err(error) => {
            // The address was checked with the configuration; what can still be missing is this machine's certificates.
            tracing::error!(%error, "e-mails can't be sent: smtp_url");
            stop.cancelled().await;
        }
    }
}

/// Keeps an e-mail from other workers as long as this one is at it. A store that doesn't answer gives it to nobody else either.
async fn hold(state: AppState, worker: String, mail: (i64, String)) -> Infallible {
    let (id, message_id) = mail;
    loop {
        tokio::time::sleep(RENEWAL).await;
        if let Err(error) =
            outbox::renew(state.store().write(), &message_id, state.now(), &worker, LEASE).await
        {
            tracing::warn!(%error, outbox = id, "the e-mail under way can't be held");
        }
    }
}

/// A worker and the connection it keeps open while there is something to send.
pub struct Worker {
    state: AppState,
    name: String,
    outlet: Outlet,
    /// Accepted, while the store didn't answer: not to be sent again, whatever the store says by then.
    unrecorded: Vec<String>,
    resting_until: Option<Timestamp>,
}

enum Outlet {
    Smtp(Box<Courier>),
    Folder(PathBuf),
}

/// Why an e-mail isn't sent.
struct Trouble {
    reason: String,
    /// It never will be.
    is_final: bool,
    /// The next one would fare no better.
    is_general: bool,
}

impl Worker {
    /// A worker that hands e-mails to `transport`.
    pub fn new(state: AppState, transport: Transport) -> Self {
        let name = state.entropy().hexadecimal(8);
        let outlet = match transport.0 {
            Kind::Smtp(server) => Outlet::Smtp(Box::new(Courier::new(server))),
            Kind::Folder(folder) => Outlet::Folder(folder),
        };
        Self { state, name, outlet, unrecorded: Vec::new(), resting_until: None }
    }

    /// Sends until `stop`.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut rounds = tokio::time::interval(ROUND);
        rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while !stop.is_cancelled() {
            self.round(&stop).await;
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.state.outbox().woken() => {}
                _ = rounds.tick() => {}
            }
        }
        if let Err(error) = self.record_accepted().await {
            tracing::error!(%error, "accepted e-mails could not be noted: they will be sent again");
        }
    }

    /// Sends everything that is due, unless the mail server doesn't work. Gives how many were accepted.
    pub async fn round(&mut self, stop: &CancellationToken) -> u64 {
        demo::follow_clock(&self.state).await;
        let mut accepted = 0;
        while !stop.is_cancelled() && !self.is_resting() {
            match self.next().await {
                Ok(Some(true)) => accepted += 1,
                Ok(Some(false)) => {}
                Ok(None) => break,
                Err(error) => {
                    tracing::error!(%error, "the outbox can't be read or written");
                    self.rest();
                }
            }
        }
        if let Outlet::Smtp(courier) = &mut self.outlet {
            courier.close().await;
        }
        accepted
    }

    /// Sends the next e-mail that is due: whether it was accepted, or nothing when none is due.
    async fn next(&mut self) -> Result<Option<bool>, StoreError> {
        self.record_accepted().await?;
        let conn = self.state.store().write();
        let claimed = outbox::claim_due(conn, self.state.now(), &self.name, LEASE, 1).await?;
        let Some(mail) = claimed.into_iter().next() else { return Ok(None) };
        let held = hold(self.state.clone(), self.name.clone(), (mail.id, mail.message_id.clone()));
        let handed = tokio::select! {
            handed = self.hand_over(&mail) => handed,
            never = held => match never {},
        };
        match handed {
            Ok(()) => {
                tracing::info!(
                    outbox = mail.id,
                    kind = mail.kind,
                    attempt = mail.attempts,
                    "e-mail accepted"
                );
                count("accepted", &mail);
                self.unrecorded.push(mail.message_id);
                self.record_accepted().await?;
                Ok(Some(true))
            }
            Err(trouble) => {
                if trouble.is_general {
                    self.rest();
                }
                self.record_trouble(&mail, &trouble).await?;
                Ok(Some(false))
            }
        }
    }

    async fn record_accepted(&mut self) -> Result<(), StoreError> {
        while let Some(message_id) = self.unrecorded.last() {
            outbox::mark_sent(self.state.store().write(), message_id, self.state.now()).await?;
            self.unrecorded.pop();
        }
        Ok(())
    }

    async fn record_trouble(&self, mail: &OutboxMail, trouble: &Trouble) -> Result<(), StoreError> {
        let now = self.state.now();
        let reason = trouble.reason.as_str();
        let too_old = now.duration_since(mail.created_at) >= GIVE_UP_AFTER;
        let next_at = (!trouble.is_final && !too_old).then(|| next_try(now, mail.attempts));
        if next_at.is_some() {
            tracing::warn!(
                outbox = mail.id,
                kind = mail.kind,
                attempt = mail.attempts,
                reason,
                "e-mail not sent yet"
            );
            count("postponed", mail);
        } else {
            tracing::error!(
                outbox = mail.id,
                kind = mail.kind,
                attempt = mail.attempts,
                reason,
                "e-mail given up"
            );
            count("given_up", mail);
        }
        outbox::mark_failed(self.state.store().write(), &mail.message_id, now, next_at, reason).await
    }

    async fn hand_over(&mut self, mail: &OutboxMail) -> Result<(), Trouble> {
        let file = attachment(self.state.store(), mail).await?;
        let message = self.message(mail, file)?;
        match &mut self.outlet {
            Outlet::Smtp(courier) => match timeout(LONGEST, courier.send(&message)).await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(failure)) => Err(Trouble {
                    reason: failure.to_string(),
                    is_final: failure.is_final(),
                    is_general: failure.is_the_servers(),
                }),
                Err(_) => Err(Trouble::general("took too long".to_owned())),
            },
            Outlet::Folder(folder) => {
                folder::write(folder, mail.created_at, &mail.message_id, &message.formatted())
                    .await
                    .map_err(|error| Trouble::general(format!("folder: {}", error.kind())))
            }
        }
    }

    fn message(&self, mail: &OutboxMail, file: Option<KeptFile>) -> Result<Message, Trouble> {
        let config = self.state.config();
        // A portal that isn't served at the moment may be again after the next start.
        let portal = config.portal(&mail.portal).ok_or_else(|| Trouble {
            reason: "its portal isn't configured".to_owned(),
            is_final: false,
            is_general: false,
        })?;
        let sender = config.mail_from.as_deref().unwrap_or(&portal.public.contact.email);
        message::message(mail, file, sender, &portal.public.name).map_err(|error| Trouble::lasting(&error))
    }

    fn rest(&mut self) {
        self.resting_until = self.state.now().checked_add(REST).ok();
    }

    /// A clock that was moved back doesn't make the rest longer.
    fn is_resting(&self) -> bool {
        let now = self.state.now();
        self.resting_until.is_some_and(|until| now < until && until.duration_since(now) <= REST)
    }
}

impl Trouble {
    fn general(reason: String) -> Self {
        Self { reason, is_final: false, is_general: true }
    }

    fn lasting(error: &Unsendable) -> Self {
        Self { reason: error.to_string(), is_final: true, is_general: false }
    }
}

/// The file that goes with an e-mail, when one does.
async fn attachment(store: &Store, mail: &OutboxMail) -> Result<Option<KeptFile>, Trouble> {
    let Some(id) = mail.attachment else { return Ok(None) };
    match kept_files::by_id(store.read(), &mail.portal, id).await {
        Ok(Some(file)) => Ok(Some(file)),
        Ok(None) => Err(Trouble::lasting(&Unsendable("its file isn't there"))),
        Err(StoreError::Unreadable(_)) => Err(Trouble::lasting(&Unsendable("its file was damaged"))),
        Err(error) => Err(Trouble::general(format!("its file: {error}"))),
    }
}

/// When to try again after so many tries, from 1.
fn next_try(now: Timestamp, attempts: u32) -> Timestamp {
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(BACK_OFF.len() - 1);
    let wait = BACK_OFF.get(index).copied().unwrap_or_default();
    now.checked_add(SignedDuration::from_secs(wait)).unwrap_or(now)
}

fn count(outcome: &'static str, mail: &OutboxMail) {
    metrics::counter!(MAILS, "outcome" => outcome, "kind" => mail.kind.clone()).increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_further_and_further_apart() {
        let start = Timestamp::UNIX_EPOCH;
        let waits: Vec<i64> =
            (1..=9).map(|attempts| next_try(start, attempts).duration_since(start).as_secs()).collect();
        assert_eq!(waits, [30, 60, 120, 300, 600, 1200, 1800, 1800, 1800]);
    }
}
