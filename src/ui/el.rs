//! Elements, put together without types of their own.
//!
//! `view!` gives every piece of page its own type, and the program its own code for each: these pages weighed
//! 234 kB with it and are to weigh less than half (docs/decisions/0007-browser.md). Here an element is an element:
//! its parts are put in by a handful of functions that all pages share, and what changes is kept right by Leptos'
//! effects as anywhere else.

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::tachys::renderer::dom::Dom;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, Node};

use crate::dom;

/// Something that may change: asked again by whoever shows it, when a value that it read changes.
pub type Live<T> = Rc<dyn Ask<T>>;

// The table of a `dyn Fn` also holds a function that calls it once and drops it, made anew for each closure: a tenth of
// the program for nothing. These tables hold what is used.

/// Gives a value, as often as it is asked.
pub trait Ask<T> {
    /// The value now.
    fn ask(&self) -> T;
}

impl<T, F: Fn() -> T> Ask<T> for F {
    fn ask(&self) -> T {
        self()
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

/// Something that doesn't change.
pub fn fixed<T: Clone + 'static>(value: T) -> Live<T> {
    Rc::new(move || value.clone())
}

/// One element.
#[derive(Clone, Debug)]
pub struct El(Element);

/// Pieces of page that stand one after the other, and in no page yet.
#[derive(Debug)]
pub struct Html(Node);

/// What a page is put together from.
pub trait Piece {
    /// Puts it at the end of `parent`.
    fn put_into(self, parent: &Node);
}

/// Makes an element.
pub fn el(tag: &'static str) -> El {
    El(Dom::create_element(tag, None))
}

/// Pieces of page, one after the other.
#[macro_export]
macro_rules! html {
    ($($piece:expr),* $(,)?) => {{
        let all = $crate::ui::Html::default();
        $( all.add($piece); )*
        all
    }};
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

    /// Keeps what an input holds right.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        if let Some(input) = self.0.dyn_ref::<HtmlInputElement>().cloned() {
            keep_right(move || {
                let value = value();
                // Setting it moves the cursor in some browsers, even to the same text.
                if input.value() != value {
                    input.set_value(&value);
                }
            });
        }
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

/// Keeps something as long as the piece of page that is being made is shown.
fn keep(thing: Box<dyn Any>) {
    StoredValue::new_local(thing);
}

/// Runs now, and again whenever a value that it read changes, as long as the piece of page that is being made is shown.
pub fn keep_right(act: impl Fn() + 'static) {
    keep_right_boxed(Box::new(act));
}

fn keep_right_boxed(act: Box<dyn Ask<()>>) {
    keep(Box::new(RenderEffect::new(move |_: Option<()>| act.ask())));
}

fn keep_attr(element: Element, name: &'static str, value: Box<dyn Ask<Option<String>>>) {
    keep_right(move || match value.ask() {
        Some(value) => Dom::set_attribute(&element, name, &value),
        None => Dom::remove_attribute(&element, name),
    });
}

fn keep_text(parent: &Node, text: Box<dyn Ask<String>>) {
    let node = Dom::create_text_node("");
    add(parent, &node);
    keep_right(move || {
        // Nothing is said again when nothing changed: the text may be a live region.
        let text = text.ask();
        if node.data() != text {
            node.set_data(&text);
        }
    });
}

/// A piece of page that is made again whenever a value that it read changes.
pub fn live(make: impl Fn() -> Html + 'static) -> Html {
    live_boxed(Box::new(make))
}

fn live_boxed(make: Box<dyn Ask<Html>>) -> Html {
    let (from, to) = (Node::from(Dom::create_placeholder()), Node::from(Dom::create_placeholder()));
    // It has a parent from the start, so that the first time is like the others.
    let nursery = Html::default();
    add(&nursery.0, &from);
    add(&nursery.0, &to);
    keep_right(move || {
        let made = make.ask();
        let Some(parent) = to.parent_node() else { return };
        // What was made inside may have changed since: all between the two is what was there.
        while let Some(old) = from.next_sibling().filter(|old| *old != to) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&made.0, Some(&to));
    });
    nursery
}

#[inline(never)]
fn add(parent: &Node, child: &Node) {
    // It fails for nodes that contain their new parent only.
    let _ = parent.append_child(child);
}

impl Html {
    /// Adds a piece at the end.
    pub fn add(&self, piece: impl Piece) {
        piece.put_into(&self.0);
    }
}

impl Default for Html {
    fn default() -> Self {
        Self(document().create_document_fragment().into())
    }
}

impl Piece for El {
    fn put_into(self, parent: &Node) {
        add(parent, &self.0);
    }
}

impl Piece for Html {
    fn put_into(self, parent: &Node) {
        add(parent, &self.0);
    }
}

impl Piece for &str {
    fn put_into(self, parent: &Node) {
        add(parent, &Dom::create_text_node(self));
    }
}

impl<T: Piece> Piece for Vec<T> {
    fn put_into(self, parent: &Node) {
        for piece in self {
            piece.put_into(parent);
        }
    }
}

impl<T: Piece> Piece for Option<T> {
    fn put_into(self, parent: &Node) {
        if let Some(piece) = self {
            piece.put_into(parent);
        }
    }
}

impl From<El> for Html {
    fn from(piece: El) -> Self {
        html![piece]
    }
}

impl<T: Piece> From<Option<T>> for Html {
    fn from(piece: Option<T>) -> Self {
        html![piece]
    }
}

impl From<Vec<El>> for Html {
    fn from(pieces: Vec<El>) -> Self {
        html![pieces]
    }
}
