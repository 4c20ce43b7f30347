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
    let Ok(response) = tokio::time::timeout(TIME, next.run(request)).await else {
        tracing::warn!("a request took too long");
        return ApiError::busy().into_response();
    };
    response
}

/// 500 for a panic, whose words are in the log only.
#[expect(clippy::needless_pass_by_value, reason = "what the layer asks for")]
pub(super) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let words =
        cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    ApiError::internal(words.unwrap_or("panicked")).into_response()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn status(router: Router) -> StatusCode {
        let request = Request::builder().uri("/").body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_too_long_is_given_up() {
        let slow = || async { tokio::time::sleep(TIME * 2).await };
        let within = || async { tokio::time::sleep(TIME / 2).await };
        let router = |handler| Router::new().route("/", handler).layer(from_fn(time_out));
        assert_eq!(status(router(get(slow))).await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status(router(get(within))).await, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_panic_ends_its_request_only() {
        async fn fails() -> StatusCode {
            panic!("as it must")
        }
        let router = Router::new().route("/", get(fails)).layer(CatchPanicLayer::custom(panicked));
        assert_eq!(status(router.clone()).await, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(status(router).await, StatusCode::INTERNAL_SERVER_ERROR);
    }
}
