//! Which portal a request is for: by its host name, or by the first part of its path, which is then taken off.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri, header, uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::extract::PortalHandle;
use super::state::AppState;
use crate::config::{Config, PortalConfig};

/// Answers with a static file, or finds the portal and goes on with the path below it.
pub(super) async fn portal(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD)
        && let Some(response) = state.pages().file(request.uri().path(), request.headers())
    {
        return response;
    }
    match find(state.config(), host(request.headers(), request.uri()), request.uri().path()) {
        Found::Here(portal) => {
            request.extensions_mut().insert(PortalHandle(portal));
        }
        Found::Below(portal, path) => {
            if let Some(below) = with_path(request.uri(), &path) {
                *request.uri_mut() = below;
                request.extensions_mut().insert(PortalHandle(portal));
            }
        }
        Found::Elsewhere(address) if request.method() == Method::GET => {
            return Redirect::permanent(&address).into_response();
        }
        Found::Elsewhere(_) | Found::Nowhere => {}
    }
    next.run(request).await
}

enum Found {
    /// The whole host is this portal's.
    Here(Arc<PortalConfig>),
    /// This portal, and the path below it.
    Below(Arc<PortalConfig>, String),
    /// The portal has an address of its own: this one.
    Elsewhere(String),
    Nowhere,
}

fn find(config: &Config, host: Option<&str>, path: &str) -> Found {
    if let [alone] = config.portals.as_slice() {
        return Found::Here(Arc::clone(alone));
    }
    let of_host = host.and_then(|host| {
        config.portals.iter().find(|portal| portal.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)))
    });
    if let Some(portal) = of_host {
        return Found::Here(Arc::clone(portal));
    }
    let below = path.strip_prefix('/').unwrap_or(path);
    let (slug, rest) = below.split_once('/').map_or((below, ""), |(slug, rest)| (slug, rest));
    match config.portal(slug) {
        Some(portal) if portal.hosts.is_empty() => Found::Below(Arc::clone(portal), format!("/{rest}")),
        Some(portal) => Found::Elsewhere(portal.link(&format!("/{rest}"))),
        None => Found::Nowhere,
    }
}

fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    let named = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .or_else(|| uri.authority().map(uri::Authority::as_str))?;
    // Without the port; an IPv6 address keeps its brackets.
    Some(
        named
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
            .map_or(named, |(host, _)| host),
    )
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(format!("{path}{query}").parse().ok()?);
    Uri::from_parts(parts).ok()
}
