use wasm_bindgen::JsCast as _;
use web_sys::HtmlDialogElement;

use super::{El, el, keep_right};
use crate::html;
use crate::var::Var;

/// A question that interrupts.
pub struct IdleDialog {
    /// The question.
    pub title: &'static str,
    /// What happens without an answer.
    pub text: String,
    /// The first button, and what Escape does too.
    pub stay: &'static str,
    /// The second one.
    pub leave: &'static str,
}

/// Opens while `open`, over everything else; the browser keeps the focus inside and gives it back afterwards.
pub fn idle_dialog(
    dialog: IdleDialog,
    open: Var<bool>,
    stay: impl Fn() + Copy + 'static,
    leave: impl Fn() + 'static,
) -> El {
    let IdleDialog { title, text, stay: stay_words, leave: leave_words } = dialog;
    let button = |class: &str, words: &str| el("button").attr("type", "button").class(class).text(words);
    let actions = el("div").class("actions").put(html![
        button("button", stay_words).on("click", move |_| stay()),
        button("button secondary", leave_words).on("click", move |_| leave()),
    ]);
    let shown = el("dialog").attr("aria-labelledby", "idle-title").on("cancel", move |_| stay()).put(html![
        el("h2").id("idle-title").text(title),
        el("p").text(&text),
        actions
    ]);
    if let Some(element) = shown.element().dyn_ref::<HtmlDialogElement>().cloned() {
        keep_right(move || match (open.get(), element.open()) {
            // Refused only while it isn't in the page.
            (true, false) => drop(element.show_modal()),
            (false, true) => element.close(),
            _ => {}
        });
    }
    shown
}
