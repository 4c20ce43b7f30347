//! Takes over from the page as the server sent it: what was typed in it, where the focus was, and whether the form
//! was sent before the program arrived.

use leptos::prelude::document;
use palier_domain::journey::{Answers, TICKED};
use palier_domain::wire::Document;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::dom;

/// What the page as the server sent it leaves behind.
#[derive(Debug, Default)]
pub struct Shell {
    /// What was typed, by the inputs' names.
    pub typed: Answers,
    /// The written page, where it was one.
    pub document: Option<Document>,
    focus: Option<Focus>,
    submitted: bool,
}

#[derive(Debug)]
struct Focus {
    id: String,
    selection: Option<(u32, u32)>,
}

/// Set on the root element by the script of `index.html` when the form is sent too early.
const SUBMITTED: &str = "data-submitted";

impl Shell {
    /// Reads `root`, and empties it.
    pub fn take_over(root: &HtmlElement) -> Self {
        let submitted = document().document_element().is_some_and(|html| {
            let submitted = html.has_attribute(SUBMITTED);
            let _ = html.remove_attribute(SUBMITTED);
            submitted
        });
        let shell = Self { typed: typed(root), document: written(root), focus: focus(root), submitted };
        root.set_inner_html("");
        shell
    }

    /// Puts the focus back where it was, and sends the form if that was asked meanwhile.
    pub fn restore(self, root: &HtmlElement) {
        if let Some(Focus { id, selection }) = self.focus {
            dom::focus(&id);
            let input = dom::by_id(&id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
            if let (Some(input), Some((start, end))) = (input, selection) {
                // Inputs without a text have no selection.
                let _ = input.set_selection_range(start, end);
            }
        }
        let button = root.query_selector("form button.button").ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok())
            && self.submitted
        {
            button.click();
        }
    }
}

fn typed(root: &Element) -> Answers {
    let mut answers = Answers::new();
    let Ok(inputs) = root.query_selector_all("input[name], select[name]") else { return answers };
    for index in 0..inputs.length() {
        let Some(input) = inputs.get(index) else { continue };
        // A list of choices has the same properties.
        let input: HtmlInputElement = input.unchecked_into();
        let value = match input.type_().as_str() {
            "checkbox" if input.checked() => TICKED.to_owned(),
            "checkbox" => String::new(),
            "radio" if !input.checked() => String::new(),
            _ => input.value(),
        };
        if !value.is_empty() {
            answers.insert(input.name(), value);
        }
    }
    answers
}

fn written(root: &Element) -> Option<Document> {
    let article = root.query_selector("main article.text").ok().flatten()?;
    let title = root.query_selector("main h1").ok().flatten()?.text_content()?;
    Some(Document { title, html: article.inner_html(), version: None, sha256: None })
}

fn focus(root: &Element) -> Option<Focus> {
    let element = document().active_element().filter(|element| root.contains(Some(element)))?;
    let input = element.dyn_ref::<HtmlInputElement>();
    let end =
        |at: Option<Result<Option<u32>, _>>| at.and_then(Result::<_, wasm_bindgen::JsValue>::ok).flatten();
    let selection = end(input.map(HtmlInputElement::selection_start))
        .zip(end(input.map(HtmlInputElement::selection_end)));
    Some(Focus { id: element.id(), selection })
}
