use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use axum::Router;
use jiff::{SignedDuration, Timestamp};
use palier_domain::values::{Date, LeaseReference, ReferenceFormat};
use palier_server::clock::FixedClock;
use palier_server::config::{Environment, load};
use palier_server::entropy::{Entropy, SeededEntropy};
use palier_server::http::assets::Site;
use palier_server::http::pages::Pages;
use palier_server::http::state::{AppState, OutboxSignal, Parts};
use palier_server::passwords::Passwords;
use palier_server::store::Store;
use palier_server::store::leases::{self, NewLease};
use tempfile::TempDir;
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

use super::visitor::Visitor;

/// A server with the two demonstration landlords, a few leases, and a database of its own.
pub(crate) struct House {
    pub(crate) state: AppState,
    pub(crate) app: Router,
    ground: Arc<Ground>,
}

/// What the servers of one test stand on.
struct Ground {
    folder: TempDir,
    clock: Arc<FixedClock>,
    /// Another configuration than the demonstration's.
    configuration: Option<PathBuf>,
    _noise: Option<OwnedRwLockReadGuard<()>>,
}

/// Houses make noise; who measures time waits until none does, and keeps others out meanwhile.
static STREET: LazyLock<Arc<RwLock<()>>> = LazyLock::new(Arc::default);

/// Kept for as long as no other test may run.
pub(crate) struct Silence(OwnedRwLockWriteGuard<()>);

impl Silence {
    /// Waits until the houses of other tests are gone.
    pub(crate) async fn begin() -> Self {
        Self(Arc::clone(&STREET).write_owned().await)
    }

    /// A house during the silence.
    pub(crate) async fn open(&self) -> House {
        let Self(_held) = self;
        House::build("http://127.0.0.1:8080", None, &Passwords::new).await
    }
}

/// The portal whose client organisations get their administrator.
pub(crate) const BANK: &str = "prets";

/// A Sunday morning in Paris, an hour after UTC.
const MORNING: &str = "2026-11-22T08:00:00Z";
/// From that hour to midnight where the portals are, without a change of clocks between: days and months end with a day.
pub(crate) const TO_MIDNIGHT: i64 = 15;

impl House {
    pub(crate) async fn open() -> Self {
        Self::open_at("http://127.0.0.1:8080").await
    }

    /// A server whose public address is another one.
    pub(crate) async fn open_at(public_url: &str) -> Self {
        Self::build(public_url, Some(noise().await), &Passwords::new).await
    }

    /// A server that compares passwords within other limits.
    pub(crate) async fn open_with(passwords: impl Fn(Arc<dyn Entropy>) -> Passwords) -> Self {
        Self::build("http://127.0.0.1:8080", Some(noise().await), &passwords).await
    }

    /// A second server on the same database, as after a restart or beside the first.
    pub(crate) async fn another(&self) -> Self {
        let url = self.state.config().public_url.clone();
        Self::start(Arc::clone(&self.ground), url.as_str(), 2, &Passwords::new).await
    }

    /// Changes a file of a house that was opened over some; what is started from then on reads it.
    pub(crate) fn rewrite(&self, name: &str, from: &str, to: &str) {
        let file = self.ground.configuration.as_ref().expect("a configuration of its own").join(name);
        let text = std::fs::read_to_string(&file).expect("a file");
        assert!(text.contains(from), "{name} has no {from}");
        std::fs::write(file, text.replacen(from, to, 1)).expect("written");
    }

    /// A server with these files laid over the demonstration's configuration.
    pub(crate) async fn open_over(files: &[(&str, String)]) -> Self {
        Self::open_over_at("http://127.0.0.1:8080", files).await
    }

    /// The same, whose public address is another one.
    pub(crate) async fn open_over_at(public_url: &str, files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(FixedClock::new(MORNING.parse().expect("a moment")));
        let configuration = folder.path().join("configuration");
        std::fs::create_dir(&configuration).expect("a folder");
        for entry in std::fs::read_dir(demo()).expect("the demonstration") {
            let path = entry.expect("a file").path();
            if path.is_file() {
                std::fs::copy(&path, configuration.join(path.file_name().expect("a name"))).expect("a copy");
            }
        }
        for (name, text) in files {
            let file = configuration.join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, text).expect("written");
        }
        let ground = Arc::new(Ground {
            folder,
            clock,
            configuration: Some(configuration),
            _noise: Some(noise().await),
        });
        let house = Self::start(ground, public_url, 1, &Passwords::new).await;
        house.furnish().await;
        house
    }

    async fn build(
        public_url: &str,
        noise: Option<OwnedRwLockReadGuard<()>>,
        passwords: &dyn Fn(Arc<dyn Entropy>) -> Passwords,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(FixedClock::new(MORNING.parse().expect("a moment")));
        let ground = Arc::new(Ground { folder, clock, configuration: None, _noise: noise });
        let house = Self::start(ground, public_url, 1, passwords).await;
        house.furnish().await;
        house
    }

    async fn start(
        ground: Arc<Ground>,
        public_url: &str,
        seed: u64,
        passwords: &dyn Fn(Arc<dyn Entropy>) -> Passwords,
    ) -> Self {
        let folder = ground.folder.path();
        let configuration = ground.configuration.clone().unwrap_or_else(demo);
        let database_url = format!("sqlite://{}/palier.db?mode=rwc", folder.display());
        let environment = Environment {
            public_url: Some(public_url.to_owned()),
            database_url: Some(database_url.clone()),
            smtp_url: Some(format!("file://{}/mails", folder.display())),
            ..Environment::default()
        };
        let loaded =
            load(&configuration, &environment, &|_| true).expect("the demonstration's configuration");
        let store = Store::open(&database_url).await.expect("a database");
        store.migrate().await.expect("its tables");
        let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(seed));
        let state = AppState::new(Parts {
            pages: Pages::new(Site::embedded(), &loaded.config.portals),
            config: loaded.config,
            texts: loaded.texts,
            documents: loaded.documents,
            store,
            passwords: passwords(Arc::clone(&entropy)),
            clock: ground.clock.clone(),
            demo_clock: None,
            entropy,
            outbox: OutboxSignal::default(),
        });
        palier_server::account::keep_terms(&state).await.expect("the terms kept");
        let app = palier_server::http::app(state.clone());
        Self { state, app, ground }
    }

    async fn furnish(&self) {
        let rives = [
            lease("482173", "LEFÈVRE", Some("Aurélie")),
            lease("1204598", "MARTIN-DURAND", Some("Claire")),
            NewLease { other_names: vec!["DURAND".into()], ..lease("5550001", "MARTIN", Some("Paul")) },
            NewLease { left_on: day(2026, 8, 21), ..lease("900001", "PETIT", None) },
            NewLease { left_on: day(2026, 9, 30), ..lease("900002", "PETIT", None) },
        ];
        let ekidom = [
            NewLease { birth_date: day(1990, 3, 8), ..lease("48213", "Ndiaye", Some("Awa")) },
            lease("10001", "Le Goff", Some("Maëlle")),
            // The same number as one of the other landlord's would have, had it five digits.
            NewLease { birth_date: day(1978, 2, 17), ..lease("12345", "Nguyễn", Some("Thị Lan")) },
        ];
        for (portal, leases) in [("extranet", &rives[..]), ("ekidom", &ekidom[..])] {
            let now = self.now();
            leases::upsert_many(self.state.store().write(), portal, leases, now).await.expect("leases");
        }
        self.furnish_clients().await;
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.state.now()
    }

    /// Sets the clock to a moment, in RFC 3339.
    pub(crate) fn set_clock(&self, moment: &str) {
        let moment: Timestamp = moment.parse().expect("a moment");
        self.wait(moment.duration_since(self.now()));
    }

    pub(crate) fn wait(&self, duration: SignedDuration) {
        self.ground.clock.advance(duration);
    }

    pub(crate) fn wait_minutes(&self, minutes: i64) {
        self.wait(SignedDuration::from_mins(minutes));
    }

    pub(crate) fn wait_hours(&self, hours: i64) {
        self.wait(SignedDuration::from_hours(hours));
    }

    /// Somebody with a browser of their own.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(self.app.clone())
    }
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")
}

async fn noise() -> OwnedRwLockReadGuard<()> {
    Arc::clone(&STREET).read_owned().await
}

fn lease(reference: &str, surname: &str, first_name: Option<&str>) -> NewLease {
    let any =
        ReferenceFormat { prefix: String::new(), min_digits: 1, max_digits: 18, example: String::new() };
    NewLease {
        reference: LeaseReference::parse(reference, &any).expect("a reference"),
        surname: surname.into(),
        first_name: first_name.map(str::to_owned),
        other_names: Vec::new(),
        birth_date: None,
        street: Some("12 rue des Lilas".into()),
        postal_code: Some("60000".into()),
        town: Some("Beauvais".into()),
        entered_on: day(2020, 1, 1),
        left_on: None,
        email: None,
    }
}

fn day(year: u16, month: u8, day: u8) -> Option<Date> {
    let date = Date::new(year, month, day);
    assert!(date.is_some(), "{year}-{month}-{day} is no day");
    date
}
