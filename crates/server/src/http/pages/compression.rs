//! Answers made for a request, compressed; what several people get is compressed once: quickly for who asks first, and as small as
//! can be for all who come later, which takes half a second.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::digest;
use crate::http::negotiation::{Encoding, accepted, matches};

/// Compressed forms by entity tag: pages of portals times languages, a few hundred kilobytes in all.
#[derive(Debug, Default, Clone)]
pub(super) struct Compressed(Arc<Mutex<BTreeMap<String, Form>>>);

/// One compressed form.
#[derive(Debug, Clone)]
struct Form {
    bytes: Bytes,
    /// Not as small as can be; that form is being made. Other bytes need another entity tag (RFC 9110, 8.8.3).
    quick: bool,
}

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
        let name = format!("{}{}", digest(&body), encoding.map_or("", Encoding::suffix));
        let tags = [format!("\"{name}\""), format!("\"{name}-quick\"")];
        let (mut response, tag) = if let Some(known) = tags.iter().find(|tag| matches(asked, tag)) {
            (StatusCode::NOT_MODIFIED.into_response(), known)
        } else {
            let form = match encoding {
                Some(encoding) => self.compress(name, encoding, body.into(), shared).await,
                None => Ok(Form { bytes: body.into(), quick: false }),
            };
            match form {
                Ok(Form { bytes, quick }) => (with_body(bytes, kind, encoding), &tags[usize::from(quick)]),
                Err(error) => return crate::http::problem::ApiError::internal(&error).into_response(),
            }
        };
        let headers = response.headers_mut();
        // What names somebody isn't left on the disk of a shared computer.
        let cache = if shared { "no-cache" } else { "no-store" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        if let Ok(tag) = HeaderValue::from_str(tag) {
            headers.insert(header::ETAG, tag);
        }
        response
    }

    /// The form that is known; otherwise one that is made away from the requests' own threads.
    async fn compress(
        &self,
        name: String,
        encoding: Encoding,
        body: Bytes,
        shared: bool,
    ) -> std::io::Result<Form> {
        if let Some(known) = self.kept().get(&name) {
            return Ok(known.clone());
        }
        let quick = shared && encoding == Encoding::Brotli;
        let content = body.clone();
        let compress = move || match encoding {
            Encoding::Brotli => brotli(&content, 5),
            Encoding::Gzip => gzip(&content),
        };
        let bytes = tokio::task::spawn_blocking(compress).await.map_err(std::io::Error::other)??;
        let form = Form { bytes, quick };
        if shared {
            let is_first = self.keep(&name, &form);
            if quick && is_first {
                self.clone().improve(name, body);
            }
        }
        Ok(form)
    }

    /// Makes the smallest form, while the quick one is given out.
    fn improve(self, name: String, body: Bytes) {
        tokio::task::spawn_blocking(move || match brotli(&body, 11) {
            Ok(bytes) => {
                self.keep(&name, &Form { bytes, quick: false });
            }
            Err(error) => tracing::error!(%error, "a page could not be compressed"),
        });
    }

    /// Keeps a form; whether there was none of it.
    fn keep(&self, name: &str, form: &Form) -> bool {
        let mut kept = self.kept();
        if kept.len() >= KEPT {
            kept.clear();
        }
        if form.quick && kept.contains_key(name) {
            return false;
        }
        kept.insert(name.to_owned(), form.clone()).is_none()
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Form>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
