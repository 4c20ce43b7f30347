use std::rc::Rc;

use super::{El, Html, el};
use crate::html;
use crate::var::Var;

/// The button of a form.
pub struct Button {
    /// What it says.
    pub words: String,
    /// What it says while it works.
    pub busy_words: String,
    /// It works.
    pub busy: Var<bool>,
}

/// A button that sends its form. While it works it stays in its place and keeps the focus; whoever handles the form
/// ignores it then.
pub fn busy_button(button: Button) -> El {
    let Button { words, busy_words, busy } = button;
    el("button")
        .class("button")
        .live_attr("aria-disabled", move || disabled(busy))
        .live_text(move || if busy.get() { busy_words.clone() } else { words.clone() })
}

/// A button that looks like a link. Dead while `waiting`.
pub fn link_button(words: &str, waiting: Option<Var<bool>>, act: impl Fn() + 'static) -> El {
    el("button")
        .attr("type", "button")
        .class("link")
        .live_attr("aria-disabled", move || waiting.and_then(disabled))
        .text(words)
        .on("click", move |_| {
            if !waiting.is_some_and(Var::now) {
                act();
            }
        })
}

/// A form: its fields, then its button. It is sent by whoever made it, never by the browser.
pub fn one_button_form(content: Html, button: Button, send: impl Fn() + 'static) -> El {
    let send: Rc<dyn Fn()> = Rc::new(send);
    let actions = el("div").class("actions").put(busy_button(button));
    el("form")
        .flag("novalidate", true)
        .attr("method", "post")
        .on("submit", move |event| {
            event.prevent_default();
            send();
        })
        .put(html![content, actions])
}

fn disabled(busy: Var<bool>) -> Option<String> {
    busy.get().then(|| "true".to_owned())
}
