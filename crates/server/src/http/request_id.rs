//! A name for each request, found in its log lines, its answer's header and its problem document.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::state::AppState;

/// The header that carries the name.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The name of the request being answered; empty outside one.
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Gives the request a name. One that comes with it isn't taken over: logs must not hold what strangers write.
pub(super) async fn give(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = state.entropy().hexadecimal(8);
    let value = HeaderValue::from_str(&id);
    let mut response = CURRENT.scope(id, next.run(request)).await;
    if let Ok(value) = value {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
