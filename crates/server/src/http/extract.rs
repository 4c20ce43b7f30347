//! What handlers ask of a request.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

use axum::Json as Plain;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use palier_domain::profile::Device;
use palier_domain::wire::{IDEMPOTENCY_HEADER, LANGUAGE_COOKIE};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::problem::ApiError;
use super::state::AppState;
use crate::config::PortalConfig;

/// A JSON body, in and out. Anything but JSON that fits the type, unknown fields included, is refused with a problem.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::code(StatusCode::UNSUPPORTED_MEDIA_TYPE, super::codes::MALFORMED));
        }
        let body = Bytes::from_request(request, state).await.map_err(|refused| too_large(&refused))?;
        // What exactly is wrong isn't repeated: it may hold a password.
        serde_json::from_slice(&body).map(Self).map_err(|_| ApiError::malformed())
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut response = Plain(self.0).into_response();
        response
            .headers_mut()
            .entry(header::CACHE_CONTROL)
            .or_insert(axum::http::HeaderValue::from_static("no-store"));
        response
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn too_large(refused: &BytesRejection) -> ApiError {
    if refused.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::code(StatusCode::PAYLOAD_TOO_LARGE, super::codes::TOO_LARGE)
    } else {
        ApiError::malformed()
    }
}

/// The portal of the address asked for; 404 where there is none.
#[derive(Clone, Debug)]
pub struct PortalHandle(pub Arc<PortalConfig>);

impl Deref for PortalHandle {
    type Target = PortalConfig;

    fn deref(&self) -> &PortalConfig {
        &self.0
    }
}

impl FromRequestParts<AppState> for PortalHandle {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(ApiError::not_found)
    }
}

/// Where a request comes from: the address that connected or, behind a trusted proxy, the one that the proxy saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address; IPv4 written as IPv6 is IPv4 here.
    pub address: IpAddr,
    /// What its browser says that it is.
    pub device: Device,
}

impl Client {
    /// The text by which tries from one place are counted: the address, for IPv6 the /64 a household gets.
    pub fn place(&self) -> String {
        match self.address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let network = u128::from(address) & !u128::from(u64::MAX);
                format!("{}/64", Ipv6Addr::from(network))
            }
        }
    }
}

impl FromRequestParts<AppState> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let mut address =
            connected.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |from| from.0.ip()).to_canonical();
        let trusted =
            |address: IpAddr| state.config().trusted_proxies.iter().any(|proxy| proxy.holds(address));
        // From the nearest hop to the farthest, for as long as each one is a proxy of ours.
        for hop in forwarded(&parts.headers).into_iter().rev() {
            if !trusted(address) {
                break;
            }
            let Some(hop) = hop else { break };
            address = hop.to_canonical();
        }
        let said = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self { address, device: Device::of(said.unwrap_or_default()) })
    }
}

fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(|hop| hop.trim().parse().ok()).collect()
}

/// The language of the page that asks, by its cookie or `?lang=`: `fr` or `en`. The browser's own preference isn't
/// used: a shared or foreign browser would change what a landlord's letters look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(pub &'static str);

impl Language {
    /// The language asked for by this query and these cookies, else the portal's, else French.
    pub fn of(query: Option<&str>, headers: &HeaderMap, portal: Option<&PortalConfig>) -> Self {
        let asked = query.unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("lang="));
        let known = |name: &str| crate::texts::LANGUAGES.into_iter().find(|language| *language == name);
        let chosen = asked.and_then(known).or_else(|| cookie(headers, LANGUAGE_COOKIE).and_then(known));
        Self(chosen.unwrap_or_else(|| crate::texts::language(portal.map_or("fr", |portal| &portal.language))))
    }
}

impl FromRequestParts<AppState> for Language {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let portal = parts.extensions.get::<PortalHandle>().map(|handle| handle.0.as_ref());
        Ok(Self::of(parts.uri.query(), &parts.headers, portal))
    }
}

/// The value of a cookie; nothing when it is absent or empty.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name && !value.is_empty()).then_some(value))
}

/// The body `{}`: a click, of which the address says everything.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What stands in an address between its fixed parts; 404 when it isn't of that type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRequestParts)]
#[from_request(via(Path), rejection(ApiError))]
pub struct Part<T>(pub T);

impl From<PathRejection> for ApiError {
    fn from(_: PathRejection) -> Self {
        Self::not_found()
    }
}

/// What stands after `?`; 400 when it isn't of that type, or names something twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRequestParts)]
#[from_request(via(Query), rejection(ApiError))]
pub struct Asked<T>(pub T);

impl From<QueryRejection> for ApiError {
    fn from(_: QueryRejection) -> Self {
        Self::malformed()
    }
}

/// The name of a submission, so that sending it twice does it once (X2); 400 when it is missing or malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let key =
            parts.headers.get(IDEMPOTENCY_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let right = (8..=64).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if right { Ok(Self(key.to_owned())) } else { Err(ApiError::malformed()) }
    }
}
