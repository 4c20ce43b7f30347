//! Answers made for a request, compressed; what several people get is compressed once.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::digest;
use crate::http::negotiation::{Encoding, accepted, matches};

/// Compressed forms by entity tag: pages of portals times languages, a few hundred kilobytes in all.
#[derive(Debug, Default)]
pub(super) struct Compressed(Mutex<BTreeMap<String, Bytes>>);

/// How many are kept. The pages change at midnight with the date in them: then all are forgotten at once.
const KEPT: usize = 256;

impl Compressed {
    pub(super) async fn respond(
        &self,
        asked: &HeaderMap,
        kind: &'static str,
        body: Vec<u8>,
        shared: bool,
    ) -> Response {
        let encoding = accepted(asked).first().copied();
        let tag = format!("\"{}{}\"", digest(&body), encoding.map_or("", Encoding::suffix));
        let mut response = if matches(asked, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let body = match encoding {
                Some(encoding) => self.compress(&tag, encoding, body, shared).await,
                None => Ok(Bytes::from(body)),
            };
            match body {
                Ok(body) => with_body(body, kind, encoding),
                Err(error) => return crate::http::problem::ApiError::internal(&error).into_response(),
            }
        };
        let headers = response.headers_mut();
        // What names somebody isn't left on the disk of a shared computer.
        let cache = if shared { "no-cache" } else { "no-store" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        response
    }

    async fn compress(
        &self,
        tag: &str,
        encoding: Encoding,
        body: Vec<u8>,
        shared: bool,
    ) -> std::io::Result<Bytes> {
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(tag) {
            return Ok(known.clone());
        }
        // What is kept is worth the time that the best compression takes, away from the requests' own threads.
        let compress = move || match encoding {
            Encoding::Brotli => brotli(&body, if shared { 11 } else { 5 }),
            Encoding::Gzip => gzip(&body),
        };
        let compressed = tokio::task::spawn_blocking(compress).await.map_err(std::io::Error::other)??;
        if shared {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(tag.to_owned(), compressed.clone());
        }
        Ok(compressed)
    }
}

fn with_body(body: Bytes, kind: &'static str, encoding: Option<Encoding>) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    response
}

fn brotli(body: &[u8], quality: u32) -> std::io::Result<Bytes> {
    let mut compressed = Vec::new();
    brotli::CompressorWriter::new(&mut compressed, 4096, quality, 20).write_all(body)?;
    Ok(compressed.into())
}

fn gzip(body: &[u8]) -> std::io::Result<Bytes> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(body)?;
    writer.finish().map(Bytes::from)
}
