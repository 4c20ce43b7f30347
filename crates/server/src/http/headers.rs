//! Security headers on every answer (`standards.md`, Web).

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use super::state::AppState;

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    // For browsers older than `frame-ancestors`.
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Two years, as browsers' own lists ask. Other hosts of the landlord's domain are none of our business.
const HSTS: &str = "max-age=63072000";

/// Adds the headers; what an answer says itself stays.
pub(super) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| state.pages().policy().clone());
    if state.config().secure() {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(HSTS));
    }
    response
}

/// The content security policy of pages whose `index.html` is this: its inline scripts and styles, the styles `others`
/// that are put into it, and nothing else inline.
pub(super) fn policy<'a>(pages: &[Option<&'a str>], others: impl Iterator<Item = &'a str>) -> HeaderValue {
    let within = |name| pages.iter().flatten().flat_map(move |page| inline(page, name));
    let scripts = hashes(within("script").filter_map(|(attributes, content)| {
        let runs = !attributes.contains("src=") && !attributes.contains("json");
        runs.then_some(content)
    }));
    let styles = hashes(within("style").map(|(_, content)| content).chain(others));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; img-src 'self' data:; \
         connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    );
    // Hashes in base 64 between fixed words are always a header's text.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

fn hashes<'a>(contents: impl Iterator<Item = &'a str>) -> String {
    let hash = |content: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(content));
    let mut all: Vec<String> = Vec::new();
    for content in contents {
        let source = format!(" 'sha256-{}'", hash(content));
        // Two pages have most of it in common.
        if !all.contains(&source) {
            all.push(source);
        }
    }
    all.concat()
}

/// Attributes and contents of the elements of this name that are written in the page; not of those without content.
fn inline<'a>(index: &'a str, name: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let rests: Vec<&str> = index.split(&start).skip(1).collect();
    rests.into_iter().filter_map(move |rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (content, _) = rest.split_once(&end)?;
        (!content.is_empty()).then_some((attributes, content))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inline_is_allowed_by_its_hash() {
        let index = "<script type=\"module\">alert(1)</script><script src=\"/a.js\"></script>\
                     <script type=\"application/json\" id=\"boot\">{}</script><style>a{}</style>";
        let again = "<script type=\"module\">alert(1)</script>";
        let policy = policy(&[Some(index), None, Some(again)], ["alert(1)"].into_iter());
        let policy = policy.to_str().unwrap();
        // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(
            policy.contains(
                "'wasm-unsafe-eval' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; style-src"
            ),
            "{policy}"
        );
        let styles = policy.split_once("style-src 'self' ").unwrap().1.split_once("; img-src").unwrap().0;
        // echo -n 'a{}' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            styles,
            "'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
        );
        assert_eq!(policy.matches("sha256-").count(), 3);
    }
}
