//! The few things asked of the document that Leptos doesn't do.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::{document, set_timeout, set_timeout_with_handle, window};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
#[cfg(feature = "account")]
use web_sys::HtmlInputElement;
#[cfg(any(feature = "account", feature = "office"))]
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use web_sys::{FocusOptions, HtmlDocument, HtmlElement, Storage};

/// The element with this id.
pub(crate) fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to the element with this id, and the page with it.
pub(crate) fn focus(id: &str) {
    if let Some(element) = by_id(id) {
        // Refused only to elements that can't take it: then nothing changes, which is all there is to do.
        let _ = element.focus();
    }
}

/// Selects what is in the field with this id and copies it; false where the browser leaves copying to the keyboard.
/// The way that is older than promises: it needs no permission and no encrypted connection.
#[cfg(feature = "account")]
pub(crate) fn copy_from(id: &str) -> bool {
    let field = by_id(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| {
        field.select();
        let document = document().dyn_into::<HtmlDocument>();
        document.is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
    })
}

/// Moves the focus without moving the page.
pub(crate) fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Whether the focus is on nothing that is used: on the page's heading, or lost with a page that is gone.
pub(crate) fn is_focus_idle() -> bool {
    document().active_element().is_none_or(|element| matches!(element.tag_name().as_str(), "BODY" | "H1"))
}

/// What this tab keeps until it is closed; none where the browser forbids it.
pub(crate) fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Sets a cookie that lasts until the browser is closed.
pub(crate) fn set_session_cookie(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        let secure =
            if window().location().protocol().is_ok_and(|it| it == "https:") { "; Secure" } else { "" };
        // A browser without cookies still shows the page; only the choice isn't remembered.
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; SameSite=Lax{secure}"));
    }
}

/// Does something after a while; the handle takes it back.
pub(crate) fn after(pause: Duration, act: impl FnOnce() + 'static) -> Option<TimeoutHandle> {
    let act: Box<dyn FnOnce()> = Box::new(act);
    set_timeout_with_handle(act, pause).ok()
}

/// Does something once what is under way is done, and the page is as it will be.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    set_timeout(act, Duration::ZERO);
}

/// Calls `act` at each event of the window, as long as the page lives.
pub(crate) fn on_window(event: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act);
    // It fails for things that aren't functions only.
    let _ = window().add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    act.forget();
}

/// Hands a file to the browser, which saves it under that name; says whether it took it.
#[cfg(any(feature = "account", feature = "office"))]
pub(crate) fn save_file(name: &str, kind: &str, content: &[u8]) -> bool {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(content));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return false };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return false };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let Some(link) = link else { return false };
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser reads it after the click: it is let go once that has surely begun.
    after(Duration::from_mins(1), move || drop(Url::revoke_object_url(&address)));
    true
}
