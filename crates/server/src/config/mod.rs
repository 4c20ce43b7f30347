//! What differs between two servers and between two landlords, read from TOML files and the environment.
//!
//! Everything is checked before the server starts, and every fault is told at once with its file and line (row D5).

mod account;
mod colour;
mod common;
mod credentials;
mod draft;
mod fault;
mod load;
mod mediation;
mod network;
mod onboarding;
mod partners;
mod portal;
mod reader;
mod readership;
mod retention;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use account::AccountRules;
pub use common::Environment;
pub use credentials::Credentials;
pub use fault::{Fault, Faults};
pub use load::load;
pub use mediation::{Conditions, Mediation, PromoRule};
pub use network::Network;
pub use onboarding::{Joining, Letters, Onboarding, Service};
pub use partners::Partners;
pub use portal::{Colour, Columns, Links, PortalConfig, relying_party};
pub use retention::{Retention, past};
use url::Url;

use crate::documents::Library;
use crate::texts::Catalog;

/// A configuration with what was read and checked along with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The settings.
    pub config: Config,
    /// Texts, the portals' own wording included.
    pub texts: Catalog,
    /// Documents as the portals' visitors read them.
    pub documents: Library,
}

/// The configuration of a server, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where pages and API are served.
    pub listen: SocketAddr,
    /// Where `/metrics` is served; nowhere when absent.
    pub metrics_listen: Option<SocketAddr>,
    /// The address by which people reach the server; links are built from it, never from what a request says.
    pub public_url: Url,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// `smtp://…`, `smtps://…`, or `file://FOLDER` to write `.eml` files.
    pub smtp_url: String,
    /// Sender of the e-mails; without it each portal's own contact address.
    pub mail_from: Option<String>,
    /// How long the server that was asked to stop still takes requests, while `/readyz` says that it leaves: so long a
    /// proxy has to notice.
    pub drain: Duration,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Demonstration: sample data, mailbox and clock pages.
    pub demo: bool,
    /// The folder of the configuration files, where `data/` of the demonstration lies too.
    pub folder: PathBuf,
    /// The portals, in the order of their slugs.
    pub portals: Vec<Arc<PortalConfig>>,
}

impl Config {
    /// The portal of this name.
    pub fn portal(&self, slug: &str) -> Option<&Arc<PortalConfig>> {
        self.portals.iter().find(|portal| portal.slug() == slug)
    }

    /// Whether people reach the server by https: cookies are then `Secure`, and browsers are told to stay on https.
    pub fn secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
