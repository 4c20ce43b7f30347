//! The HTTP kernel: state, extractors, errors, security, pages. It knows no journey.
//!
//! What handlers see: [`state::AppState`], the extractors of [`extract`], and [`problem::ApiError`]. The path of a request
//! is always relative to its portal: `/extranet/api/x` and, on the portal's own host, `/api/x` both reach the route
//! `/x` of what journeys return from their `routes()`, which are nested below `/api`.

pub mod assets;
pub mod codes;
mod csrf;
pub mod extract;
pub(crate) mod files;
mod headers;
mod health;
mod limits;
pub mod metrics;
mod negotiation;
pub mod pages;
pub mod problem;
mod reading;
pub mod request_id;
mod resolve;
pub mod state;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;
use tracing::Span;

use self::problem::ApiError;
use self::state::AppState;

/// All that is served on the public address: what `main` serves is what tests call.
pub fn app(state: AppState) -> Router {
    let api = Router::new()
        .merge(crate::tenancy::routes())
        .merge(crate::mediation::routes())
        .merge(crate::onboarding::routes())
        .merge(crate::partners::routes())
        .merge(crate::account::routes())
        .merge(crate::departure::routes())
        .merge(crate::desk::routes())
        .merge(crate::human::routes())
        .merge(crate::openapi::routes())
        .merge(reading::routes());
    let mut inner = Router::new().nest("/api", api).merge(pages::terms::routes());
    if state.config().demo {
        inner = inner.merge(crate::demo::routes());
    }
    let inner = inner
        .fallback(pages::serve)
        .method_not_allowed_fallback(|| async { ApiError::method() })
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(CatchPanicLayer::custom(limits::panicked))
        .layer(from_fn(limits::time_out))
        .layer(from_fn_with_state(state.clone(), csrf::guard))
        .layer(from_fn(metrics::count))
        .with_state(state.clone());
    // Around the router, not in it: routes are chosen by the path that this leaves.
    let resolved =
        ServiceBuilder::new().layer(from_fn_with_state(state.clone(), resolve::portal)).service(inner);
    health::routes()
        .fallback_service(resolved)
        .layer(from_fn(head))
        .layer(from_fn_with_state(state.clone(), headers::add))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_response(answered).on_failure(()))
        .layer(from_fn_with_state(state.clone(), request_id::give))
        .with_state(state)
}

/// What all log lines of a request carry. Addresses hold no secrets: those are in fragments, which aren't sent, unless
/// something on the way (scanners of e-mails do) wrote the sign `#` as `%23`.
fn span(request: &Request) -> Span {
    let method = request.method();
    let path = request.uri().path().split("%23").next().unwrap_or_default();
    tracing::info_span!("request", id = request_id::current(), %method, path)
}

fn answered(response: &Response, took: std::time::Duration, _: &Span) {
    tracing::info!(status = response.status().as_u16(), milliseconds = took.as_millis(), "answered");
}

/// HEAD is answered like GET, without the body.
async fn head(request: Request, next: Next) -> Response {
    let head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    if !head {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    if let Some(length) = axum::body::HttpBody::size_hint(&body).exact() {
        parts.headers.entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
}
