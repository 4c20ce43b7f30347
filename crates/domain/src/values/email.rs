use std::fmt;

use serde_json::Value;

use super::host;
use crate::fold::tidy;
use crate::problem::{Coded, Data, data};

/// An e-mail address that mail servers accept: at most 254 characters, local part in ASCII, domain in any script.
///
/// Kept as typed, without the spaces around it, the domain in its ASCII form (T1, T8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    local: String,
    domain: String,
}

/// Why a text isn't an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailError {
    /// Nothing typed.
    Required,
    /// No `@`, or more than one.
    At,
    /// The part before the `@` is empty or has a character that can't stand there.
    Local,
    /// The part before the `@` has letters that mail servers don't all accept (é, ع…).
    LocalScript,
    /// The part after the `@` isn't a domain name such as `exemple.fr`.
    Domain,
    /// Longer than 254 characters.
    TooLong,
}

const MAX: usize = 254;
const MAX_LOCAL: usize = 64;

impl Coded for EmailError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::At => "email_at",
            Self::Local => "email_local",
            Self::LocalScript => "email_local_script",
            Self::Domain => "email_domain",
            Self::TooLong => "too_long",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::TooLong => data([("max", Value::from(MAX))]),
            _ => Data::new(),
        }
    }
}

impl Email {
    /// Reads what a person typed; spaces around it are forgiven.
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let typed = tidy(typed);
        if typed.is_empty() {
            return Err(EmailError::Required);
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(EmailError::At)?;
        if local.contains('@') {
            return Err(EmailError::At);
        }
        if !local.is_ascii() {
            return Err(EmailError::LocalScript);
        }
        if typed.len() > MAX {
            return Err(EmailError::TooLong);
        }
        let dotted = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
        if local.is_empty() || local.len() > MAX_LOCAL || !dotted || !local.bytes().all(stands_in_local) {
            return Err(EmailError::Local);
        }
        let domain = host::to_ascii(domain).filter(|domain| is_domain(domain)).ok_or(EmailError::Domain)?;
        if local.len() + 1 + domain.len() > MAX {
            return Err(EmailError::TooLong);
        }
        Ok(Self { local: local.to_owned(), domain })
    }

    /// The form under which two spellings of one mailbox are equal: everything in lower case.
    ///
    /// A `+tag` stays: it is the person's way to have several addresses.
    pub fn key(&self) -> String {
        format!("{}@{}", self.local.to_ascii_lowercase(), self.domain)
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The address that was perhaps meant, when the domain looks like a mistyped well-known provider's.
    pub fn suggestion(&self) -> Option<String> {
        if PROVIDERS.contains(&self.domain.as_str()) {
            return None;
        }
        let near = PROVIDERS.iter().find(|provider| is_near(&self.domain, provider))?;
        Some(format!("{}@{near}", self.local))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}@{}", self.local, self.domain)
    }
}

fn stands_in_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let well_formed = labels.iter().all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let top = labels.last().copied().unwrap_or_default();
    well_formed && labels.len() >= 2 && top.len() >= 2 && top.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Providers used in France, most used first: the first near one wins.
const PROVIDERS: [&str; 18] = [
    "gmail.com",
    "orange.fr",
    "hotmail.fr",
    "hotmail.com",
    "outlook.fr",
    "outlook.com",
    "yahoo.fr",
    "yahoo.com",
    "free.fr",
    "sfr.fr",
    "laposte.net",
    "wanadoo.fr",
    "icloud.com",
    "live.fr",
    "bbox.fr",
    "neuf.fr",
    "numericable.fr",
    "protonmail.com",
];

/// One letter missing, added, replaced, or two neighbours swapped; or another ending of the same name.
fn is_near(typed: &str, provider: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (typed.chars().collect(), provider.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = |text: &[char]| text.len() - start;
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let end = end.min(rest(&one)).min(rest(&other));
    let (left, right) = (&one[start..one.len() - end], &other[start..other.len() - end]);
    match (left, right) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accepts_what_mail_servers_accept() {
        for (typed, kept) in [
            ("marie@exemple.fr", "marie@exemple.fr"),
            (" Marie.Durand+HLM@Exemple.FR ", "Marie.Durand+HLM@exemple.fr"),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
            ("o'neil@mail.exemple.fr", "o'neil@mail.exemple.fr"),
        ] {
            assert_eq!(Email::parse(typed).map(|email| email.to_string()), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (typed, error) in [
            ("", EmailError::Required),
            ("  ", EmailError::Required),
            ("marie", EmailError::At),
            ("a@b@exemple.fr", EmailError::At),
            ("@exemple.fr", EmailError::Local),
            ("ma rie@exemple.fr", EmailError::Local),
            ("marie.@exemple.fr", EmailError::Local),
            ("a..b@exemple.fr", EmailError::Local),
            ("hélène@exemple.fr", EmailError::LocalScript),
            ("marie@exemple", EmailError::Domain),
            ("marie@-exemple.fr", EmailError::Domain),
            ("marie@exemple..fr", EmailError::Domain),
            ("marie@192.168.0.1", EmailError::Domain),
        ] {
            assert_eq!(Email::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn is_at_most_254_characters() {
        let of_length = |length: usize| {
            let labels = format!("{0}.{0}.{0}", "d".repeat(61));
            format!("{}@{labels}.fr", "a".repeat(length - labels.len() - 4))
        };
        assert!(Email::parse(&of_length(252)).is_ok());
        let labels = format!("{0}.{0}.{1}", "d".repeat(63), "e".repeat(58));
        let at_most = format!("{}@{labels}.fr", "a".repeat(64));
        assert_eq!(at_most.len(), 254);
        assert!(Email::parse(&at_most).is_ok());
        let labels = format!("{0}.{0}.{1}", "d".repeat(63), "e".repeat(59));
        assert_eq!(Email::parse(&format!("{}@{labels}.fr", "a".repeat(64))), Err(EmailError::TooLong));
        assert_eq!(EmailError::TooLong.data().get("max"), Some(&Value::from(254)));
        assert_eq!(EmailError::Domain.data(), Data::new());
    }

    #[test]
    fn counts_as_mail_servers_write_it() {
        // `é` is `xn--9ca` to them.
        let typed =
            |more: usize| format!("{}@{1}.{1}.{2}.é.fr", "a".repeat(64), "d".repeat(63), "d".repeat(more));
        assert!(Email::parse(&typed(50)).is_ok());
        assert_eq!(Email::parse(&typed(51)), Err(EmailError::TooLong));
    }

    #[test]
    fn has_a_part_before_the_sign() {
        assert_eq!(Email::parse("Marie.L@exemple.fr").as_ref().map(Email::local), Ok("Marie.L"));
    }

    #[test]
    fn suggests_the_provider_that_was_meant() {
        for (typed, meant) in [
            ("a@gmial.com", Some("a@gmail.com")),
            ("a@gmixl.com", None),
            ("a@gmail.con", Some("a@gmail.com")),
            ("a@orage.fr", Some("a@orange.fr")),
            ("a@wanado.fr", Some("a@wanadoo.fr")),
            ("a@gmail.com", None),
            ("a@exemple.fr", None),
        ] {
            let suggestion = Email::parse(typed).ok().and_then(|email| email.suggestion());
            assert_eq!(suggestion.as_deref(), meant, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again(typed in "\\PC{0,60}") {
            if let Ok(email) = Email::parse(&typed) {
                prop_assert_eq!(Email::parse(&email.to_string()), Ok(email));
            }
        }

        #[test]
        fn never_panics_near_the_limit(local in "[a-z.+]{1,70}", domain in "[a-zé-]{1,70}\\.[a-z]{1,4}") {
            let _ = Email::parse(&format!("{local}@{domain}"));
        }
    }
}
