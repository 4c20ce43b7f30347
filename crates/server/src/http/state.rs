//! What requests and workers share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

use crate::clock::{Clock, ShiftedClock};
use crate::config::Config;
use crate::documents::Library;
use crate::entropy::Entropy;
use crate::http::files::OnPaper;
use crate::http::pages::Pages;
use crate::mediation::Members;
use crate::paper::Press;
use crate::passwords::Passwords;
use crate::store::Store;
use crate::texts::Catalog;
use crate::turns::Turns;

/// All that requests and workers share. Cloning is cheap.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    parts: Parts,
    turns: Turns,
    members: Members,
    on_paper: OnPaper,
    press: Press,
    leaving: AtomicBool,
}

/// What an [`AppState`] is made of.
pub struct Parts {
    /// The configuration, checked.
    pub config: Config,
    /// What is kept.
    pub store: Store,
    /// Hashing, with its limits.
    pub passwords: Passwords,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The same clock when it can be moved: in the demonstration only.
    pub demo_clock: Option<Arc<ShiftedClock>>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Texts.
    pub texts: Catalog,
    /// Terms and information pages.
    pub documents: Library,
    /// Static files and pages.
    pub pages: Pages,
    /// Tells the worker that there are e-mails to send.
    pub outbox: OutboxSignal,
}

impl AppState {
    /// Brings the parts together.
    pub fn new(parts: Parts) -> Self {
        let press = Press::new(parts.documents.sources().clone());
        let (turns, members, on_paper) = Default::default();
        Self(Arc::new(Shared { parts, turns, members, on_paper, press, leaving: AtomicBool::new(false) }))
    }

    /// What is kept.
    pub fn store(&self) -> &Store {
        &self.0.parts.store
    }

    /// Hashing, with its limits.
    pub fn passwords(&self) -> &Passwords {
        &self.0.parts.passwords
    }

    /// What time it is.
    pub fn clock(&self) -> &dyn Clock {
        self.0.parts.clock.as_ref()
    }

    /// The present moment.
    pub fn now(&self) -> jiff::Timestamp {
        self.0.parts.clock.now()
    }

    /// The clock of the demonstration, which can be moved; none otherwise.
    pub fn demo_clock(&self) -> Option<&ShiftedClock> {
        self.0.parts.demo_clock.as_deref()
    }

    /// Randomness.
    pub fn entropy(&self) -> &dyn Entropy {
        self.0.parts.entropy.as_ref()
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.0.parts.config
    }

    /// One at a time for each key.
    pub(crate) fn turns(&self) -> &Turns {
        &self.0.turns
    }

    /// The directories of members.
    pub(crate) fn members(&self) -> &Members {
        &self.0.members
    }

    /// What was printed for everybody.
    pub(crate) fn on_paper(&self) -> &OnPaper {
        &self.0.on_paper
    }

    /// From now on `/readyz` says that this server leaves: no proxy should send it anything new.
    pub fn leave(&self) {
        self.0.leaving.store(true, Ordering::Release);
    }

    /// Whether it was asked to stop.
    pub(crate) fn is_leaving(&self) -> bool {
        self.0.leaving.load(Ordering::Acquire)
    }

    /// Texts, by portal and language.
    pub fn texts(&self) -> &Catalog {
        &self.0.parts.texts
    }

    /// Terms and information pages.
    pub fn documents(&self) -> &Library {
        &self.0.parts.documents
    }

    /// Prints documents.
    pub fn press(&self) -> &Press {
        &self.0.press
    }

    /// Static files and pages.
    pub fn pages(&self) -> &Pages {
        &self.0.parts.pages
    }

    /// Tells the worker that there are e-mails to send.
    pub fn outbox(&self) -> &OutboxSignal {
        &self.0.parts.outbox
    }
}

/// Wakes the worker that sends e-mails, so that a person doesn't wait for its next round.
#[derive(Clone, Debug, Default)]
pub struct OutboxSignal(Arc<Notify>);

impl OutboxSignal {
    /// Something is there to be sent, or the clock was moved.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    /// Waits until [`Self::wake`] is called, or returns at once if it was since the last wait.
    pub async fn woken(&self) {
        self.0.notified().await;
    }
}
