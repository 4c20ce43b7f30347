//! Requests that change something must come from our own pages (`standards.md`, Web).

use axum::extract::Request;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use palier_domain::wire::REQUEST_HEADER;

use super::codes;
use super::problem::ApiError;
use super::state::AppState;

/// Refuses what another site, or a form that isn't ours, could have sent. The path is relative to the portal.
pub(super) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_safe(request.method()) {
        return next.run(request).await;
    }
    let headers = request.headers();
    let api = request.uri().path().starts_with("/api/");
    let ours = is_same_origin(headers, &state) && (!api || headers.contains_key(REQUEST_HEADER));
    if !ours {
        return ApiError::code(StatusCode::FORBIDDEN, codes::FOREIGN).into_response();
    }
    next.run(request).await
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// By `Sec-Fetch-Site`, which pages can't set; by `Origin` where a browser doesn't send that. One of them is there
/// in every browser.
fn is_same_origin(headers: &HeaderMap, state: &AppState) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let public = &state.config().public_url;
    if origin == public.origin().ascii_serialization() {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    origin.split_once("://").is_some_and(|(_, place)| Some(place) == host)
}
