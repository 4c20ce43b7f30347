//! What a browser accepts, and what it has already.

use axum::http::{HeaderMap, header};

/// A compressed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What its entity tags end with.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => "-br",
            Self::Gzip => "-gz",
        }
    }
}

/// The compressed forms accepted, the smallest first.
pub(super) fn accepted(headers: &HeaderMap) -> Vec<Encoding> {
    let asked = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let items: Vec<(&str, bool)> = asked.flat_map(|value| value.split(',')).map(item).collect();
    let takes = |name: &str| {
        let own = items.iter().find(|(asked, _)| asked.eq_ignore_ascii_case(name));
        own.or_else(|| items.iter().find(|(asked, _)| *asked == "*")).is_some_and(|(_, wanted)| *wanted)
    };
    [Encoding::Brotli, Encoding::Gzip].into_iter().filter(|encoding| takes(encoding.name())).collect()
}

/// `gzip;q=0` gives `gzip` and that it isn't wanted.
fn item(text: &str) -> (&str, bool) {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let refused = parameters
        .split(';')
        .filter_map(|parameter| parameter.trim().strip_prefix("q="))
        .any(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0));
    (name.trim(), !refused)
}

/// Whether what has this entity tag is there already. Tags are compared weakly, as the standard has it for reading.
pub(super) fn matches(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encodings(value: &'static str) -> Vec<Encoding> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn the_smallest_form_accepted_comes_first() {
        assert_eq!(encodings("gzip, deflate, br, zstd"), [Encoding::Brotli, Encoding::Gzip]);
        assert_eq!(encodings("gzip"), [Encoding::Gzip]);
        assert_eq!(encodings("br;q=0, gzip;q=0.5"), [Encoding::Gzip]);
        assert_eq!(encodings("*"), [Encoding::Brotli, Encoding::Gzip]);
        assert_eq!(encodings("*;q=0"), []);
        assert_eq!(encodings("identity"), []);
        assert_eq!(accepted(&HeaderMap::new()), []);
    }

    #[test]
    fn tags_are_compared_one_by_one() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "\"a\", W/\"b-br\"".parse().unwrap());
        assert!(matches(&headers, "\"a\"") && matches(&headers, "\"b-br\""));
        assert!(!matches(&headers, "\"b\""));
    }
}
