//! When the server was last spoken to, by this tab or another one of the same browser: what the idle session's
//! warning counts from.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::var::Var;

/// Counts the answers of the server that prolong a session.
#[derive(Clone, Debug)]
pub struct Contacts {
    count: Var<u32>,
    channel: Option<BroadcastChannel>,
}

/// A tab spoke to the server.
const SPOKE: &str = "contact";
/// A tab signed out.
const LEFT: &str = "left";

impl Contacts {
    /// Those of one portal, by its base; `name` tells them from those of other sessions there.
    pub(super) fn new(base: &str, name: &str) -> Self {
        Self { count: Var::new(0), channel: BroadcastChannel::new(&format!("{name}{base}")).ok() }
    }

    /// Listens to the other tabs of this portal from now on; calls `left` when one of them signs out.
    pub fn listen(&self, left: impl Fn() + 'static) {
        let count = self.count;
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref() {
                Some(SPOKE) => count.update(|count| *count = count.wrapping_add(1)),
                Some(LEFT) => left(),
                _ => {}
            }
        });
        if let Some(channel) = &self.channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        // Listens as long as the page lives.
        heard.forget();
    }

    /// Follows the count.
    pub fn track(&self) {
        self.count.with(|_| ());
    }

    /// The server was spoken to.
    pub(super) fn spoke(&self) {
        self.count.update(|count| *count = count.wrapping_add(1));
        self.tell(SPOKE);
    }

    /// Tells the other tabs that nobody is signed in any more.
    pub fn left(&self) {
        self.tell(LEFT);
    }

    fn tell(&self, what: &str) {
        if let Some(channel) = &self.channel {
            // A closed channel has nobody to tell.
            let _ = channel.post_message(&JsValue::from_str(what));
        }
    }
}
