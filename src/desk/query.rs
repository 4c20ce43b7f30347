use std::fmt::Write as _;

/// What of a list is wanted: it stands in the address, so that Back works and a page can be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// The state's name; empty for all of them.
    pub(super) state: String,
    /// What is looked for; empty for everything.
    pub(super) text: String,
    /// The page, from 1.
    pub(super) page: u64,
}

impl Query {
    /// Reads what follows the question mark; what isn't known is left out.
    pub(super) fn read(query: &str) -> Self {
        let mut read = Self { page: 1, ..Self::default() };
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "etat" => read.state = decoded(value),
                "q" => read.text = decoded(value),
                "page" => read.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        read
    }

    /// Everything, from the first page.
    pub(super) fn is_all(&self) -> bool {
        self.state.is_empty() && self.text.is_empty()
    }

    /// As it stands in the address, with the question mark; empty for the first page of everything.
    pub(super) fn address(&self) -> String {
        self.written(["etat", "q", "page"])
    }

    /// As the server is asked.
    pub(super) fn asked(&self) -> String {
        self.written(["state", "search", "page"])
    }

    fn written(&self, names: [&str; 3]) -> String {
        let mut query = String::new();
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        for (name, value) in names.into_iter().zip([&self.state, &self.text, &page]) {
            if !value.is_empty() {
                let sign = if query.is_empty() { '?' } else { '&' };
                // Writing to a text can't fail.
                let _ = write!(query, "{sign}{name}={}", String::from(js_sys::encode_uri_component(value)));
            }
        }
        query
    }
}

fn decoded(text: &str) -> String {
    js_sys::decode_uri_component(&text.replace('+', " ")).map(String::from).unwrap_or_default()
}
