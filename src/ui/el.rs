//! Elements, put together without types of their own.
//!
//! `view!` gives every piece of page its own type, and the program its own code for each: these pages weighed
//! 234 kB with it and are to weigh less than half (docs/decisions/0007-browser.md). Here an element is an element:
//! its parts are put in by a handful of functions that all pages share, and what changes is kept right by Leptos'
//! effects as anywhere else.

use leptos::tachys::renderer::dom::Dom;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, Node};

use super::live::{keep, keep_attr, keep_right, keep_text};
use super::piece::{Piece, add};
use crate::dom;

/// One element.
#[derive(Clone, Debug)]
pub struct El(Element);

/// Makes an element.
pub fn el(tag: &'static str) -> El {
    El(Dom::create_element(tag, None))
}

impl El {
    /// Sets an attribute.
    pub fn attr(self, name: &'static str, value: &str) -> Self {
        Dom::set_attribute(&self.0, name, value);
        self
    }

    /// Sets an attribute, if there is a value.
    pub fn maybe(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets an attribute that is there or not.
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// Sets the class.
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Sets the id.
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// Adds text.
    pub fn text(self, text: &str) -> Self {
        text.put_into(&self.0);
        self
    }

    /// Adds a piece of page at the end.
    pub fn add(&self, piece: impl Piece) {
        piece.put_into(&self.0);
    }

    /// Adds a piece of page.
    pub fn put(self, piece: impl Piece) -> Self {
        piece.put_into(&self.0);
        self
    }

    /// Sets what is inside, as HTML that the server made.
    pub fn inner_html(self, html: &str) -> Self {
        Dom::set_inner_html(&self.0, html);
        self
    }

    /// Keeps an attribute right.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        keep_attr(self.0.clone(), name, Box::new(value));
        self
    }

    /// Adds text, and keeps it right.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        keep_text(&self.0, Box::new(text));
        self
    }

    /// Keeps what an input or a list holds right.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        // A list of choices has the property of the same name.
        let input: HtmlInputElement = self.0.clone().unchecked_into();
        keep_right(move || {
            let value = value();
            // Setting it moves the cursor in some browsers, even to the same text.
            if input.value() != value {
                input.set_value(&value);
            }
        });
        self
    }

    /// Keeps a box right.
    pub fn live_checked(self, checked: impl Fn() -> bool + 'static) -> Self {
        if let Some(input) = self.0.dyn_ref::<HtmlInputElement>().cloned() {
            keep_right(move || input.set_checked(checked()));
        }
        self
    }

    /// Calls `act` when something happens to the element, as long as its page is shown.
    pub fn on(self, event: &'static str, act: impl Fn(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// Gives it the focus once it stands in the page, without moving the page when `still`.
    pub fn focus_when_shown(self, still: bool) -> Self {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>().cloned() {
            dom::soon(move || {
                if still {
                    dom::focus_in_place(&element);
                } else {
                    let _ = element.focus();
                }
            });
        }
        self
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// Leaves the element alone and gives the DOM's own.
    pub fn into_element(self) -> Element {
        self.0
    }
}

impl Piece for El {
    fn put_into(self, parent: &Node) {
        add(parent, &self.0);
    }
}

/// Hears of events.
trait Hear {
    fn hear(&self, event: Event);
}

impl<F: Fn(Event)> Hear for F {
    fn hear(&self, event: Event) {
        self(event);
    }
}

/// Something that listens to an element until it is dropped with the page.
struct Listener {
    element: Element,
    event: &'static str,
    act: Closure<dyn Fn(Event)>,
}

fn listen(element: &Element, event: &'static str, act: Box<dyn Hear>) {
    let act = Closure::<dyn Fn(Event)>::new(move |event| act.hear(event));
    // It fails for things that aren't functions only.
    let _ = element.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    keep(Box::new(Listener { element: element.clone(), event, act }));
}

impl Drop for Listener {
    /// A field that is taken away while it has the focus still says that it lost it: nobody may be listening then.
    fn drop(&mut self) {
        let _ =
            self.element.remove_event_listener_with_callback(self.event, self.act.as_ref().unchecked_ref());
    }
}
