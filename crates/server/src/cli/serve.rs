use std::future::Future;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::stop::StopSignal;
use super::{demonstration, logs, state};
use crate::account::{keep_terms, warn_password_ends};
use crate::config::{Config, Loaded};
use crate::http::state::AppState;
use crate::http::{app, metrics};
use crate::leaving::close_due;
use crate::mail;
use crate::mediation::reminders;
use crate::onboarding::expire_joinings;
use crate::partners::give_new;
use crate::retention::apply_due;
use crate::store::{StoreError, housekeeping};

/// How often what is past its time is deleted.
const HOUSEKEEPING: Duration = Duration::from_hours(1);
/// How often it is looked whether somebody is to be reminded, or waited in vain; in the demonstration, whose clock is moved by days, sooner.
const REMINDERS: Duration = Duration::from_mins(10);
const REMINDERS_OF_DEMO: Duration = Duration::from_secs(2);
/// Longest that a stop takes: three times the longest request.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves until SIGTERM or Ctrl-C, then finishes what is under way.
pub(super) async fn run(loaded: Loaded) -> anyhow::Result<ExitCode> {
    logs::start("info,sqlx=warn");
    // Before anything else: whoever reads that it serves may ask it to stop at once.
    let mut stop_signal = StopSignal::listen().context("nobody could ask the server to stop")?;
    let server = tokio::select! {
        server = Server::open(loaded) => server?,
        () = stop_signal.asked() => {
            tracing::info!("stopped before it served");
            return Ok(ExitCode::SUCCESS);
        }
    };
    server.serve(stop_signal).await
}

/// Everything that serving takes, opened.
struct Server {
    state: AppState,
    pages: TcpListener,
    /// Where figures are asked for.
    figures: Option<(TcpListener, PrometheusHandle)>,
}

impl Server {
    async fn open(loaded: Loaded) -> anyhow::Result<Self> {
        let state = state::open(loaded).await?;
        let config = state.config();
        if config.demo {
            demonstration::furnish(&state).await?;
        }
        keep_terms(&state).await.context("the terms of use can't be kept")?;
        let pages = listen(config.listen, "listen").await?;
        let figures = match config.metrics_listen {
            Some(address) => match listen(address, "metrics_listen").await {
                Ok(listener) => Some((listener, metrics::install()?)),
                // A demonstration is there to be looked at: it doesn't fail for a port that something else holds.
                Err(error) if config.demo => {
                    tracing::warn!(error = format!("{error:#}"), "no figures");
                    None
                }
                Err(error) => return Err(error),
            },
            None => None,
        };
        Ok(Self { state, pages, figures })
    }

    async fn serve(self, mut stop_signal: StopSignal) -> anyhow::Result<ExitCode> {
        let Self { state, pages, figures } = self;
        let config = state.config();
        let listening = pages.local_addr()?;
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        tasks.spawn(answer(pages, app(state.clone()), stop.clone()));
        if let Some((listener, handle)) = figures {
            tasks.spawn(answer(listener, metrics::router(state.clone(), handle), stop.clone()));
        }
        tasks.spawn(without_error(mail::worker::run(state.clone(), stop.clone())));
        tasks.spawn(without_error(keep_house(state.clone(), stop.clone())));
        let (often, stopping) = (state.clone(), stop.clone());
        tasks.spawn(without_error(repeat(often, stopping, "wrote reminders", reminders::send_due)));
        let (often, stopping) = (state.clone(), stop.clone());
        // Requests that nobody answered and invitations that nobody used (A7, A8).
        tasks.spawn(without_error(repeat(
            often,
            stopping,
            "ended requests and invitations",
            expire_joinings,
        )));
        let (often, stopping) = (state.clone(), stop.clone());
        tasks.spawn(without_error(repeat(often, stopping, "gave partners their identifiers", give_new)));
        let (often, stopping) = (state.clone(), stop.clone());
        tasks.spawn(without_error(repeat(often, stopping, "wrote to tenants who leave", close_due)));
        let (often, stopping) = (state.clone(), stop.clone());
        let warned = "warned of passwords that end";
        tasks.spawn(without_error(repeat(often, stopping, warned, warn_password_ends)));
        let (often, stopping) = (state.clone(), stop.clone());
        tasks.spawn(without_error(repeat(often, stopping, "deleted what was kept long enough", apply_due)));
        tracing::info!(
            listen = %listening,
            public_url = %config.public_url,
            portals = config.portals.len(),
            demo = config.demo,
            "serving"
        );
        if config.demo {
            demonstration::invite(&state, listening)?;
        }
        if config.public_url.scheme() == "http" && !is_local(config) {
            tracing::warn!("public_url isn't https: session cookies can be read on the way");
        }
        tokio::select! {
            () = stop_signal.asked() => tracing::info!("stopping"),
            // None of them ends by itself.
            ended = tasks.join_next() => {
                if let Some(ended) = ended {
                    ended.context("a part of the server failed")??;
                }
            }
        }
        state.leave();
        if !config.drain.is_zero() {
            // A second signal is somebody who doesn't want to wait.
            tokio::select! {
                () = tokio::time::sleep(config.drain) => {}
                () = stop_signal.asked() => {}
            }
        }
        stop.cancel();
        let finish = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE, finish).await.is_err() {
            tracing::warn!("what was under way took too long and was given up");
        }
        tracing::info!("stopped");
        Ok(ExitCode::SUCCESS)
    }
}

async fn listen(address: SocketAddr, key: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{key}: {address} can't be used"))
}

async fn answer(listener: TcpListener, router: Router, stop: CancellationToken) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await
}

async fn without_error(task: impl Future<Output = ()>) -> std::io::Result<()> {
    task.await;
    Ok(())
}

/// Deletes what of itself is over: sessions, counters (`standards.md`, Privacy). The retention table has the rest.
async fn keep_house(state: AppState, stop: CancellationToken) {
    let mut rounds = tokio::time::interval(HOUSEKEEPING);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = rounds.tick() => {}
        }
        match housekeeping::purge(state.store().write(), state.now()).await {
            Ok(purged) => tracing::info!(?purged, "deleted what was past its time"),
            Err(error) => tracing::warn!(%error, "what is past its time couldn't be deleted"),
        }
    }
}

/// Does something over and over that there is rarely any of, and says how often there was.
async fn repeat(
    state: AppState,
    stop: CancellationToken,
    done: &'static str,
    job: impl AsyncFn(&AppState) -> Result<u64, StoreError>,
) {
    let pause = if state.config().demo { REMINDERS_OF_DEMO } else { REMINDERS };
    let mut rounds = tokio::time::interval(pause);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = rounds.tick() => {}
        }
        match job(&state).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "{done}"),
            Err(error) => tracing::warn!(%error, "not done: {done}"),
        }
    }
}

fn is_local(config: &Config) -> bool {
    match config.public_url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
