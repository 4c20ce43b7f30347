#[cfg(feature = "office")]
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::HtmlDialogElement;

use super::{El, el, keep_right};
#[cfg(feature = "office")]
use super::{Html, live};
use crate::html;
#[cfg(feature = "office")]
use crate::var::Local;
use crate::var::Var;

/// A question that interrupts.
pub struct IdleDialog {
    /// What it is about, for the names of its parts: two of them may be in a page.
    pub name: &'static str,
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
    let IdleDialog { name, title, text, stay: stay_words, leave: leave_words } = dialog;
    let heading = format!("{name}-idle");
    let button = |class: &str, words: &str| el("button").attr("type", "button").class(class).text(words);
    let actions = el("div").class("actions").put(html![
        button("button", stay_words).on("click", move |_| stay()),
        button("button secondary", leave_words).on("click", move |_| leave()),
    ]);
    let shown = el("dialog").attr("aria-labelledby", &heading).on("cancel", move |_| stay()).put(html![
        el("h2").id(&heading).text(title),
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

/// A question before something is done that can't simply be taken back.
#[cfg(feature = "office")]
#[derive(Clone)]
pub struct Confirmation {
    /// What is to be done.
    pub title: String,
    /// What that means, in one sentence.
    pub text: String,
    /// The button that does it.
    pub yes: String,
    /// The button that does nothing, as Escape does.
    pub no: String,
    /// Does it.
    pub act: Rc<dyn Fn()>,
}

/// Opens while something is asked, over everything else; the browser keeps the focus inside and gives it back afterwards.
#[cfg(feature = "office")]
pub fn confirm_dialog(asked: &Local<Option<Confirmation>>) -> El {
    let (question, dropped, open) = (asked.clone(), asked.clone(), asked.clone());
    let content = live(move || {
        let Some(Confirmation { title, text, yes, no, act }) = question.get() else { return Html::default() };
        let (answered, refused) = (question.clone(), question.clone());
        let button = |class: &str, words: &str| el("button").attr("type", "button").class(class).text(words);
        let actions = el("div").class("actions").put(html![
            button("button", &yes).on("click", move |_| {
                answered.set(None);
                act();
            }),
            button("button secondary", &no).on("click", move |_| refused.set(None)),
        ]);
        html![el("h2").id("confirm-title").text(&title), el("p").id("confirm-text").text(&text), actions]
    });
    let shown = el("dialog")
        .attr("aria-labelledby", "confirm-title")
        .attr("aria-describedby", "confirm-text")
        .on("cancel", move |_| dropped.set(None))
        .put(content);
    if let Some(element) = shown.element().dyn_ref::<HtmlDialogElement>().cloned() {
        keep_right(move || match (open.get().is_some(), element.open()) {
            // Refused only while it isn't in the page.
            (true, false) => drop(element.show_modal()),
            (false, true) => element.close(),
            _ => {}
        });
    }
    shown
}
