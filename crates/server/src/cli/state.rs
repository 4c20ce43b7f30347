use std::sync::Arc;

use anyhow::Context as _;

use crate::clock::{Clock, ShiftedClock, SystemClock};
use crate::config::Loaded;
use crate::demo;
use crate::entropy::{Entropy, OsEntropy};
use crate::http::assets::Site;
use crate::http::pages::Pages;
use crate::http::state::{AppState, OutboxSignal, Parts};
use crate::passwords::Passwords;
use crate::store::Store;

/// Opens the store, up to date, and brings everything together; in a demonstration it is the time that its clock says.
pub(super) async fn open(loaded: Loaded) -> anyhow::Result<AppState> {
    let Loaded { config, texts, documents } = loaded;
    let store = Store::open(&config.database_url).await.context("the database can't be opened")?;
    store.migrate().await.context("the database can't be brought up to date")?;
    let demo_clock = config.demo.then(|| Arc::new(ShiftedClock::default()));
    let clock: Arc<dyn Clock> = match &demo_clock {
        Some(clock) => Arc::<ShiftedClock>::clone(clock),
        None => Arc::new(SystemClock),
    };
    let entropy: Arc<dyn Entropy> = Arc::new(OsEntropy);
    let state = AppState::new(Parts {
        pages: Pages::new(Site::embedded(), &config.portals),
        passwords: Passwords::new(Arc::clone(&entropy)),
        config,
        store,
        clock,
        demo_clock,
        entropy,
        texts,
        documents,
        outbox: OutboxSignal::default(),
    });
    demo::follow_clock(&state).await;
    Ok(state)
}
