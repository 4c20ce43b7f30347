use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;

use crate::api::{Answer, Call};
use crate::dom;
use crate::routes::Place;
use crate::site::Site;
use crate::var::{Local, Var};

/// How long after the last key a search begins: people type faster than that within a word.
const PAUSE: Duration = Duration::from_millis(300);
/// The letters from which on a search can tell anything.
pub(super) const LEAST: usize = 2;
/// What precedes the text in the address.
const QUERY: &str = "q=";

/// A search as one types: one request at a time, and the last text wins.
pub(super) struct Search {
    site: Site,
    /// What was found for the last text; none while it is too short.
    pub(super) found: Local<Option<Answer>>,
    /// A request is under way.
    pub(super) busy: Var<bool>,
    asked: RefCell<String>,
    wanted: RefCell<String>,
    clock: Cell<Option<TimeoutHandle>>,
}

impl Search {
    pub(super) fn new(site: Site, busy: Var<bool>) -> Rc<Self> {
        Rc::new(Self {
            site,
            found: Local::new(None),
            busy,
            asked: RefCell::default(),
            wanted: RefCell::default(),
            clock: Cell::default(),
        })
    }

    /// Something was typed: it is looked for once the person pauses.
    pub(super) fn typed(self: &Rc<Self>, text: &str) {
        let text = text.trim().to_owned();
        if *self.wanted.borrow() == text {
            return;
        }
        self.wanted.replace(text);
        let later = Rc::clone(self);
        let before = self.clock.replace(dom::after(PAUSE, move || later.run()));
        before.as_ref().map(TimeoutHandle::clear);
    }

    /// Looks for the text now.
    pub(super) fn now(self: &Rc<Self>, text: &str) {
        self.wanted.replace(text.trim().to_owned());
        self.clock.take().as_ref().map(TimeoutHandle::clear);
        self.run();
    }

    fn run(self: &Rc<Self>) {
        let wanted = self.wanted.borrow().clone();
        // Somebody who went elsewhere meanwhile has no use for it.
        let here = Place::parse(&self.site.nav.path()) == Place::Directory;
        if !here || *self.asked.borrow() == wanted || self.busy.now() {
            return;
        }
        self.asked.replace(wanted.clone());
        let query = if wanted.is_empty() { String::new() } else { written(&wanted) };
        self.site.nav.keep_query(&query);
        if wanted.chars().count() < LEAST {
            self.found.set(None);
            return;
        }
        self.busy.set(true);
        let search = Rc::clone(self);
        self.site.api.send(Call::get(&format!("/directory?{query}")), move |answer| {
            search.busy.set(false);
            if answer.is_err() {
                // The same text is asked for again by the button.
                search.asked.take();
            }
            if *search.wanted.borrow() == wanted {
                search.found.set(Some(answer));
            } else {
                search.run();
            }
        });
    }
}

/// A text as it stands in the address.
fn written(text: &str) -> String {
    format!("{QUERY}{}", String::from(js_sys::encode_uri_component(text)))
}

/// The text in the address.
pub(super) fn read(query: &str) -> String {
    let text = query.strip_prefix(QUERY).unwrap_or_default().replace('+', " ");
    js_sys::decode_uri_component(&text).map(String::from).unwrap_or_default()
}
