//! Where e-mails are handed over: a mail server, or a folder of `.eml` files.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use url::{Host, Url};

/// Where e-mails are handed over, read from `smtp_url`.
///
/// * `smtps://user:password@host:465`: encrypted from the first byte.
/// * `smtp://user:password@host:587`: encrypted by STARTTLS, and refused when the server can't. Without a user the port
///   is 25. On this very machine (`localhost`, `127.0.0.0/8`, `::1`) nothing is encrypted unless `?tls=required`.
///   `?tls=none` gives encryption up, for a mail server on a trusted wire; never with a password.
/// * `file://FOLDER`: one `.eml` file an e-mail.
#[derive(Clone, Debug)]
pub struct Transport(pub(super) Kind);

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Smtp(SmtpServer),
    Folder(PathBuf),
}

/// A mail server and how to speak to it.
#[derive(Clone)]
pub(super) struct SmtpServer {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) credentials: Option<Credentials>,
    /// How long it may take to answer one command.
    pub(super) patience: Duration,
}

#[derive(Clone)]
pub(super) enum Security {
    None,
    StartTls(TlsParameters),
    Tls(TlsParameters),
}

/// Why an address isn't one that e-mails can be handed to. None repeats the address: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Not a URL, or another scheme.
    #[error("must be like smtps://user:password@host, smtp://host:25, or file://FOLDER")]
    Shape,
    /// No host, or a path behind it.
    #[error("must name a host, and nothing behind its port but ?tls=")]
    Host,
    /// An option that isn't known.
    #[error("knows one option only, ?tls=required or ?tls=none (smtp:// only)")]
    Option,
    /// A password would travel in the clear.
    #[error("has a password, which must not travel without encryption: leave ?tls=none out, or use smtps://")]
    ClearPassword,
    /// A user without a password, or escapes that aren't any.
    #[error("needs user and password both, special characters written as %XX")]
    Credentials,
    /// This machine's certificates can't be read.
    #[error(
        "needs encryption, but this machine has no certificates of authorities (package ca-certificates)"
    )]
    Certificates,
}

impl Transport {
    /// Reads an address; nothing is connected to.
    pub fn parse(address: &str) -> Result<Self, TransportError> {
        if let Some(folder) = address.strip_prefix("file://") {
            let folder = PathBuf::from(folder);
            return if folder.as_os_str().is_empty() {
                Err(TransportError::Shape)
            } else {
                Ok(Self(Kind::Folder(folder)))
            };
        }
        let url = Url::parse(address).map_err(|_| TransportError::Shape)?;
        let wrapped = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err(TransportError::Shape),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(TransportError::Host)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(TransportError::Host);
        }
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let credentials = credentials(&url)?;
        let encrypted = wrapped || encrypted(&url)?;
        if credentials.is_some() && !encrypted && !is_here(&url) {
            return Err(TransportError::ClearPassword);
        }
        let parameters = || TlsParameters::new(host.clone()).map_err(|_| TransportError::Certificates);
        let security = match (wrapped, encrypted) {
            (true, _) => Security::Tls(parameters()?),
            (false, true) => Security::StartTls(parameters()?),
            (false, false) => Security::None,
        };
        let usual = match (wrapped, &credentials) {
            (true, _) => 465,
            (false, Some(_)) => 587,
            (false, None) => 25,
        };
        let port = url.port().unwrap_or(usual);
        Ok(Self(Kind::Smtp(SmtpServer {
            host,
            port,
            security,
            credentials,
            patience: Duration::from_mins(1),
        })))
    }

    /// The folder of `.eml` files, when that is what it is.
    pub fn folder(&self) -> Option<&Path> {
        match &self.0 {
            Kind::Folder(folder) => Some(folder),
            Kind::Smtp(_) => None,
        }
    }

    /// Lets the server take as long as `patience` for each command; a minute unless said otherwise.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        if let Kind::Smtp(server) = &mut self.0 {
            server.patience = patience;
        }
        self
    }
}

fn encrypted(url: &Url) -> Result<bool, TransportError> {
    let mut encrypted = !is_here(url);
    for (name, value) in url.query_pairs() {
        encrypted = match (name.as_ref(), value.as_ref()) {
            ("tls", "required") => true,
            ("tls", "none") => false,
            _ => return Err(TransportError::Option),
        };
    }
    Ok(encrypted)
}

/// Whether the server runs on this very machine.
fn is_here(url: &Url) -> bool {
    let Some(name) = url.host_str() else { return false };
    match Host::parse(name) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Ok(Host::Domain(domain)) => domain.eq_ignore_ascii_case("localhost"),
        Err(_) => false,
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, TransportError> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(TransportError::Credentials),
        (user, Some(password)) => {
            let read = |text| unescape(text).ok_or(TransportError::Credentials);
            Ok(Some(Credentials::new(read(user)?, read(password)?)))
        }
    }
}

/// Reads `%XX`; nothing when that isn't what stands there.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let code = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(code).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Never the password.
impl std::fmt::Debug for SmtpServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{} ({:?})", self.host, self.port, self.security)
    }
}

impl std::fmt::Debug for Security {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::None => "clear",
            Self::StartTls(_) => "STARTTLS",
            Self::Tls(_) => "TLS",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(address: &str) -> Result<String, TransportError> {
        Transport::parse(address).map(|transport| match transport.0 {
            Kind::Smtp(server) => format!("{server:?}"),
            Kind::Folder(folder) => folder.display().to_string(),
        })
    }

    #[test]
    fn says_where_and_how() {
        for (address, expected) in [
            ("smtps://user:secret@mail.exemple.fr", "mail.exemple.fr:465 (TLS)"),
            ("smtps://mail.exemple.fr:1465", "mail.exemple.fr:1465 (TLS)"),
            ("smtp://user:secret@mail.exemple.fr", "mail.exemple.fr:587 (STARTTLS)"),
            ("smtp://mail.exemple.fr", "mail.exemple.fr:25 (STARTTLS)"),
            ("smtp://mail.exemple.fr?tls=none", "mail.exemple.fr:25 (clear)"),
            ("smtp://localhost", "localhost:25 (clear)"),
            ("smtp://127.0.0.1:2525/", "127.0.0.1:2525 (clear)"),
            ("smtp://[::1]:2525", "::1:2525 (clear)"),
            ("smtp://user:secret@localhost:2525", "localhost:2525 (clear)"),
            ("smtp://localhost?tls=required", "localhost:25 (STARTTLS)"),
            ("file:///var/lib/palier/mails", "/var/lib/palier/mails"),
            ("file://data/mails", "data/mails"),
        ] {
            assert_eq!(shown(address).as_deref(), Ok(expected), "{address}");
        }
    }

    #[test]
    fn says_what_is_wrong_without_repeating_it() {
        use TransportError::{ClearPassword, Credentials, Host, Option, Shape};
        for (address, error) in [
            ("", Shape),
            ("mail.exemple.fr", Shape),
            ("http://mail.exemple.fr", Shape),
            ("file://", Shape),
            ("smtp://", Host),
            ("smtp://mail.exemple.fr/path", Host),
            ("smtp://mail.exemple.fr?tls=perhaps", Option),
            ("smtp://mail.exemple.fr?timeout=3", Option),
            ("smtp://user@mail.exemple.fr", Credentials),
            ("smtp://:secret@mail.exemple.fr", Credentials),
            ("smtp://user:%zz@mail.exemple.fr", Credentials),
            ("smtp://user:secret@mail.exemple.fr?tls=none", ClearPassword),
        ] {
            assert_eq!(shown(address), Err(error), "{address}");
        }
        let debug = format!("{:?}", Transport::parse("smtps://user:secret@mail.exemple.fr"));
        assert!(!debug.contains("secret"), "{debug}");
    }

    #[test]
    fn passwords_may_have_any_character() {
        assert_eq!(unescape("p%40ss%3aw%C3%A9+"), Some("p@ss:wé+".to_owned()));
        assert_eq!(unescape("50%"), None);
        assert_eq!(unescape("%FF"), None);
    }
}
