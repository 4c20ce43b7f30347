use super::support::{INDEX, Plan};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let server = Plan::default().open().await;
    for path in [
        "/extranet/",
        "/extranet/api/account/session",
        "/healthz",
        "/favicon.svg",
        "/nowhere",
        "/extranet/api/x",
    ] {
        let answer = server.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-"),
            "{policy}"
        );
        for part in [
            "style-src 'self' 'sha256-",
            "img-src 'self' data:;",
            "connect-src 'self';",
            "object-src 'none';",
            "base-uri 'none';",
            "frame-ancestors 'none';",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{policy} lacks {part}");
        }
        assert!(!answer.headers.contains_key("strict-transport-security"), "{path}: not over http");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
}

#[tokio::test]
async fn the_policy_allows_the_inline_script_and_styles_of_the_page_and_no_other() {
    let server = Plan::default().open().await;
    let answer = server.get("/extranet/").await;
    let policy = answer.header("content-security-policy");
    let page = answer.text();
    for name in ["script", "style"] {
        let (_, rest) = page.split_once(&format!("<{name}>")).expect("an inline one");
        let (content, _) = rest.split_once(&format!("</{name}>")).expect("its end");
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(content.as_bytes()));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{name}: {policy}");
    }
    // The colours of both portals, whichever of them is asked.
    let inline = INDEX.matches("<script>").count() + INDEX.matches("<style>").count() + 2;
    assert_eq!(policy.matches("sha256-").count(), inline, "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
}

#[tokio::test]
async fn pages_have_no_style_attribute_and_nothing_from_elsewhere() {
    let server = Plan { demo: true, ..Plan::default() }.open().await;
    for path in
        ["/", "/extranet/", "/ekidom/locataire/inscription/acces", "/extranet/cgu", "/extranet/cookies"]
    {
        let page = server.get(path).await.text();
        assert!(!page.contains(" style="), "{path}");
        for start in ["src=\"http", "src=\"//", "rel=\"stylesheet\" href=\"http", "@import"] {
            assert!(!page.contains(start), "{path}: {start}");
        }
    }
}

#[tokio::test]
async fn https_is_kept_where_it_is_used() {
    let server = Plan { public_url: "https://palier.example", ..Plan::default() }.open().await;
    let answer = server.get("/extranet/").await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000");
}
