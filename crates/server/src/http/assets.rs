//! Static files: made by the build, compressed in it, and never changed under one name.

use std::borrow::Cow;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::negotiation::{Encoding, accepted, matches};

/// A static file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its address.
    pub path: &'static str,
    /// Start of the SHA-256 of its content, in hexadecimal.
    pub hash: &'static str,
    /// Its content.
    pub plain: &'static [u8],
    /// The same, compressed, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// The same for what doesn't know brotli.
    pub gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The pages as they were built.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// `index.html`, with its places to fill in; none when the pages weren't built.
    pub index: Option<&'static str>,
    /// The same for portals of tenants alone, whose program carries nothing else; `index` where it isn't built.
    pub tenants: Option<&'static str>,
    /// The same for those with a mediation scheme.
    pub scheme: Option<&'static str>,
    /// The same for those with client organisations.
    pub clients: Option<&'static str>,
    /// The same for the pages of those who are signed in and work, on every portal.
    pub office: Option<&'static str>,
    /// The same for the account, on every portal; and for all pages of portals that have nothing else.
    pub account: Option<&'static str>,
    /// The other files, sorted by path.
    pub assets: &'static [Asset],
}

impl Site {
    /// What is inside this program.
    pub const fn embedded() -> Self {
        Self {
            index: INDEX,
            tenants: TENANTS,
            scheme: SCHEME,
            clients: CLIENTS,
            office: OFFICE,
            account: ACCOUNT,
            assets: ASSETS,
        }
    }

    /// The file at an address.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        self.assets.binary_search_by(|asset| asset.path.cmp(path)).ok().and_then(|at| self.assets.get(at))
    }
}

/// Whether pages may show a file at this address: it is among those built, or lies in `public/`.
pub fn exists(path: &str) -> bool {
    PUBLIC.contains(&path) || Site::embedded().find(path).is_some()
}

impl Asset {
    /// The answer to a request for it.
    pub(super) fn respond(&self, headers: &HeaderMap) -> Response {
        // Icons and pictures keep their names when they change: a day is soon enough, and later visits ask for the
        // page alone.
        let cache = if is_hashed(self.path) {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=86400"
        };
        let content = Content {
            hash: self.hash,
            kind: kind(self.path),
            cache,
            plain: Cow::Borrowed(self.plain),
            brotli: self.brotli.map(Bytes::from_static),
            gzip: self.gzip.map(Bytes::from_static),
        };
        content.respond(headers)
    }
}

/// Something that has a hash, and perhaps compressed forms.
pub(super) struct Content<'a> {
    pub(super) hash: &'a str,
    pub(super) kind: &'static str,
    pub(super) cache: &'static str,
    pub(super) plain: Cow<'static, [u8]>,
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
}

impl Content<'_> {
    pub(super) fn respond(self, asked: &HeaderMap) -> Response {
        let has = |encoding| match encoding {
            Encoding::Brotli => self.brotli.is_some(),
            Encoding::Gzip => self.gzip.is_some(),
        };
        let encoding = accepted(asked).into_iter().find(|encoding| has(*encoding));
        let varies = self.brotli.is_some() || self.gzip.is_some();
        // Each form has a tag of its own: they aren't the same bytes.
        let tag = format!("\"{}{}\"", self.hash, encoding.map_or("", Encoding::suffix));
        let body = match encoding {
            Some(Encoding::Brotli) => self.brotli,
            Some(Encoding::Gzip) => self.gzip,
            None => None,
        };
        let fresh = matches(asked, &tag);
        let mut response = if fresh {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(body.unwrap_or_else(|| Bytes::from(self.plain.into_owned()))))
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        if varies {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if !fresh {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
            if let Some(encoding) = encoding {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
            }
        }
        response
    }
}

/// Whether a name has the hash of the content in it, as Trunk puts it: `main-1f0c5a9b7d3e2468.css`.
fn is_hashed(path: &str) -> bool {
    path.split(['/', '-', '.', '_']).any(|part| {
        (14..=16).contains(&part.len()) && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, kind)| kind) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/vnd.microsoft.icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_never_change() {
        assert!(is_hashed("/palier-app-1f0c5a9b7d3e2468_bg.wasm"));
        assert!(is_hashed("/main-f0c5a9b7d3e2468.css"));
        assert!(!is_hashed("/favicon.svg"));
        assert!(!is_hashed("/avis-extranet.svg"));
        assert!(!is_hashed("/internationalisation.js"));
    }

    #[test]
    fn wasm_is_served_as_what_it_is() {
        assert_eq!(kind("/a/b-1_bg.wasm"), "application/wasm");
        assert_eq!(kind("/noext"), "application/octet-stream");
    }

    #[test]
    fn the_files_are_sorted_as_they_are_looked_up() {
        assert!(ASSETS.is_sorted_by_key(|asset| asset.path));
    }
}
