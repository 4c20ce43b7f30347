use axum::http::{Method, StatusCode};

use super::support::{OURS, Plan};

const SIGN_IN: &str = r#"{"login":"a@exemple.fr","password":"x"}"#;
const PATH: &str = "/extranet/api/account/session";

/// Its name, the headers sent, the status wanted.
type Case = (&'static str, &'static [(&'static str, &'static str)], u16);

#[tokio::test]
async fn only_our_own_pages_may_change_something() {
    const JSON: (&str, &str) = ("content-type", "application/json");
    const PALIER: (&str, &str) = ("x-palier", "1");
    const HOST: (&str, &str) = ("host", "127.0.0.1:8080");
    const CASES: [Case; 11] = [
        ("same origin", &[JSON, PALIER, ("sec-fetch-site", "same-origin")], 401),
        ("without our header", &[JSON, ("sec-fetch-site", "same-origin")], 403),
        ("another site", &[JSON, PALIER, ("sec-fetch-site", "cross-site")], 403),
        ("a sister host", &[JSON, PALIER, ("sec-fetch-site", "same-site")], 403),
        ("typed in the address bar", &[JSON, PALIER, ("sec-fetch-site", "none")], 403),
        ("an older browser", &[JSON, PALIER, ("origin", "http://127.0.0.1:8080")], 401),
        ("an older browser, another name", &[JSON, PALIER, HOST, ("origin", "http://127.0.0.1:8080")], 401),
        ("an older browser, another site", &[JSON, PALIER, HOST, ("origin", "https://evil.example")], 403),
        (
            "the same name at the start",
            &[JSON, PALIER, HOST, ("origin", "http://127.0.0.1:8080.evil.example")],
            403,
        ),
        ("neither header", &[JSON, PALIER, HOST], 403),
        ("a sandboxed page", &[JSON, PALIER, HOST, ("origin", "null")], 403),
    ];
    let server = Plan::default().open().await;
    for (name, headers, status) in CASES {
        let answer = server.send(Method::POST, PATH, headers, SIGN_IN).await;
        assert_eq!(answer.status.as_u16(), status, "{name}: {}", answer.text());
        if status == 403 {
            assert_eq!(answer.json()["code"], "foreign_request", "{name}");
        }
    }
}

#[tokio::test]
async fn only_json_is_read() {
    let server = Plan::default().open().await;
    for kind in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""] {
        let headers = [("content-type", kind), OURS[1], OURS[2]];
        let answer = server.send(Method::POST, PATH, &headers, SIGN_IN).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert_eq!(answer.json()["code"], "malformed");
    }
    let headers = [("content-type", "application/json; charset=utf-8"), OURS[1], OURS[2]];
    assert_eq!(server.send(Method::POST, PATH, &headers, SIGN_IN).await.status, 401);
}

#[tokio::test]
async fn what_isnt_understood_is_refused_without_repeating_it() {
    let server = Plan::default().open().await;
    for body in [
        "",
        "{",
        "[]",
        "null",
        r#"{"login":"a"}"#,
        r#"{"login":"a","password":"s3cret-word","admin":true}"#,
        r#"{"login":"a","password":"s3cret-word","stay":"yes"}"#,
    ] {
        let answer = server.post(PATH, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["code"], "malformed", "{body}");
        assert_eq!(problem["status"], 400);
        assert_eq!(problem["type"], "about:blank");
        assert_eq!(problem["request_id"], answer.header("x-request-id"));
        assert!(!answer.text().contains("s3cret-word"), "{body}");
    }
}

#[tokio::test]
async fn bodies_are_limited_to_16_kilobytes() {
    let server = Plan::default().open().await;
    let body = |length: usize| format!(r#"{{"login":"{}","password":"x"}}"#, "a".repeat(length - 27));
    assert_eq!(body(16 * 1024).len(), 16 * 1024);
    assert_eq!(server.post(PATH, &body(16 * 1024)).await.status, 401);
    let answer = server.post(PATH, &body(16 * 1024 + 1)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["code"], "too_large");
}

#[tokio::test]
async fn addresses_and_methods_that_there_arent_are_problems() {
    let server = Plan::default().open().await;
    for path in [
        "/extranet/api",
        "/extranet/api/",
        "/extranet/api/x",
        "/extranet/api/tenancy",
        "/api/account/session",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.json()["code"], "not_found", "{path}");
    }
    let answer = server.send(Method::PUT, PATH, &OURS, SIGN_IN).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.json()["code"], "method_not_allowed");
    assert_eq!(server.send(Method::PUT, "/extranet/connexion", &OURS, "").await.status, 405);
}

#[tokio::test]
async fn answers_of_the_api_are_never_kept() {
    let server = Plan::default().open().await;
    assert_eq!(server.get(PATH).await.header("cache-control"), "no-store");
    assert_eq!(server.post(PATH, SIGN_IN).await.header("cache-control"), "no-store");
}

/// Tries to sign in are counted by place: whom a proxy names must count only when the proxy is ours.
#[tokio::test]
async fn forwarded_addresses_are_believed_from_our_proxies_only() {
    use axum::extract::ConnectInfo;
    use axum::extract::FromRequestParts as _;
    use palier_server::http::extract::Client;

    let common = "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n";
    let server = Plan { common, ..Plan::default() }.open().await;
    for (connected, forwarded, expected) in [
        ("203.0.113.9:1", "", "203.0.113.9"),
        ("203.0.113.9:1", "198.51.100.7", "203.0.113.9"),
        ("10.0.0.1:1", "198.51.100.7", "198.51.100.7"),
        ("[::ffff:10.0.0.1]:1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1:1", "192.0.2.1, 198.51.100.7, 10.1.1.1", "198.51.100.7"),
        ("10.0.0.1:1", "198.51.100.7, nonsense", "10.0.0.1"),
        ("10.0.0.1:1", "", "10.0.0.1"),
        ("[::1]:1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ] {
        let mut request = axum::http::Request::builder().uri("/");
        if !forwarded.is_empty() {
            request = request.header("x-forwarded-for", forwarded);
        }
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        parts.extensions.insert(ConnectInfo(connected.parse::<std::net::SocketAddr>().expect("an address")));
        let client = Client::from_request_parts(&mut parts, &server.state).await.expect("a client");
        assert_eq!(client.place(), expected, "{connected} for {forwarded}");
    }
}
