//! Figures for Prometheus, served on an address of their own: they aren't for everybody.

use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use super::state::AppState;
use crate::store::outbox;

const DURATION: &str = "palier_http_request_duration_seconds";
const SIGN_INS: &str = "palier_sign_ins_total";
/// Upper bounds in seconds, around the budget of 10 ms and what a password hash takes.
const BOUNDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0, 10.0];

/// Starts counting, for the whole process; once.
///
/// # Errors
/// Something else counts already.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(DURATION.to_owned()), &BOUNDS)?
        .install_recorder()?;
    metrics::describe_counter!(
        "palier_http_requests_total",
        "Requests answered, by route, method and status"
    );
    metrics::describe_histogram!(DURATION, metrics::Unit::Seconds, "Time to answer, by route");
    metrics::describe_gauge!(
        "palier_outbox_messages",
        "E-mails by state: waiting, failing (tried, not given up), sent"
    );
    metrics::describe_counter!(
        SIGN_INS,
        "Tries to sign in, by portal and outcome: accepted, refused, locked (nobody may try just now)"
    );
    Ok(handle)
}

/// Counts a try to sign in to the portal of this slug: `accepted`, `refused` or `locked`.
pub(crate) fn sign_in(portal: &str, outcome: &'static str) {
    metrics::counter!(SIGN_INS, "portal" => portal.to_owned(), "outcome" => outcome).increment(1);
}

/// Counts a request by its route: never by its path, which strangers choose.
#[expect(clippy::disallowed_methods, reason = "a duration is measured; nothing depends on what time it is")]
pub(super) async fn count(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "page".to_owned(), |path| path.as_str().to_owned());
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_str().to_owned();
    metrics::histogram!(DURATION, "route" => route.clone()).record(started.elapsed().as_secs_f64());
    metrics::counter!("palier_http_requests_total", "route" => route, "method" => method, "status" => status)
        .increment(1);
    response
}

/// The address of Prometheus.
pub fn router(state: AppState, handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(show)).with_state((state, handle))
}

async fn show(State((state, handle)): State<(AppState, PrometheusHandle)>) -> Response {
    match outbox::counts(state.store().read()).await {
        Ok(counts) => {
            for (name, count) in
                [("waiting", counts.waiting), ("failing", counts.failing), ("sent", counts.sent)]
            {
                // Far below where a floating number would round.
                #[expect(clippy::cast_precision_loss, reason = "fewer e-mails than 2^52")]
                metrics::gauge!("palier_outbox_messages", "state" => name).set(count as f64);
            }
        }
        Err(error) => {
            tracing::warn!(%error, "the outbox can't be counted");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    handle.run_upkeep();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response()
}
