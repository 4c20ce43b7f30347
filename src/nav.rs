//! Where the person is, and how to go elsewhere: the router's address in our own words.

use std::cell::Cell;

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider as _, Url};
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
    bar: BrowserUrl,
    /// Another page than the first one was shown.
    moved: Cell<bool>,
    /// The heading of the page just arrived at hasn't had the focus yet.
    arriving: Cell<bool>,
}

impl Nav {
    /// Follows the address bar and the links. `base` is the portal's, without a slash at the end. None where the
    /// browser doesn't tell its address.
    pub fn new(base: &'static str) -> Option<Self> {
        let bar = BrowserUrl::new().ok()?;
        bar.init(Some(base.into()));
        let here = Var::new(Address::default());
        let router = bar.clone();
        keep_right(move || {
            here.set(router.as_url().with(|url| address(base, url)));
            // A link's address goes to the bar now that its page is being shown.
            router.ready_to_complete();
            let router = router.clone();
            dom::soon(move || put_right(&router));
        });
        Some(Self { base, here, bar, moved: Cell::new(false), arriving: Cell::new(false) })
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
        self.to(path, false, true);
    }

    /// Goes there in the place of this page.
    pub fn replace(&self, path: &str) {
        self.to(path, true, true);
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
        self.to(&format!("{path}{sign}{query}"), true, true);
    }

    /// Puts something after the question mark; the page stays where it is.
    pub fn keep_query(&self, query: &str) {
        let path = self.path();
        let sign = if query.is_empty() { "" } else { "?" };
        self.to(&format!("{path}{sign}{query}"), true, false);
    }

    fn to(&self, path: &str, replace: bool, scroll: bool) {
        let value = self.href(path);
        let Ok(url) = BrowserUrl::parse(&value) else { return };
        // Known at once, not only when what follows the router's address is told.
        let here = address(self.base, &url);
        let elsewhere = self.here.peek(|known| *known != here);
        if elsewhere {
            self.bar.as_url().set(url);
            self.here.set(here);
        }
        self.bar.complete_navigation(&LocationChange { value, replace, scroll, ..LocationChange::default() });
    }
}

fn address(base: &str, url: &Url) -> Address {
    Address {
        path: below(base, url.path()),
        query: url.search().to_owned(),
        fragment: url.hash().trim_start_matches('#').to_owned(),
    }
}

/// The path below the base.
fn below(base: &str, path: &str) -> String {
    let below = path.strip_prefix(base).unwrap_or(path).trim_end_matches('/');
    if below.is_empty() { "/".to_owned() } else { below.to_owned() }
}

/// Lets the address bar follow. The router doesn't write an address that it takes for the last one in its own list,
/// which isn't right any more once Forward was used: the bar would then show the page before.
fn put_right(router: &BrowserUrl) {
    let Some((path, query)) =
        router.as_url().try_with_untracked(|url| (url.path().to_owned(), url.search().to_owned()))
    else {
        return;
    };
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let location = window().location();
    if location.pathname().as_ref() == Ok(&path) && location.search().as_ref() == Ok(&query) {
        return;
    }
    if let Ok(history) = window().history() {
        // Refused when too many come at once: the page then stays under the address that was there.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}")));
    }
}
