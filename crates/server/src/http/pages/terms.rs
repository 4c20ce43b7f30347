//! `/cgu/accepter` and `/cgu/acceptees/…`: terms of use that changed are accepted, and read again (A10).
//!
//! These pages come whole from the server and work without the program: the form is sent as browsers send it by
//! themselves. That it was sent by this very page is checked before, as for every request that changes something.

use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use palier_domain::account::{ConsentForm, Due, Session};
use palier_domain::portal::Context;
use serde::Deserialize;

use super::place::Place;
use super::shell::{self, Fault, Page};
use super::{View, remember_language};
use crate::account::{self, Post};
use crate::config::PortalConfig;
use crate::http::extract::{Language, Part, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;

/// Below the portal's base.
pub(in crate::http) fn routes() -> Router<AppState> {
    Router::new()
        .route(shell::ACCEPT_TERMS, get(show).post(answer))
        .route(shell::ALL_ACCEPTED, get(all))
        .route(&format!("{}/{{sha256}}", shell::ALL_ACCEPTED), get(again))
}

/// Where who has terms to accept is led to instead of the personal page at `path`.
pub(super) fn instead_of(portal: &PortalConfig, path: &str) -> Response {
    Redirect::to(&format!("{}{}?suite={path}", portal.public.base, shell::ACCEPT_TERMS)).into_response()
}

/// What a button sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    what: What,
    /// The version that the page named.
    #[serde(default)]
    version: String,
    /// There when the box is ticked.
    read_terms: Option<String>,
    #[serde(default)]
    suite: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Accept,
    Leave,
}

async fn show(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let pairs = url::form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let suite = pairs.into_iter().find(|(name, _)| name == "suite").map(|(_, path)| path.into_owned());
    let onward = suite.as_deref().and_then(|path| personal(&portal, path));
    let Some(session) = account::session_for_page(&state, &portal, language.0, &headers).await? else {
        return Ok(sign_in(&portal, onward));
    };
    if session.due != Some(Due::Terms) {
        return Ok(go_on(&portal, onward, &session));
    }
    let view = View::without_program(&state, &portal, language.0);
    let mut response = page(&view, StatusCode::OK, &shell::accept_terms(&view, onward, None), onward);
    remember_language(&mut response, query.as_deref(), language.0, state.config().secure());
    Ok(response)
}

async fn answer(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    headers: HeaderMap,
    form: Result<Form<Answer>, FormRejection>,
) -> Result<Response, ApiError> {
    let Form(answer) = form.map_err(|_| ApiError::malformed())?;
    if answer.what == What::Leave {
        account::sign_out(&state, &portal, &headers).await?;
        let cookie = account::session_cookie(&portal, None, false);
        return Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), sign_in(&portal, None)).into_response());
    }
    let onward = personal(&portal, &answer.suite);
    let Some(session) = account::session_for_page(&state, &portal, language.0, &headers).await? else {
        return Ok(sign_in(&portal, onward));
    };
    let post = Post::new(&state, &portal, language.0);
    let read_terms = answer.read_terms.map(|_| answer.version).unwrap_or_default();
    let form = ConsentForm { read_terms };
    if !form.problems(Context { portal: &portal.public, today: portal.today(post.now) }).is_empty() {
        let fault = if form.read_terms.is_empty() { Fault::Unticked } else { Fault::Outdated };
        let view = View::without_program(&state, &portal, language.0);
        let shown = shell::accept_terms(&view, onward, Some(fault));
        return Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &shown, onward));
    }
    account::accept_terms(post, &headers, &form).await?;
    Ok(go_on(&portal, onward, &session))
}

async fn all(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let post = Post::new(&state, &portal, language.0);
    let consents = match account::consents(post, &headers).await {
        Err(error) if error.status() == StatusCode::UNAUTHORIZED => {
            return Ok(sign_in(&portal, Some("/compte")));
        }
        consents => consents?,
    };
    let view = View::without_program(&state, &portal, language.0);
    let mut response = page(&view, StatusCode::OK, &shell::all_accepted(&view, &consents), None);
    remember_language(&mut response, query.as_deref(), language.0, state.config().secure());
    Ok(response)
}

async fn again(
    State(state): State<AppState>,
    portal: PortalHandle,
    language: Language,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Part(sha256): Part<String>,
) -> Result<Response, ApiError> {
    let post = Post::new(&state, &portal, language.0);
    let found = match account::accepted_terms(post, &headers, &sha256).await {
        Ok(found) => Some(found),
        Err(error) if error.status() == StatusCode::UNAUTHORIZED => {
            return Ok(sign_in(&portal, Some("/compte")));
        }
        // Somebody else's, or nobody's: answered alike.
        Err(error) if error.status() == StatusCode::NOT_FOUND => None,
        Err(error) => return Err(error),
    };
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let view = View::without_program(&state, &portal, language.0);
    let mut response = page(&view, status, &shell::accepted_terms(&view, found.as_ref()), None);
    remember_language(&mut response, query.as_deref(), language.0, state.config().secure());
    Ok(response)
}

/// A path that its owner wanted to go to, if it is a personal page of this portal: nobody is led elsewhere.
fn personal<'p>(portal: &PortalConfig, path: &'p str) -> Option<&'p str> {
    (Place::parse(path, None, Some(portal), false) == Place::Personal).then_some(path)
}

fn go_on(portal: &PortalConfig, onward: Option<&str>, session: &Session) -> Response {
    let path = onward.unwrap_or_else(|| shell::home_of(session));
    Redirect::to(&format!("{}{path}", portal.public.base)).into_response()
}

fn sign_in(portal: &PortalConfig, onward: Option<&str>) -> Response {
    let then = onward.map(|path| format!("?retour={path}")).unwrap_or_default();
    Redirect::to(&format!("{}/connexion{then}", portal.public.base)).into_response()
}

/// A whole page. It is about one person: no cache holds it.
fn page(view: &View<'_>, status: StatusCode, page: &Page, onward: Option<&str>) -> Response {
    let mut response = (status, Html(shell::plain(view, page, onward))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Browsers that don't send `Sec-Fetch-Site` say where a form comes from only where a page may say so.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}
