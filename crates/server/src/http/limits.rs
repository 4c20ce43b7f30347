//! No request holds the server for ever, and none takes it down.

use std::any::Any;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::problem::ApiError;

/// The largest body, in bytes: the longest form is a tenth of it.
pub(super) const BODY: usize = 16 * 1024;
/// Longest that a request may take.
const TIME: Duration = Duration::from_secs(10);

/// 503 for what takes too long.
pub(super) async fn time_out(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("a request took too long");
            ApiError::busy().into_response()
        }
    }
}

/// 500 for a panic, whose words are in the log only.
pub(super) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let words = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    ApiError::internal(words.unwrap_or("panicked")).into_response()
}
