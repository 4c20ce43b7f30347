//! What the portals of a server share: `palier.toml`, and the environment over it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use palier_domain::values::Email;
use url::Url;

use super::fault::Faults;
use super::network::Network;
use super::reader::{File, Located, Section};
use crate::mail::{Transport, TransportError};

/// The environment's settings (`interface.md`), which go before those of the file.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `PALIER_LISTEN`.
    pub listen: Option<String>,
    /// `PALIER_METRICS_LISTEN`.
    pub metrics_listen: Option<String>,
    /// `PALIER_PUBLIC_URL`.
    pub public_url: Option<String>,
    /// `PALIER_DATABASE_URL`.
    pub database_url: Option<String>,
    /// `PALIER_SMTP_URL`.
    pub smtp_url: Option<String>,
    /// `PALIER_DEMO` is `1`.
    pub demo: bool,
}

impl Environment {
    /// The environment of this process.
    pub fn read() -> Self {
        let get = |name: &str| {
            std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        Self {
            listen: get("PALIER_LISTEN"),
            metrics_listen: get("PALIER_METRICS_LISTEN"),
            public_url: get("PALIER_PUBLIC_URL"),
            database_url: get("PALIER_DATABASE_URL"),
            smtp_url: get("PALIER_SMTP_URL"),
            demo: get("PALIER_DEMO").is_some_and(|value| value == "1"),
        }
    }
}

/// `palier.toml` with the environment laid over it.
pub(super) struct Common {
    pub(super) listen: SocketAddr,
    pub(super) metrics_listen: Option<SocketAddr>,
    pub(super) public_url: Option<Url>,
    pub(super) database_url: String,
    pub(super) smtp_url: String,
    pub(super) mail_from: Option<String>,
    pub(super) trusted_proxies: Vec<Network>,
    pub(super) time_zone: TimeZone,
    pub(super) documents: Option<PathBuf>,
    pub(super) drain_seconds: u32,
}

/// A setting and where it was made.
struct Setting {
    value: String,
    place: String,
    line: Option<usize>,
}

/// Reads the file; an empty text stands for a file that isn't there.
pub(super) fn read(file: File<'_>, folder: &Path, environment: &Environment) -> Common {
    let section = Section::open(file);
    let setting = |key: &'static str, name: &str, given: &Option<String>| {
        let written = section.text(key).map(|Located { value, line }| Setting {
            value,
            place: file.name.to_owned(),
            line: Some(line),
        });
        let given = given.clone().map(|value| Setting { value, place: name.to_owned(), line: None });
        given.or(written)
    };
    let listen = setting("listen", "PALIER_LISTEN", &environment.listen);
    let metrics = setting("metrics_listen", "PALIER_METRICS_LISTEN", &environment.metrics_listen);
    let public_url = setting("public_url", "PALIER_PUBLIC_URL", &environment.public_url);
    let database_url = setting("database_url", "PALIER_DATABASE_URL", &environment.database_url);
    let smtp_url = setting("smtp_url", "PALIER_SMTP_URL", &environment.smtp_url);

    let faults = file.faults;
    let listen = listen.and_then(|setting| address("listen", &setting, faults)).unwrap_or(DEFAULT_LISTEN);
    let common = Common {
        listen,
        metrics_listen: metrics.and_then(|setting| address("metrics_listen", &setting, faults)),
        public_url: match public_url {
            Some(setting) => web_address(&setting, faults),
            None => Url::parse(&format!("http://{listen}")).ok(),
        },
        database_url: database_url
            .map_or_else(|| DEFAULT_DATABASE.to_owned(), |setting| database(setting, faults)),
        smtp_url: match smtp_url {
            Some(setting) => smtp(setting, faults),
            None if environment.demo => DEMO_MAILS.to_owned(),
            None => {
                file.fault(1, "`smtp_url` is missing from the file and the environment (PALIER_SMTP_URL)");
                String::new()
            }
        },
        mail_from: section.text("mail_from").map(|from| {
            if Email::parse(&from.value).is_err() {
                file.fault(
                    from.line,
                    "`mail_from` must be an e-mail address alone, such as espace@exemple.fr",
                );
            }
            from.value
        }),
        trusted_proxies: section
            .list("trusted_proxies")
            .into_iter()
            .filter_map(|proxy| {
                let network = Network::parse(&proxy.value);
                if network.is_none() {
                    let reason =
                        format!("`trusted_proxies`: \"{}\" must be like 10.0.0.0/8 or ::1", proxy.value);
                    file.fault(proxy.line, reason);
                }
                network
            })
            .collect(),
        time_zone: time_zone(&section),
        drain_seconds: section.number("drain_seconds", 0..=120, 0),
        documents: section.text("documents").map(|documents| {
            let path = folder.join(&documents.value);
            if !path.is_dir() {
                file.fault(documents.line, format!("`documents`: there is no folder {}", path.display()));
            }
            path
        }),
    };
    section.end();
    common
}

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
const DEFAULT_DATABASE: &str = "sqlite://palier.db?mode=rwc";
const DEMO_MAILS: &str = "file://mails";

fn address(key: &str, setting: &Setting, faults: &Faults) -> Option<SocketAddr> {
    let parsed = setting.value.parse().ok();
    if parsed.is_none() {
        let reason =
            format!("`{key}`: \"{}\" must be an address and a port, such as 127.0.0.1:8080", setting.value);
        faults.add(&setting.place, setting.line, reason);
    }
    parsed
}

fn web_address(setting: &Setting, faults: &Faults) -> Option<Url> {
    let right = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
    };
    let parsed = Url::parse(&setting.value).ok().filter(right);
    if parsed.is_none() {
        let reason = "`public_url` must be http:// or https:// and a host, without a path, such as https://espace.exemple.fr";
        faults.add(&setting.place, setting.line, reason);
    }
    parsed
}

fn database(setting: Setting, faults: &Faults) -> String {
    let file =
        setting.value.strip_prefix("sqlite:").map(|rest| rest.trim_start_matches("//").split('?').next());
    let server = || {
        Url::parse(&setting.value)
            .is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql") && url.path().len() > 1)
    };
    if !(file.flatten().is_some_and(|file| !file.is_empty()) || server()) {
        // The address itself isn't repeated: it may hold a password.
        let reason = "`database_url` must be like sqlite://palier.db?mode=rwc or postgres://user:password@host/database";
        faults.add(&setting.place, setting.line, reason);
    }
    setting.value
}

/// What only this machine may lack is told by `palier check` and by the worker.
fn smtp(setting: Setting, faults: &Faults) -> String {
    if let Err(error) = Transport::parse(&setting.value)
        && error != TransportError::Certificates
    {
        faults.add(&setting.place, setting.line, format!("`smtp_url` {error}"));
    }
    setting.value
}

fn time_zone(section: &Section<'_>) -> TimeZone {
    let default = Located { value: "Europe/Paris".to_owned(), line: section.line };
    let Located { value: name, line } = section.text("time_zone").unwrap_or(default);
    TimeZone::get(&name).unwrap_or_else(|_| {
        section.file().fault(
            line,
            format!("`time_zone`: there is no time zone \"{name}\"; write one such as Europe/Paris"),
        );
        TimeZone::UTC
    })
}
