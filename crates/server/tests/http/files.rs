use axum::http::{Method, StatusCode};

use super::support::Plan;

const WASM: &str = "/app-0123456789abcdef_bg.wasm";

#[tokio::test]
async fn files_are_sent_compressed_as_accepted() {
    let server = Plan::default().open().await;
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), &b"brotli bytes"[..]),
        ("gzip", Some("gzip"), b"gzip bytes"),
        ("br;q=0, gzip", Some("gzip"), b"gzip bytes"),
        ("identity", None, b"\0asm and more"),
        ("", None, b"\0asm and more"),
    ] {
        let answer = server.get_with(WASM, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body, body, "{accepted}");
        assert_eq!(answer.headers.get("content-encoding").map(|value| value.to_str().unwrap()), encoding);
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
}

#[tokio::test]
async fn files_without_a_hash_in_their_name_are_kept_for_a_day() {
    let server = Plan::default().open().await;
    let first = server.get("/favicon.svg").await;
    assert_eq!(first.header("cache-control"), "public, max-age=86400");
    assert_eq!(first.header("content-type"), "image/svg+xml");
    let tag = first.header("etag").to_owned();
    let again = server.get_with("/favicon.svg", &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), tag);
    let other = server.get_with("/favicon.svg", &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn each_compressed_form_has_its_own_tag() {
    let server = Plan::default().open().await;
    let brotli = server.get_with(WASM, &[("accept-encoding", "br")]).await.header("etag").to_owned();
    let plain = server.get(WASM).await.header("etag").to_owned();
    assert_ne!(brotli, plain);
    let stale = server.get_with(WASM, &[("if-none-match", &brotli)]).await;
    assert_eq!(stale.status, StatusCode::OK, "the plain form is another one");
}

#[tokio::test]
async fn head_says_what_get_would() {
    let server = Plan::default().open().await;
    for path in [WASM, "/extranet/", "/extranet/cgu", "/healthz"] {
        let get = server.get(path).await;
        let head = server.send(Method::HEAD, path, &[], "").await;
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty(), "{path}");
        assert_eq!(head.header("content-length"), get.body.len().to_string(), "{path}");
        assert_eq!(head.headers.get("etag"), get.headers.get("etag"), "{path}");
    }
}

#[tokio::test]
async fn the_colours_of_a_portal_are_in_its_pages_and_a_file_that_never_changes() {
    let server = Plan { demo: true, ..Plan::default() }.open().await;
    let page = server.get("/ekidom/").await.text();
    assert!(page.contains("<style>:root{--brand:#7a2f6b;--brand-dark:#e3a5d6}</style>"), "{page}");
    let page = server.get("/ekidom/demo/horloge").await.text();
    let (_, rest) = page.split_once("href=\"/theme-ekidom-").expect("a link");
    let (hash, _) = rest.split_once(".css").expect("its end");
    let answer = server.get(&format!("/theme-ekidom-{hash}.css")).await;
    assert_eq!(answer.text(), ":root{--brand:#7a2f6b;--brand-dark:#e3a5d6}");
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(server.get("/theme-ekidom-0000000000000000.css").await.status, StatusCode::NOT_FOUND);
}
