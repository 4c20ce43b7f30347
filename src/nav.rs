//! Where the person is, and how to go elsewhere: the router's address in our own words.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsValue;

/// An address below the portal's base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Starts with a slash and doesn't end with one, except the home page's.
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    /// What follows the sign `#`. A secret, perhaps: it is taken out of the address bar as soon as it is read.
    pub fragment: String,
}

/// Where the person is, and how to go elsewhere.
#[derive(Clone, Copy)]
pub struct Nav {
    base: &'static str,
    here: Memo<Address>,
    navigate: StoredValue<Navigate, LocalStorage>,
    /// Another page than the first one was shown.
    moved: StoredValue<bool>,
    /// The heading of the page just arrived at hasn't had the focus yet.
    arriving: StoredValue<bool>,
}

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

impl Nav {
    /// Reads the router's address: to be made inside of it. `base` is the portal's, without a slash at the end.
    pub fn new(base: &'static str) -> Self {
        let location = use_location();
        let here = Memo::new(move |_| Address {
            path: below(base, &location.pathname.get()),
            query: location.search.get(),
            fragment: location.hash.get().trim_start_matches('#').to_owned(),
        });
        Effect::new(move |_| {
            here.track();
            request_animation_frame(move || put_right(location.pathname, location.search));
        });
        Self {
            base,
            here,
            navigate: StoredValue::new_local(Box::new(use_navigate())),
            moved: StoredValue::new(false),
            arriving: StoredValue::new(false),
        }
    }

    /// Where the person is.
    pub fn here(self) -> Memo<Address> {
        self.here
    }

    /// The path of the page shown, at this moment.
    pub fn path(self) -> String {
        self.here.with_untracked(|here| here.path.clone())
    }

    /// What follows the question mark, at this moment.
    pub fn query(self) -> String {
        self.here.with_untracked(|here| here.query.clone())
    }

    /// The whole address of a path below the base.
    pub fn href(self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Goes to a path below the base, leaving a trace for Back.
    pub fn go(self, path: &str) {
        self.to(path, false);
    }

    /// Goes there in the place of this page.
    pub fn replace(self, path: &str) {
        self.to(path, true);
    }

    /// Another page is shown: its heading takes the focus.
    pub fn arrive(self) {
        self.moved.set_value(true);
        self.arriving.set_value(true);
    }

    /// Whether another page than the first one was shown.
    pub fn moved(self) -> bool {
        self.moved.get_value()
    }

    /// Whether the heading that asks should take the focus: once a page, never on the first one.
    pub fn take_arrival(self) -> bool {
        let arriving = self.arriving.get_value();
        self.arriving.set_value(false);
        arriving
    }

    /// Takes the fragment out of the address bar and out of the history.
    pub fn forget_fragment(self) {
        let Address { path, query, .. } = self.here.get_untracked();
        let sign = if query.is_empty() { "" } else { "?" };
        self.to(&format!("{path}{sign}{query}"), true);
    }

    fn to(self, path: &str, replace: bool) {
        let options = NavigateOptions { resolve: false, replace, ..NavigateOptions::default() };
        self.navigate.with_value(|navigate| navigate(&self.href(path), options));
    }
}

/// The path below the base.
fn below(base: &str, path: &str) -> String {
    let below = path.strip_prefix(base).unwrap_or(path).trim_end_matches('/');
    if below.is_empty() { "/".to_owned() } else { below.to_owned() }
}

/// Lets the address bar follow. The router doesn't write an address that it takes for the last one in its own list,
/// which isn't right any more once Forward was used: the bar would then show the page before.
fn put_right(path: Memo<String>, query: Memo<String>) {
    let (Some(path), Some(query)) = (path.try_get_untracked(), query.try_get_untracked()) else { return };
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let location = window().location();
    if location.pathname().as_ref() != Ok(&path) || location.search().as_ref() != Ok(&query) {
        if let Ok(history) = window().history() {
            // Refused when too many come at once: the page then stays under the address that was there.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}")));
        }
    }
}
