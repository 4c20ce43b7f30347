//! `index.html` as it is sent: a useful page by itself, with everything that the program needs to take over from it.

mod boot;
mod compression;
mod place;
mod shell;
mod template;
pub(super) mod terms;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use palier_domain::account::{Due, Session};
use palier_domain::mediation::Found;
use palier_domain::portal::Portal;
use palier_domain::wire::LANGUAGE_COOKIE;

use self::compression::Compressed;
use self::place::{Place, Program};
use self::template::{Filling, Template};
use super::assets::{Asset, Content, Site};
use super::extract::{Language, PortalHandle};
use super::headers;
use super::problem::ApiError;
use super::state::AppState;
use crate::account::{Post, session_for_page};
use crate::config::PortalConfig;
use crate::mediation::directory_search;
use crate::texts::hexadecimal;

/// Static files, colours, and the page that everything is shown in.
pub struct Pages {
    site: Site,
    template: Option<Template>,
    /// For portals of tenants alone.
    tenants: Option<Template>,
    /// For portals with a mediation scheme and no client organisations.
    scheme: Option<Template>,
    /// For portals with client organisations and no mediation scheme.
    clients: Option<Template>,
    /// For those who are signed in and work, on every portal.
    office: Option<Template>,
    /// For the account, on every portal, and for portals that have nothing else.
    account: Option<Template>,
    policy: HeaderValue,
    themes: BTreeMap<String, String>,
    compressed: Compressed,
}

impl Pages {
    /// The pages of these portals.
    pub fn new(site: Site, portals: &[Arc<PortalConfig>]) -> Self {
        let themes: BTreeMap<_, _> = portals.iter().map(|portal| theme(portal)).collect();
        Self {
            site,
            template: site.index.map(Template::parse),
            tenants: site.tenants.map(Template::parse),
            scheme: site.scheme.map(Template::parse),
            clients: site.clients.map(Template::parse),
            office: site.office.map(Template::parse),
            account: site.account.map(Template::parse),
            policy: headers::policy(
                &[site.index, site.tenants, site.scheme, site.clients, site.office, site.account],
                themes.values().map(String::as_str),
            ),
            themes,
            compressed: Compressed::default(),
        }
    }

    /// The page of a portal, with the smallest program that has its journeys; or with that of the office or the account.
    fn template(&self, portal: Option<&PortalConfig>, program: Program) -> Option<&Template> {
        let apart = match program {
            Program::Own => None,
            Program::Office => self.office.as_ref(),
            Program::Account => self.account.as_ref(),
        };
        if apart.is_some() {
            return apart;
        }
        let has = |journeys: fn(&Portal) -> bool| portal.is_some_and(|portal| journeys(&portal.public));
        let smallest = match (has(|it| it.mediation.is_some()), has(|it| it.onboarding.is_some())) {
            (false, false) => &self.tenants,
            (true, false) => &self.scheme,
            (false, true) => &self.clients,
            (true, true) => &self.template,
        };
        smallest.as_ref().or(self.template.as_ref())
    }

    /// The content security policy of the pages.
    pub(super) const fn policy(&self) -> &HeaderValue {
        &self.policy
    }

    /// The style sheets of the site and of a portal, for pages that the server makes by itself; the styles of the
    /// office and of the account are of their programs' pages alone.
    pub fn stylesheets(&self, portal: Option<&PortalConfig>) -> Vec<String> {
        let site = self.site.assets.iter().map(|asset| asset.path);
        let site = site.filter(|path| {
            is_style(path) && !["/office-", "/account-"].iter().any(|own| path.starts_with(own))
        });
        site.map(str::to_owned).chain(portal.map(|portal| theme(portal).0)).collect()
    }

    /// The static file at an address.
    pub(super) fn file(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        if let Some(asset) = self.site.find(path) {
            return Some(Asset::respond(asset, headers));
        }
        let theme = self.themes.get(path)?;
        let content = Content {
            // The name has the hash of the content in it.
            hash: path.trim_start_matches("/theme-").trim_end_matches(".css"),
            kind: "text/css; charset=utf-8",
            cache: "public, max-age=31536000, immutable",
            plain: theme.clone().into_bytes().into(),
            brotli: None,
            gzip: None,
        };
        Some(content.respond(headers))
    }

    /// Answers with something made for this request, compressed as the browser likes it. `shared`: others may get
    /// the very same, so that its compressed form is worth keeping.
    pub(super) async fn respond(
        &self,
        asked: &HeaderMap,
        kind: &'static str,
        body: Vec<u8>,
        shared: bool,
    ) -> Response {
        self.compressed.respond(asked, kind, body, shared).await
    }
}

fn is_style(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|kind| kind == "css")
}

/// Address and content of a portal's colours.
fn theme(portal: &PortalConfig) -> (String, String) {
    let css = format!(":root{{--brand:{};--brand-dark:{}}}", portal.colour.light, portal.colour.dark);
    (format!("/theme-{}-{}.css", portal.slug(), &digest(css.as_bytes())[..16]), css)
}

/// 128 bits of SHA-256, in hexadecimal.
pub(super) fn digest(content: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    hexadecimal(&Sha256::digest(content)[..16])
}

/// What a page is made from.
struct View<'a> {
    state: &'a AppState,
    portal: Option<&'a PortalConfig>,
    language: &'static str,
    place: Place,
    /// What shows the page.
    program: Program,
    session: Option<&'a Session>,
    /// What is looked for in the directory of members, and what was found.
    search: Option<(String, Found)>,
}

impl<'a> View<'a> {
    /// For a page that no program takes over, and that shows nothing of who is signed in by itself.
    fn without_program(state: &'a AppState, portal: &'a PortalConfig, language: &'static str) -> Self {
        Self {
            state,
            portal: Some(portal),
            language,
            place: Place::Other,
            program: Program::Own,
            session: None,
            search: None,
        }
    }
}

/// Where who is signed in chooses another password.
const ANOTHER_PASSWORD: &str = "/compte/mot-de-passe";

/// What browsers without scripts send forms as.
const FORM: &str = "application/x-www-form-urlencoded";

/// Every address that is no file and no route: a page, or none of ours.
pub(super) async fn serve(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::not_found().into_response();
    }
    if request.method() == Method::POST {
        // A form sent by a browser without scripts: its page says what to do.
        let form = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == FORM);
        let refused = || ApiError::not_found().into_response();
        return if form { Redirect::to(&original(&request)).into_response() } else { refused() };
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::method().into_response();
    }
    let portal = request.extensions().get::<PortalHandle>().map(|handle| Arc::clone(&handle.0));
    let language = Language::of(request.uri().query(), request.headers(), portal.as_deref()).0;
    let session = match &portal {
        Some(portal) => match session_for_page(&state, portal, language, request.headers()).await {
            Ok(session) => session,
            Err(error) => return error.into_response(),
        },
        None => None,
    };
    let place = Place::parse(path, request.uri().query(), portal.as_deref(), state.config().demo);
    let program = program(portal.as_deref(), path, request.uri().query());
    if let Some(portal) = &portal
        && place == Place::Personal
        && let Some(due) = session.as_ref().and_then(|session| session.due)
        && let Some(elsewhere) = before(portal, due, path)
    {
        return elsewhere;
    }
    let search = match (place, &portal) {
        (Place::Directory, Some(portal)) => match search(&state, portal, request.uri().query()).await {
            Ok(search) => search,
            Err(error) => return error.into_response(),
        },
        _ => None,
    };
    let looked_up = search.is_some();
    let (session, portal) = (session.as_ref(), portal.as_deref());
    let view = View { state: &state, portal, language, place, program, session, search };
    let Some(template) = state.pages().template(portal, program) else { return not_built() };
    let body = template.fill(&filling(&view)).into_bytes();
    // Nobody asks for the same search again: its page isn't worth the best compression, nor a place in memory.
    let shared = session.is_none() && !looked_up;
    let mut response =
        state.pages().respond(request.headers(), "text/html; charset=utf-8", body, shared).await;
    if place == Place::Unknown && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    remember_language(&mut response, request.uri().query(), language, state.config().secure());
    response
}

/// Where something is asked for instead of the personal page at `path`; none where that is the page that asks.
fn before(portal: &PortalConfig, due: Due, path: &str) -> Option<Response> {
    match due {
        Due::Terms => Some(terms::instead_of(portal, path)),
        Due::Password if path == ANOTHER_PASSWORD => None,
        Due::Password => {
            let there = format!("{}{ANOTHER_PASSWORD}?retour={path}", portal.public.base);
            Some(Redirect::to(&there).into_response())
        }
    }
}

/// Which program shows a page of a portal: where it has nothing but accounts, theirs is its own.
fn program(portal: Option<&PortalConfig>, path: &str, query: Option<&str>) -> Program {
    let Some(portal) = portal else { return Program::Own };
    match place::program(path, query) {
        Program::Own if portal.public.has_accounts_alone() => Program::Account,
        program => program,
    }
}

/// What the address of the directory asks for, and what there is.
async fn search(
    state: &AppState,
    portal: &PortalConfig,
    query: Option<&str>,
) -> Result<Option<(String, Found)>, ApiError> {
    let mut pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let Some((_, typed)) = pairs.find(|(name, typed)| name == "q" && !typed.trim().is_empty()) else {
        return Ok(None);
    };
    let post = Post::new(state, portal, &portal.language);
    let found = directory_search(post, &typed).await?;
    Ok(Some((typed.into_owned(), found)))
}

/// The path as the browser knows it, for it to come back by GET.
fn original(request: &Request) -> String {
    let base = request
        .extensions()
        .get::<PortalHandle>()
        .map(|handle| handle.public.base.clone())
        .unwrap_or_default();
    // Without what may precede it: two slashes would name another host.
    format!("{base}/{}", request.uri().path().trim_start_matches('/'))
}

fn filling<'a>(view: &View<'a>) -> Filling<'a> {
    let (title, shell) = shell::render(view);
    let mut head = String::new();
    if let Some(portal) = view.portal {
        // Writing to a text can't fail.
        let _ = write!(head, "<style>{}</style>", theme(portal).1);
    }
    Filling {
        language: view.language,
        title,
        head,
        shell,
        broken: shell::broken(view),
        boot: boot::script(view),
    }
}

/// A language chosen by a link, before the program could do it, holds for the pages that follow.
fn remember_language(response: &mut Response, query: Option<&str>, language: &str, secure: bool) {
    let chosen =
        query.unwrap_or_default().split('&').any(|pair| pair.strip_prefix("lang=") == Some(language));
    let secure = if secure { "; Secure" } else { "" };
    if let Ok(cookie) =
        HeaderValue::from_str(&format!("{LANGUAGE_COOKIE}={language}; Path=/; SameSite=Lax{secure}"))
        && chosen
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Said in the place of every page by a server that was built without them.
fn not_built() -> Response {
    let page = "<!doctype html>\n<html lang=\"en\">\n<title>Palier: the pages were not built</title>\n\
                <h1>The pages were not built</h1>\n<p>This server was compiled without its pages. Run \
                <code>make build</code>, or <code>make run</code> for the demonstration.</p>\n</html>\n";
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::SERVICE_UNAVAILABLE, kind, page).into_response()
}
