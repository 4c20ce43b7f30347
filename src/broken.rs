//! What is shown when the program itself fails: plain HTML that needs nothing of it.

use std::panic;

use wasm_bindgen::JsValue;

/// The part of `index.html` that says what to do; it is there, hidden, from the start.
const MESSAGE: &str = "broken";

/// Lets a panic show the message: after one, no handler of the page answers any more.
pub(crate) fn install() {
    panic::set_hook(Box::new(|info| {
        // The place only: a panic's words might hold what somebody typed.
        if let Some(place) = info.location() {
            web_sys::console::error_1(&JsValue::from_str(&place.to_string()));
        }
        show();
    }));
}

/// Shows the message, and moves the focus to it.
pub(crate) fn show() {
    let found = web_sys::window().and_then(|window| window.document()?.get_element_by_id(MESSAGE));
    if let Some(message) = found {
        let _ = message.remove_attribute("hidden");
        message.scroll_into_view();
    }
}
