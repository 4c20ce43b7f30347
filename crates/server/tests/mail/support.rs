//! A server's state with a database and portals of its own, and e-mails to send.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use palier_domain::values::Email;
use palier_server::clock::{Clock, FixedClock, ShiftedClock};
use palier_server::config::{self, Environment, Loaded};
use palier_server::entropy::SeededEntropy;
use palier_server::http::assets::Site;
use palier_server::http::pages::Pages;
use palier_server::http::state::{AppState, OutboxSignal, Parts};
use palier_server::mail::worker::Worker;
use palier_server::mail::{self, Addressee, Mail, Transport};
use palier_server::passwords::Passwords;
use palier_server::store::{Store, outbox};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// How long a server that never answers is waited for.
const IMPATIENCE: Duration = Duration::from_millis(50);

/// The portals of `demo/`, with `smtp_url` and the database in the environment.
pub(crate) fn loaded(environment: &Environment) -> Loaded {
    let demo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    config::load(&demo, environment, &|_| true).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// A server without its listener.
pub(crate) struct House {
    pub(crate) state: AppState,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) folder: TempDir,
}

impl House {
    /// A server that sends to `smtp_url`, where `FOLDER` stands for a folder of its own.
    pub(crate) async fn new(smtp_url: &str) -> Self {
        Self::with(smtp_url, false).await
    }

    /// The same as a demonstration, whose clock goes and can be moved.
    pub(crate) async fn demo(smtp_url: &str) -> Self {
        Self::with(smtp_url, true).await
    }

    async fn with(smtp_url: &str, demo: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let within = |name: &str| folder.path().join(name).display().to_string();
        let environment = Environment {
            database_url: Some(format!("sqlite://{}", within("palier.db"))),
            smtp_url: Some(smtp_url.replace("FOLDER", &within("mails"))),
            public_url: Some("https://espace.exemple.fr".to_owned()),
            demo,
            ..Environment::default()
        };
        let Loaded { config, texts, documents } = loaded(&environment);
        let store = Store::open(&config.database_url).await.unwrap();
        store.migrate().await.unwrap();
        let fixed = Arc::new(FixedClock::new("2026-11-21T09:30:00Z".parse().unwrap()));
        let shifted = Arc::new(ShiftedClock::default());
        let clock: Arc<dyn Clock> = if demo { shifted.clone() } else { fixed.clone() };
        let entropy = Arc::new(SeededEntropy::new(1));
        let parts = Parts {
            pages: Pages::new(Site::embedded(), &config.portals),
            config,
            store,
            passwords: Passwords::new(entropy.clone()),
            clock,
            demo_clock: demo.then_some(shifted),
            entropy,
            texts,
            documents,
            outbox: OutboxSignal::default(),
        };
        Self { state: AppState::new(parts), clock: fixed, folder }
    }

    /// Puts an e-mail of the portal `extranet` in the outbox, due at once; gives its id and `Message-ID`.
    pub(crate) async fn enqueue(&self) -> (i64, String) {
        self.enqueue_at(self.state.now()).await
    }

    /// The same, due at a moment.
    pub(crate) async fn enqueue_at(&self, due: Timestamp) -> (i64, String) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let email =
            Email::parse(&format!("marie+{}@exemple.fr", NEXT.fetch_add(1, Ordering::Relaxed))).unwrap();
        self.enqueue_for("extranet", &email, due).await
    }

    /// The same, of a portal and to somebody.
    pub(crate) async fn enqueue_for(&self, portal: &str, email: &Email, due: Timestamp) -> (i64, String) {
        let portal = self.state.config().portal(portal).unwrap();
        let to = Addressee { email, name: Some("Aurélie Lefèvre"), language: "fr" };
        let link = portal.link("/locataire/confirmation#abc");
        let mut mail = mail::write(&self.state, portal, to, Mail::ConfirmSignUp { link: &link, hours: 24 });
        mail.now = due;
        let message_id = mail.message_id.clone();
        (outbox::enqueue(self.state.store().write(), mail).await.unwrap(), message_id)
    }

    /// A worker that sends to the configured server.
    pub(crate) fn worker(&self) -> Worker {
        Worker::new(self.state.clone(), self.transport())
    }

    fn transport(&self) -> Transport {
        Transport::parse(&self.state.config().smtp_url).unwrap()
    }

    /// One round of a worker that starts now: how many e-mails were accepted.
    pub(crate) async fn round(&self) -> u64 {
        self.worker().round(&CancellationToken::new()).await
    }

    /// The same of a worker that hardly waits for an answer: for servers that give none, or it may miss one.
    pub(crate) async fn impatient_round(&self) -> u64 {
        let transport = self.transport().with_patience(IMPATIENCE);
        Worker::new(self.state.clone(), transport).round(&CancellationToken::new()).await
    }

    pub(crate) async fn counts(&self) -> outbox::Counts {
        outbox::counts(self.state.store().read()).await.unwrap()
    }
}
