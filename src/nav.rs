//! Where the person is, and how to go elsewhere: the router's address in our own words.

use std::cell::Cell;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;
use wasm_bindgen::JsValue;

use crate::dom;
use crate::ui::keep_right;
use crate::var::Var;

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
pub struct Nav {
    base: &'static str,
    here: Var<Address>,
    navigate: Box<dyn Fn(&str, NavigateOptions)>,
    /// Another page than the first one was shown.
    moved: Cell<bool>,
    /// The heading of the page just arrived at hasn't had the focus yet.
    arriving: Cell<bool>,
}

impl Nav {
    /// Reads the router's address: to be made inside of it. `base` is the portal's, without a slash at the end.
    pub fn new(base: &'static str) -> Self {
        let Location { pathname, search, hash, .. } = use_location();
        let here = Var::new(Address::default());
        keep_right(Box::new(move || {
            let (path, query) = (pathname.get(), search.get());
            here.set(Address {
                path: below(base, &path),
                query: query.clone(),
                fragment: hash.get().trim_start_matches('#').to_owned(),
            });
            dom::soon(move || put_right(&path, &query, pathname));
        }));
        Self {
            base,
            here,
            navigate: Box::new(use_navigate()),
            moved: Cell::new(false),
            arriving: Cell::new(false),
        }
    }

    /// Where the person is.
    pub fn here(&self) -> Var<Address> {
        self.here
    }

    /// The path of the page shown, at this moment.
    pub fn path(&self) -> String {
        self.here.peek(|here| here.path.clone())
    }

    /// What follows the question mark, at this moment.
    pub fn query(&self) -> String {
        self.here.peek(|here| here.query.clone())
    }

    /// The whole address of a path below the base.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Goes to a path below the base, leaving a trace for Back.
    pub fn go(&self, path: &str) {
        self.to(path, false);
    }

    /// Goes there in the place of this page.
    pub fn replace(&self, path: &str) {
        self.to(path, true);
    }

    /// Another page is shown: its heading takes the focus.
    pub fn arrive(&self) {
        self.moved.set(true);
        self.arriving.set(true);
    }

    /// Whether another page than the first one was shown.
    pub fn moved(&self) -> bool {
        self.moved.get()
    }

    /// Whether the page that is being made is another one than before.
    pub fn is_arriving(&self) -> bool {
        self.arriving.get()
    }

    /// Whether the heading that asks should take the focus: once a page, never on the first one.
    pub fn take_arrival(&self) -> bool {
        self.arriving.take()
    }

    /// Takes the fragment out of the address bar and out of the history.
    pub fn forget_fragment(&self) {
        let Address { path, query, .. } = self.here.now();
        let sign = if query.is_empty() { "" } else { "?" };
        self.to(&format!("{path}{sign}{query}"), true);
    }

    fn to(&self, path: &str, replace: bool) {
        let options = NavigateOptions { resolve: false, replace, ..NavigateOptions::default() };
        (self.navigate)(&self.href(path), options);
        // Known at once, not only when what follows the router's address is told.
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let here = Address { path: path.to_owned(), query: query.to_owned(), fragment: String::new() };
        if self.here.peek(|known| *known != here) {
            self.here.set(here);
        }
    }
}

/// The path below the base.
fn below(base: &str, path: &str) -> String {
    let below = path.strip_prefix(base).unwrap_or(path).trim_end_matches('/');
    if below.is_empty() { "/".to_owned() } else { below.to_owned() }
}

/// Lets the address bar follow. The router doesn't write an address that it takes for the last one in its own list,
/// which isn't right any more once Forward was used: the bar would then show the page before.
fn put_right(path: &str, query: &str, shown: Memo<String>) {
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let location = window().location();
    let bar = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    let elsewhere = shown.try_get_untracked().is_none_or(|shown| shown != path);
    if elsewhere || (bar.0 == path && bar.1 == query) {
        return;
    }
    if let Ok(history) = window().history() {
        // Refused when too many come at once: the page then stays under the address that was there.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}")));
    }
}
