use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use palier_server::http::metrics;
use tower::ServiceExt as _;

use super::support::{OURS, Plan};

#[tokio::test]
async fn says_that_it_lives_and_that_it_can_work() {
    let server = Plan::default().open().await;
    for path in ["/healthz", "/readyz"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "ok\n"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(server.get("/metrics").await.status, StatusCode::NOT_FOUND, "figures aren't for everybody");
}

#[tokio::test]
async fn counts_requests_by_route_and_never_by_address() {
    let handle = metrics::install().expect("nothing else counts in this process");
    let server = Plan::default().open().await;
    server.get("/extranet/connexion").await;
    server.get("/extranet/somebody@exemple.fr").await;
    server.get("/extranet/api/documents/cgu").await;
    server.send(axum::http::Method::POST, "/extranet/api/account/session", &OURS, "{").await;
    let refused = r#"{"login":"somebody@exemple.fr","password":"wrong 47"}"#;
    // Other tests of this process sign in to the other portal.
    for _ in 0..6 {
        server.send(axum::http::Method::POST, "/ekidom/api/account/session", &OURS, refused).await;
    }
    let request = Request::builder().uri("/metrics").body(Body::empty()).expect("a request");
    let response = metrics::router(server.state.clone(), handle).oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let text = response.into_body().collect().await.expect("a body").to_bytes();
    let text = String::from_utf8(text.to_vec()).expect("UTF-8");
    for line in [
        "route=\"page\",method=\"GET\",status=\"404\"",
        "route=\"/api/documents/{name}\",method=\"GET\",status=\"200\"",
        "route=\"/api/account/session\",method=\"POST\",status=\"400\"",
        "palier_http_request_duration_seconds_bucket{route=\"page\",le=\"0.01\"}",
        "palier_outbox_messages{state=\"waiting\"} 0",
        "palier_sign_ins_total{portal=\"ekidom\",outcome=\"refused\"} 4",
        "palier_sign_ins_total{portal=\"ekidom\",outcome=\"locked\"} 2",
    ] {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
    assert!(!text.contains("somebody"), "{text}");
}
