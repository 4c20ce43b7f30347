//! What all tests of paper need: the demonstration's portals, and the reading of a PDF.

use std::path::PathBuf;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object};
use palier_server::config::{self, Environment, Loaded};
use palier_server::documents::Sources;
use palier_server::paper::Press;

/// What would do something in Typst, Markdown, HTML or PDF.
pub(crate) const SYNTAX: &str =
    r#"#eval("1") *gras* _x_ $a^2$ <b>@cle</b> \ `c` = [z] // "q" 'q' -- ~ {inconnu} (\051) &amp;"#;

pub(crate) fn loaded() -> Loaded {
    let demo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let environment =
        Environment { public_url: Some("https://espace.exemple.fr".to_owned()), ..Environment::default() };
    config::load(&demo, &environment, &|_| true).unwrap_or_else(|faults| panic!("{faults:?}"))
}

pub(crate) fn sources() -> Sources {
    Sources::embedded()
}

pub(crate) fn press(sources: Sources) -> Press {
    Press::new(Arc::new(sources))
}

pub(crate) fn open(pdf: &[u8]) -> Document {
    Document::load_mem(pdf).unwrap()
}

/// The text of all pages without any white space: lines are broken where the page is, not where the text is.
pub(crate) fn text(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    squeezed(&document.extract_text(&pages).unwrap())
}

pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

pub(crate) fn catalog(document: &Document) -> &Dictionary {
    document.catalog().unwrap()
}

pub(crate) fn words(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

/// The kinds of all elements in the structure tree, in no order.
pub(crate) fn structure(document: &Document) -> Vec<String> {
    let is_element = |dictionary: &&Dictionary| dictionary.has_type(b"StructElem");
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let kinds = dictionaries.filter(is_element).map(|element| element.get(b"S").unwrap().as_name().unwrap());
    kinds.map(|kind| String::from_utf8(kind.to_vec()).unwrap()).collect()
}

/// What the file says of itself, in XML.
pub(crate) fn metadata(document: &Document) -> String {
    let metadata = catalog(document).get(b"Metadata").unwrap().as_reference().unwrap();
    let metadata = document.get_object(metadata).unwrap().as_stream().unwrap();
    String::from_utf8(metadata.get_plain_content().unwrap()).unwrap()
}
