//! Taking over from the page as the server sent it.

mod support;

use palier_pages::shell::Shell;
use support::{Robot, js};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

const FORM: &str = r#"<main><h1>Votre référence</h1><form><input id="reference" name="reference" value="4821">
    <input id="stay" name="stay" type="checkbox" checked><input id="other" name="other" type="checkbox">
    <input name="part" type="radio" value="oui"><input name="part" type="radio" value="non" checked>
    <select name="partner"><option value=""></option><option value="USH" selected>USH</option></select>
    <button class="button">Continuer</button></form></main>"#;

fn root(html: &str) -> HtmlElement {
    let _robot = Robot::come();
    js("document.getElementById('app')?.remove()");
    js("document.body.insertAdjacentHTML('beforeend', '<div id=\"app\"></div>')");
    let root = leptos::prelude::document().get_element_by_id("app").expect("a root");
    root.set_inner_html(html);
    root.unchecked_into()
}

#[wasm_bindgen_test]
fn what_was_typed_and_the_cursor_are_kept() {
    let root = root(FORM);
    js("reference.focus(); reference.setSelectionRange(1, 3)");
    let shell = Shell::take_over(&root);
    assert_eq!(root.inner_html(), "");
    let typed: Vec<(&str, &str)> =
        shell.typed.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(typed, [("part", "non"), ("partner", "USH"), ("reference", "4821"), ("stay", "on")]);
    root.set_inner_html(FORM);
    shell.restore(&root);
    assert!(support::holds("document.activeElement.id === 'reference'"));
    assert!(support::holds("reference.selectionStart === 1 && reference.selectionEnd === 3"));
    root.remove();
}

#[wasm_bindgen_test]
fn a_form_sent_too_early_is_sent_when_the_program_is_there() {
    let root = root(FORM);
    js("document.documentElement.setAttribute('data-submitted', '')");
    let shell = Shell::take_over(&root);
    root.set_inner_html(FORM);
    js(
        "window.sent = 0; document.querySelector('#app form').onsubmit = () => { window.sent += 1; return false }",
    );
    shell.restore(&root);
    assert!(support::holds("window.sent === 1 && !document.documentElement.hasAttribute('data-submitted')"));
    root.remove();
}

#[wasm_bindgen_test]
fn a_written_page_is_not_asked_for_again() {
    let root =
        root(r#"<main><h1>Les cookies</h1><article class="text"><p>Un <b>texte</b></p></article></main>"#);
    let document = Shell::take_over(&root).document.expect("a written page");
    assert_eq!((document.title.as_str(), document.html.as_str()), ("Les cookies", "<p>Un <b>texte</b></p>"));
    root.remove();
}
