//! The description of the API (`OpenAPI` 3.1), made of the types that travel and one table of routes (X5). What the table
//! says is compared with the router and with `docs/API.md` by a test.

mod route;
mod table;

use axum::Router;
use axum::routing::get;
use palier_domain::wire::{IDEMPOTENCY_HEADER, Problem, REQUEST_HEADER};
use serde_json::{Map, Value, json};

use self::route::{Schemas, written};
use crate::config::PortalConfig;
use crate::http::extract::{Json, PortalHandle};
use crate::http::state::AppState;

/// Below the portal's `/api`.
pub fn routes() -> Router<AppState> {
    Router::new().route("/openapi.json", get(show))
}

async fn show(portal: PortalHandle) -> Json<Value> {
    Json(describe(&portal))
}

/// What a portal can be asked. Every portal is told of all: those that have no organisations, no desk or no scheme answer
/// what is theirs with 404.
fn describe(portal: &PortalConfig) -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for route in table::all() {
        let (method, said) = route.describe(&mut schemas);
        paths.entry(format!("/api{}", route.path)).or_insert_with(|| json!({}))[method] = said;
    }
    let problem = written::<Problem>(&mut schemas);
    let cookie = |name: String| json!({ "type": "apiKey", "in": "cookie", "name": name });
    let header = |name: &str, schema: Value| json!({ "name": name, "in": "header", "required": true, "schema": schema });
    json!({
        "openapi": "3.1.0",
        "info": { "title": portal.public.name, "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT" } },
        "servers": [{ "url": portal.home }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": {
                "request": header(REQUEST_HEADER, json!({ "const": "1" })),
                "key": header(IDEMPOTENCY_HEADER, json!({ "type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$" })),
            },
            "responses": {
                "problem": {
                    "description": "It isn't done; `code` says why.",
                    "content": { "application/problem+json": { "schema": problem } },
                },
            },
            "securitySchemes": {
                "account": cookie(portal.session_cookie()),
                "desk": cookie(portal.desk_cookie()),
            },
        },
    })
}
