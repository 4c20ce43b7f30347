//! What changes, and is kept right as long as its piece of page is shown.

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::{RenderEffect, StoredValue};
use leptos::tachys::renderer::dom::Dom;
use web_sys::{Element, Node};

use super::piece::{Html, add};

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

/// Something that doesn't change.
pub fn fixed<T: Clone + 'static>(value: T) -> Live<T> {
    Rc::new(move || value.clone())
}

/// Keeps something as long as the piece of page that is being made is shown.
pub(super) fn keep(thing: Box<dyn Any>) {
    StoredValue::new_local(thing);
}

/// Runs now, and again whenever a value that it read changes, as long as the piece of page that is being made is shown.
pub fn keep_right(act: impl Fn() + 'static) {
    keep_right_boxed(Box::new(act));
}

fn keep_right_boxed(act: Box<dyn Ask<()>>) {
    keep(Box::new(RenderEffect::new(move |_: Option<()>| act.ask())));
}

pub(super) fn keep_attr(element: Element, name: &'static str, value: Box<dyn Ask<Option<String>>>) {
    keep_right(move || match value.ask() {
        Some(value) => Dom::set_attribute(&element, name, &value),
        None => Dom::remove_attribute(&element, name),
    });
}

pub(super) fn keep_text(parent: &Node, text: Box<dyn Ask<String>>) {
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
        let pieces = make.ask();
        let Some(parent) = to.parent_node() else { return };
        // What was made inside may have changed since: all between the two is what was there.
        while let Some(old) = from.next_sibling().filter(|old| *old != to) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&pieces.0, Some(&to));
    });
    nursery
}
