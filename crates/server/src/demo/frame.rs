//! What stands around a page of the demonstration: head, header, footer, in the site's own look.

use std::fmt::Write as _;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use palier_domain::texts::Texts;
use palier_domain::wire::LANGUAGE_COOKIE;

use super::{CLOCK, DESK, LETTERS, MAILS};
use crate::config::PortalConfig;
use crate::http::extract::{Language, PortalHandle};
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::mail::escape;

/// What a page of the demonstration is shown in.
pub(super) struct Frame {
    state: AppState,
    portal: Option<PortalHandle>,
    language: &'static str,
    /// The language was asked for in the address: it is remembered.
    switched: bool,
    /// The address of this page, below the portal.
    path: String,
}

impl FromRequestParts<AppState> for Frame {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let Language(language) = Language::from_request_parts(parts, state).await?;
        let switch = format!("lang={language}");
        Ok(Self {
            state: state.clone(),
            portal: parts.extensions.get::<PortalHandle>().cloned(),
            language,
            switched: parts.uri.query().is_some_and(|query| query.split('&').any(|pair| pair == switch)),
            path: parts.uri.path().to_owned(),
        })
    }
}

impl Frame {
    pub(super) const fn state(&self) -> &AppState {
        &self.state
    }

    /// The portal in whose address the page is; none at the root of a server with several.
    pub(super) fn slug(&self) -> Option<&str> {
        self.portal.as_ref().map(|portal| portal.slug())
    }

    /// The portals of which the page tells that send letters.
    pub(super) fn banks(&self) -> impl Iterator<Item = &PortalConfig> {
        let here = |slug: &str| self.slug().is_none_or(|own| own == slug);
        let portals = self.state.config().portals.iter().map(AsRef::as_ref);
        portals.filter(move |portal: &&PortalConfig| {
            (portal.onboarding.is_some() || portal.partners.is_some()) && here(portal.slug())
        })
    }

    /// The portals of which the page tells that have something to do at their desk.
    pub(super) fn desks(&self) -> impl Iterator<Item = &PortalConfig> {
        let here = |slug: &str| self.slug().is_none_or(|own| own == slug);
        let portals = self.state.config().portals.iter().map(AsRef::as_ref);
        portals.filter(move |portal: &&PortalConfig| {
            (portal.onboarding.is_some() || portal.mediation.is_some() || portal.partners.is_some())
                && here(portal.slug())
        })
    }

    pub(super) fn texts(&self) -> &Texts {
        match self.slug() {
            Some(slug) => self.state.texts().portal(slug, self.language),
            None => self.state.texts().shared(self.language),
        }
    }

    /// A text, ready for HTML.
    pub(super) fn say(&self, key: &str) -> String {
        escape(self.texts().get(key))
    }

    /// A text with its values, ready for HTML.
    pub(super) fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        escape(&self.texts().with(key, values))
    }

    /// An address of this site, from the path below the portal.
    pub(super) fn link(&self, path: &str) -> String {
        let base = self.portal.as_ref().map_or("", |portal| portal.public.base.as_str());
        format!("{base}{path}")
    }

    /// A moment in words, where the landlord is.
    pub(super) fn moment(&self, moment: Timestamp) -> String {
        let zone = match &self.portal {
            Some(portal) => portal.time_zone.clone(),
            None => {
                self.state.config().portals.first().map_or(TimeZone::UTC, |portal| portal.time_zone.clone())
            }
        };
        let local = moment.to_zoned(zone);
        let part = |format: &str| local.strftime(format).to_string();
        let (date, hour, minute) = (part("%d/%m/%Y"), part("%H"), part("%M"));
        self.texts().with("demo.at", &[("date", &date), ("hour", &hour), ("minute", &minute)])
    }

    fn head(&self) -> String {
        let mut head = "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n".to_owned();
        for sheet in self.state.pages().stylesheets(self.portal.as_deref()) {
            // Writing to a text can't fail.
            let _ = writeln!(head, "<link rel=\"stylesheet\" href=\"{}\">", escape(&sheet));
        }
        head
    }

    /// The page. `title` is plain text; `main` is HTML, from the first heading on.
    pub(super) fn page(&self, status: StatusCode, title: &str, main: &str) -> Response {
        let site = self.portal.as_ref().map_or("Palier", |portal| portal.public.name.as_str());
        let other = if self.language == "fr" { "en" } else { "fr" };
        let page = format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"robots\" content=\"noindex\">\n{head}</head>\n<body>\n\
             <a class=\"skip\" href=\"#main\">{skip}</a>\n\
             <header class=\"site-head\">\n<div>\n<a class=\"brand\" href=\"{home}\">{site}</a>\n\
             <nav class=\"site-nav\" aria-label=\"{nav}\">\n\
             <a href=\"{here}?lang={other}\" lang=\"{other}\" hreflang=\"{other}\">{switch}</a>\n\
             <a href=\"{mails}\">{to_mails}</a>\n{letters}{desk}<a href=\"{clock}\">{to_clock}</a>\n</nav>\n</div>\n</header>\n\
             <main id=\"main\" tabindex=\"-1\">\n{main}</main>\n\
             <footer class=\"site-foot\">\n<div>\n<p>{notice}</p>\n</div>\n</footer>\n</body>\n</html>\n",
            language = self.language,
            title = self.with("demo.title", &[("page", title), ("site", site)]),
            head = self.head(),
            skip = self.say("demo.skip"),
            home = escape(&self.link("/")),
            site = escape(site),
            nav = self.say("demo.nav"),
            here = escape(&self.link(&self.path)),
            switch = self.say("demo.language"),
            mails = escape(&self.link(MAILS)),
            to_mails = self.say("demo.to_mails"),
            desk = if self.desks().next().is_some() {
                format!("<a href=\"{}\">{}</a>\n", escape(&self.link(DESK)), self.say("demo.to_desk"))
            } else {
                String::new()
            },
            letters = if self.banks().next().is_some() {
                format!("<a href=\"{}\">{}</a>\n", escape(&self.link(LETTERS)), self.say("demo.to_letters"))
            } else {
                String::new()
            },
            clock = escape(&self.link(CLOCK)),
            to_clock = self.say("demo.to_clock"),
            notice = self.say("demo.notice"),
        );
        let mut response = (status, Html(page)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.switched {
            let cookie = format!("{LANGUAGE_COOKIE}={}; Path=/; SameSite=Lax", self.language);
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
        }
        response
    }
}
