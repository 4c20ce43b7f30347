use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use palier_domain::portal::Portal;
use palier_domain::values::Date;
use url::Url;

use super::account::AccountRules;
use super::credentials::Credentials;
use super::mediation::Mediation;
use super::onboarding::Onboarding;
use super::partners::Partners;
use super::retention::Retention;

/// A portal: what browsers may know of it, and what only the server does.
#[derive(Clone, Debug)]
pub struct PortalConfig {
    /// What browsers may know.
    pub public: Portal,
    /// The landlord's registered name.
    pub legal_name: String,
    /// Its postal address, on one line.
    pub address: String,
    /// Who answers for what is published (*directeur de la publication*).
    pub publisher: String,
    /// Who runs the machines (*hébergeur*), with address and phone, on one line.
    pub host: String,
    /// The data protection officer's e-mail address.
    pub dpo_email: String,
    /// The consumer mediator, with the address, on one line.
    pub complaints: String,
    /// Its own host names, in lower case; the first is the one put in links.
    pub hosts: Vec<String>,
    /// The language of those who chose none: `fr` or `en`.
    pub language: String,
    /// Its colours.
    pub colour: Colour,
    /// What only the server knows of the mediation scheme, where there is one.
    pub mediation: Option<Mediation>,
    /// What only the server knows of how client organisations get their administrator, where they do.
    pub onboarding: Option<Onboarding>,
    /// How an office sends letters to its partners, where it gives accounts out.
    pub partners: Option<Partners>,
    /// What one can do with one's account beside the usual.
    pub account: AccountRules,
    /// How long links live.
    pub links: Links,
    /// How long secrets are valid.
    pub credentials: Credentials,
    /// How long what isn't needed any more is kept.
    pub retention: Retention,
    /// Its own wording, by language and key.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// How its files name their columns.
    pub columns: Columns,
    /// Its absolute address, without a slash at the end: `https://palier.example/extranet`.
    pub home: String,
    /// Where it is: what day it is there.
    pub time_zone: TimeZone,
}

/// A landlord's two colours, as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour {
    /// On white: at least 4.5:1.
    pub light: String,
    /// On the dark theme's surface: at least 4.5:1.
    pub dark: String,
}

/// How long links live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Links {
    /// The link that confirms an address, in hours, 1 to 168.
    pub confirm_hours: u32,
}

/// How a landlord's files name their columns: our name for each of theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Columns of lease files.
    pub leases: BTreeMap<String, String>,
    /// Columns of exit files.
    pub exits: BTreeMap<String, String>,
    /// Columns of client files.
    pub clients: BTreeMap<String, String>,
    /// Columns of partner files.
    pub partners: BTreeMap<String, String>,
}

/// By which address and which host name devices know the portal whose address is `home`; none where browsers have no
/// passkeys: for hosts without a name, and without https but on one's own machine.
pub fn relying_party(home: &str) -> Option<(Url, String)> {
    let home = Url::parse(home).ok()?;
    let host = home.domain()?.to_owned();
    let own = host == "localhost" || host.ends_with(".localhost");
    (home.scheme() == "https" || own).then_some((home, host))
}

impl PortalConfig {
    /// Its name in addresses and in the store.
    pub fn slug(&self) -> &str {
        &self.public.slug
    }

    /// The absolute address of a path below the portal, for e-mails; `path` starts with `/`.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }

    /// Whether it is reached by https.
    pub fn secure(&self) -> bool {
        self.home.starts_with("https:")
    }

    /// Name of the session's cookie. The prefix makes browsers refuse it from anywhere else than this very host; it
    /// needs https.
    pub fn session_cookie(&self) -> String {
        let prefix = if self.secure() { "__Host-" } else { "" };
        format!("{prefix}palier-{}", self.slug())
    }

    /// The same for the desk. No slug has an underscore, so that no other cookie has this name.
    pub fn desk_cookie(&self) -> String {
        let prefix = if self.secure() { "__Host-" } else { "" };
        format!("{prefix}palier_guichet-{}", self.slug())
    }

    /// What day it is at the landlord's.
    pub fn today(&self, now: Timestamp) -> Date {
        let today = now.to_zoned(self.time_zone.clone()).date();
        let number = |part: i8| u8::try_from(part).unwrap_or(1);
        let year = u16::try_from(today.year()).unwrap_or(1900);
        // Years outside 1900 to 2199 can't come from a working clock.
        Date::new(year, number(today.month()), number(today.day())).unwrap_or(Date::FIRST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_https() {
        for (home, host) in [
            ("https://espace.exemple.fr/extranet", Some("espace.exemple.fr")),
            ("https://espace.exemple.fr:8443", Some("espace.exemple.fr")),
            ("http://localhost:8080/extranet", Some("localhost")),
            ("http://rives.localhost:8080", Some("rives.localhost")),
            ("http://espace.exemple.fr", None),
            ("http://127.0.0.1:8080/extranet", None),
            ("https://[::1]/extranet", None),
            ("https://192.0.2.7", None),
            ("", None),
        ] {
            assert_eq!(relying_party(home).map(|(_, host)| host).as_deref(), host, "{home}");
        }
    }
}
