//! When the server was last spoken to, by this tab or another one of the same browser: what the idle session's
//! warning counts from.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// Counts the answers of the server that prolong a session.
#[derive(Clone, Copy)]
pub struct Contacts {
    count: RwSignal<u32>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
}

/// A tab spoke to the server.
const SPOKE: &str = "contact";
/// A tab signed out.
const LEFT: &str = "left";

impl Contacts {
    /// Starts to listen to the other tabs of this portal. `left` is called when one of them signs out.
    pub fn new(base: &str) -> Self {
        let channel = BroadcastChannel::new(&format!("palier{base}")).ok();
        Self { count: RwSignal::new(0), channel: StoredValue::new_local(channel) }
    }

    /// Calls `left` when another tab signs out.
    pub fn listen(self, left: impl Fn() + 'static) {
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref() {
                Some(SPOKE) => drop(self.count.try_update(|count| *count = count.wrapping_add(1))),
                Some(LEFT) => left(),
                _ => {}
            }
        });
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            }
        });
        // Listens as long as the page lives.
        heard.forget();
    }

    /// The count, subscribed to.
    pub fn track(self) {
        self.count.track();
    }

    /// The server was spoken to.
    pub(super) fn spoke(self) {
        self.count.try_update(|count| *count = count.wrapping_add(1));
        self.tell(SPOKE);
    }

    /// Tells the other tabs that nobody is signed in any more.
    pub fn left(self) {
        self.tell(LEFT);
    }

    fn tell(self, what: &str) {
        self.channel.try_with_value(|channel| {
            if let Some(channel) = channel {
                // A closed channel has nobody to tell.
                let _ = channel.post_message(&JsValue::from_str(what));
            }
        });
    }
}
